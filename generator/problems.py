"""What can be wrong with a record or the settings, as data. The command layer alone prints it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from pydantic_core import PydanticCustomError

Severity = Literal["error", "warning"]
_IN_GERMAN = {
    "abhilfe": "mitigations", "art": "kind", "auswirkung": "impact", "datum": "at", "erkennung": "detection",
    "erklärungen": "explanations", "folge": "impact", "hinweis": "notice", "komponenten": "components",
    "maßnahmen": "actions", "massnahmen": "actions", "stand": "status", "störung": "incident",
    "titel": "title", "ursache": "cause",
    "veröffentlicht": "published", "verlauf": "timeline", "vorfall": "incident",
    "wann": "at", "wartung": "maintenance", "zeit": "at", "zusammenfassung": "summary",
    "behoben": "resolved", "gelöst": "resolved", "geplant": "scheduled", "abgeschlossen": "completed",
    "abgesagt": "cancelled", "erkannt": "identified", "läuft": "in_progress", "beobachtung": "monitoring",
    "ausfall": "major_outage", "teilausfall": "partial_outage", "erledigt": "done", "offen": "open",
    "ja": "yes", "nein": "no", "unbekannt": "unknown", "true": "yes", "false": "no",
}  # fmt: skip
"""The words that come to a German admin's mind first."""
MAX_NAMES = 25


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong at one place. `line` and `column` count from 1; `hint` says what to do."""

    file: str
    line: int
    column: int
    field: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """`incidents/x.yml:12:5: timeline[2].at: what is wrong. What to do`, always a single line."""
        parts = [f"{self.file}:{self.line}:{self.column}", self.field, self.text]
        return _printable(": ".join(part for part in parts if part))

    @property
    def text(self) -> str:
        """The message with its hint, without the place."""
        return _printable(" ".join(f"{self.message}. {self.hint}".split()) if self.hint else self.message)


def _printable(text: str) -> str:
    """A text that a terminal shows as it is: line breaks and invisible characters are spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class InvalidRecords(Exception):  # noqa: N818 - named for what it tells
    """Some files cannot be used; `problems` lists everything that is wrong in all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} problems")


def wrong(message: str, hint: str) -> PydanticCustomError:
    """What a check of a value raises; `validate` makes a Problem of it, which knows the place as well."""
    return PydanticCustomError("wrong", "{message}", {"message": message, "hint": hint})


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a mistyped `word`: the closest of `known`; all of them when none is close."""
    names = sorted(known)
    plain = word[:60].strip().lower().replace(" ", "_").replace("-", "_")
    german = _IN_GERMAN.get(plain)
    longer = [name for name in names if len(plain) > 3 and name.startswith(plain)]
    close = [german] if german in names else get_close_matches(plain, names, n=1, cutoff=0.6) or longer
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Possible here: {', '.join(names)}" if 0 < len(names) <= MAX_NAMES else ""
