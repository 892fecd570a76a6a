"""Slips of the pen in YAML: what is wrong with a line, for someone in a hurry, and the line set right.

Nothing here knows a parser. What the two parsers of PyYAML say alike, in the words both of them use, goes in.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.sentences import Sentence, say

_ENTRY = re.compile(r"""(?P<lead>\s*(?:-\s+)*(?:(?:[\w-]+|"[^"]*"|'[^']*'):\s+)?)(?P<value>\S.*)""")
_SPECIAL = "*&!@`%,]}[{"
_SHOWN, _BRIEF = 110, 40
"""Characters of a line, and of a text, that a message shows."""
IN_QUOTES = say("Put the text in quotes")


@dataclass(frozen=True)
class Slip:
    """What is wrong and what to write; `corrected` is the whole line set right, where that can be known."""

    message: Sentence
    hint: Sentence
    corrected: str | None = None
    lines_above: int = 0
    """How far above the parser's place the slip was made."""


@dataclass(frozen=True)
class Complaint:
    """What the parser says, and the lines of the file up to the one it stumbled over."""

    problem: str
    context: str
    lines: Sequence[str]

    @property
    def line(self) -> str:
        return self.lines[-1] if self.lines else ""

    @property
    def above(self) -> str:
        return self.lines[-2] if len(self.lines) > 1 else ""

    @property
    def value(self) -> str:
        """What stands after `- ` and `name: ` in the line."""
        return split(self.line)[1]


def split(line: str) -> tuple[str, str]:
    """What leads to the value in a line (indentation, `- `, `name: `) and the value, if there is one."""
    entry = _ENTRY.fullmatch(line)
    return (entry["lead"], entry["value"].rstrip()) if entry else (line, "")


def quoted(text: str) -> str:
    """The text in the quotation marks that need the least escaping."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def in_quotes(line: str) -> str:
    """The line with its value in quotation marks, those that stood around it replaced."""
    lead, value = split(line)
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return lead + quoted(value)


def brief(text: str) -> str:
    """The beginning of a text, to say which one is meant."""
    return text if len(text) <= _BRIEF else f"{text[:_BRIEF]}…"


def write(corrected: str, otherwise: Sentence = IN_QUOTES) -> Sentence:
    """The hint that shows a corrected line, unless it is too long to read in a message."""
    return say("→ {line}", line=corrected.strip()) if len(corrected) <= _SHOWN else otherwise


def explain(complaint: Complaint) -> Slip:
    """The first explanation that fits the parser's complaint."""
    for rule in _RULES:
        slip = rule(complaint)
        if slip:
            return slip
    return Slip(say("the line cannot be understood here"), say("Check its indentation, and that it reads name: value"))


def _quote(line: str, message: Sentence) -> Slip:
    corrected = in_quotes(line)
    return Slip(message, write(corrected), corrected)


def _escape(found: Complaint) -> Slip | None:
    if "quoted scalar" not in found.context or not re.search("escape|hexa?decimal", found.problem):
        return None
    return Slip(say("a backslash in double quotes begins a special character, and this one does not exist"),
                say("Write \\\\ for a backslash, or put the text in single quotes"))  # fmt: skip


def _open_quote(found: Complaint) -> Slip | None:
    if "quoted scalar" not in found.context:
        return None
    message, hint = say("a quotation mark is opened here and not closed"), say("Close it at the end of the text")
    lead, value = split(found.line)
    if value[:1] in ("'", '"') and value.count(value[0]) == 1:
        corrected = f"{lead}{value}{value[0]}"
        return Slip(message, write(corrected, hint), corrected)
    return Slip(message, hint)


def _after_quote(found: Complaint) -> Slip | None:
    if found.value[:1] not in ("'", '"') or "flow" in found.context or "expected" not in found.problem:
        return None
    return _quote(found.line, say("the text goes on after its closing quotation mark"))


def _block_text(found: Complaint) -> Slip | None:
    lead, value = split(found.line)
    block = re.fullmatch(r"[|>][+-]?\s*(.*)", value)
    if not block or not block[1] or "block scalar" not in found.context:
        return None
    corrected = lead + (quoted(block[1]) if re.search(r"[:#'\"]|^\W", block[1]) else block[1])
    message = say("after {sign} the text begins in the next line", sign=value[0])
    hint = say("{line} (or move the text into the next line, indented)", line=write(corrected))
    return Slip(message, hint, corrected)


def _list_in_line(found: Complaint) -> Slip | None:
    if not re.match(r"(?:-|\?)(?:\s|$)", found.value) or "not allowed" not in found.problem:
        return None
    slip = _quote(found.line, say("the text begins with '{sign} '", sign=found.value[0]))
    return Slip(slip.message, say("{line} (or begin a list in the next line)", line=slip.hint), slip.corrected)


def _special_start(found: Complaint) -> Slip | None:
    value = found.value
    if not value or value[0] not in _SPECIAL or ("flow" in found.context and value[0] in "{["):
        return None
    message = say("the text begins with {sign}, which means something else in YAML", sign=value[0])
    return _quote(found.line, message)


def _brackets(found: Complaint) -> Slip | None:
    if "flow" not in found.context:
        return None
    if any(found.line.count(opening) > found.line.count(closing) for opening, closing in ("{}", "[]")):
        return Slip(say("a bracket is opened here and not closed"), say("Close it, or put the text in quotes"))
    return Slip(say("something between these brackets cannot be understood"),
                say('Put each text in quotes, like {de: "Ausfall: DNS", en: "outage"}'))  # fmt: skip


def _no_space(found: Complaint) -> Slip | None:
    for above, line in enumerate((found.line, found.above)):
        glued = re.fullmatch(r"(\s*(?:- +)*[a-z_]+):([^\s:/].*)", line)
        if glued:
            corrected = f"{glued[1]}: {glued[2]}"
            return Slip(say("a space is missing after the colon"), write(corrected), corrected, above)
    return None


def _no_colon(found: Complaint) -> Slip | None:
    if "simple key" not in found.context:
        return None
    if re.fullmatch(r"\s*(?:- +)?[a-z_]+\s*", found.line):
        corrected = f"{found.line.rstrip()}:"
        return Slip(say("a colon is missing after the name"), write(corrected), corrected)
    return Slip(say("this line has no name"), say("Write name: value; or indent it, if it continues the text above"))


def _colon_inside(found: Complaint) -> Slip | None:
    if "mapping values" not in found.problem or not re.search(r":(?:\s|$)", found.value):
        return None
    return _quote(found.line, say("'{text}' needs quotes because there is a colon in it", text=brief(found.value)))


def _comment_above(found: Complaint) -> Slip | None:
    if not re.search(r"\s#", found.above):
        return None
    return Slip(say("the text above ends where ' #' begins a comment, yet goes on here"),
                say("Put the whole text in quotes"))  # fmt: skip


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _deeper(found: Complaint) -> Slip | None:
    if "mapping values" not in found.problem or _indent(found.line) <= _indent(found.above):
        return None
    return Slip(say("this line is indented deeper than the line above, which is complete already"),
                say("Begin both in the same column; or put the whole text in quotes"))  # fmt: skip


def _crooked(found: Complaint) -> Slip | None:
    if "while parsing a block" not in found.context:
        return None
    if re.match(r"\s*-(?:\s|$)", found.line):
        return Slip(say("an entry of a list stands where a field belongs"),
                    say("Begin it below the other entries, or delete what follows the list's name"))  # fmt: skip
    return Slip(say("this line does not begin in the same column as the lines it belongs to"),
                say("Indent it exactly as they are"))  # fmt: skip


def _after_end(found: Complaint) -> Slip | None:
    if "document start" not in found.problem:
        return None
    return Slip(say("the file goes on after its end"), say("Delete the line ... above, or make this a file of its own"))


_RULES: tuple[Callable[[Complaint], Slip | None], ...] = (
    _escape, _open_quote, _block_text, _list_in_line, _special_start, _after_quote, _brackets,
    _no_space, _no_colon, _colon_inside, _comment_above, _deeper, _after_end, _crooked,
)  # fmt: skip
