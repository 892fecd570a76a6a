"""What can be wrong with a record or the settings, as data. The command layer alone prints it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pydantic_core import PydanticCustomError

from generator.sentences import NOTHING, Sentence, say

Severity = Literal["error", "warning"]
ARROW = "→ "
"""What a hint begins with that shows the line as it should be."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong at one place. `line` and `column` count from 1; `hint` says what to do."""

    file: str
    line: int
    column: int
    field: str
    message: Sentence
    hint: Sentence = NOTHING
    severity: Severity = "error"

    def __str__(self) -> str:
        """`incidents/x.yml:12:5: timeline[2].at: what is wrong. What to do`, always a single line."""
        parts = [f"{self.file}:{self.line}:{self.column}", self.field, self.text]
        return _printable(": ".join(part for part in parts if part))

    @property
    def text(self) -> str:
        """The message with its hint, without the place."""
        return _printable(" ".join(advised(self.message, self.hint).split()))


def advised(message: Sentence, hint: Sentence) -> Sentence:
    """What is wrong and what to do as one sentence, which can be translated as such."""
    if not hint:
        return message
    if hint.startswith(ARROW):
        return say("{message} {hint}", message=message, hint=hint)
    return say("{message}. {hint}", message=message, hint=hint)


def _printable(text: str) -> str:
    """A text that a terminal shows as it is: line breaks and invisible characters are spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class InvalidRecords(Exception):  # noqa: N818 - named for what it tells
    """Some files cannot be used; `problems` lists everything that is wrong in all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} problems")


class Mistyped(NamedTuple):
    """What stands there, what was meant, and all that is possible there.

    `key` is the field below that is called so, if it is a name.
    """

    typed: str
    meant: str
    key: str = ""
    possible: tuple[str, ...] = ()


def wrong(message: Sentence, hint: Sentence, mistyped: Mistyped | None = None) -> PydanticCustomError:
    """What a check of a value raises; `validate` makes a Problem of it, which knows the place as well.

    With `mistyped`, the line set right takes the place of the hint wherever it can be shown.
    """
    return PydanticCustomError("wrong", "{message}", {"message": message, "hint": hint, "mistyped": mistyped})


def cannot_read(error: OSError) -> tuple[Sentence, Sentence]:
    """Why the system does not let us read a file, and what to do."""
    if isinstance(error, FileNotFoundError):
        return say("there is no such file"), say("Check its name, and the folder you are in")
    if isinstance(error, PermissionError):
        return say("this may not be read"), say("Allow yourself to read it")
    return say("this cannot be read: {why}", why=error.strerror), say("Check that it exists and may be read")
