"""The present in API v1: status, availability, commitments."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import floor

from generator.addresses import component_page
from generator.api.v1.documents import (
    AvailabilityFile,
    Commitment,
    CommitmentsFile,
    ComponentMonths,
    ComponentNow,
    IndependenceFile,
    Month,
    Seconds,
    Share,
    Site,
    StatusFile,
)
from generator.api.v1.records import Briefs, in_short
from generator.facts import Availability, began, indicator, promises
from generator.headline import headline
from generator.history import History
from generator.language import language
from generator.model import Component

CLOSED = 100
NOTICES = timedelta(days=30)


def status_file(history: History, briefs: Briefs) -> StatusFile:
    """What holds now."""
    settings, zone = history.settings, history.settings.zone
    recent = [course for course in history.notices if history.now - began(course).nominal <= NOTICES]
    return StatusFile(
        as_of=history.now,
        site=_site(history),
        indicator=indicator(history.states.values()),
        headline={code: headline(history, language(code, zone))[1] for code in settings.languages},
        unreadable=len(history.unreadable),
        components=[_component(history, component) for component in history.components],
        ongoing=in_short(briefs, history.open),
        planned=in_short(briefs, history.upcoming),
        notices=in_short(briefs, recent),
    )


def _site(history: History) -> Site:
    settings = history.settings
    return Site(
        name=settings.name,
        time_zone=settings.zone.key,
        languages=list(settings.languages),
        pages={code: settings.url_of(code) for code in settings.languages},
    )


def _component(history: History, component: Component) -> ComponentNow:
    settings = history.settings
    return ComponentNow(
        id=component.id,
        name=component.name,
        group=component.group,
        url=component.url,
        since=history.outlines[component.id].since,
        state=history.states[component.id],
        pages={code: settings.url_of(code) + component_page(component.id) for code in settings.languages},
    )


def availability_file(history: History) -> AvailabilityFile:
    """Every month of every component."""
    components = [ComponentMonths(id=c.id, months=list(_months(history, c))) for c in history.components]
    return AvailabilityFile(as_of=history.now, components=components)


def _months(history: History, component: Component) -> Iterator[Month]:
    for first, found in history.outlines[component.id].months(history.settings.zone):
        yield _month(first, found)


def _month(first: date, found: Availability) -> Month:
    return Month(
        month=f"{first:%Y-%m}",
        observed=Seconds(least=found.observed_least, most=found.observed_most),
        lost=Seconds(least=found.lost_least, most=found.lost_most),
        availability=Share(least=_rounded_down(found.least), most=_rounded_down(found.most)),
    )


def _rounded_down(share: float) -> float:
    """To six places; first to twelve, so that what is only the computer's own inexactness costs nothing."""
    return floor(round(share * 10**6, 6)) / 10**6


def commitments_file(history: History) -> CommitmentsFile:
    """Every promise of the records. Of those that are kept or dropped, older ones stand in their records."""
    today = history.now.astimezone(history.settings.zone).date()
    found = [
        Commitment(record=incident.id, overdue=overdue, action=action)
        for incident, action, overdue in promises((course.incident for course in history.courses), today)
    ]
    closed = [commitment for commitment in found if commitment.action.status in ("done", "dropped")]
    waiting = [commitment for commitment in found if commitment.action.status in ("open", "in_progress")]
    return CommitmentsFile(as_of=history.now, waiting=waiting, closed=closed[:CLOSED])


def independence_file(history: History) -> IndependenceFile:
    """What the newest check found, and what is accepted of it."""
    return IndependenceFile(result=history.checked, accepted=history.settings.status.independence.accepted)
