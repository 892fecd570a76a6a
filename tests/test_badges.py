"""Badges: what they say, in which colours, and that they fit their words; as pictures and as words to draw."""

import json
from datetime import datetime
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from generator.history import History, build_history
from generator.language import language
from generator.pictures import render_badges
from generator.pictures.badges import LABEL_COLOUR, Badge, draw, endpoint
from generator.pictures.cards import COLOURS
from generator.project import read_project
from generator.records import Unreadable
from tests.browser import window
from tests.builders import BERLIN, COMPONENTS, history, outage, settings, utc
from tests.built import SITES
from tests.sight import contrast

NOW = utc("2026-03-02 12:00")
SVG = "{http://www.w3.org/2000/svg}"
OUTAGE = outage("2026-03-02 10:00")


def badges(found: History, code: str = "en") -> dict[str, str]:
    return render_badges(found, language(code, found.settings.zone))


def words(svg: str) -> list[str | None]:
    """Title, label and message of a drawn badge."""
    tree = ElementTree.fromstring(svg)
    return [element.text for element in (*tree.iter(f"{SVG}title"), *tree.iter(f"{SVG}text"))]


def demo(now: datetime) -> History:
    project = read_project(SITES["demo"][0])
    return build_history(project.records, project.settings, now)


def test_the_site_and_every_component_has_a_badge_in_both_forms() -> None:
    """In the language's own folder."""
    names = ["badge", *(f"components/{name}" for name in COMPONENTS)]
    assert set(badges(history([], NOW))) == {f"{name}.{form}" for name in names for form in ("svg", "json")}


@pytest.mark.parametrize(
    ("instant", "site", "counter"),
    [
        ("2026-10-12 10:00", "Alles läuft", "Läuft"),
        ("2026-10-20 08:15", "Eingeschränkt", "Läuft"),
        ("2026-09-23 19:30", "Wartung", "In Wartung"),
    ],
)
def test_on_a_calm_day_in_an_outage_and_in_maintenance_they_say_so(instant: str, site: str, counter: str) -> None:
    """The message of the site in short, that of a component in the words of its page."""
    found = badges(demo(utc(instant)), "de")
    assert words(found["badge.svg"]) == [f"Brotfuhre Status: {site}", "Brotfuhre Status", site]
    assert words(found["components/counter.svg"]) == [f"Theken-App: {counter}", "Theken-App", counter]
    assert json.loads(found["components/counter.json"])["message"] == counter


def test_a_badge_does_not_say_that_all_is_well_where_a_report_is_missing() -> None:
    """As little as the front page does."""
    lost = History(settings(), NOW, (), (Unreadable("one", "One", may_be_ongoing=True),))
    assert json.loads(badges(lost)["badge.json"])["message"] == "Unclear"


def test_the_words_to_draw_are_those_of_the_schema() -> None:
    """Version 1 of what shields.io asks an endpoint for, and nothing else."""
    assert json.loads(badges(history([OUTAGE], NOW))["components/shop.json"]) == {
        "schemaVersion": 1, "label": "Shop", "message": "Down", "color": COLOURS["critical"],
        "labelColor": LABEL_COLOUR, "cacheSeconds": 300,
    }  # fmt: skip


@pytest.mark.parametrize("colour", [LABEL_COLOUR, *COLOURS.values()])
def test_white_words_can_be_read_on_every_ground(colour: str) -> None:
    """With the contrast that WCAG asks of small text."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    assert contrast((1, 1, 1), (red, green, blue)) >= 4.5


def test_a_badge_is_a_picture_with_a_name_and_without_weight() -> None:
    """Its title says what it shows; no style, no script, no id that another one in the page could have."""
    for svg in (text for path, text in badges(demo(SITES["demo"][1])).items() if path.endswith(".svg")):
        tree = ElementTree.fromstring(svg)
        assert tree.get("role") == "img"
        assert not any({"id", "style", "href"} & set(element.attrib) for element in tree.iter())
        assert len(svg.encode()) < 700


def test_hostile_and_endless_words_stay_words() -> None:
    """Escaped in the one form, quoted in the other; a long label is cut and said whole by the title."""
    badge = Badge('<script>alert("1")</script>' * 9, "a & b", "#000000")
    title, label, message = words(draw(badge))
    assert title == f"{badge.label}: a & b"
    assert label
    assert len(label) < 60
    assert (label[-1], message) == ("…", "a & b")
    assert json.loads(endpoint(badge))["label"] == badge.label


def test_the_words_fit_their_badge(browser: Browser) -> None:
    """In the letters that machines have, no word has to be squeezed or stretched much, nor leaves its half."""
    drawn = [text for code in ("de", "en", "fr") for path, text in badges(demo(NOW), code).items() if "svg" in path]
    with window(browser, "about:blank") as seen:
        seen.page.set_content("".join(drawn))
        ratios = seen.page.evaluate("""[...document.querySelectorAll('text')].map(text => {
            const wanted = Number(text.getAttribute('textLength'));
            text.removeAttribute('textLength');
            return text.getComputedTextLength() / wanted;
        })""")
    assert len(ratios) == 2 * len(drawn)
    assert 0.8 < min(ratios) <= max(ratios) < 1.1


def test_a_german_badge_is_german() -> None:
    """Every language has its own."""
    assert json.loads(badges(history([OUTAGE], NOW), "de")["badge.json"])["message"] == "Störung"
    assert language("fr", BERLIN)("badge.good") == "Tout fonctionne"
