"""Availability of a component: 1 - lost time / observed time, with bounds where times are uncertain.

The weights are those Statuspage uses for its uptime showcase: a major outage counts in full, a partial one by
30 %, degraded performance not at all. Overlapping records count once, the worst wins. Announced maintenance
is left out of both sides; maintenance nobody announced counts as a major outage. Before `since` is no data.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from generator.facts.course import FIRST, Course
from generator.facts.segments import Segment, segments, worst
from generator.facts.span import began
from generator.model import Component, State

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Availability:
    """Observed and lost time of a window in seconds, each at least and at most. Windows add up."""

    observed_least: float = 0
    observed_most: float = 0
    lost_least: float = 0
    lost_most: float = 0

    def __add__(self, other: "Availability") -> "Availability":
        return Availability(
            self.observed_least + other.observed_least,
            self.observed_most + other.observed_most,
            self.lost_least + other.lost_least,
            self.lost_most + other.lost_most,
        )

    @property
    def has_data(self) -> bool:
        return self.observed_most > 0

    @property
    def least(self) -> float:
        """The availability that is certain, between 0 and 1."""
        return _share(self.lost_most, self.observed_least)

    @property
    def most(self) -> float:
        """The best availability that is possible, between 0 and 1."""
        return _share(self.lost_least, self.observed_most)


def _share(lost: float, observed: float) -> float:
    if not lost:
        return 1.0
    return max(0.0, 1 - lost / observed) if observed > 0 else 0.0


@dataclass(frozen=True)
class Day:
    """One local day of 23, 24 or 25 hours. States are None before there is data."""

    day: date
    availability: Availability
    least: State | None
    most: State | None


@dataclass(frozen=True)
class Outline:
    """One component over all time until `now`: segments in order, disjoint; between them all is well."""

    since: datetime | None
    now: datetime
    segments: tuple[Segment, ...]

    def availability(self, start: datetime, end: datetime) -> Availability:
        """Between two UTC instants."""
        start, end = self._observed(start, end)
        pieces = [(s.answer, min(s.end, end) - max(s.start, start)) for s in self._within(start, end)]
        whole = end - start
        return Availability(
            (whole - _sum(time for answer, time in pieces if answer.out_most)) / _SECOND,
            (whole - _sum(time for answer, time in pieces if answer.out_least)) / _SECOND,
            _sum(time * answer.tenths_least for answer, time in pieces) / _SECOND / 10,
            _sum(time * answer.tenths_most for answer, time in pieces) / _SECOND / 10,
        )

    def months(self, zone: ZoneInfo) -> Iterator[tuple[date, Availability]]:
        """Every local calendar month with data, oldest first, by its first day."""
        first = (self.since or self.now).astimezone(zone).date().replace(day=1)
        while self.since and midnight(first, zone) < self.now:
            after = (first + timedelta(days=31)).replace(day=1)
            found = self.availability(midnight(first, zone), midnight(after, zone))
            if found.has_data:
                yield first, found
            first = after

    def days(self, first: date, last: date, zone: ZoneInfo) -> Iterator[Day]:
        """Every local day from `first` to `last`, both included."""
        for offset in range((last - first).days + 1):
            yield self._day(first + timedelta(days=offset), zone)

    def _day(self, day: date, zone: ZoneInfo) -> Day:
        start, end = self._observed(midnight(day, zone), midnight(day + timedelta(days=1), zone))
        if start == end:
            return Day(day, Availability(), None, None)
        answers = [segment.answer for segment in self._within(start, end)]
        least, most = worst(answer.least for answer in answers), worst(answer.most for answer in answers)
        return Day(day, self.availability(start, end), least, most)

    def _observed(self, start: datetime, end: datetime) -> tuple[datetime, datetime]:
        """What of a window lies between `since` and `now`; of no length if nothing does."""
        start, end = max(start, self.since or end), min(end, self.now)
        return (start, end) if start < end else (end, end)

    def _within(self, start: datetime, end: datetime) -> Iterator[Segment]:
        for index in range(bisect_right(self.segments, start, key=lambda s: s.end), len(self.segments)):
            if self.segments[index].start >= end:
                return
            yield self.segments[index]


def _sum(times: Iterable[timedelta]) -> timedelta:
    return sum(times, timedelta())


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which a local day begins."""
    return datetime.combine(day, time(), zone).astimezone(ZoneInfo("UTC"))


def outline(component: Component, courses: Iterable[Course], now: datetime) -> Outline:
    """All that the records say of one component until `now`."""
    naming = [course for course in courses if course.stretches.get(component.id)]
    starts = [_beginning(course, component.id) for course in naming]
    since = component.since or min(starts, default=None)
    return Outline(since, now, tuple(segments(naming, component.id)))


def _beginning(course: Course, name: str) -> datetime:
    """When a record first says something of a component."""
    first = course.stretches[name][0].earliest_start
    return first if first > FIRST else began(course).nominal
