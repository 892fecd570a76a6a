"""What a response of Statuspage's API v2 looks like, written down; tests hold it against real ones and against ours."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Check = Callable[[Any], bool]
Shape = Check | dict[str, Any] | list[Any]
"""A check of a value; an object with exactly these keys in this order; a list of such values."""


def matching(pattern: str) -> Check:
    return lambda value: isinstance(value, str) and bool(re.fullmatch(pattern, value))


def one_of(*words: str) -> Check:
    return lambda value: isinstance(value, str) and value in words


def maybe(shape: Check) -> Check:
    return lambda value: value is None or shape(value)


def maybe_list(shape: dict[str, Any]) -> Check:
    """A list with something in it, or null."""
    return lambda value: value is None or (value != [] and not list(misfits(value, [shape])))


def text(value: Any) -> bool:
    return isinstance(value, str)


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def nothing(value: Any) -> bool:
    return value is None


def number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


ID = matching(r"[a-z0-9]{12}")
TIME = matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)")
DAY = matching(r"\d{4}-\d\d-\d\d")
ADDRESS = matching(r"https?://\S+")
STATE = one_of("operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage")
OF_INCIDENTS = ("investigating", "identified", "monitoring", "resolved", "postmortem")
OF_MAINTENANCES = ("scheduled", "in_progress", "verifying", "completed")

PAGE = {
    "id": ID, "name": text, "url": matching(r"https?://\S*[^/\s]"), "time_zone": text, "updated_at": TIME,
}  # fmt: skip
STATUS = {"indicator": one_of("none", "maintenance", "minor", "major", "critical"), "description": text}
COMPONENT = {
    "id": ID, "name": text, "status": STATE, "created_at": TIME, "updated_at": TIME, "position": number,
    "description": maybe(text), "showcase": flag, "start_date": maybe(DAY), "group_id": maybe(ID), "page_id": ID,
    "group": lambda value: value is False, "only_show_if_degraded": flag,
}  # fmt: skip
GROUP = COMPONENT | {"group_id": nothing, "group": lambda value: value is True, "components": [ID]}
AFFECTED = {"code": ID, "name": text, "old_status": STATE, "new_status": STATE}


def _update(*statuses: str) -> dict[str, Any]:
    return {
        "id": ID, "status": one_of(*statuses), "body": text, "incident_id": ID, "created_at": TIME, "updated_at": TIME,
        "display_at": TIME, "affected_components": maybe_list(AFFECTED), "deliver_notifications": flag,
        "custom_tweet": nothing, "tweet_id": maybe(number),
    }  # fmt: skip


def _record(impacts: tuple[str, ...], statuses: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": ID, "name": text, "status": one_of(*statuses), "created_at": TIME, "updated_at": TIME,
        "monitoring_at": maybe(TIME), "resolved_at": maybe(TIME), "impact": one_of(*impacts), "shortlink": ADDRESS,
        "started_at": TIME, "page_id": ID, "incident_updates": [_update(*statuses)], "components": [COMPONENT],
    }  # fmt: skip


INCIDENT = _record(("none", "minor", "major", "critical"), OF_INCIDENTS) | {"reminder_intervals": nothing}
MAINTENANCE = _record(("maintenance",), OF_MAINTENANCES) | {"scheduled_for": TIME, "scheduled_until": TIME}


def component_or_group(value: Any) -> bool:
    return not list(misfits(value, GROUP if value.get("group") else COMPONENT))


COMPONENTS = {"components": [component_or_group]}
INCIDENTS = {"incidents": [INCIDENT]}
MAINTENANCES = {"scheduled_maintenances": [MAINTENANCE]}
SUMMARY = {"page": PAGE, **COMPONENTS, **INCIDENTS, **MAINTENANCES, "status": STATUS}
FILES: dict[str, Shape] = {
    "summary.json": SUMMARY,
    "status.json": {"page": PAGE, "status": STATUS},
    "components.json": {"page": PAGE, **COMPONENTS},
    "incidents.json": {"page": PAGE, **INCIDENTS},
    "incidents/unresolved.json": {"page": PAGE, **INCIDENTS},
    "scheduled-maintenances.json": {"page": PAGE, **MAINTENANCES},
    "scheduled-maintenances/upcoming.json": {"page": PAGE, **MAINTENANCES},
    "scheduled-maintenances/active.json": {"page": PAGE, **MAINTENANCES},
}


def misfits(value: Any, shape: Shape, path: str = "") -> Iterator[str]:
    """Every place where a value departs from a shape, with what stands there."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or list(value) != list(shape):
            yield f"{path}: {list(value) if isinstance(value, dict) else value!r}"
            return
        for key, inner in shape.items():
            yield from misfits(value[key], inner, f"{path}.{key}")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{path}: {value!r}"
            return
        for index, item in enumerate(value):
            yield from misfits(item, shape[0], f"{path}[{index}]")
    elif not shape(value):
        yield f"{path}: {value!r}"
