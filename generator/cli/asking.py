"""Questions at a terminal, one a line."""

import sys
from collections.abc import Callable, Mapping, Sequence

import click

from generator.cli.voice import said
from generator.editing import Refused
from generator.language import Language


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def ask(words: Language, question: str, understand: Callable[[str], str] = str, **values: object) -> str:
    """The answer to a question with `values` in it, asked again until `understand` takes it (it raises ValueError)."""

    def value_of(answer: str) -> str:
        try:
            return understand(answer.strip())
        except ValueError as error:
            raise click.UsageError(said(*error.args) or words("tool.ask.answer")) from None

    text: str = click.prompt(
        words(f"tool.ask.{question}", **values), default="", show_default=False, value_proc=value_of, err=True
    )
    return text


def pick(words: Language, choices: Mapping[str, str], question: str) -> str:
    """The one choice that is meant, of ids with their names."""
    listed = _listed(choices)
    return ask(words, question, lambda answer: _one_of(answer, listed))


def pick_several(words: Language, choices: Mapping[str, str], question: str) -> list[str]:
    """The choices that are meant, none included."""
    listed = _listed(choices)

    def ids_of(answer: str) -> str:
        return ",".join(_one_of(part.strip(), listed) for part in answer.split(",") if part.strip())

    return [name for name in ask(words, question, ids_of).split(",") if name]


def _listed(choices: Mapping[str, str]) -> tuple[str, ...]:
    """Show what can be chosen, numbered, and return the ids in that order."""
    for number, (name, told) in enumerate(choices.items(), 1):
        click.echo(f"{number:3}  {told} ({name})", err=True)
    return tuple(choices)


def _one_of(answer: str, ids: Sequence[str]) -> str:
    """The id that a number, counted from 1, or an id means. Raises ValueError."""
    if answer in ids:
        return answer
    if not answer.isdecimal() or not 1 <= int(answer) <= len(ids):
        raise ValueError
    return ids[int(answer) - 1]


def edited(text: str) -> str:
    """What the admin makes of a text in $EDITOR; line ends stay as they are. Raises Refused when it does not work."""
    try:
        found = click.edit(text.encode("utf-8"), extension=".yml")
    except (click.ClickException, ValueError) as error:
        raise Refused("editor", problem=error) from None
    return text if found is None else found.decode("utf-8", "replace")


def needed(answer: str) -> str:
    """An answer that is not empty. Raises ValueError."""
    if not answer:
        raise ValueError
    return answer
