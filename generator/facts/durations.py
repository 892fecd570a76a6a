"""How long it took: to notice, to relieve, to resolve. Ranges where times are uncertain, never a mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.facts.course import Course, Event, Range, lasting
from generator.model import FINAL_STATUSES, STATES


@dataclass(frozen=True)
class Durations:
    """Each from the start of impact, which is `started` or the first entry; None where not stated or not yet.

    detect: until it was noticed (only where `started` is given apart from the first entry); mitigate: until
    the first state better than the worst; resolve: until it was over for good.
    """

    detect: Range | None
    mitigate: Range | None
    resolve: Range | None


def durations(course: Course) -> Durations:
    """The durations of one incident; of a maintenance or notice none."""
    if course.incident.kind != "incident" or not course.events:
        return Durations(None, None, None)
    start = course.events[0]
    noticed = None if start.entry else next(event for event in course.events if event.entry)
    found = (noticed, _first_better(course), end_of(course))
    return Durations(*(_between(start, end) for end in found))


def _between(start: Event, end: Event | None) -> Range | None:
    return lasting((start.earliest, start.latest), (end.earliest, end.latest)) if end else None


def _first_better(course: Course) -> Event | None:
    """The first event after which the worst state of all components is milder than it ever was."""
    ranks = list(_ranks(course))
    peak = max((rank for rank, _ in ranks), default=0)
    reached = False
    for rank, event in ranks:
        reached = reached or rank == peak
        if reached and rank < peak:
            return event
    return None


def _ranks(course: Course) -> Iterator[tuple[int, Event]]:
    """Every event with how bad the worst component is from then on."""
    now: dict[str, int] = {}
    for event in course.events:
        now |= {name: STATES.index(state) for name, state in event.states}
        yield max(now.values(), default=0), event


def end_of(course: Course) -> Event | None:
    """The event with which it was over for good: what was opened again had not ended."""
    end = None
    for event in course.events:
        if event.status in FINAL_STATUSES:
            end = end or event
        elif event.status:
            end = None
    return end


def middle(values: list[float]) -> float:
    """The median of some durations in seconds; the lower one of two in the middle."""
    return sorted(values)[(len(values) - 1) // 2]
