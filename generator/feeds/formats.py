"""RSS 2.0 and Atom as bytes. The only room that knows feedgen."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from feedgen.feed import FeedGenerator

from generator.addresses import Feed
from generator.feeds.channel import Channel, plain
from generator.feeds.messages import Message, record_tags
from generator.feeds.texts import record_html, record_title
from generator.news import newest_records

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE = re.compile(rb"\s*<lastBuildDate>[^<]*</lastBuildDate>")


def render_rss(channel: Channel, feed: Feed, messages: Sequence[Message]) -> bytes:
    """RSS: an item for every message, in the order given. Programs drop items they know, even changed ones."""
    generator = _generator(channel, feed, messages[0].published if messages else channel.history.now)
    for message in messages:
        entry = _add(generator, message.id, message.title, message.html, message.address, message.tags)
        entry.published(message.published)
    written = bytes(generator.rss_str(pretty=True))
    # Without a message there is no date to take, and feedgen always writes one.
    return written if messages else _DATE.sub(b"", written)


def render_atom(channel: Channel, feed: Feed) -> bytes:
    """Atom: an entry for every record as it stands, last changed first. Programs show changed ones anew."""
    records = newest_records(channel.history)
    # Atom must have a date, whatever it is taken from.
    generator = _generator(channel, feed, records[0][0] if records else channel.history.now)
    for changed, course in records:
        address, tag = channel.page(course.incident), channel.record_id(course.incident)
        title, html = plain(record_title(channel, course)), record_html(channel, course)
        entry = _add(generator, tag, title, html, address, record_tags(channel, course))
        entry.published(next(event.nominal for event in course.events if event.entry))
        entry.updated(changed)
    return bytes(generator.atom_str(pretty=True))


def _generator(channel: Channel, feed: Feed, updated: datetime) -> FeedGenerator:
    found = FeedGenerator()
    found.id(channel.id)
    found.title(_clean(channel.title(feed)))
    found.subtitle(_clean(channel.subtitle(feed)))
    found.language(channel.language.code)
    found.author(name=_clean(channel.author))
    found.updated(updated.replace(microsecond=0))
    found.generator("incident-pages")
    found.link(href=channel.root + feed.path, rel="self", type=feed.form.media_type)
    # RSS has one link; feedgen takes the last.
    found.link(href=channel.home(feed), rel="alternate", type="text/html", hreflang=channel.language.code)
    return found


def _add(generator: FeedGenerator, tag: str, title: str, html: str, address: str, tags: Iterable[str]) -> Any:
    """An entry of either kind: feedgen escapes the HTML for the one and says that it is HTML in the other."""
    entry = generator.add_entry(order="append")
    entry.id(tag)
    entry.title(_clean(title))
    entry.link(href=address, rel="alternate", type="text/html")
    entry.content(_clean(html), type="html")
    for name in tags:
        entry.category(term=_clean(name))
    return entry


def _clean(text: str) -> str:
    """Without the characters that XML cannot carry."""
    return _NOT_XML.sub("", text)
