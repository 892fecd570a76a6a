"""Announcements for places where people talk: Mastodon, Slack, and anywhere else as plain words."""

import re

from generator.announcing.letter import plain_text
from generator.announcing.markup import Plain, blocks, read_markup
from generator.announcing.short import fitting, gist_of, pieces_of, without_mentions
from generator.feeds.channel import Channel
from generator.feeds.texts import item_body, item_title
from generator.news import Item

MASTODON = 500
LINK = 23
"""What Mastodon counts for any link, however long."""
SLACK = 3000
"""Characters that a section of a message in Slack may have."""
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]*[^\s.,;:!?'\"()»“]")


def render_plain(channel: Channel, item: Item) -> str:
    """The whole text as plain words, with its title and where to read on."""
    return "\n\n".join([item_title(channel, item), *plain_text(channel, item)])


def render_mastodon(channel: Channel, item: Item) -> str:
    """The announcement in at most 500 characters as Mastodon counts them. It mentions nobody."""
    page = channel.page(item.course.incident)

    def join(words: list[str]) -> str:
        return "\n\n".join([*map(without_mentions, words), page])

    return fitting(pieces_of(channel, item), join, lambda text: mastodon_length(text) <= MASTODON)


def mastodon_length(text: str) -> int:
    """The length of a post as Mastodon counts it."""
    return len(_LINK.sub("x" * LINK, text))


class _Mrkdwn(Plain):
    """Slack's own markup. Its three special characters are escaped as its documentation has it."""

    bullet = "• "

    def escape(self, text: str) -> str:
        for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.replace(character, entity)
        return without_mentions(text)

    def strong(self, words: str) -> str:
        return f"*{words.strip()}*" if words.strip() else words

    def code(self, words: str) -> str:
        return f"`{words}`"

    def lines(self, text: str) -> str:
        return f"```\n{text}\n```"

    def link(self, words: str, address: str) -> str:
        target = address.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
        return f"<{target}|{words.replace('|', '/')}>" if words.strip() else f"<{target}>"


def render_slack(channel: Channel, item: Item) -> str:
    """The announcement in Slack's markup: of a post-mortem its summary, else as many paragraphs as a section holds."""
    style = _Mrkdwn()
    incident = item.course.incident
    page, gist = channel.page(incident), gist_of(incident)
    html = item_body(channel, item) if item.subject else channel.prose(gist) if gist else ""
    title = style.strong(style.escape(item_title(channel, item)))
    told = [title, *blocks(read_markup(html, channel, page), style)]
    while len(text := "\n\n".join([*told, page])) > SLACK:
        told.pop()
    return text
