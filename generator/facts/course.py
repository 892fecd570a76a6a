"""The course of one record: its events with bounds, and the states its components went through."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from generator.facts.events import FIRST, LAST, Event, told, with_returns
from generator.facts.plan import by_plan
from generator.model import Incident, State

__all__ = ["FIRST", "LAST", "Course", "Event", "Range", "Stretch", "course", "lasting"]


@dataclass(frozen=True)
class Range:
    """A duration in seconds, at least and at most; `most` is None when nothing bounds it."""

    least: float
    most: float | None


@dataclass(frozen=True)
class Stretch:
    """A component in a state: it began between the first two instants and ended between the last two.

    What has not ended is open: it ends `now` for the time being. Where nobody knows until when it lasted it
    is not bounded, and `latest_end` is `now` too.
    """

    state: State
    earliest_start: datetime
    latest_start: datetime
    earliest_end: datetime
    latest_end: datetime
    is_open: bool
    is_bounded: bool = True

    @property
    def lasted(self) -> Range:
        """How long; of an open stretch, so far."""
        end = self.latest_end if self.is_bounded else LAST
        return lasting((self.earliest_start, self.latest_start), (self.earliest_end, end))


@dataclass(frozen=True)
class Course:
    """A record as far as it has gone at `now`."""

    incident: Incident
    now: datetime
    events: tuple[Event, ...]

    @cached_property
    def components(self) -> tuple[str, ...]:
        """The components the record names, in the order it does; a planned maintenance names them ahead."""
        named = (name for entry in self.incident.timeline for name in entry.components)
        return tuple(dict.fromkeys(named))

    @cached_property
    def stretches(self) -> dict[str, tuple[Stretch, ...]]:
        """Per component: the states it was given, one after the other, the healthy ones too."""
        changes: dict[str, list[tuple[Event, State]]] = {name: [] for name in self.components}
        for event in self.events:
            for name, state in event.states:
                if not changes[name] or changes[name][-1][1] != state:
                    changes[name].append((event, state))
        return {name: tuple(self._stretches(found)) for name, found in changes.items()}

    @cached_property
    def affected(self) -> tuple[str, ...]:
        """The components that were anything but fine; while a maintenance is only planned, those it names."""
        bad = (n for n, stretches in self.stretches.items() if any(s.state != "operational" for s in stretches))
        return tuple(bad) or (self.components if self.incident.kind == "maintenance" else ())

    def _stretches(self, changes: list[tuple[Event, State]]) -> Iterator[Stretch]:
        for (begin, state), after in zip(changes, [*changes[1:], None], strict=False):
            start = begin.earliest, self._until(begin.latest)
            if after:
                latest = after[0].latest
                yield Stretch(state, *start, after[0].earliest, self._until(latest), False, latest < LAST)
            else:
                yield Stretch(state, *start, self.now, self.now, is_open=True)

    def _until(self, latest: datetime) -> datetime:
        return latest if latest < LAST else self.now

    def state_now(self, name: str) -> State:
        """The state the record leaves the component in."""
        stretches = self.stretches.get(name, ())
        return stretches[-1].state if stretches else "operational"


def course(incident: Incident, now: datetime) -> Course:
    """The course of `incident` as far as it is known at `now`."""
    events = told(incident, now)
    if incident.kind == "maintenance":
        events = by_plan(incident, events, now)
    return Course(incident, now, tuple(with_returns(events)))


def lasting(start: tuple[datetime, datetime], end: tuple[datetime, datetime]) -> Range:
    """From an instant to a later one, each known by its bounds."""
    least = max(0.0, (end[0] - start[1]).total_seconds())
    is_bounded = start[0] > FIRST and end[1] < LAST
    return Range(least, (end[1] - start[0]).total_seconds() if is_bounded else None)
