"""The order of a page makes sense without its stylesheet and without its script: what matters most comes first."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.language import Language
from tests.browser import Window, served, window
from tests.built import Built

NEWS = ("header.top", "main", "h1.headline", "section.card.open", "section.card.open .advice",
        "section.card.open .next", "ol.incidents", "ul.components", "footer.bottom", ".bottom nav",
        ".bottom p")  # fmt: skip
"""On the front page while something is wrong: the sentence, what it is, what comes next; then the services."""
STORY = ("what", "meaning", "course", "cause", "helped", "promises", "lessons", "explained", "technical")
"""A post-mortem's parts, by their words in `locales/`."""
REPORTS = [("velorent", "2021-07-17-dns"), ("demo", "2026-08-19-bitter-release")]
_PLAIN: dict[str, Any] = {"java_script_enabled": False, "viewport": {"width": 390, "height": 844}}
_PLACES = """selectors => {
    const all = [...document.querySelectorAll('*')];
    return selectors.map(selector => all.indexOf(document.querySelector(selector)));
}"""
dressed = pytest.mark.parametrize("css", [True, False], ids=["with CSS", "without CSS"])


def heights(seen: Window, selectors: tuple[str, ...]) -> list[float]:
    """How far down the page the first element of each kind begins."""
    tops = [seen.page.locator(selector).first.bounding_box() for selector in selectors]
    assert all(tops), dict(zip(selectors, tops, strict=True))
    return [box["y"] for box in tops if box]


def undress(seen: Window, css: bool) -> None:
    if not css:
        seen.page.route("**/*.css", lambda route: route.abort())


@dressed
@pytest.mark.parametrize("code", ["de", "en"])
def test_the_front_page_says_the_most_urgent_first(
    code: str, css: bool, sites: dict[str, Built], browser: Browser
) -> None:
    """From top to bottom as from the first word to the last: a text browser or a reader's voice loses nothing."""
    site = sites["demo"]
    with served(site.folder) as base, window(browser, base, **_PLAIN) as seen:
        undress(seen, css)
        seen.open(site.project.settings.prefix(code))
        found = heights(seen, NEWS)
        places = seen.page.evaluate(_PLACES, NEWS)
    assert found == sorted(found)
    assert places == sorted(places)


@dressed
@pytest.mark.parametrize("code", ["de", "en"])
@pytest.mark.parametrize(("name", "record"), REPORTS)
def test_a_post_mortem_is_told_in_order(
    name: str, record: str, code: str, css: bool, sites: dict[str, Built], browser: Browser
) -> None:
    """What happened, what it meant, how it went, why, what helped, what we promise, what we learn, and the rest."""
    site = sites[name]
    address = f"{site.project.settings.prefix(code)}incidents/{record}/"
    with served(site.folder) as base, window(browser, base, **_PLAIN) as seen:
        undress(seen, css)
        seen.open(address)
        told = seen.page.locator("article :is(h1, h2, summary)").all()
        places = {heading.inner_text().strip(): (heading.bounding_box() or {"y": -1})["y"] for heading in told}
    wanted = [part for part in parts(site.words(code)) if part in places]
    assert len(wanted) >= len(STORY) - 1
    assert [word for word in places if word in wanted] == wanted
    assert list(places.values()) == sorted(places.values())


def parts(words: Language) -> list[str]:
    return [words(f"incident.{name}") for name in STORY]


def test_there_is_nothing_to_fill_in_on_any_page(sites: dict[str, Built]) -> None:
    """Without its stylesheet a page must not show switches that a stylesheet was to hide."""
    left = {
        f"{site.url}{address}: {found.tag}"
        for site in sites.values()
        for address in (*site.pages(), "404.html")
        for found in site.tree(address).iter("input", "label", "form", "select", "textarea")
    }
    assert left == set()


@pytest.mark.parametrize("name", ["velorent", "demo"])
def test_landmarks_follow_each_other(name: str, sites: dict[str, Built]) -> None:
    """The way to the content, the header with its two menus, the one main part, the footer."""
    for address in sites[name].pages():
        body = sites[name].tree(address).find("body")
        marks = [found.tag for found in body.iter("a", "header", "nav", "main", "footer")
                 if found.tag != "a" or found.get("class") == "skip"]  # fmt: skip
        assert marks[:5] == ["a", "header", "nav", "nav", "main"], address
        assert marks[-2:] == ["footer", "nav"], address
        levels = [int(found.tag[1]) for found in body.iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), address
