"""What holds now: the state of a component, of the page, of a record."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal

from generator.facts.course import Course
from generator.facts.segments import worst
from generator.model import FINAL_STATUSES, STATES, Action, Incident, Severity, State, Status, Update

Indicator = Literal["none", "maintenance", "degraded", "minor", "major", "critical"]
_INDICATOR: dict[State, Indicator] = {
    "operational": "none", "under_maintenance": "maintenance", "degraded_performance": "degraded",
    "partial_outage": "minor", "major_outage": "major",
}  # fmt: skip


def component_state(name: str, courses: Iterable[Course]) -> State:
    """The worst state any record leaves the component in."""
    return worst(course.state_now(name) for course in courses)


def indicator(states: Iterable[State]) -> Indicator:
    """The page's status from the states of all components: that of the worst; all of them down is critical.

    Thresholds as Statuspage pages show them.
    """
    listed = list(states)
    if listed and all(state == "major_outage" for state in listed):
        return "critical"
    return _INDICATOR[worst(listed)]


def status_of(course: Course) -> Status | None:
    """The last status a record has reached; None for a notice."""
    return next((event.status for event in reversed(course.events) if event.status), None)


def is_open(course: Course) -> bool:
    """Whether it is going on: an incident not resolved, a maintenance that has begun and not ended."""
    status = status_of(course)
    if course.incident.kind == "maintenance":
        return status in ("in_progress", "verifying")
    return course.incident.kind == "incident" and status not in FINAL_STATUSES


def is_upcoming(course: Course) -> bool:
    """Whether it is a maintenance that is still to come."""
    return course.incident.kind == "maintenance" and status_of(course) in ("scheduled", None)


def severity(course: Course) -> Severity:
    """How bad an incident is: as written, else from the worst state it ever gave a component.

    Degraded and partial are minor, a major outage is major. Critical is left to whoever writes the record.
    """
    impact = course.incident.impact
    if impact and impact.severity:
        return impact.severity
    peak = worst(stretch.state for stretches in course.stretches.values() for stretch in stretches)
    if STATES.index(peak) < STATES.index("degraded_performance"):
        return "none"
    return "major" if peak == "major_outage" else "minor"


def newest_change(course: Course) -> datetime:
    """When the record last said something new (UTC): an entry, the post-mortem, a correction."""
    incident, instants = course.incident, [event.nominal for event in course.events if event.entry]
    instants += [correction.at.nominal for correction in incident.corrections]
    return max([*instants, incident.published.nominal] if incident.published else instants)


def holding(entries: Sequence[Update], name: str) -> Any:
    """What a field of the entries (oldest first) says by now: the newest word holds until another one replaces it."""
    return next((said for entry in reversed(entries) if (said := getattr(entry, name))), None)


def promises(incidents: Iterable[Incident], today: date) -> Iterator[tuple[Incident, Action, bool]]:
    """Every promise with its record, and whether it is overdue on the local day `today`."""
    for incident in incidents:
        for action in incident.actions:
            waiting = action.status in ("open", "in_progress")
            yield incident, action, bool(waiting and action.due and action.due < today)
