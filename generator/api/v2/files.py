"""The files of Statuspage's API v2, each by its name below `api/v2/`."""

import json
from collections.abc import Iterable

from generator.api.v2.components import leaves, listed
from generator.api.v2.incidents import by_change, by_plan, incident, maintenance, newest
from generator.api.v2.page import Json, Page
from generator.facts import Course, Indicator, indicator, status_of

STATUS: dict[Indicator, tuple[str, str]] = {
    "none": ("none", "All Systems Operational"),
    "maintenance": ("maintenance", "Service Under Maintenance"),
    "degraded": ("minor", "Partially Degraded Service"),
    "minor": ("minor", "Minor Service Outage"),
    "major": ("major", "Partial System Outage"),
    "critical": ("critical", "Major Service Outage"),
}
"""Statuspage's indicator and its words, which are English on every page: programs compare them."""


def files(page: Page) -> dict[str, Json]:
    """Every file's content. Notices have no place in this form; a maintenance that is called off leaves it."""
    found, history = leaves(page), page.history
    told = [course for course in history.courses if status_of(course) != "cancelled"]
    incidents = [course for course in told if course.incident.kind == "incident"]
    unresolved = by_change(course for course in history.open if course.incident.kind == "incident")
    active = by_plan(course for course in history.open if course.incident.kind == "maintenance")
    upcoming = by_plan(history.upcoming)

    def as_incidents(courses: Iterable[Course]) -> Json:
        return {"incidents": [incident(page, found, course) for course in courses]}

    def as_maintenances(courses: Iterable[Course]) -> Json:
        return {"scheduled_maintenances": [maintenance(page, found, course) for course in courses]}

    components = {"components": listed(page, found)}
    contents = {
        "summary": {**components, **as_incidents(unresolved), **as_maintenances([*upcoming, *active]), **_status(page)},
        "status": _status(page),
        "components": components,
        "incidents": as_incidents(newest(incidents)),
        "incidents/unresolved": as_incidents(unresolved),
        "scheduled-maintenances": as_maintenances(_newest_maintenances(told)),
        "scheduled-maintenances/upcoming": as_maintenances(upcoming),
        "scheduled-maintenances/active": as_maintenances(active),
    }
    return {f"{name}.json": {"page": page.head(), **content} for name, content in contents.items()}


def _newest_maintenances(courses: Iterable[Course]) -> list[Course]:
    return newest(course for course in courses if course.incident.kind == "maintenance")


def _status(page: Page) -> Json:
    """The state of the page: that of its worst component, whatever is going on beside it."""
    found, words = STATUS[indicator(page.history.states.values())]
    return {"status": {"indicator": found, "description": words}}


def as_text(content: Json) -> str:
    """A file as it is written: a value a line, so that a change of one can be seen."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
