"""The feeds of one language. RSS and JSON Feed tell of every message once; Atom shows every record as it stands."""

from generator.addresses import JSON, RECORDS, RSS
from generator.feeds.channel import Channel
from generator.feeds.formats import render_atom, render_rss
from generator.feeds.json_feed import render_json_feed
from generator.feeds.messages import build_message
from generator.history import History
from generator.language import Language
from generator.news import newest_items

_MESSAGES = {RSS: render_rss, JSON: render_json_feed}


def render_feeds(history: History, language: Language) -> dict[str, bytes]:
    """All feeds of one language, by path below that language's root; addresses in them are absolute.

    Every date in them comes from the records, so the same records give the same bytes.
    """
    channel, news = Channel(history, language), newest_items(history)
    site = {RECORDS.path: render_atom(channel, RECORDS)}
    for feed in history.settings.status.feeds:
        if feed.form in _MESSAGES:
            items = news.get((feed.topic, feed.component), [])
            site[feed.path] = _MESSAGES[feed.form](channel, feed, [build_message(channel, item) for item in items])
    return site
