"""What subscribers hear of, and when: updates, post-mortems and corrections; records that changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from generator.facts import Course, Event, newest_change
from generator.history import History
from generator.model import Correction, Incident, Update
from generator.moments import Moment

LIMIT = 50
"""How many entries a feed holds: enough for who looks in once a week, and no more weight over the years."""


@dataclass(frozen=True)
class Item:
    """One message: its key within the record, which never changes; its UTC instant; its place in there."""

    course: Course
    key: str
    at: datetime
    place: int
    subject: Event | Correction | None
    """None: the post-mortem."""


def newest_items(history: History) -> dict[tuple[str, str], list[Item]]:
    """Topic and component of a feed to its newest messages, newest first. A topic without any is left out."""
    found: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for course in history.courses:
        items = list(items_of(course))
        for topic in _topics(course):
            found[topic] += items
        found["reports", ""] += filter(_is_of_report, items)
    return {topic: nlargest(LIMIT, items, key=_age) for topic, items in found.items() if items}


def _topics(course: Course) -> Iterator[tuple[str, str]]:
    """What all messages of a record belong to."""
    yield "history", ""
    if course.incident.kind == "maintenance":
        yield "maintenance", ""
    for name in course.affected:
        yield "component", name


def _is_of_report(item: Item) -> bool:
    """The post-mortem and its corrections; what is corrected elsewhere was no post-mortem."""
    return bool(item.course.incident.published) and not isinstance(item.subject, Event)


def _age(item: Item) -> tuple[datetime, str, int]:
    return item.at, item.course.incident.id, item.place


def items_of(course: Course) -> Iterator[Item]:
    """The messages of one record in the order in which they could be heard."""
    incident = course.incident
    yield from _updates(course)
    entries = [event.nominal for event in course.events if event.entry]
    if incident.published:
        yield Item(course, "post-mortem", max(incident.published.nominal, *entries), len(entries), None)
    keys = _numbered(correction.at for correction in incident.corrections)
    for place, (key, correction) in enumerate(zip(keys, incident.corrections, strict=True), len(entries) + 1):
        yield Item(course, f"correction-{key}", correction.at.nominal, place, correction)


def _updates(course: Course) -> Iterator[Item]:
    keys = _keys(course.incident)
    for event in course.events:
        if event.index in keys:
            yield Item(course, keys[event.index], event.nominal, event.index, event)


def _keys(incident: Incident) -> dict[int, str]:
    """Place in the timeline to key, for each piece of news: its own time, or that of the last dated entry before it.

    Findings and the like that change nothing are told on the page alone; written in later they disturb no key.
    """
    last = incident.timeline[0].at
    moments: dict[int, Moment] = {}
    for index, entry in enumerate(incident.timeline):
        last = entry.at or last
        if last and _is_news(entry):
            moments[index] = last
    return dict(zip(moments, _numbered(moments.values()), strict=True))


def _is_news(entry: Update) -> bool:
    """What readers must hear of: every update and message, and whatever changes a state or says what to do."""
    return entry.kind in ("update", "communication") or bool(
        entry.status or entry.components or entry.advice or entry.restriction
    )


def _numbered(moments: Iterable[Moment]) -> Iterator[str]:
    """A key for each moment in turn: its own time in UTC, counted where several share it.

    A later moment never changes the key of one before it.
    """
    seen: Counter[str] = Counter()
    for moment in moments:
        time = f"{moment.nominal:%Y%m%dT%H%M%SZ}"
        seen[time] += 1
        yield time if seen[time] == 1 else f"{time}-{seen[time]}"


def changed(course: Course) -> datetime:
    """When a record last changed (UTC): it said something new, or a maintenance began or ended as planned."""
    planned = (event.nominal for event in course.events if event.status and not event.entry)
    return max([newest_change(course), *planned])


def newest_records(history: History) -> list[tuple[datetime, Course]]:
    """The records that changed last, with the instant, newest first."""
    found = ((changed(course), course) for course in history.courses)
    return nlargest(LIMIT, found, key=lambda pair: (pair[0], pair[1].incident.id))
