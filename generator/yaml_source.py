"""Strict YAML with positions: every scalar is text, and whatever YAML would guess is a problem instead.

The only room that knows PyYAML. It reads events, never objects: a hostile file cannot make it build anything.
"""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from generator.problems import Problem, Severity
from generator.slips import Complaint, Slip, explain, in_quotes, split, write

MAX_BYTES = 256 * 1024
MAX_DEPTH = 24
MAX_NODES = 5_000
MAX_FIELDS = 200
MAX_PROBLEMS = 50
Where = tuple[str | int, ...]
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff0-\uffff]"
)
"""Control characters, those that turn the direction of writing, invisible ones. Emoji need U+200D."""
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\U(?!00(?:0[0-9a-fA-F]|10))[0-9a-fA-F]{8}")
_ODD_INDENT = re.compile("^[ \t]*(?:- )*[\u00a0\u2000-\u200a\u202f\u3000]+(?=\\S)", re.MULTILINE)
_TAB = re.compile("\t+")
_DIRECTIVE = re.compile("^%", re.MULTILINE)


@dataclass
class Document:
    """A file's text, and what it says: maps, lists, texts; where each stands (line, column); what is wrong with it."""

    file: str
    text: str = ""
    data: Any = None
    places: dict[Where, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    complete: bool = False
    """Whether the whole file was read; else `data` ends where the syntax broke."""

    def problem(self, path: Where, message: str, hint: str = "", severity: Severity = "error") -> Problem:
        """A problem at `path`, or at the nearest place above it that is in the file."""
        known = path
        while known and known not in self.places:
            known = known[:-1]
        line, column = self.places.get(known, (1, 1))
        return Problem(self.file, line, column, dotted(path), message, hint, severity)

    def covers(self, path: Where | str) -> bool:
        """Whether something wrong at `path`, or below it, was already noted while reading."""
        name = path if isinstance(path, str) else dotted(path)
        return any(known.field == name or known.field.startswith((f"{name}.", f"{name}["))
                   for known in self.problems if name)  # fmt: skip


def dotted(path: Where) -> str:
    """`('timeline', 2, 'at')` as `timeline[2].at`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part[:60]}" for part in path)
    return "".join(parts).lstrip(".")


def read_yaml(path: Path, name: str, ours: tuple[Where, ...] = ((),)) -> Document:
    """Read `path`, called `name` in messages. Every fault ends up in `Document.problems`; nothing is raised.

    `ours` are the parts of the file that are read strictly; elsewhere only broken YAML is a problem.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a link to another file" if stat.S_ISLNK(status.st_mode) else "not a plain file"
            return _refused(name, f"this is {kind}", "Put a real file in its place")
        if status.st_size > MAX_BYTES:
            size = f"the file has {status.st_size // 1024} KB, {MAX_BYTES // 1024} KB is the most"
            return _refused(name, size, "Shorten it, or split it into several records")
        with path.open("rb") as file:
            return parse_yaml(file.read(MAX_BYTES), name, ours)
    except OSError as error:
        return _refused(name, f"cannot be read: {error.strerror}", "Check that it exists and may be read")


def _refused(name: str, message: str, hint: str, line: int = 1) -> Document:
    return Document(name, problems=[Problem(name, line, 1, "", message, hint)])


def parse_yaml(content: bytes, name: str, ours: tuple[Where, ...] = ((),)) -> Document:
    """The same for the bytes of a file.

    A line with a slip that can be set right is reported, set right and read on: one run finds everything.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refused(name, "this line has characters that are not UTF-8", "Save the file as UTF-8", line)
    slips: list[Problem] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _legible(text, name, slips, () in ours).split("\n")
    # Each slip that is set right costs another reading of the whole: a large file gets fewer of them.
    for _ in range(1 + min(20, 200_000 // (len(text) + 1))):
        document = Document(name, text)
        slip = _Builder(document, lines, ours).build()
        if slip is None:
            break
        slips.append(document.problems.pop())
        if slip.corrected is None or slip.corrected == lines[slips[-1].line - 1]:
            break
        lines[slips[-1].line - 1] = slip.corrected
    document.problems = _first_of_each_line(slips, document.problems)
    return document


def _first_of_each_line(slips: list[Problem], problems: list[Problem]) -> list[Problem]:
    """Everything found, without what is only said because of a slip in the same line."""
    first: dict[int, Problem] = {}
    for slip in slips:
        first.setdefault(slip.line, slip)
    return sorted({*first.values(), *(problem for problem in problems if problem.line not in first)})


def _legible(text: str, name: str, slips: list[Problem], whole: bool) -> str:
    """The text with what no parser should see replaced, character for character, and noted in `slips`.

    Unless the `whole` file is ours, what YAML allows is let pass.
    """
    for pattern, message, hint, instead in (
        (FORBIDDEN, "the invisible character {} is not allowed", "Delete it and type the text anew", "_"),
        (_ESCAPED, "'{}' is no character", "Type the character itself", "_"),
        (_ODD_INDENT, "the line begins with special spaces, copied from somewhere", "Type them anew", " "),
        (_TAB, "a tab stands where spaces belong", "Type spaces instead", " "),
        (_DIRECTIVE, "a line that begins with % is an instruction to YAML", "Delete it", "#"),
    ):
        found = list(pattern.finditer(text))
        for match in found[:5] if whole or pattern not in (_TAB, _DIRECTIVE) else ():
            line, before = text.count("\n", 0, match.start()) + 1, text.rfind("\n", 0, match.start())
            shown = f"U+{ord(match[0]):04X}" if pattern is FORBIDDEN else match[0]
            slips.append(Problem(name, line, match.start() - before, "", message.format(shown), hint))
        if found:
            text = pattern.sub(lambda match, instead=instead: instead * len(match[0]), text)  # type: ignore[misc]
    return text


class _Stop(Exception):  # noqa: N818 - no error, a way out
    """Reading on makes no sense; the problem is already noted."""


class _Builder:
    """Makes maps, lists and texts of the parser's events, notes places, refuses what YAML would guess."""

    def __init__(self, document: Document, lines: list[str], ours: tuple[Where, ...]) -> None:
        self.document, self.lines, self.ours = document, lines, ours
        self.events: Iterator[Any] = iter(())
        self.nodes = 0

    def build(self) -> Slip | None:
        """Fill the document. A slip in the syntax comes back, its problem is the document's last."""
        try:
            self.events = self._stream()
            self._document(next(self.events, None))
            self.document.complete = True
        except yaml.MarkedYAMLError as error:
            return self._syntax(error)
        except _Stop:
            pass
        return None

    def _document(self, event: Any) -> None:
        begin = "Begin with a line such as title: Dashboard nicht erreichbar"
        if event is None:
            self._stop(None, "the file is empty", begin)
        if isinstance(event, yaml.ScalarEvent) and re.match(r"[a-z_]+:\S", str(event.value)):
            begin = "Put a space after the colon: " + self._line(event.start_mark)[:60].replace(":", ": ", 1)
        if not isinstance(event, yaml.MappingStartEvent):
            self._stop(event, "the file does not begin with a field", begin)
        self._refuse_anchor_and_tag(event, ())
        self._map(event, ())
        extra = next(self.events, None)
        if extra is not None:
            self._stop(extra, "a second document begins here (---)", "Put it into a file of its own")

    def _stream(self) -> Iterator[Any]:
        """Node events only. The parser is read event by event: our caps hold before anything is built."""
        parser = _Parser("\n".join(self.lines))
        framing = yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent
        while parser.check_event():
            event = parser.get_event()
            if not isinstance(event, framing):
                yield event

    def _stop(self, event: Any, message: str, hint: str) -> None:
        line, column = (event.start_mark.line + 1, event.start_mark.column + 1) if event else (1, 1)
        self.document.problems.append(Problem(self.document.file, line, column, "", message, hint))
        raise _Stop

    def _add(self, path: Where, message: str, hint: str, event: Any = None) -> None:
        """Note a problem at `path` (or where `event` stands), if that part of the file is ours."""
        if not self._is_ours(path):
            return
        found = self.document.problem(path, message, hint)
        if event:
            found = replace(found, line=event.start_mark.line + 1, column=event.start_mark.column + 1)
        self.document.problems.append(found)
        if len(self.document.problems) >= MAX_PROBLEMS:
            rest = "there are more problems in this file; correct those above first"
            self.document.problems.append(Problem(found.file, len(self.lines), 1, "", rest))
            raise _Stop

    def _is_ours(self, path: Where) -> bool:
        if not path:
            return () in self.ours
        return any(path[: len(our)] == our[: len(path)] for our in self.ours)

    def _node(self, event: Any, path: Where) -> Any:
        self.nodes += self._is_ours(path)
        if self.nodes > MAX_NODES:
            self._stop(event, f"the file has more than {MAX_NODES} entries", "Split it into several records")
        if len(path) > MAX_DEPTH:
            self._stop(event, f"brackets or lists are nested more than {MAX_DEPTH} levels deep",
                       "Check for brackets that are not closed")  # fmt: skip
        if isinstance(event, yaml.AliasEvent):
            hint = self._in_quotes(event, "If the text begins with a star, put it in quotes")
            self._add(path, f"'*{str(event.anchor)[:60]}' is a YAML alias, none are allowed", hint)
            return None
        self._refuse_anchor_and_tag(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        return self._scalar(event, path)

    def _in_quotes(self, event: Any, otherwise: str) -> str:
        """The hint that puts the whole value in quotes, when `event` begins it."""
        line = self._line(event.start_mark)
        begins = len(split(line)[0]) == event.start_mark.column < len(line)
        return write(in_quotes(line), otherwise) if begins else otherwise

    def _line(self, mark: Any) -> str:
        return self.lines[mark.line] if mark.line < len(self.lines) else ""

    def _refuse_anchor_and_tag(self, event: Any, path: Where) -> None:
        if event.anchor:
            hint = "Delete it, and write everything out wherever it is needed"
            if isinstance(event, yaml.ScalarEvent):
                hint = self._in_quotes(event, hint)
            self._add(path, f"'&{event.anchor[:60]}' is a YAML anchor, none are allowed", hint)
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:60]
            self._add(path, f"'{tag}' is a YAML tag, none are allowed",
                      'Write the value alone; or put the text in quotes, if it begins with "!"')  # fmt: skip

    def _scalar(self, event: Any, path: Where) -> str | None:
        value = str(event.value)
        if not value.strip():
            self._add(path, *self._why_empty(path))
            return None
        bad = FORBIDDEN.search(value)
        if bad:
            message = f"the character U+{ord(bad[0]):04X}, written with a backslash, is not allowed"
            self._add(path, message, "Delete it; or, if a backslash was meant, put the text in single quotes")
            return None
        if event.implicit[0]:
            self._refuse_swallowed(event, path)
        return value

    def _refuse_swallowed(self, event: Any, path: Where) -> None:
        """`title: Fehler #12` would silently lose its number; `status: resolved  # at last` is a comment."""
        lost = re.match(r"\s+(#\w\S*)", self._line(event.end_mark)[event.end_mark.column :])
        if lost:
            hint = self._in_quotes(event, "Put the text in quotes")
            message = f"everything from '{lost[1][:40]}' on is taken for a comment and lost"
            self._add(path, message, f"{hint} (a comment has a space after its #)")

    def _why_empty(self, path: Where) -> tuple[str, str]:
        line, column = self.document.places.get(path, (1, 1))
        key = str(path[-1]) if path else ""
        behind = self.lines[line - 1][column - 1 :].removeprefix(key)
        if isinstance(path[-1], str) and behind[:1] in (",", "}"):
            return "a comma in brackets begins a new field, this one has no value", "Put the text in quotes"
        hashed = re.match(r":\s+(#\w.*)", behind)
        if hashed:
            corrected = f'{key}: "{hashed[1].rstrip()}"'
            return "nothing is written here: everything after # is a comment", write(corrected)
        return "nothing is written here", "Write a value, or delete the line"

    def _list(self, path: Where) -> list[Any]:
        """A list; an entry that is not usable keeps its place as None."""
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self.document.places[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            items.append(self._node(event, here))
        return items

    def _map(self, start: Any, path: Where) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if not path:
            self.document.data = found
        self.document.places.setdefault(path, (start.start_mark.line + 1, start.start_mark.column + 1))
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, path)
            if key is None:
                self._node(event, (*path, "?"))
                self._node(next(self.events), (*path, "?"))
                continue
            here = (*path, key)
            again = here in self.document.places
            self.document.places.setdefault(here, (event.start_mark.line + 1, event.start_mark.column + 1))
            if again:
                self._repeated(event, here)
            value = self._node(next(self.events), here)
            if value is not None:
                found.setdefault(key, value)
            if len(found) > MAX_FIELDS and self._is_ours(path):
                self._stop(event, f"more than {MAX_FIELDS} fields stand together here", "Check the indentation")
        return found

    def _repeated(self, event: Any, path: Where) -> None:
        message = f"'{str(path[-1])[:60]}' is already given in line {self.document.places[path][0]}"
        self._add(path, message, "Keep one of the two", event)

    def _key(self, event: Any, path: Where) -> str | None:
        """A field's name; None when brackets or an alias stand in its place."""
        if not isinstance(event, yaml.ScalarEvent):
            self._add(path, "a field has brackets or a star for its name", "Write name: value", event)
            return None
        key = str(event.value)
        if key == "<<":
            self._add(path, "merge keys (<<) are not allowed", "Write the fields out", event)
        elif not key.strip() or FORBIDDEN.search(key) or event.anchor or event.tag:
            self._add(path, "this field has no proper name", "Write name: value", event)
        return key

    def _syntax(self, error: yaml.MarkedYAMLError) -> Slip:
        context: str = error.context or ""
        opened = any(word in context for word in ("quoted scalar", "flow", "simple key"))
        mark: Any = (opened and error.context_mark) or error.problem_mark or error.context_mark
        slip = explain(Complaint(error.problem or "", context, self.lines[: mark.line + 1]))
        line = min(mark.line + 1 - slip.lines_above, len(self.lines))
        column = 1 + len(self.lines[line - 1]) - len(self.lines[line - 1].lstrip(" "))
        found = Problem(self.document.file, line, column, "", slip.message, slip.hint)
        self.document.problems.append(found)
        return slip
