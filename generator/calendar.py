"""Maintenance as a calendar (RFC 5545) that phones and desks subscribe to. The only room that knows icalendar."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vDuration

from generator.addresses import incident_page
from generator.facts import Course, began, ended, holding, is_open, is_upcoming, newest_change, status_of
from generator.history import History
from generator.language import Language
from generator.moments import Moment
from generator.prose import to_plain

PAST = timedelta(days=365)
"""For how long a maintenance stays in the calendar after its end: the file does not grow with the years."""
_REFRESH = timedelta(hours=1)
"""How often programs are asked to look again; Apple and Thunderbird heed the first name of it, Outlook the second."""


def render_calendar(history: History, language: Language) -> bytes:
    """The maintenance that is to come, going on, or over for less than a year, soonest first, in one language.

    Times are in UTC, which Outlook, Apple and Google all show in their reader's zone without a table of clock
    changes. Dates come from the records, so the same records give the same bytes.
    """
    calendar, name = Calendar(), language("calendar.name", site=history.settings.name)
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//incident-pages//calendar//{language.code.upper()}")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("x-wr-caldesc", language("calendar.description", site=history.settings.name))
    calendar.add("x-wr-timezone", history.settings.status.time_zone)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    for course in reversed(history.courses):
        if course.incident.kind == "maintenance" and _end(course).nominal > history.now - PAST:
            calendar.add_component(_event(history, language, course))
    return bytes(calendar.to_ical())


def _event(history: History, language: Language, course: Course) -> Event:
    """One window. Its UID comes from the record's id alone, so that a program moves what has been moved."""
    event, incident, settings = Event(), course.incident, history.settings
    event.add("uid", f"{incident.id}@{settings.authority}")
    event.add("sequence", _changes(course) - 1)
    changed = newest_change(course)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("created", next(event.nominal for event in course.events if event.entry))
    for name, when in zip(("dtstart", "dtend"), _span(course), strict=False):
        event.add(name, when)
    event.add("status", _status(course))
    # Nobody's own time is taken by it: their calendar must not call them busy.
    event.add("transp", "TRANSPARENT")
    title, code = incident.title.pick(language.code)
    event.add("summary", _title(language, course, title), parameters={"LANGUAGE": code})
    address = settings.url_of(language.code) + incident_page(incident.id)
    event.add("description", "\n\n".join([*_told(history, language, course), address]))
    event.add("url", address)
    event.add("categories", [language("kind.maintenance"), *_names(history, language, course)])
    return event


def _changes(course: Course) -> int:
    """How often the record has said something: it only ever grows, and with each change that subscribers hear of."""
    incident = course.incident
    return len(incident.timeline) + len(incident.corrections) + bool(incident.published)


def _end(course: Course) -> Moment:
    """When it is over, as planned; once somebody has told of the end, as told."""
    window = course.incident.scheduled
    return ended(course) or (window.end if window else began(course))


def _span(course: Course) -> tuple[date, ...]:
    """Start and end; whole days where only the days are known, the start alone where it ended as it began."""
    first, last = began(course), _end(course)
    if first.day and last.day:
        return first.day, max(first.day, last.day) + timedelta(days=1)
    start: datetime = first.nominal
    end = last.latest if last.day else last.nominal
    return (start, end) if end and end > start else (start,)


def _status(course: Course) -> str:
    """Tentative is a window that is not told to the minute or the day, until somebody says that it has begun."""
    if status_of(course) == "cancelled":
        return "CANCELLED"
    window, said = course.incident.scheduled, {entry.status for entry in course.incident.timeline}
    vague = window and not all(moment.exact or moment.day for moment in (window.start, window.end))
    return "TENTATIVE" if vague and said <= {None, "scheduled"} else "CONFIRMED"


def _title(language: Language, course: Course, title: str) -> str:
    """What was called off says so in words, too: some calendars show it like any other."""
    if status_of(course) != "cancelled":
        return title
    return language("feeds.update", status=language("status.cancelled"), title=title)


def _told(history: History, language: Language, course: Course) -> Iterator[str]:
    """What it concerns, the newest word, and the advice that still holds, as bare words."""
    names = _names(history, language, course)
    if names:
        yield f"{language('feeds.concerned')} {language.together(names)}"
    text, advice = (holding(course.incident.timeline, name) for name in ("text", "advice"))
    if text:
        yield to_plain(text.pick(language.code)[0])
    if advice and (is_open(course) or is_upcoming(course)):
        yield f"{language('front.advice')} {to_plain(advice.pick(language.code)[0])}"


def _names(history: History, language: Language, course: Course) -> list[str]:
    """The components it concerns, in the order of the settings."""
    concerned = [component for component in history.components if component.id in course.components]
    return [component.name.pick(language.code)[0] for component in concerned]
