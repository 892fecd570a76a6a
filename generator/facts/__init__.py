"""What follows from the records: status, states, availability with bounds, durations. Each figure once.

Everything here is pure: records, an instant `now` and windows go in (UTC), facts come out.
"""

from generator.facts.availability import Availability, Day, Outline, midnight, outline
from generator.facts.course import FIRST, LAST, Course, Event, Range, Stretch, course
from generator.facts.durations import Durations, durations, end_of, middle
from generator.facts.replay import known_at
from generator.facts.segments import worst
from generator.facts.span import began, ended
from generator.facts.status import (
    Indicator,
    component_state,
    holding,
    indicator,
    is_open,
    is_upcoming,
    newest_change,
    promises,
    severity,
    status_of,
)

__all__ = [
    "FIRST", "LAST", "Availability", "Course", "Day", "Durations", "Event", "Indicator", "Outline", "Range", "Stretch",
    "began", "component_state", "course", "durations", "end_of", "ended", "holding", "indicator", "is_open",
    "is_upcoming", "known_at", "middle", "midnight", "newest_change", "outline", "promises", "severity", "status_of",
    "worst",
]  # fmt: skip
