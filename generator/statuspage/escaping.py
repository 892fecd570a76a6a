"""Words that Markdown would take for its own signs: a backslash before them, where else they would mean something."""

import re
from collections.abc import Callable, Iterator

ENTITY = r"&(?:[a-zA-Z]\w*|#\d+|#[xX][0-9a-fA-F]+);"
GREATER, RULE = "\x00", "\x01"
"""A `>` of the text and a rule of the HTML, until all lines are there: only then is it known where they stand."""
_SET_APART = re.compile(
    r"((?<!`)(`+)(?!`).+?(?<!`)\2(?!`)|<(?:https?://|mailto:)[^\s<>]+>|\]\(https?:[^\s()]*\))", re.DOTALL
)
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_BACKSLASH = re.compile(r"\\(?=[\\`*_{}\[\]()>#+.!-]|\Z)")
_BOLD = re.compile(r"(?<![\w*\\])(\*{1,2})(?![\s*])[^*\n]*[^\s*\\]\1(?![\w*])")
_STARS = re.compile(r"(?<!\S)\*+(?=\s|\Z)|(?<=\w)\*(?=\w)|\\\*|(\*)")
_UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_PREFIX = r"^((?: *(?:>|[-*] |\d+\. ))* *)"
_QUOTED = re.compile(_PREFIX + GREATER)
_START = re.compile(_PREFIX + r"(?=(?:[#]{1,6}|\+)(?:\s|$)|\[[^\[\]]*\]:|([-*_])(?: *\2){2,} *$)")
_ITEM = re.compile(r"^ {0,3}(?:(\d+)\.|[-*]) +\S")
_NUMBER_IN_ITEM = re.compile(r"^((?: *>)* *[-*] +\d+)\.(?= )")
_NUMBER = re.compile(r"^( {0,3}\d+)\.(?= )")
_LITERAL = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")


def escape_words(text: str) -> str:
    """The text with what would become HTML, emphasis or an escape written so that it stays itself; code is let be."""
    return _around(_SET_APART, text, _escaped)


def _escaped(text: str) -> str:
    text = re.sub(f"&(?={ENTITY[1:]})", "&amp;", text)
    text = _TAG.sub("&lt;", _BACKSLASH.sub(r"\\\\", text)).replace(">", GREATER)
    return "\n".join(_without_emphasis(line) for line in text.split("\n"))


def _without_emphasis(line: str) -> str:
    """One star or underscore is no emphasis; nor are those of `a_b`. `**Words**` were meant to be bold."""
    bare = _BOLD.sub("", line)
    if sum(bool(match[1]) for match in _STARS.finditer(bare)) > 1:
        line = _around(_BOLD, line, lambda part: _STARS.sub(lambda m: r"\*" if m[1] else m[0], part))
    if len(_UNDERSCORES.findall(line)) > 1:
        line = _UNDERSCORES.sub(lambda match: r"\_" * len(match[0]), line)
    return line


def _around(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """The text with everything changed but what is kept."""
    written, end = "", 0
    for match in kept.finditer(text):
        written, end = written + change(text[end : match.start()]) + match[0], match.end()
    return written + change(text[end:])


def escape_lines(text: str) -> str:
    """The text with lines that would start a heading, a quotation, a rule or a definition, written as words.

    Lists stay lists, but for numbers that Markdown would count anew (`2023. was bad`).
    """
    written: list[str] = []
    for is_code, lines in _runs(text.split("\n")):
        written += lines if is_code else _renumbered([_started(line) for line in lines])
    return "\n".join(written).replace(GREATER, ">").replace(RULE, "---")


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Lines in turns outside and inside of fenced code."""
    run: list[str] = []
    is_code = False
    for line in lines:
        if line.startswith("```"):
            yield is_code, run
            yield True, [line]
            is_code, run = not is_code, []
        else:
            run.append(line)
    yield is_code, run


def _started(line: str) -> str:
    line = _QUOTED.sub(rf"\1\\{GREATER}", line)
    return _NUMBER_IN_ITEM.sub(r"\1\\.", _START.sub(r"\1\\", line))


def _renumbered(lines: list[str]) -> list[str]:
    """Numbers that do not count from one, or stand among other items, are words."""
    lists: list[list[int]] = [[]]
    for index, line in enumerate(lines):
        if _ITEM.match(line):
            lists[-1].append(index)
        elif line.strip() and not line.startswith("    "):
            lists.append([])
    for items in lists:
        numbers = [match[1] for match in (_ITEM.match(lines[index]) for index in items) if match]
        if numbers != [str(count) for count in range(1, len(items) + 1)]:
            for index in items:
                lines[index] = _NUMBER.sub(r"\1\\.", lines[index])
    return lines


def unescape_words(text: str) -> str:
    """The text without the backslashes that `escape_words` and `escape_lines` put before signs."""
    return _LITERAL.sub(r"\1", text)
