"""The page for frames: what it says, and that a real browser shows it in other sites, and no page beside it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.embed import render_embed
from generator.headline import headline
from generator.history import History, build_history
from generator.language import language
from generator.project import read_project
from generator.records import Unreadable
from tests.browser import served, window
from tests.builders import BERLIN, settings, utc
from tests.built import EXTERNAL, SITES, Built, links, resolve

FOREIGN = """<!doctype html><title>Elsewhere</title>
<a href="{base}"><img src="{base}badge.svg" alt="Status" height="20"></a>
<iframe src="{base}embed/" title="Status" width="320" height="140"></iframe>
<iframe src="{base}" title="The site"></iframe>
<iframe src="{base}uptime/" title="Uptime"></iframe>
"""


@pytest.mark.parametrize(
    ("instant", "tone"),
    [("2026-10-12 10:00", "good"), ("2026-10-20 08:15", "minor"), ("2026-09-23 19:30", "maintenance")],
)
def test_it_says_what_the_front_page_says(instant: str, tone: str) -> None:
    """On a calm day, in an outage, in maintenance alone; and as of when."""
    project = read_project(SITES["demo"][0])
    found = build_history(project.records, project.settings, utc(instant))
    for code in project.settings.languages:
        words = language(code, project.settings.zone)
        page = render_embed(found, words)
        assert headline(found, words)[0] == tone
        assert f'<h1 class="headline">{headline(found, words)[1]}</h1>' in page
        assert f"tone-{tone}" in page
        assert words.instant(found.now) in page


def test_it_does_not_say_that_all_is_well_where_a_report_is_missing() -> None:
    """As little as the front page does."""
    lost = History(settings(), utc("2026-03-02 12:00"), (), (Unreadable("one", "One", may_be_ongoing=True),))
    assert language("en", BERLIN)("front.unknown", n=1) in render_embed(lost, language("en", BERLIN))


@pytest.mark.parametrize("name", SITES)
def test_it_is_light_needs_no_script_and_leads_to_the_site(name: str, sites: dict[str, Built]) -> None:
    """In every language; in a tab of its own, so that nobody loses the page that frames it."""
    site = sites[name]
    for code in site.languages:
        address = f"{site.project.settings.prefix(code)}embed/"
        tree = site.tree(address)
        assert not tree.xpath("//script | //style | //@style")
        assert all(
            not to.startswith(EXTERNAL) and site.file(resolve(address, to)[0]).is_file() for _, to in links(tree)
        )
        (link,) = tree.iter("a")
        assert resolve(address, link.get("href"))[0] == site.project.settings.prefix(code)
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
        assert site.file(address).stat().st_size < 2_000


def test_another_site_shows_the_badge_and_this_page_and_no_other(
    sites: dict[str, Built], browser: Browser, tmp_path: Path
) -> None:
    """With the headers that the host is told to send."""
    site = sites["demo"]
    with served(site.folder) as base, served(tmp_path) as elsewhere, window(browser, elsewhere) as seen:
        (tmp_path / "page.html").write_text(FOREIGN.format(base=base), encoding="utf-8")
        seen.open("page.html")
        seen.page.wait_for_load_state("networkidle")
        assert seen.page.evaluate("document.querySelector('img').naturalHeight") == 20
        shown, *refused = seen.page.frames[1:]
        heading = shown.locator("h1")
        assert heading.text_content() == site.tree("").find_class("headline")[0].text_content()
        assert shown.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily") == "system-ui"
        assert shown.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert [frame.locator(".headline, nav").count() for frame in refused] == [0, 0]
