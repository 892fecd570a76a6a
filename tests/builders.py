"""Small records and settings for tests, checked by the model as files are. Times are in UTC by default."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from generator.facts import Course, Outline, course, outline
from generator.history import History, build_history
from generator.model import Component, Incident
from generator.records import Records
from generator.settings import Settings, StatusSettings
from generator.texts import Line

COMPONENTS = ("shop", "tours", "api")
BERLIN = ZoneInfo("Europe/Berlin")
Told = dict[str, Any]
States = dict[str, str]
SETTINGS = """\
site_name: Example Status
site_url: https://status.example.net/
extra:
  status:
    time_zone: Europe/Berlin
    languages: [de, en]
    components:
      - {id: dashboard, name: Dashboard}
      - {id: booking, name: Buchungssystem}
      - {id: homepage, name: Homepage}
      - {id: demo, name: Demoinstanz}
    publisher:
      {name: Example, represented_by: Erika Muster, street: Weg 1, city: 12345 Ort, country: Deutschland,
       email: post@example.net, phone: "+49 30 1"}
"""
"""The smallest settings without any problem."""


def utc(text: str) -> datetime:
    """`2026-03-02 10:00` as a UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def entry(at: Any = None, status: str | None = None, states: States | None = None, **more: Any) -> Told:
    """An entry of a timeline as a file would write it; what is not given is left out."""
    told = {"at": at, "status": status, "components": states, "text": "What happened."} | more
    return {name: value for name, value in told.items() if value is not None}


def incident(timeline: Sequence[Told], id: str = "one", zone: str = "UTC", **more: Any) -> Incident:  # noqa: A002
    """A record with this timeline, its times read in `zone`."""
    context = {
        "zone": ZoneInfo(zone),
        "languages": ("en", "de"),
        "components": frozenset(COMPONENTS),
        "records": frozenset((id, *more.get("related", ()))),
    }
    data = {"id": id, "title": "It broke", "timeline": list(timeline)} | more
    return Incident.model_validate(data, context=context)


def outage(start: Any, end: Any = None, state: str = "major_outage", name: str = "shop", **more: Any) -> Incident:
    """One component in one state from `start` to `end`, or still."""
    timeline = [entry(start, "investigating", {name: state})]
    return incident([*timeline, entry(end, "resolved")] if end else timeline, **more)


def maintenance(timeline: Sequence[Told], start: Any, end: Any, **more: Any) -> Incident:
    """A maintenance with its window; announced is what its timeline or `announced` says."""
    scheduled = {"start": start, "end": end} | {key: more.pop(key) for key in ("announced",) if key in more}
    return incident(timeline, kind="maintenance", scheduled=scheduled, **more)


def outline_of(
    incidents: Iterable[Incident], now: datetime, name: str = "shop", since: datetime | None = None
) -> Outline:
    """What some records say of one component."""
    component = Component(id=name, name=Line({"en": name}), since=since)
    return outline(component, [course(found, now) for found in incidents], now)


def settings(
    components: Iterable[str | dict[str, Any]] = COMPONENTS,
    zone: str = "Europe/Berlin",
    languages: Sequence[str] = ("en", "de"),
    url: str = "https://status.invented.example/",
    **more: Any,
) -> Settings:
    """Settings of an invented site; a component is its id, or what the settings file would say of it."""
    listed = [{"id": item, "name": item.title()} if isinstance(item, str) else item for item in components]
    data = {
        "time_zone": zone,
        "languages": list(languages),
        "components": listed,
        "publisher": {"name": "Invented"},
    }
    status = StatusSettings.model_validate(data | more, context={"languages": tuple(languages)})
    return Settings("Invented Status", url, status, {code: {} for code in languages}, f"site_url: {url}\n")


def history(incidents: Iterable[Incident], now: datetime, **more: Any) -> History:
    """The history of some records as it can be told at `now`."""
    return build_history(Records(tuple(incidents)), settings(**more), now)


def events_of(found: Course) -> list[tuple[str | None, datetime, datetime]]:
    """Status, earliest and latest instant of every event."""
    return [(event.status, event.earliest, event.latest) for event in found.events]
