"""When a record began and ended, as told; a maintenance to come, as planned."""

from generator.facts.course import Course, Event
from generator.facts.durations import end_of
from generator.facts.status import is_open
from generator.moments import Moment


def began(course: Course) -> Moment:
    """The moment a record is told to begin with; its nominal instant is the one that the record is listed by."""
    incident = course.incident
    moment = incident.scheduled.start if incident.scheduled else incident.started or incident.timeline[0].at
    if moment is None:
        raise ValueError(f"{incident.id}: the first entry has no time, which the reader refuses")
    return moment


def ended(course: Course) -> Moment | None:
    """The moment it was over for good; None while it goes on.

    An end that nobody timed lies between what was told before and after. A maintenance that has begun ends as planned
    until that time is past; one that ended by its plan, or never took place, shows the plan.
    """
    window, end = course.incident.scheduled, end_of(course)
    if window and (end is None or end.entry is None or end.status == "cancelled"):
        overrun = is_open(course) and window.end.nominal <= course.now
        return None if overrun else _told(course, end) or window.end
    return _told(course, end)


def _told(course: Course, end: Event | None) -> Moment | None:
    """The moment of the entry that tells of the end; what was cancelled before it began has none."""
    if end is None or end.entry is None:
        return None
    if end.status == "cancelled" and not any(event.status == "in_progress" for event in course.events):
        return None
    return end.entry.at or Moment(between=(end.earliest, end.latest))
