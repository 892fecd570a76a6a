"""A maintenance goes by its plan unless its timeline tells otherwise: beginning, states, end."""

from dataclasses import replace
from datetime import datetime

from generator.facts.events import FIRST, LAST, Event
from generator.model import Incident, State, Status
from generator.moments import Moment

_BEGUN: frozenset[Status] = frozenset(("in_progress", "verifying", "completed"))


def by_plan(incident: Incident, events: list[Event], now: datetime) -> list[Event]:
    """`events` of a maintenance with what its window adds until `now`.

    It begins with its window unless that was told or it was called off. It ends with it only if nothing was
    told of it: work that somebody said had begun goes on until somebody says that it is done.
    """
    said = {event.status for event in events}
    window = incident.scheduled
    if window and "cancelled" not in said:
        if not said & _BEGUN and window.end.nominal <= now:
            events = _insert(events, window.end, "completed")
        if "in_progress" not in said and window.start.nominal <= now:
            events = _insert(events, window.start, "in_progress")
    return _with_plan(events)


def _insert(events: list[Event], moment: Moment, status: Status) -> list[Event]:
    """A planned event among those told, at its nominal time; but work ends after it began."""
    ends = ("verifying", "completed")
    later = (i for i, e in enumerate(events) if e.nominal > moment.nominal or e.status in ends)
    position = next(later, len(events))
    planned = Event(moment.earliest or FIRST, moment.latest or LAST, moment.nominal, None, -1, status, ())
    return [*events[:position], _ahead_of(planned, events[position:]), *events[position:]]


def _ahead_of(planned: Event, later: list[Event]) -> Event:
    """What is planned gives way to what is told: it narrows no bounds, they narrow its own."""
    if not later:
        return planned
    earliest, latest = min(planned.earliest, later[0].earliest), min(planned.latest, later[0].latest)
    return replace(planned, earliest=earliest, latest=latest, nominal=min(planned.nominal, later[0].nominal))


def _with_plan(events: list[Event]) -> list[Event]:
    """States told ahead of the work are a plan: they hold from its beginning on."""
    begin = next((index for index, event in enumerate(events) if event.status in _BEGUN), len(events))
    ahead, work = events[:begin], events[begin:]
    plan: dict[str, State] = {name: state for event in ahead for name, state in event.states}
    if work and work[0].status != "completed":
        work[0] = replace(work[0], states=tuple((plan | dict(work[0].states)).items()))
    return [*(replace(event, states=()) for event in ahead), *work]
