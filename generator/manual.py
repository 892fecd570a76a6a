"""The manual: all commands on one page, for `man` and as Markdown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import wrap

REVISED = "2026-11-22"
"""The day of the page, which man wants to know: that of the release, or of the work on the next one."""
_ROFF = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "~": r"\(ti", "^": r"\(ha", "`": r"\(ga"}
Terms = tuple[tuple[str, str], ...]
"""What stands in the margin, and what is said of it."""


@dataclass(frozen=True)
class Text:
    """A help text: its paragraphs, and the command lines it shows below a heading."""

    paragraphs: tuple[str, ...]
    heading: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Command:
    """How a command is called, what it does, and its options."""

    name: str
    usage: str
    text: Text
    options: Terms


@dataclass(frozen=True)
class Manual:
    """The command above all others, the groups of those below it, and what they have in common."""

    whole: Command
    groups: tuple[tuple[str, tuple[Command, ...]], ...]
    more: tuple[tuple[str, Terms], ...]
    words: Callable[[str], str]
    """A heading of the page in its language."""


def text_of(help_text: str) -> Text:
    """A help text as click wants it, taken apart: a paragraph behind a backspace is a heading and examples."""
    parts = help_text.split("\n\n")
    shown = [part.splitlines()[1:] for part in parts if part.startswith("\b")]
    heading, *examples = next(iter(shown), [""])
    paragraphs = tuple(" ".join(part.split()) for part in parts if not part.startswith("\b"))
    return Text(paragraphs, heading.strip(), tuple(line.strip() for line in examples))


def render_man(manual: Manual) -> str:
    """The page in the language of `man`."""
    return "\n".join(_man(manual)) + "\n"


def _man(manual: Manual) -> Iterator[str]:
    whole = manual.whole
    yield f'.\\" {manual.words("Made from the help of the commands; a test keeps it as they are.")}'
    yield f'.TH {whole.name.upper()} 1 {REVISED} "Incident pages"'
    # Names of states and options are not to be divided at the end of a line.
    yield ".nh"
    yield f".SH {_roff(manual.words('NAME'))}"
    yield rf"{whole.name} \- {_roff(whole.text.paragraphs[0].rstrip('.'))}"
    yield f".SH {_roff(manual.words('SYNOPSIS'))}"
    yield from _roff_lines(whole.usage)
    yield f".SH {_roff(manual.words('OPTIONS'))}"
    yield from _man_terms(whole.options)
    for heading, commands in manual.groups:
        yield f".SH {_roff(heading.upper())}"
        for command in commands:
            yield f".SS {_roff(command.usage)}"
            yield from _man_text(command.text)
            yield from _man_terms(command.options)
    yield f".SH {_roff(whole.text.heading.rstrip(':').upper())}"
    yield from _man_examples(whole.text.examples)
    for heading, terms in manual.more:
        yield f".SH {_roff(heading)}"
        yield from _man_terms(terms)


def _man_text(text: Text) -> Iterator[str]:
    for number, paragraph in enumerate(text.paragraphs):
        if number:
            yield ".PP"
        yield from _roff_lines(paragraph)
    if text.examples:
        yield ".PP"
        yield _roff(text.heading)
        yield ".PP"
        yield from _man_examples(text.examples)


def _man_examples(lines: tuple[str, ...]) -> Iterator[str]:
    yield from (".RS 4", ".nf", *(_roff(line) for line in lines), ".fi", ".RE")


def _man_terms(terms: Terms) -> Iterator[str]:
    for term, text in terms:
        yield from (".TP", f".B {_roff(term)}", *_roff_lines(text))


def _roff_lines(text: str) -> list[str]:
    """Running text, in lines as those who check such pages want them."""
    return [_roff(line) for line in wrap(text, 60, break_long_words=False, break_on_hyphens=False)]


def _roff(text: str) -> str:
    """Text that means nothing to roff; a minus that can be copied."""
    plain = "".join(_ROFF.get(sign, sign) for sign in text)
    return rf"\&{plain}" if plain.startswith(".") else plain


def render_markdown(manual: Manual) -> str:
    """The page as Markdown, with a table of options for each command."""
    return "\n".join(_markdown(manual)) + "\n"


def _markdown(manual: Manual) -> Iterator[str]:
    whole = manual.whole
    yield f"# {manual.words('The commands')}"
    yield ""
    yield manual.words("Made from the help of the commands; a test keeps it as they are.")
    yield from _markdown_command(whole)
    for heading, commands in manual.groups:
        yield f"\n## {heading}"
        for command in commands:
            yield f"\n### {command.name}"
            yield from _markdown_command(command)
    for heading, terms in manual.more:
        yield f"\n## {heading.capitalize()}"
        yield from _table(terms)


def _markdown_command(command: Command) -> Iterator[str]:
    for paragraph in command.text.paragraphs:
        yield f"\n{_plain(paragraph)}"
    yield "\n```text"
    yield command.usage
    yield "```"
    if command.text.examples:
        yield "\n```sh"
        yield from command.text.examples
        yield "```"
    yield from _table(command.options)


def _table(terms: Terms) -> Iterator[str]:
    yield "\n| | |"
    yield "|---|---|"
    for term, text in terms:
        yield f"| `{_cell(term)}` | {_plain(text)} |"


def _cell(text: str) -> str:
    """In a table a stroke would begin the next cell."""
    return text.replace("|", "\\|")


def _plain(text: str) -> str:
    """Text in which Markdown finds nothing to set."""
    return re.sub(r"([\\`*_<>\[\]|~])", r"\\\1", text)
