"""RSS 2.0 and Atom as bytes. The only room that knows feedgen."""

import re
from typing import Any

from feedgen.feed import FeedGenerator

from generator.addresses import ATOM, RSS, Feed
from generator.feeds.channel import Channel
from generator.feeds.texts import item_html, item_title, record_html, record_title
from generator.news import newest_items, newest_records

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_A_TAG = re.compile(r"<(?=[a-zA-Z/!?])")


def render_rss(channel: Channel) -> bytes:
    """RSS: an item for every message, newest first. Programs drop items they know, even changed ones."""
    feed = _feed(channel, RSS)
    for item in newest_items(channel.history):
        address = channel.page(item.course.incident)
        tag = channel.item_id(item.course.incident, item.key)
        _add(feed, tag, item_title(channel, item), item_html(channel, item), address).published(item.at)
    return bytes(feed.rss_str(pretty=True))


def render_atom(channel: Channel) -> bytes:
    """Atom: an entry for every record as it stands, last changed first. Programs show changed ones anew."""
    feed = _feed(channel, ATOM)
    for changed, course in newest_records(channel.history):
        address, tag = channel.page(course.incident), channel.record_id(course.incident)
        entry = _add(feed, tag, record_title(channel, course), record_html(channel, course), address)
        entry.published(next(event.nominal for event in course.events if event.entry))
        entry.updated(changed)
    return bytes(feed.atom_str(pretty=True))


def _feed(channel: Channel, form: Feed) -> FeedGenerator:
    settings, feed = channel.history.settings, FeedGenerator()
    newest = [changed for changed, _ in newest_records(channel.history)[:1]]
    feed.id(channel.id)
    feed.title(_clean(channel.t("feeds.title", site=settings.name)))
    feed.subtitle(_clean(channel.t("feeds.subtitle", site=settings.name)))
    feed.language(channel.language.code)
    feed.author(name=_clean(settings.status.publisher.name or settings.name))
    # Without a record there is no date to take; feedgen would look at the clock.
    feed.updated(newest[0] if newest else channel.history.now.replace(microsecond=0))
    feed.generator("incident-pages")
    feed.link(href=channel.root + form.path, rel="self", type=form.media_type)
    # RSS has one link; feedgen takes the last.
    feed.link(href=channel.root, rel="alternate", type="text/html", hreflang=channel.language.code)
    return feed


def _add(feed: FeedGenerator, tag: str, title: str, html: str, address: str) -> Any:
    """An entry of either kind: feedgen escapes the HTML for the one and says that it is HTML in the other."""
    entry = feed.add_entry(order="append")
    entry.id(tag)
    entry.title(_plain_title(title))
    entry.link(href=address, rel="alternate", type="text/html")
    entry.content(_clean(html), type="html")
    return entry


def _plain_title(title: str) -> str:
    """A title for programs that show plain words and for those that take it for HTML: a tag for neither."""
    return _LIKE_A_TAG.sub("< ", _clean(title))


def _clean(text: str) -> str:
    """Without the characters that XML cannot carry."""
    return _NOT_XML.sub("", text)
