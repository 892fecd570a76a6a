"""Incidents and maintenances, in the form of Statuspage."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from heapq import nlargest

from generator.api.v2.bodies import shortlink
from generator.api.v2.page import Json, Page
from generator.api.v2.updates import has_post_mortem, incident_id, updates
from generator.facts import Course, began, end_of, severity, status_of
from generator.news import LIMIT, changed

Leaves = Mapping[str, Json]


def newest(courses: Iterable[Course]) -> list[Course]:
    """The incidents that were told of last, newest first: no more than 50."""
    return nlargest(LIMIT, courses, key=lambda course: (created(course), course.incident.id))


def by_change(courses: Iterable[Course]) -> list[Course]:
    """Incidents in the order of their last change, newest first."""
    return sorted(courses, key=lambda course: (changed(course), course.incident.id), reverse=True)


def by_plan(courses: Iterable[Course]) -> list[Course]:
    """Maintenances in the order of their windows, soonest first; of one time the one told of last."""
    told_last = sorted(courses, key=created, reverse=True)
    return sorted(told_last, key=lambda course: began(course).nominal)


def incident(page: Page, leaves: Leaves, course: Course) -> Json:
    """An incident with its updates and components."""
    status = "postmortem" if has_post_mortem(course) else status_of(course) or "investigating"
    told = _record(page, leaves, course, (status, severity(course)), course.events[0].nominal)
    return told | {"reminder_intervals": None}


def maintenance(page: Page, leaves: Leaves, course: Course) -> Json:
    """A maintenance with its window. Statuspage has it begin when it was announced."""
    told = _record(page, leaves, course, (status_of(course) or "scheduled", "maintenance"), created(course))
    window = course.incident.scheduled
    times = {"scheduled_for": window.start, "scheduled_until": window.end} if window else {}
    return told | {name: page.time(moment.nominal) for name, moment in times.items()}


def created(course: Course) -> datetime:
    """When a record was first told of (UTC)."""
    return next(event.nominal for event in course.events if event.entry)


def _record(page: Page, leaves: Leaves, course: Course, state: tuple[str, str], started: datetime) -> Json:
    """What both have in common; `state` is status and impact."""
    end, named = end_of(course), set(course.components)
    monitoring = next((event.nominal for event in course.events if event.status == "monitoring"), None)
    return {
        "id": incident_id(course.incident.id),
        "name": page.line(course.incident.title),
        "status": state[0],
        "created_at": page.time(created(course)),
        "updated_at": page.time(changed(course)),
        "monitoring_at": page.time(monitoring) if monitoring else None,
        "resolved_at": page.time(end.nominal) if end else None,
        "impact": state[1],
        "shortlink": shortlink(page, course.incident),
        "started_at": page.time(started),
        "page_id": page.id,
        "incident_updates": updates(page, course),
        "components": [leaf for name, leaf in leaves.items() if name in named],
    }
