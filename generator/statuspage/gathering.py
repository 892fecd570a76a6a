"""From many answers to one Statuspage: what is wrong in each, and of every object its newest form."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from generator.problems import Problem
from generator.sentences import NOTHING, Sentence, either, say
from generator.statuspage.reading import Answer
from generator.statuspage.shapes import Component, Incident, Page, Shape

LISTS: dict[str, type[Shape]] = {"components": Component, "incidents": Incident, "scheduled_maintenances": Incident}
"""The fields of an answer that hold objects."""
MAX_PROBLEMS = 50
_AGAIN = say("Save the answer again")
_NEVER = datetime.min.replace(tzinfo=UTC)
Known = TypeVar("Known", Component, Incident)


@dataclass
class Source:
    """What the answers say together: each object once, as it was last."""

    page: Page | None = None
    components: dict[str, Component] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    former_names: dict[str, set[str]] = field(default_factory=dict)
    """Every name that components were given, now or before, to the ids that had it."""
    pages: dict[str, str] = field(default_factory=dict)
    """Every page that answers are of, by its id: its name."""
    pages_in: dict[str, str] = field(default_factory=dict)
    """The same ids to the answer that told each first."""
    problems: list[Problem] = field(default_factory=list)

    def add(self, found: Shape) -> None:
        """Take in an object; what is known of it already gives way to what is newer."""
        if isinstance(found, Page):
            self.pages |= {found.id: found.name} if found.id else {}
            self.page = found if self.page is None or _age(found) >= _age(self.page) else self.page
        elif isinstance(found, Component):
            self.components[found.id] = _newer(self.components.get(found.id), found)
            self.former_names.setdefault(found.name, set()).add(found.id)
        elif isinstance(found, Incident):
            self.incidents[found.id] = _newer(self.incidents.get(found.id), found)
            for inner in found.components:
                self.add(inner)


def _age(found: Page | Component | Incident) -> datetime:
    return found.updated_at or _NEVER


def _newer(known: Known | None, found: Known) -> Known:
    """The newer of two forms of one object, with what only the other one says."""
    if known is None:
        return found
    new, old = (found, known) if _age(found) >= _age(known) else (known, found)
    missing = {name: getattr(old, name) for name in type(new).model_fields if getattr(new, name) in (None, ())}
    return new.model_copy(update=missing)


def gather(answers: Iterable[Answer]) -> Source:
    """Read all answers. What is broken becomes a problem and leaves the rest as it is."""
    source = Source()
    for answer in answers:
        problems = _Complaints(answer.name)
        for found in _objects(answer, problems):
            source.add(found)
        source.pages_in = dict.fromkeys(source.pages, answer.name) | source.pages_in
        source.problems += problems.first()
    return source


class _Complaints:
    """What is wrong with one answer."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.all: list[Problem] = []

    def add(self, where: str, message: Sentence, hint: Sentence = NOTHING, line: int = 1, column: int = 1) -> None:
        self.all.append(Problem(self.name, line, column, where, message, hint))

    def first(self) -> list[Problem]:
        """No more than somebody can read."""
        message = say("there are {n} more problems in this answer", n=len(self.all) - MAX_PROBLEMS)
        rest = Problem(self.name, 1, 1, "", message)
        return self.all[:MAX_PROBLEMS] + [rest] * (len(self.all) > MAX_PROBLEMS)


def _objects(answer: Answer, problems: _Complaints) -> Iterator[Shape]:
    for data in _parsed(answer, problems):
        found = _by_field(data)
        if not found.keys() & {*LISTS, "page"}:
            hint = say("Save what /api/v2/incidents.json answers")
            problems.add("", say("this is no answer of a Statuspage that we know"), hint)
        if "page" in found:
            yield from _typed(Page, found["page"], "page", problems)
        for name, shape in LISTS.items():
            yield from _listed(shape, found.get(name, []), name, problems)


def _by_field(data: Any) -> dict[str, Any]:
    """An answer; a list of incidents and an incident alone, bare or wrapped, are put where an answer has them."""
    if isinstance(data, list):
        return {"incidents": data}
    if isinstance(data, dict):
        if "incident" in data and "incidents" not in data:
            return _told_of_page(data) | {"incidents": [data["incident"]]}
        return {"incidents": [data]} if "incident_updates" in data else data
    return {}


def _told_of_page(data: dict[str, Any]) -> dict[str, Any]:
    """Without a page that has no name: a webhook tells its id and indicator alone."""
    is_bare = isinstance(data.get("page"), dict) and "name" not in data["page"]
    return {field: value for field, value in data.items() if not (is_bare and field == "page")}


def _parsed(answer: Answer, problems: _Complaints) -> Iterator[Any]:
    """The JSON of an answer, unless it is none."""
    try:
        yield json.loads(answer.content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        problems.add("", say("from here on this is not JSON"), _AGAIN, error.lineno, error.colno)
    except RecursionError:
        problems.add("", say("this is not JSON: nested too deeply"), _AGAIN)
    except UnicodeDecodeError:
        problems.add("", say("this is not JSON: it has characters that are not UTF-8"), _AGAIN)
    except ValueError:
        problems.add("", say("this is not JSON: a number in it has too many digits"), _AGAIN)


def _listed(shape: type[Shape], items: Any, name: str, problems: _Complaints) -> Iterator[Shape]:
    if not isinstance(items, list):
        problems.add(name, say("this must be a list"), _AGAIN)
        return
    seen: set[Any] = set()
    for index, item in enumerate(items):
        where = f"{name}[{index}]"
        for found in _typed(shape, item, where, problems):
            known = getattr(found, "id", None)
            if known in seen:
                problems.add(
                    f"{where}.id", say("'{name}' is in this list twice", name=known), say("Keep one of the two")
                )
                continue
            seen.add(known)
            yield found


def _typed(shape: type[Shape], item: Any, where: str, problems: _Complaints) -> Iterator[Shape]:
    try:
        yield shape.model_validate(item)
    except ValidationError as error:
        for fault in error.errors(include_url=False)[:5]:
            place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"])
            problems.add(f"{where}{place[:80]}", _other_shape(fault), say("This one is left out"))


def _other_shape(fault: Any) -> Sentence:
    """In which way a field is not as Statuspage's are."""
    if fault["type"] == "missing":
        return say("a Statuspage's answer has this field, here it is missing")
    if isinstance(fault["input"], dict | list):
        return say("this has another shape than a Statuspage's answer")
    typed = str(fault["input"])[:40]
    if fault["type"] == "literal_error":
        words = either(fault["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", "))
        return say("a Statuspage does not answer '{text}' here, but {words}", text=typed, words=words)
    return say("this has another shape than a Statuspage's answer: '{text}'", text=typed)
