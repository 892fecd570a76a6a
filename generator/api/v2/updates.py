"""The updates of an incident or a maintenance, in the form of Statuspage."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from generator.api.v2.bodies import entry_body, post_mortem_body
from generator.api.v2.components import component_id
from generator.api.v2.ids import id_of
from generator.api.v2.page import Json, Page
from generator.facts import Course, Event, status_of
from generator.model import Component, State, Status
from generator.news import items_of

States = Mapping[str, State]
Words = tuple[str, str, str]
"""Id, status and body of an update."""


def incident_id(name: str) -> str:
    return id_of("incidents", name)


def updates(page: Page, course: Course) -> list[Json]:
    """Every message of a record, newest first: what its timeline tells, what its plan brings about, its post-mortem."""
    return list(_told(page, course))[::-1]


def _told(page: Page, course: Course) -> Iterator[Json]:
    keys = {item.subject.index: item.key for item in items_of(course) if isinstance(item.subject, Event)}
    status: Status = "scheduled" if course.incident.kind == "maintenance" else "investigating"
    before: dict[str, State] = {}
    states: dict[str, State] = {}
    for event in course.events:
        # Statuspage has no word for what was called off and taken up again.
        status = event.status if event.status and event.status != "cancelled" else status
        states |= _states_at(event, states)
        key = keys.get(event.index) if event.entry else event.status
        if key:
            words = _id(course, event, key), status, _body(page, event, status)
            yield _update(page, course, words, event.nominal, _affected(page, before, states))
            before = dict(states)
    if has_post_mortem(course):
        yield _post_mortem(page, course, _affected(page, states, states))


def _states_at(event: Event, states: States) -> dict[str, State]:
    """The states an event brings; what a plan names beforehand is operational until it begins."""
    named: dict[str, State] = dict.fromkeys(event.entry.components, "operational") if event.entry else {}
    return {name: state for name, state in named.items() if name not in states} | dict(event.states)


def _id(course: Course, event: Event, key: str) -> str:
    kept = event.entry.id if event.entry else None
    return kept or id_of("updates", f"{course.incident.id}#{key}")


def _body(page: Page, event: Event, status: Status) -> str:
    return entry_body(page, event.entry, status) if event.entry else page.t(f"api.{status}")


def _affected(page: Page, before: States, states: States) -> list[Json] | None:
    """Every component the record has named so far, in the order of the page, whether it changed or not."""
    found = [
        {
            "code": component_id(component.id),
            "name": _full_name(page, component),
            "old_status": before.get(component.id, "operational"),
            "new_status": states[component.id],
        }
        for component in page.history.components
        if component.id in states
    ]
    return found or None


def _full_name(page: Page, component: Component) -> str:
    name = page.line(component.name)
    return f"{page.line(component.group)} - {name}" if component.group else name


def has_post_mortem(course: Course) -> bool:
    """Statuspage knows it of incidents that are over."""
    return bool(course.incident.published) and status_of(course) == "resolved"


def _post_mortem(page: Page, course: Course, affected: list[Json] | None) -> Json:
    item = next(item for item in items_of(course) if item.subject is None)
    name = id_of("updates", f"{course.incident.id}#{item.key}")
    words = name, "postmortem", post_mortem_body(page, course.incident)
    return _update(page, course, words, item.at, affected)


def _update(page: Page, course: Course, words: Words, at: datetime, affected: list[Json] | None) -> Json:
    name, status, body = words
    time = page.time(at)
    return {
        "id": name,
        "status": status,
        "body": body,
        "incident_id": incident_id(course.incident.id),
        "created_at": time,
        "updated_at": time,
        "display_at": time,
        "affected_components": affected,
        "deliver_notifications": True,
        "custom_tweet": None,
        "tweet_id": None,
    }
