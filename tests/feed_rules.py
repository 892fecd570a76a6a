"""The rules of RSS 2.0, RFC 4287 (Atom) and JSON Feed 1.1, held against a feed: what it breaks, each rule by its name.

Beside what the formats require, what validators warn of: a feed without its own address, addresses that lead nowhere
outside the site, HTML where plain words belong.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate",
    "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays", "item",
}  # fmt: skip
_ITEM = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"}
_FEED = {"title", "id", "updated", "author", "contributor", "category", "generator", "icon", "logo", "link", "rights",
         "subtitle", "entry"}  # fmt: skip
_ENTRY = {"title", "id", "updated", "author", "contributor", "category", "content", "link", "published", "rights",
          "source", "summary"}  # fmt: skip
_JSON_FEED = {"version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon",
              "favicon", "authors", "language", "expired", "hubs", "items"}  # fmt: skip
_JSON_ITEM = {"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
              "date_published", "date_modified", "authors", "tags", "language", "attachments"}  # fmt: skip
_MANY = {"category", "item", "entry", "link", "author", "contributor"}
_RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} .*")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def broken_rules(path: str, content: bytes, address: str) -> list[str]:
    """What the feed that is served at `address` breaks; its form is that of its name."""
    check = {"rss": _rss, "atom": _atom, "json": _json_feed}[path.rpartition(".")[2]]
    return list(check(content, address))


def _rss(content: bytes, address: str) -> Iterator[str]:
    root = etree.fromstring(content)
    if (root.tag, root.get("version")) != ("rss", "2.0") or [child.tag for child in root] != ["channel"]:
        yield "RSS <rss>: version 2.0, with one channel"
        return
    (channel,) = root
    yield from _elements("RSS <channel>", channel, _CHANNEL, ("title", "link", "description"), several={"item"})
    links = channel.findall(f"{ATOM}link")
    if [(link.get("rel"), link.get("href"), link.get("type")) for link in links] != [
        ("self", address, "application/rss+xml")
    ]:
        yield "RSS atom:link: one, to the feed itself, with its type"
    if not _LANGUAGE.fullmatch(channel.findtext("language", "")):
        yield "RSS <language>: a language code"
    yield from _plain("RSS", [channel.findtext("title", ""), channel.findtext("description", "")])
    yield from _once("RSS <guid>", [guid.text or "" for guid in channel.iter("guid")])
    yield from _rss_dates(channel)
    for link in channel.iter("link"):
        yield from _address("RSS <link>", link.text)
    for item in channel.iter("item"):
        yield from _rss_item(item)


def _rss_dates(channel: Any) -> Iterator[str]:
    written = [date.text or "" for date in channel.iter("pubDate", "lastBuildDate")]
    if not all(_RFC_822.fullmatch(date) for date in written):
        yield "RSS dates: RFC 822, with four digits of the year"
        return
    published = [parsedate_to_datetime(date.text) for date in channel.iter("pubDate")]
    built = channel.findtext("lastBuildDate")
    if published and (not built or parsedate_to_datetime(built) < max(published)):
        yield "RSS <lastBuildDate>: no earlier than the newest item"


def _rss_item(item: Any) -> Iterator[str]:
    yield from _elements("RSS <item>", item, _ITEM, ("title", "link", "description", "guid", "pubDate"))
    guid = item.find("guid")
    is_address = guid is not None and (guid.text or "").startswith(("http:", "https:"))
    if guid is not None and guid.get("isPermaLink", "true") != str(is_address).lower():
        yield "RSS <guid>: a permalink only if it is an address"
    yield from _plain("RSS", [item.findtext("title", "")])
    yield from _html("RSS <description>", item.findtext("description", ""))


def _atom(content: bytes, address: str) -> Iterator[str]:
    feed = etree.fromstring(content)
    if feed.tag != f"{ATOM}feed":
        yield "RFC 4287 4.1.1: a feed"
        return
    if not _LANGUAGE.fullmatch(feed.get(LANG, "")):
        yield "RFC 4287 2: a language code"
    yield from _elements("RFC 4287 4.1.1", feed, _FEED, ("id", "title", "updated"), ATOM)
    entries = feed.findall(f"{ATOM}entry")
    if not feed.findall(f"{ATOM}author") and not all(entry.findall(f"{ATOM}author") for entry in entries):
        yield "RFC 4287 4.1.1: an author"
    if [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] != [address]:
        yield "RFC 4287 4.1.1: a link to the feed itself"
    for part in (feed, *entries):
        yield from _atom_links(part)
    yield from _once("RFC 4287 4.1.1: <id>", [entry.findtext(f"{ATOM}id", "") for entry in entries])
    yield from _atom_values(feed)
    for entry in entries:
        yield from _atom_entry(entry)


def _atom_links(part: Any) -> Iterator[str]:
    links = part.findall(f"{ATOM}link")
    for link in links:
        yield from _address("RFC 4287 4.2.7", link.get("href"))
    alternate = [link for link in links if link.get("rel", "alternate") == "alternate"]
    yield from _once("RFC 4287 4.1.1: alternate link", [f"{a.get('type')} {a.get('hreflang')}" for a in alternate])
    if not alternate:
        yield "RFC 4287 4.1.1: an alternate link"


def _atom_values(feed: Any) -> Iterator[str]:
    """Dates, ids, categories and texts, wherever they stand."""
    if not all(_RFC_3339.fullmatch(date.text or "") for date in feed.iter(f"{ATOM}updated", f"{ATOM}published")):
        yield "RFC 4287 3.3: dates as in RFC 3339"
    if not all(re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", found.text or "") for found in feed.iter(f"{ATOM}id")):
        yield "RFC 4287 4.2.6: an id is an absolute IRI"
    if not all(category.get("term") for category in feed.iter(f"{ATOM}category")):
        yield "RFC 4287 4.2.2: a category has a term"
    if not all(person.findtext(f"{ATOM}name") for person in feed.iter(f"{ATOM}author")):
        yield "RFC 4287 3.2.1: a person has a name"
    texts = list(feed.iter(f"{ATOM}title", f"{ATOM}subtitle"))
    if not all(text.get("type", "text") == "text" for text in texts):
        yield "RFC 4287 3.1.1: a title is plain text here"
    yield from _plain("RFC 4287", [text.text or "" for text in texts])


def _atom_entry(entry: Any) -> Iterator[str]:
    yield from _elements("RFC 4287 4.1.2", entry, _ENTRY, ("id", "title", "updated", "content"), ATOM)
    content = entry.find(f"{ATOM}content")
    if content is None or content.get("type") != "html" or len(content):
        yield "RFC 4287 4.1.3.3: HTML, escaped, and said to be HTML"
    else:
        yield from _html("RFC 4287 4.1.3.3", content.text or "")
    dates = [entry.findtext(f"{ATOM}{name}", "") for name in ("published", "updated")]
    if all(map(_RFC_3339.fullmatch, dates)) and sorted(dates, key=datetime.fromisoformat) != dates:
        yield "RFC 4287 4.2.9: published before it was updated"


def _json_feed(content: bytes, address: str) -> Iterator[str]:
    feed = json.loads(content)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "JSON Feed version: that of 1.1"
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        yield "JSON Feed: title and items are required"
        return
    yield from _keys("JSON Feed", feed, _JSON_FEED)
    if feed.get("feed_url") != address:
        yield "JSON Feed feed_url: its own address"
    yield from _address("JSON Feed home_page_url", feed.get("home_page_url"))
    if not _LANGUAGE.fullmatch(feed.get("language", "")):
        yield "JSON Feed language: a language code"
    authors = feed.get("authors")
    if not authors or not all(author.get("name") or author.get("url") or author.get("avatar") for author in authors):
        yield "JSON Feed authors: each with name, url or avatar"
    yield from _plain("JSON Feed", [feed["title"], feed.get("description", "")])
    yield from _once("JSON Feed id", [str(item.get("id")) for item in feed["items"]])
    for item in feed["items"]:
        yield from _json_item(item)


def _json_item(item: dict[str, Any]) -> Iterator[str]:
    yield from _keys("JSON Feed item", item, _JSON_ITEM)
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "JSON Feed id: a string"
    if not isinstance(item.get("content_html") or item.get("content_text"), str):
        yield "JSON Feed item: content_html or content_text"
    yield from _html("JSON Feed content_html", item.get("content_html", ""))
    yield from _address("JSON Feed url", item.get("url"))
    dates = [item[name] for name in ("date_published", "date_modified") if name in item]
    if not all(_RFC_3339.fullmatch(date) for date in dates) or sorted(dates) != dates:
        yield "JSON Feed dates: as in RFC 3339, modified after published"
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
        yield "JSON Feed tags: strings"
    yield from _plain("JSON Feed", [item.get("title", "")])


def _elements(
    rule: str, parent: Any, known: set[str], needed: Iterable[str], space: str = "", several: Iterable[str] = ()
) -> Iterator[str]:
    """Only elements of the format, those it needs, and none twice that may stand there once."""
    count = Counter(str(child.tag).removeprefix(space) for child in parent if not space or space in str(child.tag))
    foreign = {name for name in count if name not in known and not name.startswith("{")}
    many = {name for name, n in count.items() if n > 1 and name not in _MANY - ({"link"} if not space else set())}
    if foreign:
        yield f"{rule}: no element {sorted(foreign)}"
    if many - set(several):
        yield f"{rule}: only one {sorted(many)}"
    missing = [name for name in needed if not (parent.findtext(f"{space}{name}") or "").strip()]
    if missing:
        yield f"{rule}: needs {missing}"


def _keys(rule: str, found: dict[str, Any], known: set[str]) -> Iterator[str]:
    foreign = {key for key in found if key not in known and not key.startswith("_")}
    if foreign:
        yield f"{rule}: no key {sorted(foreign)}"


def _once(rule: str, values: Iterable[str]) -> Iterator[str]:
    twice = [value for value, n in Counter(values).items() if n > 1]
    if twice:
        yield f"{rule}: {twice} twice"


def _address(rule: str, written: str | None) -> Iterator[str]:
    parts = urlsplit(written or "")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", written or ""):
        yield f"{rule}: an absolute address, not {written}"


def _plain(rule: str, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if re.search(r"<[a-zA-Z/!?]|&(#\d+|[a-z]+);", text) or text != text.strip():
            yield f"{rule}: plain words, not {text}"


def _html(rule: str, text: str) -> Iterator[str]:
    """HTML that stands by itself: nothing that runs or looks, and no address that needs to know the page."""
    if not text:
        return
    for element in html.fromstring(f"<div>{text}</div>").iter():
        if element.tag in ("script", "style", "iframe", "form", "object", "embed", "meta", "link"):
            yield f"{rule}: no <{element.tag}>"
        for name, value in element.attrib.items():
            if name in ("style", "id", "class") or name.startswith("on"):
                yield f"{rule}: no {name}"
            if name in ("href", "src") and not value.startswith(("https://", "http://", "mailto:")):
                yield f"{rule}: an absolute address, not {value}"
