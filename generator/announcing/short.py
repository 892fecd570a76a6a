"""An announcement in few words: pieces of plain text in the order of reading, as many as there is room for."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.announcing.markup import Plain, blocks, read_markup
from generator.facts import Event
from generator.feeds.channel import Channel
from generator.feeds.texts import item_title, status_at
from generator.model import Correction, Incident, Update
from generator.news import Item
from generator.texts import Prose

LEAST = 30
"""Characters: of fewer of a text nobody would be the wiser."""
MOST = 500
"""Characters: a text that is cut short is never longer than the longest of the short forms."""
_MENTION = re.compile(r"(?<![\w/])@(?=\w)")


@dataclass(frozen=True)
class Piece:
    """Some words. `rank`: how much they are needed, 0 the most. Only a text may be cut short: half an advice harms."""

    words: str
    rank: int
    may_be_cut: bool = False


def pieces_of(channel: Channel, item: Item) -> list[Piece]:
    """Title, what is told, what to do, what comes next."""
    return [Piece(item_title(channel, item), 0, may_be_cut=True), *_told(channel, item)]


def _told(channel: Channel, item: Item) -> Iterator[Piece]:
    incident, subject = item.course.incident, item.subject
    if isinstance(subject, Event):
        if subject.entry:
            yield from _entry(channel, item, subject, subject.entry)
        return
    text = subject.text if isinstance(subject, Correction) else gist_of(incident)
    if text:
        yield Piece(_words(channel, text, incident), 2, may_be_cut=True)


def gist_of(incident: Incident) -> Prose | None:
    """The post-mortem in two sentences."""
    return incident.summary or (incident.impact and incident.impact.text) or None


def _entry(channel: Channel, item: Item, event: Event, entry: Update) -> Iterator[Piece]:
    incident, t = item.course.incident, channel.t
    if incident.scheduled and status_at(item.course, event) == "scheduled":
        yield Piece(f"{t('feeds.window')} {_window(channel, incident)}", 1)
    if entry.text:
        yield Piece(_words(channel, entry.text, incident), 2, may_be_cut=True)
    elif entry.components:
        yield Piece(_states(channel, entry), 2)
    for name in ("advice", "restriction"):
        text = getattr(entry, name)
        if text:
            yield Piece(f"{t(f'front.{name}')} {_words(channel, text, incident)}", 1)
    if entry.available_at:
        yield Piece(f"{t('front.available_at')} {entry.available_at}", 1)
    if entry.next_update:
        yield Piece(t("incident.next", time=channel.language.tell(entry.next_update, "medium")), 3)


def _window(channel: Channel, incident: Incident) -> str:
    """When a maintenance is to be; a day that both ends share is told once."""
    assert incident.scheduled  # noqa: S101 - see the one call
    start, end = incident.scheduled.start, incident.scheduled.end
    language = channel.language
    day = language.local_day(start.nominal)
    same = day == language.local_day(end.nominal)
    told = language.clock_of(end, day) if same else language.tell(end, "medium")
    return channel.t("time.from_to", a=language.tell(start, "medium"), b=told)


def _states(channel: Channel, entry: Update) -> str:
    names = {c.id: channel.bare(c.name) for c in channel.history.components}
    states = entry.components.items()
    return ", ".join(channel.t("pair", a=names[name], b=channel.t(f"state.{state}")) for name, state in states)


def _words(channel: Channel, text: Prose, incident: Incident) -> str:
    html = read_markup(channel.prose(text), channel, channel.page(incident))
    return "\n".join(blocks(html, Plain()))


def fitting(pieces: Iterable[Piece], join: Callable[[list[str]], str], fits: Callable[[str], bool]) -> str:
    """The pieces for which there is room, the most needed first, joined in the order of reading.

    `fits` says whether a text is short enough. A text that may be cut is, if enough of it remains.
    """
    listed = list(pieces)
    taken: dict[int, str] = {}
    for place in sorted(range(len(listed)), key=lambda place: (listed[place].rank, place)):
        for words in _forms(listed[place]):
            tried = taken | {place: words}
            if fits(join([tried[place] for place in sorted(tried)])):
                taken = tried
                break
    return join([taken[place] for place in sorted(taken)])


def _forms(piece: Piece) -> Iterator[str]:
    """The words of a piece, and shorter and shorter beginnings of them if they may be cut."""
    yield piece.words
    if piece.may_be_cut:
        ends = [match.start() for match in re.finditer(r"\s+", piece.words[:MOST])]
        yield from (f"{piece.words[:end].rstrip(' .,;:–-')} …" for end in reversed(ends) if end >= LEAST)
        yield from (f"{piece.words[:end]}…" for end in (LEAST,) if piece.rank == 0)


def without_mentions(text: str) -> str:
    """An @ that calls nobody: what follows it is no name of that network."""
    return _MENTION.sub("@\u2060", text)
