"""Lists for a terminal: the records, and what they promise."""

from collections.abc import Iterator

from generator.facts import Course, began, is_open, is_upcoming, promises
from generator.history import History
from generator.language import Language
from generator.model import Action, Incident
from generator.terminal.teller import Teller, wrapped

INDENT = " " * 12


def render_list(history: History, words: Language, only_open: bool) -> str:
    """The records, newest first, two lines each: day, status and id; title. Those that cannot be read come first."""
    teller = Teller(history, words)
    shown = [course for course in history.courses if is_open(course) or is_upcoming(course) or not only_open]
    lines = [words("tool.list.unreadable", id=record.id) for record in history.unreadable]
    lines += [line for course in shown for line in _record(teller, course)]
    return "\n".join(lines) or words("tool.list.none_open" if only_open else "front.none_yet")


def _record(teller: Teller, course: Course) -> Iterator[str]:
    day = teller.words.local_day(began(course).nominal)
    mark = "! " if is_open(course) else "  "
    yield f"{day}{mark}{teller.status(course)}: {course.incident.id}"
    yield from wrapped(teller.text(course.incident.title), INDENT)


def render_promises(history: History, words: Language, only_overdue: bool) -> str:
    """Every promise with its state, day and record; the overdue first, then those that wait, then the rest."""
    teller = Teller(history, words)
    incidents = (course.incident for course in history.courses)
    found = list(promises(incidents, words.local_day(history.now)))
    found.sort(key=lambda promise: (not promise[2], promise[1].status in ("done", "dropped")))
    lines = [line for record, action, late in found if late or not only_overdue
             for line in _promise(teller, record, action, late)]  # fmt: skip
    return "\n".join(lines) or words("tool.list.none_overdue" if only_overdue else "commitments.nothing")


def _promise(teller: Teller, incident: Incident, action: Action, late: bool) -> Iterator[str]:
    facts = [teller.t("action.overdue" if late else f"action.{action.status}")]
    facts += [teller.t("action.due", day=teller.words.day(action.due, "medium"))] if action.due else []
    facts += [teller.t("action.owner", owner=teller.text(action.owner))] if action.owner else []
    yield f"{', '.join(facts)}: {incident.id}"
    yield from wrapped(teller.text(action.text), INDENT)
