"""What the form says: labels and hints, in the site's first language where the form speaks it."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.language import Language, form_language, language
from generator.settings import Settings


class Words:
    """The words of one site's form."""

    def __init__(self, settings: Settings) -> None:
        self._language: Language = form_language(settings.languages[0], settings.zone)
        self.code = self._language.code

    def __call__(self, key: str, **values: object) -> str:
        """One of the form's own texts."""
        return self._language(f"form.{key}", **values)

    def of_field(self, model: type[BaseModel], name: str, field: FieldInfo) -> dict[str, str]:
        """Label and hint of a field. A hint that the form does not have is the model's description, in English."""
        hints: dict[str, dict[str, str]] = self._language.texts["form"]["hints"]
        hint = hints.get(model.__name__, {}).get(name) or field.description or ""
        return {"label": self(f"fields.{model.__name__}.{name}"), "hint": hint[:1].upper() + hint[1:]}

    def of_moment(self, name: str) -> dict[str, str]:
        """Label and hint of a form of a moment."""
        return {"label": self(f"moment.{name}.label"), "hint": self(f"moment.{name}.hint")}

    def one_of(self, model: type[BaseModel], name: str) -> str:
        """What a single entry of a list is called, for the button that adds one."""
        return self(f"one.{model.__name__}.{name}")

    def options(self, values: Iterable[Any]) -> list[dict[str, str]]:
        """The words a field may have, each with what it means."""
        return [{"value": value, "label": self(f"values.{value}")} for value in values]

    def language(self, code: str) -> str:
        """The name of a language of the site, in itself."""
        return language(code, self._language.zone)("name")
