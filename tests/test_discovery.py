"""How the site is found: one sitemap of all languages, `robots.txt`, and whom to tell of a weak point."""

import urllib.robotparser
from datetime import date, timedelta

import pytest
from lxml import etree

from generator.discovery import render_robots, render_security, render_sitemap
from generator.facts import is_open, is_upcoming, newest_change
from generator.history import build_history
from generator.language import iso
from generator.records import Records
from generator.site import build_site
from generator.warnings import find_settings_warnings
from tests.builders import history, outage, settings, utc
from tests.built import SITES, Built

NOW = utc("2026-03-02 12:00")
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SECURITY = {"contact": ["mailto:security@example.net", "https://example.net/report"], "expires": "2026-12-31"}
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


def fields(text: str) -> list[tuple[str, str]]:
    """A `security.txt` as its readers read it."""
    return [(name, value) for name, _, value in (line.partition(": ") for line in text.splitlines())]


def test_whoever_finds_a_weak_point_knows_whom_to_tell() -> None:
    """The fields of RFC 9116: the contacts in their order, until the end of the last day in the site's zone."""
    found = render_security(settings(security={**SECURITY, "policy": "https://example.net/policy"}))
    assert fields(found[".well-known/security.txt"]) == [
        ("Contact", "mailto:security@example.net"),
        ("Contact", "https://example.net/report"),
        ("Expires", "2026-12-31T23:00:00Z"),
        ("Preferred-Languages", "en, de"),
        ("Canonical", f"{URL}.well-known/security.txt"),
        ("Policy", "https://example.net/policy"),
    ]


def test_without_a_contact_nothing_is_published() -> None:
    """Nothing is made up, and the host is told nothing of it."""
    site = build_site(Records(()), settings(), NOW)
    assert not any("security" in path for path in site)
    assert "security" not in str(site["en/_headers"])


def test_it_reaches_the_site_although_its_folder_begins_with_a_dot(sites: dict[str, Built]) -> None:
    """The engine leaves such folders out unless it is told."""
    site = sites["demo"]
    text = (site.folder / ".well-known" / "security.txt").read_text(encoding="utf-8")
    assert fields(text)[0] == ("Contact", "mailto:sicherheit@brotfuhre.example")
    assert not (sites["velorent"].folder / ".well-known").exists()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "this day is over, nobody may rely on the contact any more"),
        (0, "this day is near: it is today"),
        (29, "this day is near, 29 days from now"),
        (30, None),
        (366, None),
        (367, "this is more than a year from now"),
    ],
)
def test_a_warning_comes_before_the_contact_expires(days: int, said: str | None) -> None:
    """In time to renew it; and a day far ahead would be believed by nobody."""
    expires = date(2026, 3, 2) + timedelta(days=days)
    found = settings(security={**SECURITY, "expires": f"{expires}"})
    warnings = list(find_settings_warnings(found, NOW))
    assert [message for _, message, _ in warnings] == ([said] if said else [])
    assert all(path == ("extra", "status", "security", "expires") for path, _, _ in warnings)
