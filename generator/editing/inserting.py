"""Lines put into a record's text. Every line that stands there stays as it is, byte for byte."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.editing.drafts import Draft, parse_draft
from generator.editing.refusing import Refused
from generator.problems import InvalidRecords
from generator.yaml_text import render_yaml

Data = dict[str, Any]


@dataclass(frozen=True)
class Edit:
    """A record's text with lines added: the first of them, counted from 1, and how they read."""

    text: str
    line: int
    added: tuple[str, ...]


def add_entry(draft: Draft, field: str, entry: Data, index: int | None = None) -> Edit:
    """Put an entry into a list of the record, before the one at `index` (never the first), else behind the last.

    A list that is not there yet begins at the end of the record.
    """
    entries = draft.data.get(field)
    if entries is None:
        return add_field(draft, field, [entry])
    margin, ends = draft.entries_of(field)
    index = len(entries) if index is None else max(index, 1)
    rendered = render_yaml({field: [entry]}).splitlines()[1:]
    lines = [f"{margin}{line[2:]}".rstrip() for line in rendered]
    if len(ends) > 1 and all(_is_blank(draft, end) for end in ends[:-1]):
        lines.insert(0, "")
    expected = draft.data | {field: [*entries[:index], entry, *entries[index:]]}
    last = (draft.limit_of(field),) if index == len(entries) else ()
    return _insert(draft, lines, (ends[index - 1], *last), expected)


def add_field(draft: Draft, field: str, value: Any) -> Edit:
    """Put a new field at the end of the record."""
    lines = [f"{draft.margin}{line}".rstrip() for line in render_yaml({field: value}).splitlines()]
    ends = [draft.end_of(name) for name in draft.fields]
    if any(_is_blank(draft, end) for end in ends):
        lines.insert(0, "")
    return _insert(draft, lines, (draft.end, len(draft.lines)), draft.data | {field: value})


def add_comments(draft: Draft, comments: Iterable[str], line: int) -> Edit:
    """Put lines that say nothing to the reader of records before a line, counted from 0."""
    return _insert(draft, list(comments), (line,), draft.data)


def _is_blank(draft: Draft, line: int) -> bool:
    return line < len(draft.lines) and not draft.lines[line].strip()


def _insert(draft: Draft, lines: list[str], places: Iterable[int], expected: Data) -> Edit:
    """The text with these lines at the first of the places where it says what is `expected`, and nothing else."""
    refusal: Exception = Refused("no_place", file=draft.document.file)
    for place in places:
        edit = _with_lines(draft, lines, place)
        try:
            if parse_draft(edit.text, draft.document.file).data == expected:
                return edit
        except InvalidRecords as invalid:
            refusal = invalid
    raise refusal


def _with_lines(draft: Draft, lines: list[str], place: int) -> Edit:
    before, after = draft.lines[:place], draft.lines[place:]
    if before and not before[-1].endswith(("\n", "\r")):
        before[-1] += draft.line_end
    text = "".join([*before, *(line + draft.line_end for line in lines), *after])
    blank = len(lines) > 1 and not lines[0]
    return Edit(text, place + 1 + blank, tuple(lines[blank:]))
