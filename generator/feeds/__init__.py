"""The feeds of one language. RSS tells of every message once; Atom shows every record as it stands."""

from generator.addresses import ATOM, RSS
from generator.feeds.channel import Channel
from generator.feeds.formats import render_atom, render_rss
from generator.history import History
from generator.language import Language


def render_feeds(history: History, language: Language) -> dict[str, bytes]:
    """Both feeds of one language, by path below that language's root; addresses in them are absolute.

    Every date in them comes from the records, so the same records give the same bytes.
    """
    channel = Channel(history, language)
    return {RSS.path: render_rss(channel), ATOM.path: render_atom(channel)}
