"""Help and usage of the commands, and what click itself says, in the language of the admin."""

import gettext
import inspect
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import partial
from typing import TypeVar

import click

from generator.wording import LOCALES, translated

CommandType = TypeVar("CommandType", bound=click.Command)
Translate = Callable[[str], str]

# click asks gettext for its own words; those in German lie with us.
gettext.bindtextdomain("messages", str(LOCALES / "click"))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """While this holds, click speaks the language `code`, too; gettext takes it from the environment."""
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = code
    try:
        yield
    finally:
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before


def asked_language(arguments: Sequence[str]) -> str | None:
    """What stands behind `--language` before the command: help has to know before all is understood."""
    words = iter(arguments)
    for word in words:
        if word == "--language":
            return next(words, None)
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word == "--config":
            next(words, None)
        elif not word.startswith("-"):
            return None
    return None


def in_language(command: CommandType, code: str) -> CommandType:
    """The command, and all below it, with its help in the language `code`."""
    return translated_by(partial(translated, code=code, catalogue="help"), command)


def translated_by(translate: Translate, command: CommandType) -> CommandType:
    """The same with a function that knows what each piece of English is in the other language."""
    made = copy(command)
    made.help = help_by(translate, command.help or "")
    # Its first paragraph is one sentence, which click would cut.
    made.short_help = made.help.partition("\n\n")[0]
    made.options_metavar = translate("[OPTIONS]")
    made.params = [_parameter(translate, parameter) for parameter in command.params]
    if isinstance(made, click.Group):
        made.subcommand_metavar = translate("COMMAND [ARGS]...")
        made.commands = {name: translated_by(translate, below) for name, below in made.commands.items()}
    return made


def help_by(translate: Translate, text: str) -> str:
    """A help text, each paragraph translated as one piece; where lines are kept as they are, each line."""
    return "\n\n".join(_paragraph(translate, part) for part in inspect.cleandoc(text).split("\n\n"))


def _paragraph(translate: Translate, text: str) -> str:
    if not text.startswith("\b"):
        return translate(" ".join(text.split()))
    lines = text.splitlines()[1:]
    return "\n".join(("\b", *(f"{_margin(line)}{translate(line.strip())}" for line in lines)))


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _parameter(translate: Translate, parameter: click.Parameter) -> click.Parameter:
    made = copy(parameter)
    if isinstance(made, click.Option):
        made.help = translate(made.help or "")
    if made.metavar:
        made.metavar = translate(made.metavar)
    elif not isinstance(made.type, click.Choice) and not getattr(made, "is_flag", False):
        made.metavar = _placeholder(translate, made)
    return made


def _placeholder(translate: Translate, parameter: click.Parameter) -> str:
    """What stands for a value that has been given no name: of an option its kind, of an argument its own name."""
    if isinstance(parameter, click.Option):
        return translate(parameter.type.name.upper())
    name = translate((parameter.name or "").upper())
    return (name if parameter.required else f"[{name}]") + "..." * (parameter.nargs == -1)
