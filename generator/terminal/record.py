"""One record as text, whole: where it stands, its course, and the report."""

from collections.abc import Iterable, Iterator

from generator.facts import Course, holding, is_open
from generator.history import History
from generator.language import Language
from generator.model import Cause, Detection, Impact, Incident, Update
from generator.terminal.teller import Teller, wrapped
from generator.texts import Text

INDENT = "  "
Texts = Iterator[Text | str | None]


def render_record(history: History, name: str, words: Language) -> str:
    """The record with this id as it can be read at the history's `now`."""
    course = history.by_id[name]
    teller = Teller(history, words)
    blocks = [list(_head(teller, course)), *_timeline(teller, course), *_report(teller, course.incident)]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _head(teller: Teller, course: Course) -> Iterator[str]:
    yield from wrapped(teller.text(course.incident.title))
    yield f"{teller.status(course)}, {teller.span(course)}"
    if is_open(course):
        yield from teller.states(course)
        yield from standing(teller, course)


def standing(teller: Teller, course: Course) -> Iterator[str]:
    """What still holds of what was said: advice, restriction, another address, the promise of more."""
    entries = [event.entry for event in course.events if event.entry]
    for name in ("advice", "restriction", "available_at"):
        told = holding(entries, name)
        if told:
            yield from teller.labelled(teller.t(f"front.{name}"), told)
    if entries and entries[-1].next_update:
        yield teller.t("incident.next", time=teller.when(entries[-1].next_update))


def _timeline(teller: Teller, course: Course) -> Iterator[list[str]]:
    yield [_title(teller.t("incident.course"))]
    for event in course.events:
        if event.entry:
            yield list(entry_lines(teller, event.entry))


def entry_lines(teller: Teller, entry: Update, with_advice: bool = True) -> Iterator[str]:
    """An entry of the timeline: when, what it is, what it says."""
    facts = [teller.when(entry.at) if entry.at else teller.t("time.undated")]
    facts += [teller.t(f"status.{entry.status}")] if entry.status else []
    facts += [teller.t(f"entry.{entry.kind}")] if entry.kind != "update" else []
    yield from wrapped(" · ".join(facts))
    if entry.components:
        states = (f"{teller.names([name])}: {teller.t(f'state.{state}')}" for name, state in entry.components.items())
        yield from wrapped(", ".join(states), INDENT)
    if entry.text:
        yield from wrapped(teller.text(entry.text), INDENT)
    for name in ("advice", "restriction") if with_advice else ():
        if getattr(entry, name):
            yield from teller.labelled(teller.t(f"front.{name}"), getattr(entry, name), INDENT)


def _report(teller: Teller, incident: Incident) -> Iterator[list[str]]:
    """The sections of the post-mortem, each only where the record has it."""
    yield from _section(teller, "what", [incident.summary])
    yield from _section(teller, "meaning", _impact(teller, incident.impact))
    yield from _section(teller, "detected_by", _detection(teller, incident.detection))
    yield from _section(teller, "cause", _cause(teller, incident.cause))
    yield from _section(teller, "helped", [mitigation.text for mitigation in incident.mitigations])
    yield from _section(teller, "promises", [action.text for action in incident.actions])
    yield from _section(teller, "corrections", [correction.text for correction in incident.corrections])
    if incident.published:
        yield [teller.t("incident.published", time=teller.when(incident.published))]


def _impact(teller: Teller, impact: Impact | None) -> Texts:
    if impact:
        yield impact.text
        yield from (_answer(teller, name, getattr(impact, name)) for name in ("data_loss", "personal_data"))


def _detection(teller: Teller, detection: Detection | None) -> Texts:
    if detection:
        yield detection.text
        yield _answer(teller, "alerting", detection.alerting_fired)


def _cause(teller: Teller, cause: Cause | None) -> Texts:
    if cause:
        yield teller.t(f"certainty.{cause.certainty}")
        yield cause.text


def _answer(teller: Teller, question: str, answer: str | None) -> str | None:
    words = f"incident.{question}"
    return f"{teller.t(words)} {teller.t(f'{words}_{answer}')}" if answer else None


def _section(teller: Teller, key: str, texts: Iterable[Text | str | None]) -> Iterator[list[str]]:
    told = [text if isinstance(text, str) else teller.text(text) for text in texts if text]
    lines = [line for text in told for line in wrapped(text, INDENT)]
    if lines:
        yield [_title(teller.t(f"incident.{key}")), *lines]


def _title(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"
