"""How a value of each type is written in YAML, as JSON Schema."""

import types
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.model import KEPT_ID, ComponentId, KeptId, Part, RecordId, WebAddress, fields_of
from generator.moments import DAY, INSTANT, Moment
from generator.prose import MAX_CHARACTERS
from generator.schema.rules import RULES, Schema
from generator.texts import MAX_LINE, Line, Prose

_WORDS: Schema = {"type": ["string", "number", "boolean"]}
"""Plain words. We read a value as it is typed; other parsers make a number of `404` and no text of `true`."""
_TEXTS: dict[Any, Schema] = {
    Line: _WORDS | {"pattern": r"^\s*\S.*\s*$", "maxLength": MAX_LINE},
    Prose: _WORDS | {"pattern": r"\S", "maxLength": MAX_CHARACTERS},
}
_TIME = INSTANT.pattern


def _like(form: str, *examples: str) -> Schema:
    """A text of this form. The message is what editors of VS Code's kind show instead of the pattern."""
    message = f"Write it like {examples[0]}"
    return {"type": "string", "pattern": form, "patternErrorMessage": message, "examples": list(examples)}


_VALUES: dict[Any, Schema] = {
    date: _like(rf"^\s*{DAY.pattern}\s*$", "2021-12-31"),
    RecordId: _WORDS,
    KeptId: _WORDS | {"pattern": f"^{KEPT_ID.pattern}$"},
    WebAddress: _like(r"""^https?://[^/\\"'<> \n][^\\"'<> \n]*$""", "https://example.com/"),
}
_INSTANT = _like(rf"^\s*{_TIME}\s*$", "2021-07-17 09:05")
_SHORT_MOMENT = _like(rf"^\s*(?:~?\s*{_TIME}|{DAY.pattern})\s*$", "2021-07-17 09:05", "~2021-07-17 09:05", "2021-07-17")


class Forms:
    """The forms of one site; `definitions` gathers those that are referred to by their names."""

    def __init__(self, languages: tuple[str, ...], components: Mapping[str, str]) -> None:
        """`languages` by code, the first one first; `components` by id, with their names."""
        self.languages = languages
        self.components = components
        self.definitions: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The form of a value of this type, as it stands in the model."""
        if get_origin(kind) in (Union, types.UnionType):
            kind = next(part for part in get_args(kind) if part is not types.NoneType)
        if kind in _VALUES:
            return _VALUES[kind]
        return self._named(kind) if isinstance(kind, type) else self._compound(get_origin(kind), get_args(kind))

    def part(self, model: type[Part]) -> Schema:
        """A map with the fields of `model`; each says what it means."""
        hints = get_type_hints(model, include_extras=True)
        fields = fields_of(model)
        shape = _map({name: self.of(hints[name]) | _notes(field) for name, field in fields.items()})
        required = [name for name, field in fields.items() if field.is_required()]
        return shape | ({"required": required} if required else {}) | RULES.get(model, {})

    def _compound(self, origin: Any, parts: tuple[Any, ...]) -> Schema:
        if origin is Literal:
            return {"enum": list(parts)}
        if origin is tuple:
            return {"type": "array", "items": self.of(parts[0])}
        if origin is dict and parts[0] == ComponentId:
            state = self.of(parts[1])
            return _map({name: state | {"description": title} for name, title in self.components.items()})
        return self.of(parts[0])  # the type that is Annotated

    def _named(self, kind: type) -> Schema:
        name = kind.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # it comes before those that it refers to
            self.definitions[name] = self._definition(kind)
        return {"$ref": f"#/definitions/{name}"}

    def _definition(self, kind: type) -> Schema:
        if kind in _TEXTS:
            words = _TEXTS[kind]
            return {"anyOf": [words, _map(dict.fromkeys(self.languages, words)) | {"minProperties": 1}]}
        if kind is Moment:
            return {"anyOf": [_SHORT_MOMENT, self._moment()]}
        if not issubclass(kind, Part):
            raise TypeError(f"the schema has no form for {kind}")
        return self.part(kind)

    def _moment(self) -> Schema:
        """A moment as a map: exactly one time, and the wording of the source."""
        pair = {"type": "array", "items": _INSTANT, "minItems": 2, "maxItems": 2}
        forms = {"about": _INSTANT, "before": _INSTANT, "after": _INSTANT, "between": pair, "told": self.of(Line)}
        fields = {name: forms[name] | _notes(field) for name, field in fields_of(Moment).items()}
        return _map(fields) | {"oneOf": [{"required": [name]} for name in forms if name != "told"]}


def _map(fields: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(fields), "additionalProperties": False}


def _notes(field: Any) -> Schema:
    """What an editor shows for a field, and how many entries it has at least."""
    notes: Schema = {"description": field.description}
    if isinstance(field.default, str):
        notes["default"] = field.default
    least = [rule.min_length for rule in field.metadata if hasattr(rule, "min_length")]
    return notes | ({"minItems": least[0]} if least else {})
