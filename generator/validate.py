"""A document against the model: every mismatch becomes a `Problem` with its line and what to write."""

import types
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from generator.model import fields_of
from generator.moments import Moment
from generator.problems import Problem, did_you_mean
from generator.texts import Text
from generator.yaml_source import MAX_PROBLEMS, Document, Where

Model = TypeVar("Model", bound=BaseModel)
_WANTED = {"tuple_type": "list", "list_type": "list", "dict_type": "map", "model_type": "map",
           "model_attributes_type": "map", "mapping_type": "map", "string_type": "text",
           "datetime_type": "time", "date_type": "day"}  # fmt: skip


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
    problems = [problem for fault in faults if (problem := _problem(model, document, fault, under))]
    return _salvage(model, deepcopy(dict(data)), faults, context), first_problems(problems)


def first_problems(problems: list[Problem]) -> list[Problem]:
    """What is wrong with one file: no more than somebody can read, in the order of the file, each thing once."""
    meant = {problem.hint for problem in problems}
    several = sorted({p for p in problems if not (p.message.endswith("is missing") and _meant(p) in meant)})
    if len(several) <= MAX_PROBLEMS:
        return several
    last = several[MAX_PROBLEMS]
    rest = "there are more problems from here on; correct these first"
    return [*several[:MAX_PROBLEMS], Problem(last.file, last.line, last.column, "", rest)]


def _meant(problem: Problem) -> str:
    """The hint to a mistyped name that explains why another is missing."""
    return f"Did you mean '{problem.field.rpartition('.')[2]}'?"


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
        return document.problem(loc, f"'{loc[-1]}' is missing", f"Add a line {loc[-1]}: …")
    known = loc
    while known and known not in document.places:
        known = known[:-1]
    message, hint = _in_words(model, fault)
    return document.problem(known, message, hint)


def _in_words(model: type[BaseModel], fault: Any) -> tuple[str, str]:
    kind, context, loc, value = fault["type"], fault.get("ctx", {}), fault["loc"], fault.get("input")
    if kind == "wrong":
        return str(context["message"]), str(context["hint"])
    if kind == "extra_forbidden":
        name = str(loc[-1])
        return f"there is no field '{name[:60]}' here", _other_name(model, model_at(model, loc[:-1]), name)
    if kind == "literal_error" and isinstance(value, str):
        allowed = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        return f"'{value[:60]}' is not possible here", _other_word(value, allowed)
    if kind == "literal_error":
        return f"this must be a single word, not {_got(value)}", "Write the word after the colon"
    if kind == "too_short" and not value:
        return "the list is empty", "Write at least one entry"
    if kind in ("too_short", "too_long", "missing"):
        return "this takes exactly two times", "Write: between: [2021-07-17 09:00, 2021-07-17 09:15]"
    return _wrong_form(model_at(model, loc), _WANTED.get(kind, ""), value, str(loc[-1]) if loc else "")


def _got(value: Any) -> str:
    if isinstance(value, str):
        return "a plain text"
    return "a list" if isinstance(value, list) else "fields of its own"


def _other_word(value: str, allowed: list[str]) -> str:
    hint = did_you_mean(value, allowed)
    return f"{hint} Possible: {', '.join(allowed)}" if "Did you" in hint else hint


def _other_name(top: type[BaseModel], here: Any, name: str) -> str:
    """Where a field of that name belongs, or the name that was meant."""
    hint = did_you_mean(name, fields_of(here))
    homes = [
        field for field, info in top.model_fields.items() for inner in _models_in(info.annotation)
        if here is top and name in fields_of(inner)
    ]  # fmt: skip
    return f"It belongs below {' or '.join(dict.fromkeys(homes))}" if homes else hint


def _wrong_form(model: Any, wanted: str, value: Any, name: str) -> tuple[str, str]:
    """What stands there is a text, a list or a map where another of them is wanted."""
    got = _got(value)
    if isinstance(model, type) and issubclass(model, Text) and wanted in ("map", "text"):
        return f"this must be a text, not {got}", "Write it after the colon, or as {de: …, en: …}"
    if wanted == "list":
        return f"this must be a list, not {got}", "Begin each entry in a line of its own with '- '"
    if isinstance(model, type) and issubclass(model, Moment):
        return f"this must be a time, not {got}", "Write it like 2021-07-17 09:05"
    if wanted == "text":
        return f"this must be a plain text, not {got}", "Write it after the colon"
    if wanted in ("time", "day"):
        example = "2021-07-17 09:05" if wanted == "time" else "2021-07-17"
        return f"this must be a single {wanted}, not {got}", f"Write it like {example}"
    if name == "components":
        example = "components: {dashboard: major_outage}"
        return f"each component needs its state, this is {got}", f"Write it like {example}"
    if name == "aliases":
        return f"each old address needs its feed, this is {got}", "Write it like aliases: {/blog/feed.xml: history.rss}"
    return f"this must hold fields of its own, not {got}", f"Possible below it: {', '.join(fields_of(model))}"


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
