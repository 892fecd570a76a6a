"""What happened in a record, in order and within bounds: its entries, and the start of its impact."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from generator.model import FINAL_STATUSES, Incident, State, Status, Update

FIRST = datetime(1, 1, 2, tzinfo=UTC)
LAST = datetime(9999, 12, 30, tzinfo=UTC)
"""Stand-ins for "nobody knows since when" and "nobody knows until when"."""
States = tuple[tuple[str, State], ...]


@dataclass(frozen=True)
class Event:
    """A change, and when it happened (UTC): between `earliest` and `latest`, by default at `nominal`.

    `entry` is None, and `index` -1, where no entry of the timeline tells of it: impact that began as
    `started` says, a maintenance that begins or ends by its plan. `states` hold from then on.
    """

    earliest: datetime
    latest: datetime
    nominal: datetime
    entry: Update | None
    index: int
    status: Status | None
    states: States

    @property
    def is_dated(self) -> bool:
        return self.entry is None or self.entry.at is not None


def visible(incident: Incident, now: datetime) -> Iterator[tuple[int, Update]]:
    """The entries up to the last one dated `now` or earlier; an undated one waits for the one after it."""
    waiting: list[tuple[int, Update]] = []
    for pair in enumerate(incident.timeline):
        waiting.append(pair)
        if pair[1].at is None:
            continue
        if pair[1].at.nominal > now:
            return
        yield from waiting
        waiting = []


def told(incident: Incident, now: datetime) -> list[Event]:
    """What the record tells of the time until `now`, each event within its bounds."""
    events = [_entry(index, entry) for index, entry in visible(incident, now)]
    return bounded([*_start(incident, events), *events])


def _entry(index: int, entry: Update) -> Event:
    earliest = (entry.at and entry.at.earliest) or FIRST
    latest = (entry.at and entry.at.latest) or LAST
    nominal = entry.at.nominal if entry.at else FIRST
    return Event(earliest, latest, nominal, entry, index, entry.status, tuple(entry.components.items()))


def _start(incident: Incident, events: list[Event]) -> Iterator[Event]:
    """`started` says since when the first bad states really held; the entry that tells of them came later."""
    begin = incident.started
    if begin and events:
        bad = (event.states for event in events if any(state != "operational" for _, state in event.states))
        nominal = min(begin.nominal, events[0].nominal)
        yield Event(begin.earliest or FIRST, begin.latest or LAST, nominal, None, -1, None, next(bad, ()))


def bounded(events: Iterable[Event]) -> list[Event]:
    """Events happened in their order: each narrows the bounds of its neighbours."""
    return list(_before_the_next(list(_after_the_last(events))))[::-1]


def _after_the_last(events: Iterable[Event]) -> Iterator[Event]:
    earliest = nominal = FIRST
    for event in events:
        earliest = max(earliest, event.earliest)
        nominal = max(nominal, event.nominal, earliest)
        yield replace(event, earliest=earliest, nominal=nominal)


def _before_the_next(events: list[Event]) -> Iterator[Event]:
    latest = LAST
    for event in reversed(events):
        latest = min(latest, event.latest)
        earliest, nominal = min(event.earliest, latest), min(event.nominal, latest)
        yield replace(event, earliest=earliest, latest=latest, nominal=nominal)


def with_returns(events: Iterable[Event]) -> Iterator[Event]:
    """The end of a record gives back to the components it named whatever it does not give itself."""
    named: dict[str, State] = {}
    for event in events:
        states = dict(event.states)
        named |= states
        if event.status in FINAL_STATUSES:
            states = {name: states.get(name, "operational") for name in named}
        yield replace(event, states=tuple(states.items()))
