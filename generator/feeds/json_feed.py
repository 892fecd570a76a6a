"""JSON Feed 1.1 as bytes: https://www.jsonfeed.org/version/1.1/."""

import json
from collections.abc import Iterable
from typing import Any

from generator.addresses import Feed
from generator.feeds.channel import Channel
from generator.feeds.messages import Message
from generator.language import iso

_VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(channel: Channel, feed: Feed, messages: Iterable[Message]) -> bytes:
    """An item for every message, in the order given. Programs drop items they know, even changed ones."""
    document = {
        "version": _VERSION,
        "title": channel.title(feed),
        "home_page_url": channel.home(feed),
        "feed_url": channel.root + feed.path,
        "description": channel.subtitle(feed),
        "language": channel.language.code,
        "authors": [{"name": channel.author}],
        "items": [_item(message) for message in messages],
    }
    # A lone surrogate, which no program could read, becomes a question mark.
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _item(message: Message) -> dict[str, Any]:
    modified = {"date_modified": iso(message.modified)} if message.modified else {}
    return {
        "id": message.id,
        "url": message.address,
        "title": message.title,
        "content_html": message.html,
        "date_published": iso(message.published),
        **modified,
        "tags": list(message.tags),
    }
