"""Answers of an invented Statuspage, in the shape in which real ones come."""

import json
from typing import Any

from generator.settings import parse_settings
from generator.statuspage import Answer, Import, build_import
from generator.yaml_source import parse_yaml

Told = dict[str, Any]
PAGE_ID = "pagepagepage"
PAGE = {
    "id": PAGE_ID,
    "name": "Bike Shed",
    "url": "https://status.bikeshed.example",
    "time_zone": "Europe/Berlin",
    "updated_at": "2026-03-04T10:00:00.000+01:00",
}


def component(id: str, name: str, **more: Any) -> Told:  # noqa: A002
    """A component as lists hold it; ids are filled up to twelve signs."""
    return {
        "id": id.ljust(12, "0"), "name": name, "status": "operational",
        "created_at": "2024-01-01T09:00:00.000+01:00", "updated_at": "2026-03-01T09:00:00.000+01:00",
        "position": 1, "description": None, "showcase": True, "start_date": None, "group_id": None,
        "page_id": PAGE_ID, "group": False, "only_show_if_degraded": False,
    } | more  # fmt: skip


def affected(id: str, name: str, old: str, new: str) -> Told:  # noqa: A002
    """What an update does to a component."""
    return {"code": id.ljust(12, "0"), "name": name, "old_status": old, "new_status": new}


def update(id: str, at: str, status: str, body: str, *states: Told, **more: Any) -> Told:  # noqa: A002
    """An update at `2026-03-02T09:05:00`, in UTC."""
    time = f"{at}.000Z"
    return {
        "id": id.ljust(12, "0"), "status": status, "body": body, "incident_id": "",
        "created_at": time, "updated_at": time, "display_at": time,
        "affected_components": list(states) or None, "deliver_notifications": True,
        "custom_tweet": None, "tweet_id": None,
    } | more  # fmt: skip


def incident(id: str, name: str, updates: list[Told], **more: Any) -> Told:  # noqa: A002
    """An incident with its updates, newest first as Statuspage has them, and the fields that follow from them."""
    name_of = id.ljust(12, "0")
    done = [found["display_at"] for found in updates if found["status"] == "resolved"]
    watched = [found["display_at"] for found in updates if found["status"] == "monitoring"]
    return {
        "id": name_of, "name": name, "status": updates[0]["status"] if updates else "investigating",
        "created_at": updates[-1]["display_at"] if updates else "2026-03-02T09:05:00.000Z",
        "updated_at": updates[0]["display_at"] if updates else "2026-03-02T09:05:00.000Z",
        "monitoring_at": watched[-1] if watched else None, "resolved_at": done[0] if done else None,
        "impact": "major", "shortlink": f"https://stspg.example/{name_of}",
        "started_at": updates[-1]["display_at"] if updates else "2026-03-02T09:05:00.000Z", "page_id": PAGE_ID,
        "incident_updates": [found | {"incident_id": name_of} for found in updates], "components": [],
        "reminder_intervals": None,
    } | more  # fmt: skip


SHOP, TILL, TOURS = "shopshopshop", "tilltilltill", "tourstours00"
GROUP = "groupgroup00"
COMPONENTS = [
    component(SHOP, "Shop", position=1, description="Where bikes are <b>rented</b>"),
    component(GROUP, "At the counter", position=2, group=True, components=[TOURS, TILL]),
    component(TILL, "Till", position=2, group_id=GROUP, start_date="2025-05-01"),
    component(TOURS, "Tours", position=1, group_id=GROUP),
]
OUTAGE = incident("outage", "Shop & till do not answer", [
    update("three", "2026-03-02T11:31:07", "resolved", "Everything runs.",
           affected(SHOP, "Shop", "partial_outage", "operational"),
           affected(TILL, "Till", "operational", "operational")),
    update("two", "2026-03-02T10:00:00", "monitoring",
           "It runs again, <b>slowly</b>.<br /><br />"
           "Please see <a href='/help'>our help</a>.<br/>- no orders<br/>- no tours",
           affected(SHOP, "Shop", "major_outage", "partial_outage")),
    update("one", "2026-03-02T09:05:30", "investigating", "We are looking into it: the shop does not answer.",
           affected(SHOP, "Shop", "operational", "major_outage"),
           affected(TILL, "Till", "operational", "operational")),
], components=[COMPONENTS[0], COMPONENTS[2]], started_at="2026-03-02T09:05:29.950Z")  # fmt: skip
MAINTENANCE = incident("moving", "We move house", [
    update("mtwo", "2026-03-29T00:30:00", "in_progress", "We have begun.",
           affected(TILL, "Till", "operational", "under_maintenance")),
    update("mone", "2026-03-20T09:00:00", "scheduled", "The till pauses in the night.",
           affected(TILL, "Till", "operational", "operational")),
], impact="maintenance", components=[COMPONENTS[2]],
    scheduled_for="2026-03-29T00:30:00.000Z", scheduled_until="2026-03-29T01:30:00.000Z")  # fmt: skip
SUMMARY = {
    "page": PAGE, "components": COMPONENTS, "incidents": [OUTAGE], "scheduled_maintenances": [MAINTENANCE],
    "status": {"indicator": "none", "description": "All Systems Operational"},
}  # fmt: skip


def answer(data: Any, name: str = "summary.json") -> Answer:
    """What was answered, as bytes."""
    return Answer(name, json.dumps(data).encode())


def imported(*incidents: Told, **more: Any) -> Import:
    """The import of a page with these incidents and our components."""
    return build_import(
        [answer(SUMMARY | {"incidents": list(incidents), "scheduled_maintenances": []} | more)], None, "en"
    )


def record(found: Import, id: str) -> Any:  # noqa: A002
    """The data of one imported record."""
    assert [str(problem) for problem in found.problems] == []
    return parse_yaml(found.files[f"incidents/{id.ljust(12, '0')}.yml"].encode(), "x.yml").data


def settings_of(found: Import) -> Any:
    """The settings that an import founded."""
    settings, _ = parse_settings(found.files["mkdocs.yml"].encode(), "mkdocs.yml")
    return settings


def why(found: Import) -> dict[str, list[str]]:
    """What was lost, by field."""
    lost: dict[str, list[str]] = {}
    for loss in found.losses:
        lost.setdefault(loss.field, []).append(loss.why)
    return lost
