"""Components and their groups, in the form of Statuspage."""

from collections.abc import Mapping
from datetime import datetime

from generator.api.v2.ids import id_of
from generator.api.v2.page import Json, Page
from generator.facts import Course, worst
from generator.model import Component
from generator.prose import to_plain


def component_id(name: str) -> str:
    return id_of("components", name)


def group_id(page: Page, component: Component) -> str | None:
    """Of the group's name in the site's first language, by which it is known in the settings."""
    first = page.history.settings.languages[0]
    return id_of("groups", component.group.pick(first)[0]) if component.group else None


def leaves(page: Page) -> dict[str, Json]:
    """Every component by its name in the records, without the groups."""
    places, changes = _places(page), _changes(page)
    return {c.id: _leaf(page, c, places[c.id], changes.get(c.id)) for c in page.history.components}


def listed(page: Page, found: Mapping[str, Json]) -> list[Json]:
    """Components and groups as they are listed: by position, which counts anew in each group."""
    places, shown = _places(page), dict(found)
    for component in page.history.components:
        name = group_id(page, component)
        if component.group and name and name not in shown:
            children = [child for child in found.values() if child["group_id"] == name]
            shown[name] = _group(page, name, page.line(component.group), places[name], children)
    return sorted(shown.values(), key=lambda item: item["position"])


def _places(page: Page) -> dict[str, int]:
    """Position of each component and group. A group stands where its first component stands."""
    counts: dict[str | None, int] = {}
    places: dict[str, int] = {}

    def place(name: str, where: str | None) -> None:
        counts[where] = places[name] = counts.get(where, 0) + 1

    for component in page.history.components:
        group = group_id(page, component)
        if group and group not in places:
            place(group, None)
        place(component.id, group)
    return places


def _leaf(page: Page, component: Component, place: int, changed: datetime | None) -> Json:
    """What no record and no setting dates is dated by the page's last change: it was there by then."""
    created = page.history.outlines[component.id].since or page.updated
    zone = page.history.settings.zone
    return {
        "id": component_id(component.id),
        "name": page.line(component.name),
        "status": page.history.states[component.id],
        "created_at": page.time(created),
        "updated_at": page.time(max(created, changed or created)),
        "position": place,
        "description": to_plain(component.description.pick(page.language.code)[0]) if component.description else None,
        "showcase": True,
        "start_date": component.since.astimezone(zone).date().isoformat() if component.since else None,
        "group_id": group_id(page, component),
        "page_id": page.id,
        "group": False,
        "only_show_if_degraded": False,
    }


def _group(page: Page, name: str, words: str, place: int, children: list[Json]) -> Json:
    """A group: as bad as its worst component, as old as its oldest."""
    return {
        "id": name,
        "name": words,
        "status": worst(child["status"] for child in children),
        "created_at": _first(children),
        "updated_at": _last(children),
        "position": place,
        "description": None,
        "showcase": False,
        "start_date": None,
        "group_id": None,
        "page_id": page.id,
        "group": True,
        "only_show_if_degraded": False,
        "components": [child["id"] for child in children],
    }


def _first(children: list[Json]) -> str:
    return str(min((child["created_at"] for child in children), key=datetime.fromisoformat))


def _last(children: list[Json]) -> str:
    return str(max((child["updated_at"] for child in children), key=datetime.fromisoformat))


def _changes(page: Page) -> dict[str, datetime]:
    """When the state of each component last changed (UTC)."""
    last: dict[str, datetime] = {}
    for course in page.history.courses:
        for name, instant in _changes_of(course).items():
            last[name] = max(instant, last.get(name, instant))
    return last


def _changes_of(course: Course) -> dict[str, datetime]:
    states: dict[str, str] = {}
    last: dict[str, datetime] = {}
    for event in course.events:
        for name, state in event.states:
            if states.get(name, "operational") != state:
                last[name] = event.nominal
            states[name] = state
    return last
