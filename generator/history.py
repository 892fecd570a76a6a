"""All records at one instant, and what follows from them together: what pages and feeds are made of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from generator.facts import Course, Outline, began, component_state, course, is_open, is_upcoming, known_at, outline
from generator.independence import Result
from generator.model import Component, State
from generator.records import Records, Unreadable
from generator.settings import Settings


@dataclass(frozen=True)
class History:
    """The records as known at `now`, newest first. `now` is a UTC instant."""

    settings: Settings
    now: datetime
    courses: tuple[Course, ...]
    unreadable: tuple[Unreadable, ...] = ()
    later: tuple[str, ...] = ()
    """Ids of sound records of which nothing was known yet."""
    checked: Result | None = None
    """What the newest check of the site's independence found; None without one."""

    @cached_property
    def by_id(self) -> dict[str, Course]:
        return {course.incident.id: course for course in self.courses}

    @cached_property
    def positions(self) -> dict[str, int]:
        """Record id to its place in `courses`."""
        return {course.incident.id: index for index, course in enumerate(self.courses)}

    @cached_property
    def open(self) -> tuple[Course, ...]:
        """What is going on, newest first."""
        return tuple(course for course in self.courses if is_open(course))

    @cached_property
    def upcoming(self) -> tuple[Course, ...]:
        """The maintenance still to come, soonest first."""
        return tuple(reversed([course for course in self.courses if is_upcoming(course)]))

    @cached_property
    def past(self) -> tuple[Course, ...]:
        """Everything that is neither going on nor to come, newest first, without notices."""
        here = {course.incident.id for course in (*self.open, *self.upcoming)}
        return tuple(c for c in self.courses if c.incident.id not in here and c.incident.kind != "notice")

    @cached_property
    def notices(self) -> tuple[Course, ...]:
        return tuple(course for course in self.courses if course.incident.kind == "notice")

    @cached_property
    def components(self) -> tuple[Component, ...]:
        return self.settings.components

    @cached_property
    def naming(self) -> dict[str, list[Course]]:
        """Per component: the records that give it a state, newest first."""
        naming: dict[str, list[Course]] = {component.id: [] for component in self.components}
        for found in self.courses:
            for name in found.stretches:
                naming[name].append(found)
        return naming

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """Per component: its states over all time."""
        return {c.id: outline(c, self.naming[c.id], self.now) for c in self.components}

    @cached_property
    def states(self) -> dict[str, State]:
        """Per component: its state now. A record that is over may have left it in a bad one."""
        return {name: component_state(name, courses) for name, courses in self.naming.items()}

    @cached_property
    def years(self) -> dict[int, tuple[Course, ...]]:
        """Local calendar year to the records that begin in it, newest first."""
        years: dict[int, list[Course]] = {}
        for found in self.courses:
            years.setdefault(self.year_of(found), []).append(found)
        return {year: tuple(found) for year, found in years.items()}

    def year_of(self, found: Course) -> int:
        return began(found).nominal.astimezone(self.settings.zone).year

    @property
    def may_hide_something(self) -> bool:
        """Whether a record that cannot be read may tell of something going on."""
        return any(record.may_be_ongoing for record in self.unreadable)

    def count(self, courses: Iterable[Course]) -> Counter[str]:
        """How many records of each kind."""
        return Counter(found.incident.kind for found in courses)


def build_history(records: Records, settings: Settings, now: datetime, checked: Result | None = None) -> History:
    """The history as it could be told at `now`: what came later is not in it."""
    known = {incident.id: known_at(incident, now) for incident in records.incidents}
    courses = [course(incident, now) for incident in known.values() if incident]
    courses.sort(key=lambda found: (began(found).nominal, found.incident.id), reverse=True)
    later = tuple(name for name, incident in known.items() if not incident)
    found = checked if checked and checked.instant <= now else None
    return History(settings, now, tuple(courses), records.unreadable, later, found)
