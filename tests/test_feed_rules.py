"""Every feed of both sites keeps every rule of its format, without an error and without a warning."""

from functools import cache
from zoneinfo import ZoneInfo

import pytest

from generator.feeds import render_feeds
from generator.history import build_history
from generator.language import language
from generator.project import read_project
from tests.built import SITES
from tests.feed_rules import broken_rules


@cache
def feeds(name: str) -> dict[tuple[str, str], bytes]:
    """Address and path of every feed of a site to its content."""
    config, now = SITES[name]
    project = read_project(config)
    history, settings = build_history(project.records, project.settings, now), project.settings
    return {
        (settings.url_of(code) + path, path): content
        for code in settings.languages
        for path, content in render_feeds(history, language(code, settings.zone)).items()
    }


@pytest.mark.parametrize("name", SITES)
def test_every_feed_keeps_the_rules_of_its_format(name: str) -> None:
    """In each language, of each topic, with messages and without."""
    found = {address: broken_rules(path, content, address) for (address, path), content in feeds(name).items()}
    assert len(found) == {"velorent": 2 * 9, "demo": 3 * 14}[name]
    assert {address: rules for address, rules in found.items() if rules} == {}


ROOT = "https://velorent-status.netlify.app/"
SELF = 'rel="self" type="application/atom+xml"'
ABOUT = language("de", ZoneInfo("Europe/Berlin"))("feeds.history.subtitle")
BROKEN = {
    "RSS <rss>": ("history.rss", 'version="2.0"', 'version="0.91"'),
    "RSS <channel>: needs ['description']": ("history.rss", f"<description>{ABOUT}", "<description>"),
    "RSS <channel>: only one ['language']": ("history.rss", "<language>", "<language>de</language><language>"),
    "RSS <channel>: no element ['x']": ("history.rss", "<language>", "<x/><language>"),
    "RSS atom:link": ("history.rss", 'history.rss" rel="self"', 'other.rss" rel="self"'),
    "RSS <language>": ("history.rss", "<language>de", "<language>Deutsch!"),
    "RSS dates": ("history.rss", "<pubDate>", "<pubDate>the "),
    "RSS <lastBuildDate>": ("history.rss", "<lastBuildDate>Sat, 17 Jul 2021", "<lastBuildDate>Mon, 01 Jan 2001"),
    "RSS <guid>: a permalink": ("history.rss", 'isPermaLink="false"', 'isPermaLink="true"'),
    "RSS <guid>: [": ("history.rss", "#20210717T091400Z-2<", "#20210717T091400Z<"),
    "RSS <link>": ("history.rss", "<link>https://", "<link>"),
    "RSS: plain words": ("history.rss", "<title>Behoben", "<title>&lt;b&gt;Behoben"),
    "RSS <description>: an absolute address": ("history.rss", 'href="https://velorent', 'href="velorent'),
    "RSS <description>: no <script>": ("history.rss", "&lt;strong&gt;Behoben", "&lt;script&gt;x&lt;/script&gt;"),
    "RSS <description>: no style": ("history.rss", "&lt;p&gt;&lt;strong&gt;", '&lt;p style="x"&gt;&lt;strong&gt;'),
    "RFC 4287 2": ("history.atom", 'xml:lang="de"', 'xml:lang=""'),
    "RFC 4287 3.1.1": ("history.atom", "<title>Behoben", '<title type="html">Behoben'),
    "RFC 4287 3.2.1": ("history.atom", "<name>velorent</name>", "<name></name>"),
    "RFC 4287 3.3": ("history.atom", "<published>", "<published>around "),
    "RFC 4287 4.1.1: an author": ("history.atom", "author>", "contributor>"),
    "RFC 4287 4.1.1: a link": ("history.atom", 'rel="self"', 'rel="via"'),
    "RFC 4287 4.1.1: <id>": ("history.atom", "-next-version</id>", "-dns</id>"),
    "RFC 4287 4.1.1: alternate": ("history.atom", SELF, 'type="text/html" hreflang="de"'),
    "RFC 4287 4.1.1: needs ['updated']": ("history.atom", "updated>", "published>"),
    "RFC 4287 4.1.2: no element": ("history.atom", "<published>", "<other>x</other><published>"),
    "RFC 4287 4.1.3.3: HTML": ("history.atom", '<content type="html">', "<content>"),
    "RFC 4287 4.2.2": ("history.atom", 'category term="', 'category label="'),
    "RFC 4287 4.2.6": ("history.atom", "<id>tag:", "<id>"),
    "RFC 4287 4.2.7": ("history.atom", 'href="https://', 'href="'),
    "RFC 4287 4.2.9": ("history.atom", "<published>2", "<published>9"),
    "JSON Feed version": ("feed.json", "version/1.1", "version/1"),
    "JSON Feed: title and items": ("feed.json", '"items"', '"entries"'),
    "JSON Feed: no key": ("feed.json", '"language"', '"lang"'),
    "JSON Feed feed_url": ("feed.json", '"feed_url": "https://', '"feed_url": "http://'),
    "JSON Feed home_page_url": ("feed.json", '"home_page_url": "https://', '"home_page_url": "'),
    "JSON Feed language": ("feed.json", '"language": "de"', '"language": ""'),
    "JSON Feed authors": ("feed.json", '"name": "velorent"', '"mail": "x"'),
    "JSON Feed id: [": ("feed.json", '#20210717T091400Z-2"', '#20210717T091400Z"'),
    "JSON Feed id: a string": ("feed.json", '"id": "tag', '"id": 7, "title": "'),
    "JSON Feed item: content_html": ("feed.json", '"content_html"', '"_html"'),
    "JSON Feed item: no key": ("feed.json", '"tags"', '"categories"'),
    "JSON Feed content_html: an absolute": ("feed.json", 'href=\\"https://', 'href=\\"'),
    "JSON Feed url": ("feed.json", '"url": "https://', '"url": "'),
    "JSON Feed dates": ("feed.json", '"date_published": "2', '"date_published": "on 2'),
    "JSON Feed tags": ("feed.json", '"Störung"', "null"),
}
"""The rule, as its name begins, that a change to a sound feed breaks."""


@pytest.mark.parametrize("rule", BROKEN)
def test_the_check_finds_what_breaks_a_rule(rule: str) -> None:
    """A check that finds nothing would prove nothing."""
    path, old, new = BROKEN[rule]
    address = ROOT + path
    content = feeds("velorent")[address, path].decode()
    assert old in content
    assert any(found.startswith(rule) for found in broken_rules(path, content.replace(old, new).encode(), address))
