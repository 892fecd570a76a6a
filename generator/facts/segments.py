"""What the records say of one component, as a row of segments: where they overlap the worst counts, once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal, TypeVar

from generator.facts.course import FIRST, Course
from generator.model import STATES, Incident, State

_TENTHS: dict[State, int] = {
    "operational": 0,
    "under_maintenance": 10,
    "degraded_performance": 0,
    "partial_outage": 3,
    "major_outage": 10,
}
_Announced = Literal["announced"]
_Item = TypeVar("_Item")
Span = tuple[datetime, datetime, _Item]


@dataclass(frozen=True)
class Answer:
    """How a component may have been: the mildest and the worst state, how many tenths of the time are lost.

    `out_*`: whether the time is left out as announced maintenance: for certain, and possibly.
    """

    least: State
    most: State
    tenths_least: int
    tenths_most: int
    out_least: bool
    out_most: bool


@dataclass(frozen=True)
class Segment:
    """A stretch of time, in UTC, with one answer."""

    start: datetime
    end: datetime
    answer: Answer


def worst(states: Iterable[State]) -> State:
    """The worst of some states; operational when there is none."""
    return max(states, key=STATES.index, default="operational")


def segments(courses: Iterable[Course], name: str) -> Iterator[Segment]:
    """The time in which the component `name` may have been anything but fine: in order, disjoint."""
    layers = [span for course in courses for span in _layer(course, name)]
    for start, end, answers in _sweep(layers):
        if answers:
            yield Segment(start, end, _joined(answers))


def _layer(course: Course, name: str) -> Iterator[Span[Answer]]:
    """What one record says; before its first word all is well."""
    stretches = course.stretches[name]
    spans: list[Span[State | _Announced]] = [(s.earliest_start, s.latest_end, s.state) for s in stretches]
    if stretches:
        spans.append((FIRST, stretches[0].latest_start, "operational"))
    spans.extend(_announced(course.incident))
    for start, end, holding in _sweep(spans):
        states = [state for state in STATES if state in holding]
        if states and states != ["operational"]:
            yield start, end, _answer(states, "announced" in holding)


def _sweep(spans: Iterable[Span[_Item]]) -> Iterator[Span[Collection[_Item]]]:
    """Between one edge and the next: what holds there. A single pass, however many spans overlap."""
    changes: dict[datetime, Counter[_Item]] = {}
    for start, end, item in spans:
        if start < end:
            changes.setdefault(start, Counter())[item] += 1
            changes.setdefault(end, Counter())[item] -= 1
    holding: Counter[_Item] = Counter()
    for start, end in pairwise(sorted(changes)):
        holding.update(changes[start])
        yield start, end, [item for item, count in holding.items() if count]


def _announced(incident: Incident) -> Iterator[Span[_Announced]]:
    """The window of a maintenance that was announced before it began, as wide as its words allow."""
    window = incident.scheduled
    if incident.kind != "maintenance" or not window:
        return
    announced = [window.announced, *(entry.at for entry in incident.timeline if entry.status == "scheduled")]
    told = next((moment for moment in announced if moment), None)
    if told and told.nominal <= window.start.nominal:
        start, end = window.start, window.end
        yield start.earliest or start.nominal, end.latest or end.nominal, "announced"


def _answer(states: list[State], announced: bool) -> Answer:
    """The answer of one record; `states` may hold, the mildest first."""
    out = [announced and state == "under_maintenance" for state in states]
    tenths = [0 if left_out else _TENTHS[state] for state, left_out in zip(states, out, strict=True)]
    return Answer(states[0], states[-1], min(tenths), max(tenths), all(out), any(out))


def _joined(answers: Collection[Answer]) -> Answer:
    """The answer of several records: what one of them leaves out no other one counts."""
    out_least, out_most = any(a.out_least for a in answers), any(a.out_most for a in answers)
    return Answer(
        worst(a.least for a in answers),
        worst(a.most for a in answers),
        0 if out_most else max(a.tenths_least for a in answers),
        0 if out_least else max(a.tenths_most for a in answers),
        out_least,
        out_most,
    )
