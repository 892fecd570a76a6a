"""What the site says at one instant, as text: to check a timeline by replaying it."""

from collections.abc import Iterator

from generator.facts import Course, began
from generator.headline import as_of, headline
from generator.history import History
from generator.language import Language
from generator.terminal.record import entry_lines, standing
from generator.terminal.teller import Teller, wrapped


def render_moment(history: History, words: Language) -> str:
    """The front page: its headline, every component's state, what goes on with its newest word, what is to come."""
    teller = Teller(history, words)
    blocks = [[headline(history, words)[1], as_of(history, words)], list(_states(teller))]
    blocks += [list(_open(teller, course)) for course in history.open]
    blocks += [list(_upcoming(teller, course)) for course in history.upcoming]
    return "\n\n".join("\n".join(block) for block in blocks)


def _states(teller: Teller) -> Iterator[str]:
    for component in teller.history.components:
        state = teller.t(f"state.{teller.history.states[component.id]}")
        yield from wrapped(teller.t("pair", a=teller.text(component.name), b=state))


def _open(teller: Teller, course: Course) -> Iterator[str]:
    yield from wrapped(f"{teller.text(course.incident.title)} ({course.incident.id})")
    yield f"{teller.status(course)}, {teller.span(course)}"
    yield from standing(teller, course)
    newest = next((event for event in reversed(course.events) if event.entry and event.entry.text), None)
    if newest and newest.entry:
        yield from entry_lines(teller, newest.entry, with_advice=False)


def _upcoming(teller: Teller, course: Course) -> Iterator[str]:
    yield teller.t("pair", a=teller.t("front.upcoming"), b=teller.when(began(course)))
    yield from wrapped(f"{teller.text(course.incident.title)} ({course.incident.id})")
