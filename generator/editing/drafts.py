"""A record's text as it lies on the disk, and where in it something can be added."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.editing.refusing import Refused
from generator.problems import InvalidRecords
from generator.yaml_source import Document, parse_yaml, read_yaml

_BLANK = re.compile(r"\s*|\.\.\.\s*")
_COMMENT = re.compile(r"(\s*)#.*")
_DASH = re.compile(r"(\s*)-(?:\s.*)?")


@dataclass(frozen=True)
class Draft:
    """The text of a sound record. Lines are counted from 0; none is ever changed, lines are only put between them."""

    text: str
    document: Document

    @cached_property
    def lines(self) -> list[str]:
        """The lines with their ends. A sound record has no other breaks than those of YAML."""
        return self.text.splitlines(keepends=True)

    @property
    def line_end(self) -> str:
        """What lines end with here."""
        first = self.lines[0] if self.lines else ""
        return first[len(first.rstrip("\r\n")) :] or "\n"

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = self.document.data
        return found

    @cached_property
    def fields(self) -> dict[str, int]:
        """The record's fields, each with its line, in the order of the file."""
        places = self.document.places.items()
        found = sorted((line - 1, str(path[0])) for path, (line, _) in places if len(path) == 1)
        return {name: line for line, name in found}

    @property
    def margin(self) -> str:
        """What stands before every field. Fields in brackets cannot be added to."""
        first = next(iter(self.fields))
        if self.document.places[()] != self.document.places[(first,)]:
            raise Refused("in_brackets", field=first)
        return " " * (self.document.places[()][1] - 1)

    @property
    def end(self) -> int:
        """Behind the last line that says something, comments included."""
        return self._behind_what_is_said(len(self.lines), above=-1)

    def end_of(self, field: str) -> int:
        """Behind the last line of a field; a comment that is indented less belongs to what follows."""
        return self._behind_what_is_said(self.limit_of(field), above=len(self.margin) + 1)

    def limit_of(self, field: str) -> int:
        """The line of the next field."""
        return next((line for line in self.fields.values() if line > self.fields[field]), len(self.lines))

    def _behind_what_is_said(self, line: int, above: int) -> int:
        """Walk up from a line over blank ones, and over comments that are indented less than `above`."""
        while line > 0:
            text = self.lines[line - 1].rstrip("\r\n")
            comment = _COMMENT.fullmatch(text)
            if not _BLANK.fullmatch(text) and not (comment and len(comment[1]) < above):
                break
            line -= 1
        return line

    def entries_of(self, field: str) -> tuple[str, list[int]]:
        """What stands before the dashes of a list, and behind which line each of its entries ends."""
        starts = list(self._starts(field))
        if not starts:
            raise Refused("in_brackets", field=field)
        margin = starts[0][0]
        ends = [self._behind_what_is_said(line, above=len(margin) + 1) for _, line in starts[1:]]
        return margin, [*ends, self.end_of_list(field, len(margin))]

    def end_of_list(self, field: str, indentation: int) -> int:
        """Behind the last entry, and behind comments as deep as its dash."""
        return self._behind_what_is_said(self.limit_of(field), above=max(indentation, 1))

    def _starts(self, field: str) -> Iterator[tuple[str, int]]:
        """The indentation and the line of every dash; none where one is missing."""
        found = []
        above = self.fields[field]
        for index in range(len(self.data[field])):
            line = self.document.places[(field, index)][0] - 1
            dash = next((at for at in range(line, above, -1) if _DASH.fullmatch(self.lines[at].rstrip("\r\n"))), None)
            if dash is None:
                return
            found.append((_indentation(self.lines[dash]), dash))
            above = line
        yield from found


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def read_draft(path: Path, name: str) -> Draft:
    """A record to add to; `name` is its file in messages. Raises InvalidRecords when it cannot be read as it is."""
    document = read_yaml(path, name)
    if document.problems:
        raise InvalidRecords(document.problems)
    return Draft(path.read_bytes().decode("utf-8"), document)


def parse_draft(text: str, name: str) -> Draft:
    """The same for a text. Raises InvalidRecords."""
    document = parse_yaml(text.encode("utf-8"), name)
    if document.problems:
        raise InvalidRecords(document.problems)
    return Draft(text, document)
