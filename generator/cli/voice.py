"""What a command says: in the language of the admin, problems included."""

import os
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

import click

from generator.language import Language, tool_language, tool_languages
from generator.problems import Problem
from generator.report import Format, in_language, render_report
from generator.sentences import Sentence
from generator.wording import translated


class Sorry(click.ClickException):
    """A refusal in the admin's own language: without click's word for it."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=True)


def language_of(asked: str | None) -> str:
    """The code of the admin's language: as asked, else that of the locale, else English."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    code = asked or locale[:2].lower()
    return code if code in tool_languages() else "en"


def spoken() -> str:
    """The same for the command that is running."""
    context = click.get_current_context(silent=True)
    return language_of(context.find_root().params.get("language") if context else None)


def words() -> Language:
    """What `locales/tool/` has to say in that language, where no time is told."""
    return tool_language(spoken(), ZoneInfo("UTC"))


def said(*sentences: Sentence) -> str:
    """Sentences in that language, a line each."""
    return "\n".join(translated(sentence, spoken()) for sentence in sentences)


def say_sorry(key: str, **values: object) -> Sorry:
    """The refusal called `key` below `tool`."""
    return Sorry(words()(f"tool.{key}", **values))


def report(problems: Iterable[Problem], form: Format = "text", err: bool = True) -> None:
    """Print problems, if there are any; a program gets its empty list."""
    text = render_report(problems, form, spoken())
    if text:
        click.echo(text, err=err)


def told(problem: Problem) -> str:
    """A problem in that language, without its place."""
    return in_language(problem, spoken()).text
