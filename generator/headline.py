"""The state of the site in one sentence, as its front page, its descriptions and its picture tell it."""

from generator.facts import Indicator, indicator
from generator.history import History
from generator.language import Language
from generator.model import State

_TONE: dict[Indicator, str] = {
    "none": "good", "maintenance": "maintenance", "degraded": "minor", "minor": "minor", "major": "major",
    "critical": "critical",
}  # fmt: skip
_PEAK: dict[Indicator, State] = {
    "maintenance": "under_maintenance", "degraded": "degraded_performance", "minor": "partial_outage",
    "major": "major_outage",
}  # fmt: skip
"""What the worst components are in, where not all are well and not all are down."""


def headline(history: History, language: Language) -> tuple[str, str]:
    """The tone of the present and its one sentence, in the terms of the people who read it."""
    found = indicator(history.states.values())
    if found == "none" and history.may_hide_something:
        return "unknown", language("front.unknown", n=len(history.unreadable))
    if found == "none" and any(course.incident.kind == "incident" for course in history.open):
        return "minor", language("front.open")
    if found not in _PEAK:
        return _TONE[found], language(f"front.{found}")
    peak = _PEAK[found]
    names = [component.name for component in history.components if history.states[component.id] == peak]
    told = language.together([name.pick(language.code)[0] for name in names])
    return _TONE[found], language(f"front.{peak}", n=len(names), names=told)


def as_of(history: History, language: Language) -> str:
    """As of when what is told of the present holds."""
    return language("time.as_of", time=language.instant(history.now))
