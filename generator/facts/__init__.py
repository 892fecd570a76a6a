"""What follows from the records: status, states, availability with bounds, durations. Each figure once.

Everything here is pure: records, an instant `now` and windows go in (UTC), facts come out.
"""

from generator.facts.availability import Availability, Day, Outline, outline
from generator.facts.course import Course, Event, Range, Stretch, course
from generator.facts.durations import Durations, durations
from generator.facts.replay import known_at
from generator.facts.span import began, ended
from generator.facts.status import (
    component_state,
    indicator,
    is_open,
    is_upcoming,
    newest_change,
    open_actions,
    severity,
    status_of,
)

__all__ = [
    "Availability", "Course", "Day", "Durations", "Event", "Outline", "Range", "Stretch",
    "began", "component_state", "course", "durations", "ended", "indicator", "is_open", "is_upcoming", "known_at",
    "newest_change", "open_actions", "outline", "severity", "status_of",
]  # fmt: skip
