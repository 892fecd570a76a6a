"""A document against the model: every mismatch becomes a `Problem` with its line and what to write."""

import types
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from generator.guesses import closest, did_you_mean, not_possible
from generator.model import fields_of
from generator.moments import Moment
from generator.problems import Mistyped, Problem
from generator.sentences import Sentence, either, say
from generator.texts import Text
from generator.yaml_source import MAX_PROBLEMS, Document, Where

Model = TypeVar("Model", bound=BaseModel)
_WANTED = {"tuple_type": "list", "list_type": "list", "dict_type": "map", "model_type": "map",
           "model_attributes_type": "map", "mapping_type": "map", "string_type": "text",
           "datetime_type": "time", "date_type": "day"}  # fmt: skip
_EXAMPLES = {"title": "Dashboard nicht erreichbar", "at": "2021-07-17 09:05"}


def validate(
    model: type[Model],
    document: Document,
    data: Mapping[str, Any],
    context: Mapping[str, Any],
    under: Where = (),
) -> tuple[Model | None, list[Problem]]:
    """`data` (what stands in `document` below `under`) as `model`, with every problem of it.

    When something is wrong the model is built from the rest, so that what concerns several fields can still
    be checked in the same run; None when not even that can be.
    """
    try:
        return model.model_validate(data, context=dict(context)), []
    except ValidationError as error:
        faults = error.errors(include_url=False)
    meant = _meant(model, faults)
    told = [fault for fault in faults if not (fault["type"] == "missing" and fault["loc"] in meant)]
    problems = [problem for fault in told if (problem := _problem(model, document, fault, under))]
    return _salvage(model, deepcopy(dict(data)), faults, context), first_problems(problems)


def first_problems(problems: list[Problem]) -> list[Problem]:
    """What is wrong with one file: no more than somebody can read, in the order of the file, each thing once."""
    several = sorted(set(problems))
    if len(several) <= MAX_PROBLEMS:
        return several
    last = several[MAX_PROBLEMS]
    rest = say("there are more problems from here on; correct these first")
    return [*several[:MAX_PROBLEMS], Problem(last.file, last.line, last.column, "", rest)]


def _meant(model: type[BaseModel], faults: Any) -> set[Where]:
    """The fields that mistyped names were meant for: nobody needs to hear that those are missing."""
    unknown = [fault["loc"] for fault in faults if fault["type"] == "extra_forbidden"]
    return {(*loc[:-1], closest(str(loc[-1]), fields_of(model_at(model, loc[:-1])))) for loc in unknown}


def _salvage(model: type[Model], data: dict[str, Any], faults: Any, context: Mapping[str, Any]) -> Model | None:
    for _ in range(4):
        for fault in sorted(faults, key=_depth_first, reverse=True):
            _cut(data, fault["loc"][:-1] if fault["type"] == "missing" else fault["loc"])
        try:
            return model.model_validate(data, context=dict(context))
        except ValidationError as error:
            faults = error.errors(include_url=False)
    return None


def _depth_first(fault: Any) -> list[str]:
    return [str(part).zfill(6) for part in fault["loc"]]


def _cut(data: Any, loc: Where) -> None:
    """Remove what `loc` names, or the nearest thing above it that is there."""
    parent: Any = None
    key: Any = None
    for part in loc:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and _has(data, part)
        if not inside:
            break
        parent, key, data = data, part, data[part]
    if isinstance(parent, dict) or (isinstance(parent, list) and key < len(parent)):
        del parent[key]


def _has(items: list[Any], index: str | int) -> bool:
    return isinstance(index, int) and index < len(items)


def _problem(model: type[BaseModel], document: Document, fault: Any, under: Where) -> Problem | None:
    """The fault in words; None for what only follows from a problem that was noted while reading."""
    loc: Where = (*under, *(part for part in fault["loc"] if part != "[key]"))
    if fault["type"] == "too_short" and fault["input"]:
        return None
    if fault["type"] != "extra_forbidden" and document.covers(loc):
        return None
    if fault["type"] == "missing" and isinstance(loc[-1], str):
        return document.problem(loc, say("'{name}' is missing", name=loc[-1]), _add_a_line(model, fault["loc"]))
    known = loc
    while known and known not in document.places:
        known = known[:-1]
    message, hint, mistyped = _in_words(model, fault)
    if mistyped is None:
        return document.problem(known, message, hint)
    if "[key]" in fault["loc"] or fault["type"] == "extra_forbidden":
        known, mistyped = known[:-1], mistyped._replace(key=str(known[-1]))
    shown = document.set_right(known, mistyped, hint)
    if mistyped.possible and shown != hint:
        shown = say("{line} (possible: {names})", line=shown, names=", ".join(mistyped.possible))
    return document.problem((*known, mistyped.key) if mistyped.key else known, message, shown)


def _add_a_line(model: type[BaseModel], loc: Where) -> Sentence:
    """What to add for a field that is missing, with the words that are possible in it."""
    name = str(loc[-1])
    if name == "timeline":
        return say("Add a line timeline: and below it, indented, - at: 2021-07-17 09:05")
    field = model_at(model, loc[:-1]).model_fields[name]
    if get_origin(field.annotation) is Literal:
        return say(
            "Add a line {line}", line=say("{name}: {words}", name=name, words=either(get_args(field.annotation)))
        )
    return say("Add a line {line}", line=f"{name}: {_EXAMPLES.get(name, '…')}")


def _in_words(model: type[BaseModel], fault: Any) -> tuple[Sentence, Sentence, Mistyped | None]:
    """The message, the hint, and what was meant, where that is known."""
    kind, context, loc, value = fault["type"], fault.get("ctx", {}), fault["loc"], fault.get("input")
    if kind == "wrong":
        return context["message"], context["hint"], context["mistyped"]
    if kind == "extra_forbidden":
        name = str(loc[-1])
        return say("there is no field '{name}' here", name=name[:60]), *_other_name(
            model, model_at(model, loc[:-1]), name
        )
    if kind == "literal_error" and isinstance(value, str):
        words = tuple(context["expected"].replace(" or ", ", ").replace("'", "").split(", "))
        return *not_possible(value, words), Mistyped(value, closest(value, words), possible=words)
    return *_in_wrong_form(model, fault), None


def _in_wrong_form(model: type[BaseModel], fault: Any) -> tuple[Sentence, Sentence]:
    kind, loc, value = fault["type"], fault["loc"], fault.get("input")
    if kind == "literal_error":
        return say("this must be a single word, not {got}", got=_got(value)), say("Write the word after the colon")
    if kind == "too_short" and not value:
        return say("the list is empty"), say("Write at least one entry")
    if kind in ("too_short", "too_long", "missing"):
        hint = say("Write between: [2021-07-17 09:00, 2021-07-17 09:15]")
        return say("this takes exactly two times"), hint
    return _wrong_form(model_at(model, loc), _WANTED.get(kind, ""), value, str(loc[-1]) if loc else "")


def _got(value: Any) -> Sentence:
    if isinstance(value, str):
        return say("a plain text")
    return say("a list") if isinstance(value, list) else say("fields of its own")


def _other_name(top: type[BaseModel], here: Any, name: str) -> tuple[Sentence, Mistyped | None]:
    """Where a field of that name belongs, or the name that was meant."""
    homes = [
        field for field, info in top.model_fields.items() for inner in _models_in(info.annotation)
        if here is top and name in fields_of(inner)
    ]  # fmt: skip
    if homes:
        return say("It belongs below {names}", names=either(list(dict.fromkeys(homes)))), None
    return did_you_mean(name, fields_of(here)), Mistyped(name, closest(name, fields_of(here)))


def _wrong_form(model: Any, wanted: str, value: Any, name: str) -> tuple[Sentence, Sentence]:
    """What stands there is a text, a list or a map where another of them is wanted."""
    got = _got(value)
    if isinstance(model, type) and issubclass(model, Text) and wanted in ("map", "text"):
        return say("this must be a text, not {got}", got=got), say("Write it after the colon, or as {de: …, en: …}")
    if wanted == "list":
        return say("this must be a list, not {got}", got=got), say("Begin each entry in a line of its own with '- '")
    if isinstance(model, type) and issubclass(model, Moment):
        return say("this must be a time, not {got}", got=got), _like("2021-07-17 09:05")
    if wanted == "text":
        return say("this must be a plain text, not {got}", got=got), say("Write it after the colon")
    if wanted == "time":
        return say("this must be a single time, not {got}", got=got), _like("2021-07-17 09:05")
    if wanted == "day":
        return say("this must be a single day, not {got}", got=got), _like("2021-07-17")
    if name == "components":
        return say("each component needs its state, this is {got}", got=got), _like(
            "components: {dashboard: major_outage}"
        )
    if name == "aliases":
        return say("each old address needs its feed, this is {got}", got=got), _like(
            "aliases: {/blog/feed.xml: history.rss}"
        )
    hint = say("Possible below it: {names}", names=", ".join(fields_of(model)))
    return say("this must hold fields of its own, not {got}", got=got), hint


def _like(example: str) -> Sentence:
    return say("Write it like {example}", example=example)


def model_at(model: Any, loc: Where) -> Any:
    """The model that stands at `loc` below `model`: through lists, maps and what may be left out."""
    for part in loc:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part) if not issubclass(model, RootModel) else None
        inner = _models_in(field.annotation) if field else []
        if not inner:
            return model
        model = inner[0]
    return model


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, types.UnionType, tuple, list, dict):
        return [found for part in get_args(annotation) for found in _models_in(part)]
    return []
