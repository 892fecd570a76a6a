"""How the site is found: one sitemap of all languages, and `robots.txt`."""

import urllib.robotparser

import pytest
from lxml import etree

from generator.discovery import render_robots, render_sitemap
from generator.facts import is_open, is_upcoming, newest_change
from generator.history import build_history
from generator.language import iso
from generator.records import Records
from generator.site import build_site
from tests.builders import history, outage, settings, utc
from tests.built import SITES, Built

NOW = utc("2026-03-02 12:00")
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
URL = "https://status.invented.example/"
each_site = pytest.mark.parametrize("name", SITES)


class Sitemap:
    """A sitemap as a search engine reads it."""

    def __init__(self, text: str | bytes) -> None:
        tree = etree.fromstring(text.encode() if isinstance(text, str) else text)
        self.entries = {url.findtext("s:loc", namespaces=SPACES): url for url in tree.iterfind("s:url", SPACES)}
        assert len(self.entries) == len(tree), "an address stands there twice"

    def alternates(self, address: str) -> dict[str, str]:
        return {link.get("hreflang"): link.get("href") for link in self.entries[address].iterfind("x:link", SPACES)}

    def changed(self, address: str) -> str | None:
        found: str | None = self.entries[address].findtext("s:lastmod", namespaces=SPACES)
        return found


@each_site
def test_the_sitemap_names_every_page_of_every_language_and_no_other(name: str, sites: dict[str, Built]) -> None:
    """What is for programs, for frames, or for unknown addresses is no place to be found."""
    site = sites[name]
    found = Sitemap((site.folder / "sitemap.xml").read_bytes())
    assert set(found.entries) == {site.url + page for page in site.pages()}
    assert not list(site.folder.rglob("sitemap.xml.gz"))
    assert len(list(site.folder.rglob("sitemap.xml"))) == 1


@each_site
def test_the_sitemap_and_the_pages_name_the_same_translations(name: str, sites: dict[str, Built]) -> None:
    """Each page itself among them: a search engine heeds them only if all agree."""
    site = sites[name]
    found = Sitemap((site.folder / "sitemap.xml").read_bytes())
    for page in site.pages():
        links = site.tree(page).xpath("//head/link[@hreflang][@hreflang != 'x-default']")
        assert found.alternates(site.url + page) == {link.get("hreflang"): link.get("href") for link in links}, page


@each_site
def test_a_finished_report_is_dated_by_its_last_change(name: str, sites: dict[str, Built]) -> None:
    """Not by the build; and what shows the days as they pass has no date of a change at all."""
    site = sites[name]
    found = Sitemap((site.folder / "sitemap.xml").read_bytes())
    told = build_history(site.project.records, site.project.settings, site.now)
    for course in told.courses:
        if not is_open(course) and not is_upcoming(course) and course.incident.kind != "maintenance":
            assert found.changed(f"{site.url}incidents/{course.incident.id}/") == iso(newest_change(course))
    assert found.changed(f"{site.url}uptime/") is None
    assert found.changed(f"{site.url}imprint/") is None


def test_the_front_page_is_as_new_as_the_newest_report() -> None:
    """And so is the year that it stands in, and no other year."""
    records = [
        outage("2025-12-01 10:00", "2025-12-01 11:00", id="old"),
        outage("2026-03-01 10:00", "2026-03-01 11:00", id="new"),
    ]
    found = Sitemap(render_sitemap(history(records, NOW), {"en": ["", "history/2025/", "history/2026/"]}))
    assert [found.changed(address) for address in found.entries] == [
        "2026-03-01T11:00:00Z", "2025-12-01T11:00:00Z", "2026-03-01T11:00:00Z",
    ]  # fmt: skip


def test_a_page_of_one_language_has_no_translation() -> None:
    """And an address is written as addresses are."""
    found = Sitemap(render_sitemap(history([], NOW), {"en": ["", "Über & uns/"], "de": [""]}))
    alone = f"{URL}%C3%9Cber%20%26%20uns/"
    assert list(found.entries) == [URL, f"{URL}de/", alone]
    assert found.alternates(alone) == {}
    assert found.alternates(URL) == found.alternates(f"{URL}de/") == {"en": URL, "de": f"{URL}de/"}
    assert found.changed(URL) is None


def test_robots_may_read_everything_and_are_told_of_the_sitemap() -> None:
    """As Python's own reader of such files sees it."""
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(render_robots(settings()).splitlines())
    assert robots.can_fetch("anyone", f"{URL}incidents/one/")
    assert robots.site_maps() == [f"{URL}sitemap.xml"]


def test_files_of_the_publisher_take_the_place_of_ours() -> None:
    """Put into the first language's folder under the same name."""
    found = settings()
    found.pages["en"] = {"robots.txt": b"User-agent: *\nDisallow: /\n"}
    assert build_site(Records(()), found, NOW)["en/robots.txt"] == b"User-agent: *\nDisallow: /\n"
