"""The model's fields as widgets of the form: one for each field a record may have, whatever its type."""

import types
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.form.words import Words
from generator.model import ComponentId, KeptId, Part, RecordId, Update, WebAddress, fields_of
from generator.moments import Moment
from generator.settings import Settings
from generator.texts import MAX_LINE, Line, Text

Widget = dict[str, Any]
COLLECTION = "records"
MINUTE, DAY = "YYYY-MM-DD HH:mm", "YYYY-MM-DD"
"""How a record writes a time and a day, in the notation of the form's program."""
EXACT, INEXACT = "exact", "inexact"
"""The two parts of a moment in the form: most moments are a plain time, and nothing else is in the way then."""
_OPEN = {(Update, "at"), (Update, "text"), (Update, "components")}
"""What is filled in nearly always: it stands open, although it may stay empty."""
_INEXACT: dict[str, str] = {"day": DAY, "about": MINUTE, "before": MINUTE, "after": MINUTE}
_PATTERNS = {WebAddress: r"^https?://[^/\s]\S*$", KeptId: r"^[a-z0-9]{12}$"}


class Widgets:
    """Makes the widgets of one site's form."""

    def __init__(self, settings: Settings, words: Words) -> None:
        self._settings, self._words = settings, words
        self._zone, self._languages = settings.status.time_zone, settings.languages

    def of(self, model: type[BaseModel]) -> list[Widget]:
        """A widget for every field of a model, in its order."""
        kinds = get_type_hints(model, include_extras=True)
        return [self._field(model, name, field, kinds[name]) for name, field in fields_of(model).items()]

    def _field(self, model: type[BaseModel], name: str, field: FieldInfo, kind: Any) -> Widget:
        kind = _given(kind)
        told = {"name": name, **self._words.of_field(model, name, field)}
        widget = told | {"required": field.is_required()} | self._form_of(kind, field.is_required())
        if isinstance(field.default, str):
            # One of them is chosen, always; the file leaves out the one that goes without saying.
            widget |= {"required": True, "default": field.default}
        if (model, name) in _OPEN and widget["widget"] == "object":
            widget["required"] = True
        if widget["widget"] == "list":
            widget["label_singular"] = self._words.one_of(model, name)
        return widget

    def _form_of(self, kind: Any, required: bool) -> Widget:
        """The widget for a value of this type, without what is told of its field."""
        if isinstance(kind, type) and issubclass(kind, Text):
            return self._text(kind, required)
        if kind is Moment:
            return {"widget": "object", "fields": self._moment()}
        if isinstance(kind, type) and issubclass(kind, Part):
            return {"widget": "object", "collapsed": False, "fields": self.of(kind)}
        if kind is date or (get_origin(kind) is Annotated and get_args(kind)[0] is date):
            return {"widget": "datetime", "type": "date", "format": DAY}
        if kind in _PATTERNS:
            return {"widget": "string", "pattern": [_PATTERNS[kind], self._words("pattern")]}
        return self._compound(get_origin(kind), get_args(kind))

    def _compound(self, origin: Any, parts: tuple[Any, ...]) -> Widget:
        if origin is Literal:
            return {"widget": "select", "options": self._words.options(parts)}
        if origin is tuple and parts[0] == RecordId:
            return {"widget": "relation", "collection": COLLECTION, "multiple": True, "value_field": "{{slug}}",
                    "display_fields": [title_of(self._languages)]}  # fmt: skip
        if origin is tuple:
            return {"widget": "list", "collapsed": "auto", **self._item(parts[0])}
        if origin is dict and parts[0] == ComponentId:
            return {"widget": "object", "fields": self._components(parts[1])}
        raise TypeError(f"the form has no widget for {origin} of {parts}")

    def _item(self, kind: Any) -> Widget:
        """What one entry of a list is made of."""
        if issubclass(kind, Part):
            return {"fields": self.of(kind)}
        inner = self._text(kind, True)
        return {"fields": inner["fields"]} if "fields" in inner else {"field": {"name": "text", **inner}}

    def _text(self, kind: type[Text], required: bool) -> Widget:
        """A text: a box, or one for each language of the site."""
        box: Widget = {"widget": "string", "maxlength": MAX_LINE} if issubclass(kind, Line) else {"widget": "text"}
        box["use_emoji_autocomplete"] = False
        if len(self._languages) == 1:
            return box
        return {"widget": "object", "fields": [
            {"name": code, "label": self._words.language(code), "required": required and not index, **box}
            for index, code in enumerate(self._languages)
        ]}  # fmt: skip

    def _components(self, states: Any) -> list[Widget]:
        """A choice of its state for each component; what is not chosen is left out."""
        options = self._words.options(get_args(states))
        first = self._languages[0]
        return [
            {"name": component.id, "label": component.name.pick(first)[0], "required": False, "widget": "select",
             "options": options}
            for component in self._settings.status.components
        ]  # fmt: skip

    def _moment(self) -> list[Widget]:
        """A time, and folded away the forms of a moment that is not known so well."""
        told = fields_of(Moment)["told"]
        inexact = [self._time(name, form) for name, form in _INEXACT.items()]
        inexact += [
            self._told("between") | {"widget": "list", "min": 2, "max": 2, "field": self._time("between", MINUTE)},
            self._field(Moment, "told", told, Line),
        ]  # fmt: skip
        return [
            self._time(EXACT, MINUTE),
            self._told(INEXACT) | {"widget": "object", "fields": inexact},
        ]

    def _time(self, name: str, form: str) -> Widget:
        """A time by the site's clock, whatever the clock of who writes shows; a day."""
        kind = {"type": "date"} if form == DAY else {"input_timezone": self._zone}
        return self._told(name) | {"widget": "datetime", "format": form, **kind}

    def _told(self, name: str) -> Widget:
        return {"name": name, **self._words.of_moment(name), "required": False}


def title_of(languages: tuple[str, ...]) -> str:
    """Where in the form a record's title in the site's first language stands."""
    return "title" if len(languages) == 1 else f"title.{languages[0]}"


def _given(kind: Any) -> Any:
    """`kind` without the None of a field that may be left out."""
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    return next(part for part in get_args(kind) if part is not types.NoneType)
