"""Records in API v1: one in full, one in short, and the lists of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from generator.addresses import OWN_API, incident_page
from generator.api.v1.documents import (
    Brief,
    Durations,
    Event,
    IncidentFile,
    IncidentsFile,
    Seconds,
    Year,
    YearFile,
)
from generator.facts import FIRST, LAST, Course, Range, began, durations, ended, severity, status_of
from generator.history import History
from generator.news import LIMIT, changed

Briefs = Mapping[str, Brief]
"""Record's id to the record in short."""


def incident_file(briefs: Briefs, course: Course) -> IncidentFile:
    """One record in full."""
    found = durations(course)
    return IncidentFile(
        brief=briefs[course.incident.id],
        durations=Durations(
            detect=_seconds(found.detect), mitigate=_seconds(found.mitigate), resolve=_seconds(found.resolve)
        ),
        events=_events(course),
        record=course.incident,
    )


def brief(history: History, course: Course) -> Brief:
    """One record in short."""
    incident, settings = course.incident, history.settings
    return Brief(
        id=incident.id,
        kind=incident.kind,
        title=incident.title,
        status=status_of(course),
        severity=severity(course) if incident.kind == "incident" else None,
        began=began(course),
        ended=ended(course),
        updated_at=changed(course),
        components=list(course.components),
        pages={code: settings.url_of(code) + incident_page(incident.id) for code in settings.languages},
        file=f"{settings.url}{OWN_API}incidents/{incident.id}.json",
    )


def in_short(briefs: Briefs, courses: Iterable[Course]) -> list[Brief]:
    """Some records in short, in the order they come."""
    return [briefs[course.incident.id] for course in courses]


def incidents_file(history: History, briefs: Briefs) -> IncidentsFile:
    """The newest records and the years: it grows by a line a year."""
    return IncidentsFile(
        newest=in_short(briefs, history.courses[:LIMIT]),
        years=[_year(history, year) for year in history.years],
    )


def year_file(history: History, briefs: Briefs, year: int) -> YearFile:
    """Every record that began in a local calendar year."""
    return YearFile(year=year, records=in_short(briefs, history.years[year]))


def _year(history: History, year: int) -> Year:
    counts = history.count(history.years[year])
    return Year(
        year=year,
        incidents=counts["incident"],
        maintenances=counts["maintenance"],
        notices=counts["notice"],
        file=f"{history.settings.url}{OWN_API}years/{year}.json",
    )


def _events(course: Course) -> list[Event]:
    """The course with its bounds. It is not told until when it was built: what is over would change each time."""
    return [
        Event(
            nominal=event.nominal,
            earliest=_known(event.earliest),
            latest=_known(event.latest),
            entry=event.index if event.entry else None,
            status=event.status,
            components=dict(event.states),
        )
        for event in course.events
    ]


def _known(instant: datetime) -> datetime | None:
    return instant if FIRST < instant < LAST else None


def _seconds(found: Range | None) -> Seconds | None:
    return Seconds(least=found.least, most=found.most) if found else None
