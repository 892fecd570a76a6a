"""Questions at a terminal, one a line."""

import sys
from collections.abc import Callable, Mapping

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

    asked = words(f"tool.ask.{question}", **values)
    text: str = click.prompt(
        asked,
        default="",
        show_default=False,
        value_proc=value_of,
        prompt_suffix=" " if asked.endswith("?") else ": ",
        err=True,
    )
    return text


def agree(words: Language, question: str, default: bool) -> bool:
    """Yes or no, in the admin's language or English, in full or by the letter; Enter is the default."""
    kinds = {True: words("tool.ask.agreed").split(), False: words("tool.ask.declined").split()}
    shown = "/".join(known[0].upper() if kind is default else known[0] for kind, known in kinds.items())

    def meant(answer: str) -> bool:
        kind = next((kind for kind, known in kinds.items() if answer.strip().casefold() in known), None)
        if answer.strip() and kind is None:
            raise click.UsageError(words("tool.ask.answer"))
        return default if kind is None else kind

    agreed: bool = click.prompt(
        f"{words(f'tool.{question}')} [{shown}]", default="", show_default=False, value_proc=meant, err=True
    )
    return agreed


def pick(words: Language, choices: Mapping[str, str], question: str) -> str:
    """The one choice that is meant, of ids with their names."""
    _list(choices)
    return ask(words, question, lambda answer: _one_of(answer, choices))


def pick_several(words: Language, choices: Mapping[str, str], question: str) -> list[str]:
    """The choices that are meant, none included."""
    _list(choices)

    def ids_of(answer: str) -> str:
        return ",".join(_one_of(part.strip(), choices) for part in answer.split(",") if part.strip())

    return [name for name in ask(words, question, ids_of).split(",") if name]


def _list(choices: Mapping[str, str]) -> None:
    """Show what can be chosen, numbered."""
    for number, (name, told) in enumerate(choices.items(), 1):
        click.echo(f"{number:3}  {told} ({name})", err=True)


def _one_of(answer: str, choices: Mapping[str, str]) -> str:
    """The id that is meant by a number, counted from 1, by the id or by a name that no other has. Raises ValueError."""
    ids = list(choices)
    named = [name for name in ids if answer.casefold() in (name.casefold(), choices[name].casefold())]
    if len(named) == 1:
        return named[0]
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
