"""Strict YAML with positions: every scalar is text, and whatever YAML would guess is a problem instead.

The only room that knows PyYAML. It reads events, never objects: a hostile file cannot make it build anything.
"""

import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from generator.problems import Mistyped, Problem, Severity, cannot_read
from generator.sentences import NOTHING, Sentence, say
from generator.slips import IN_QUOTES, Complaint, Slip, explain, in_quotes, quoted, split, write

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
_IN_BRACKETS = re.compile(r"[^\s,{}\[\]]+ [^,{}\[\]]*[^\s,{}\[\]]")
"""Several words, so no reference: `*innen können sich nicht anmelden` in `{de: …, en: …}`."""
_TAGS = re.compile("!!|!ENV$|!relative$")
"""What was meant as an instruction: MkDocs and PyYAML know it."""
_TAB = re.compile("\t+")
_DIRECTIVE = re.compile("^%", re.MULTILINE)
_ILLEGIBLE: tuple[tuple[re.Pattern[str], Callable[[str], Sentence], Sentence, str], ...] = (
    (FORBIDDEN, lambda shown: say("the invisible character {code} is not allowed", code=shown),
     say("Delete it and type the text anew"), "_"),
    (_ESCAPED, lambda shown: say("'{code}' is no character", code=shown), say("Type the character itself"), "_"),
    (_ODD_INDENT, lambda _: say("the line begins with special spaces, copied from somewhere"),
     say("Type them anew"), " "),
    (_TAB, lambda _: say("a tab stands where spaces belong"), say("Type spaces instead"), " "),
    (_DIRECTIVE, lambda _: say("a line that begins with % is an instruction to YAML"), say("Delete the line"), "#"),
)  # fmt: skip
"""What no parser should see: what is said of it, what to do, and what stands in its place while reading on."""


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
    lines: list[str] = field(default_factory=list)
    """Its lines, slips that could be set right set right."""

    def problem(
        self, path: Where, message: Sentence, hint: Sentence = NOTHING, severity: Severity = "error"
    ) -> Problem:
        """A problem at `path`, or at the nearest place above it that is in the file."""
        known = path
        while known and known not in self.places:
            known = known[:-1]
        line, column = self.places.get(known, (1, 1))
        return Problem(self.file, line, column, dotted(path), message, hint, severity)

    def set_right(self, path: Where, mistyped: Mistyped, otherwise: Sentence) -> Sentence:
        """The hint that shows the line at `path` with what was meant in it, where that can be shown."""
        line, column = self.places.get((*path, mistyped.key) if mistyped.key else path, (0, 0))
        if not line or not mistyped.meant:
            return otherwise
        text, start = self.lines[line - 1], column - 1
        if not mistyped.key and isinstance(path[-1], str):
            start = text.find(":", start + len(path[-1])) + 1
        found = re.compile(rf"(?<![\w-]){re.escape(mistyped.typed)}(?![\w-])").search(text, start)
        return write(text[: found.start()] + mistyped.meant + text[found.end() :], otherwise) if found else otherwise

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
            link, other = say("this is a link to another file"), say("this is not a plain file")
            is_link = stat.S_ISLNK(status.st_mode)
            return _refused(name, link if is_link else other, say("Put a real file in its place"))
        if status.st_size > MAX_BYTES:
            size = say(
                "the file has {size} KB, {most} KB is the most", size=status.st_size // 1024, most=MAX_BYTES // 1024
            )
            return _refused(name, size, say("Shorten it, or split it into several records"))
        with path.open("rb") as file:
            return parse_yaml(file.read(MAX_BYTES), name, ours)
    except OSError as error:
        return _refused(name, *cannot_read(error))


def _refused(name: str, message: Sentence, hint: Sentence, line: int = 1) -> Document:
    return Document(name, problems=[Problem(name, line, 1, "", message, hint)])


def parse_yaml(content: bytes, name: str, ours: tuple[Where, ...] = ((),)) -> Document:
    """The same for the bytes of a file.

    A line with a slip that can be set right is reported, set right and read on: one run finds everything.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _refused(name, say("this line has characters that are not UTF-8"), say("Save the file as UTF-8"), line)
    slips: list[Problem] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _legible(text, name, slips, () in ours).split("\n")
    # Each slip that is set right costs another reading of the whole: a large file gets fewer of them.
    for _ in range(1 + min(20, 200_000 // (len(text) + 1))):
        document = Document(name, text, lines=lines)
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
    for pattern, message, hint, instead in _ILLEGIBLE:
        found = list(pattern.finditer(text))
        for match in found[:5] if whole or pattern not in (_TAB, _DIRECTIVE) else ():
            line, before = text.count("\n", 0, match.start()) + 1, text.rfind("\n", 0, match.start())
            shown = f"U+{ord(match[0]):04X}" if pattern is FORBIDDEN else match[0]
            # A tab within a line is a space; at its beginning nobody knows how many are meant.
            inside = text[before + 1 : match.start()].strip() and pattern is _TAB
            corrected = _TAB.sub(" ", text[before + 1 :].partition("\n")[0])
            column = match.start() - before
            slips.append(Problem(name, line, column, "", message(shown), write(corrected, hint) if inside else hint))
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
        begin = say("Begin with a line such as title: Dashboard nicht erreichbar")
        if event is None:
            self._stop(None, say("the file is empty"), begin)
        if isinstance(event, yaml.ScalarEvent) and re.match(r"[a-z_]+:\S", str(event.value)):
            corrected = self._line(event.start_mark).replace(":", ": ", 1)
            self._stop(event, say("a space is missing after the colon"), write(corrected, begin))
        if not isinstance(event, yaml.MappingStartEvent):
            self._stop(event, say("the file does not begin with a field"), begin)
        self._refuse_anchor_and_tag(event, ())
        self._map(event, ())
        extra = next(self.events, None)
        if extra is not None:
            self._stop(extra, say("a second document begins here (---)"), say("Put it into a file of its own"))

    def _stream(self) -> Iterator[Any]:
        """Node events only. The parser is read event by event: our caps hold before anything is built."""
        parser = _Parser("\n".join(self.lines))
        framing = yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent
        while parser.check_event():
            event = parser.get_event()
            if not isinstance(event, framing):
                yield event

    def _stop(self, event: Any, message: Sentence, hint: Sentence) -> None:
        line, column = (event.start_mark.line + 1, event.start_mark.column + 1) if event else (1, 1)
        self.document.problems.append(Problem(self.document.file, line, column, "", message, hint))
        raise _Stop

    def _add(self, path: Where, message: Sentence, hint: Sentence, event: Any = None) -> None:
        """Note a problem at `path` (or where `event` stands), if that part of the file is ours."""
        if not self._is_ours(path):
            return
        found = self.document.problem(path, message, hint)
        if event:
            found = replace(found, line=event.start_mark.line + 1, column=event.start_mark.column + 1)
        self.document.problems.append(found)
        if len(self.document.problems) >= MAX_PROBLEMS:
            rest = say("there are more problems in this file; correct those above first")
            self.document.problems.append(Problem(found.file, len(self.lines), 1, "", rest))
            raise _Stop

    def _is_ours(self, path: Where) -> bool:
        if not path:
            return () in self.ours
        return any(path[: len(our)] == our[: len(path)] for our in self.ours)

    def _node(self, event: Any, path: Where) -> Any:
        self.nodes += self._is_ours(path)
        if self.nodes > MAX_NODES:
            message = say("the file has more than {most} entries", most=MAX_NODES)
            self._stop(event, message, say("Split it into several records"))
        if len(path) > MAX_DEPTH:
            message = say("brackets or lists are nested more than {most} levels deep", most=MAX_DEPTH)
            self._stop(event, message, say("Check for brackets that are not closed"))
        if isinstance(event, yaml.AliasEvent):
            hint = self._in_quotes(event, say("If the text begins with a star, put it in quotes"))
            message = say(
                "YAML takes '*{name}' for a reference, and references are not allowed", name=str(event.anchor)[:60]
            )
            self._add(path, message, hint)
            return None
        self._refuse_anchor_and_tag(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        return self._scalar(event, path)

    def _in_quotes(self, event: Any, otherwise: Sentence) -> Sentence:
        """The hint that puts the whole value in quotes, when `event` begins it."""
        line = self._line(event.start_mark)
        column = event.start_mark.column
        if len(split(line)[0]) == column < len(line):
            return write(in_quotes(line), otherwise)
        words = _IN_BRACKETS.match(line, column)
        return write(line[:column] + quoted(words[0]) + line[words.end() :], otherwise) if words else otherwise

    def _line(self, mark: Any) -> str:
        return self.lines[mark.line] if mark.line < len(self.lines) else ""

    def _refuse_anchor_and_tag(self, event: Any, path: Where) -> None:
        if event.anchor:
            hint = say("Delete it, and write everything out wherever it is needed")
            if isinstance(event, yaml.ScalarEvent):
                hint = self._in_quotes(event, hint)
            message = say("YAML takes '&{name}' for a mark, and marks are not allowed", name=event.anchor[:60])
            self._add(path, message, hint)
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:60]
            message = say("YAML takes '{tag}' for an instruction, and instructions are not allowed", tag=tag)
            hint = say("Write the value alone; or put the text in quotes, if it begins with !")
            self._add(
                path,
                message,
                self._in_quotes(event, hint) if isinstance(event, yaml.ScalarEvent) and not _TAGS.match(tag) else hint,
            )

    def _scalar(self, event: Any, path: Where) -> str | None:
        value = str(event.value)
        if not value.strip():
            self._add(path, *self._why_empty(path))
            return None
        bad = FORBIDDEN.search(value)
        if bad:
            message = say("the character {code}, written with a backslash, is not allowed", code=f"U+{ord(bad[0]):04X}")
            self._add(path, message, say("Delete it; or, if a backslash was meant, put the text in single quotes"))
            return None
        if event.implicit[0]:
            self._refuse_swallowed(event, path)
        return value

    def _refuse_swallowed(self, event: Any, path: Where) -> None:
        """`title: Fehler #12` would silently lose its number; `status: resolved  # at last` is a comment."""
        lost = re.match(r"\s+(#\w\S*)", self._line(event.end_mark)[event.end_mark.column :])
        if lost:
            message = say("everything from '{text}' on is taken for a comment and lost", text=lost[1][:40])
            hint = say("{line} (a comment has a space after its #)", line=self._in_quotes(event, IN_QUOTES))
            self._add(path, message, hint)

    def _why_empty(self, path: Where) -> tuple[Sentence, Sentence]:
        line, column = self.document.places.get(path, (1, 1))
        key = str(path[-1]) if path else ""
        behind = self.lines[line - 1][column - 1 :].removeprefix(key)
        if isinstance(path[-1], str) and behind[:1] in (",", "}"):
            return say("a comma in brackets begins a new field, this one has no value"), IN_QUOTES
        hashed = re.match(r":\s+(#\w.*)", behind)
        if hashed:
            corrected = f'{key}: "{hashed[1].rstrip()}"'
            return say("nothing is written here: everything after # is a comment"), write(corrected)
        return say("nothing is written here"), say("Write a value, or delete the line")

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
                message = say("more than {most} fields stand together here", most=MAX_FIELDS)
                self._stop(event, message, say("Check the indentation"))
        return found

    def _repeated(self, event: Any, path: Where) -> None:
        name, line = str(path[-1])[:60], self.document.places[path][0]
        message = say("'{name}' is already given in line {line}", name=name, line=line)
        self._add(path, message, say("Keep one of the two"), event)

    def _key(self, event: Any, path: Where) -> str | None:
        """A field's name; None when brackets or an alias stand in its place."""
        if not isinstance(event, yaml.ScalarEvent):
            message = say("a field has brackets or a star for its name")
            self._add(path, message, say("Write name: value"), event)
            return None
        key = str(event.value)
        if key == "<<":
            self._add(path, say("merging with << is not allowed"), say("Write the fields out"), event)
        elif not key.strip() or FORBIDDEN.search(key) or event.anchor or event.tag:
            self._add(path, say("this field has no proper name"), say("Write name: value"), event)
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
