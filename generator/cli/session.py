"""One command at work on the records: what it goes by, the words it uses, and how it ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from generator.cli.asking import agree, edited, is_terminal, pick
from generator.cli.clock import read_clock
from generator.cli.voice import Sorry, report, said, say_sorry, spoken, told
from generator.editing import Choice, Desk, Draft, Refused, find_record
from generator.language import Language, tool_language
from generator.problems import InvalidRecords, advised
from generator.project import read_project
from generator.publish import PublishError, replace_source
from generator.warnings import find_warnings
from generator.yaml_source import dotted


@dataclass(frozen=True)
class Session:
    """The desk, and the words for the one who works at it."""

    desk: Desk
    words: Language
    config: Path

    def say(self, key: str, **values: object) -> None:
        click.echo(self.words(f"tool.{key}", **values))

    def say_what_next(self, record: str, then: str) -> None:
        """What follows on news of a record, how the site comes to show them, how they reach everyone else."""
        for step in (then, "publish", "announce"):
            self.say(f"next.{step}", id=record, file=self.desk.file(record))

    def refuse(self, reason: str, **values: object) -> Sorry:
        return Sorry(self.words(f"tool.refused.{reason}", **values))

    def choose(self, name: str | None, choice: Choice, nothing: str) -> str:
        """The id of the record that is meant: the one named, else the only one possible, else the one picked."""
        if name:
            return find_record(self.desk, name)
        ids = choice(self.desk.history)
        if not ids:
            report(self.desk.records.problems)
            newest = next((course.incident.id for course in self.desk.history.courses), "ID")
            raise Refused(nothing, newest=newest)
        if len(ids) > 1 and not is_terminal():
            raise Refused("which", ids=", ".join(ids))
        return ids[0] if len(ids) == 1 else pick(self.words, self._titles(ids), "which")

    def _titles(self, ids: Iterable[str]) -> dict[str, str]:
        return {name: self.desk.incidents[name].title.pick(self.words.code)[0] for name in ids}

    def read(self, name: str) -> Draft:
        """The record's text, if it is sound."""
        try:
            return self.desk.read(name)
        except InvalidRecords as invalid:
            report(invalid.problems)
            raise self.refuse("record", file=self.desk.file(name)) from None

    def save(self, name: str, text: str, before: str | None, edit: bool = False, asked: bool = False) -> str:
        """Write a record, opened in the editor first if so asked, and return its text, unless it is not sound.

        `before` is the text that it replaces, None for a new one: who has changed it meanwhile does not lose it.
        Words that were typed in the editor, or as answers, are not thrown away, either.
        """
        while True:
            text = self._edited(name, text, asked) if edit else text
            try:
                incident = self.desk.check(name, text)
                break
            except InvalidRecords as invalid:
                self._complain(invalid)
                if not (edit or asked):
                    raise click.exceptions.Exit(1) from None
                if not is_terminal() or not agree(self.words, "ask.again", default=True):
                    self._keep(name, text)
                edit = asked = True
        self._write(name, text, before, typed=edit or asked)
        for path, message, hint in find_warnings(incident, self.desk.settings, self.desk.now):
            if path[-1:] == ("at",):
                click.echo(f"{dotted(path)}: {said(advised(message, hint))}", err=True)
        return text

    def _edited(self, name: str, text: str, typed: bool) -> str:
        """A text out of the editor; where there is no editor, what was typed before is kept."""
        try:
            return edited(text)
        except Refused as refused:
            if not typed:
                raise
            click.echo(self.refuse(refused.reason, **refused.values).message, err=True)
            self._keep(name, text)
            raise

    def _complain(self, invalid: InvalidRecords) -> None:
        click.echo(self.words("tool.refused.draft"), err=True)
        for problem in invalid.problems:
            click.echo(": ".join(part for part in (f"  {problem.field}", told(problem)) if part.strip()), err=True)

    def _write(self, name: str, text: str, before: str | None, typed: bool) -> None:
        """Put a sound text into its file; where that cannot be, what was typed is kept, on the disk or the screen."""
        try:
            if replace_source(self.desk.file(name), text, self.desk.home, before):
                return
        except PublishError:
            if typed:
                click.echo(f"{text}\n", err=True)
            raise
        click.echo(self.words("tool.refused.overtaken", file=self.desk.file(name)), err=True)
        if typed:
            self._keep(name, text)
        raise click.exceptions.Exit(1)

    def _keep(self, name: str, text: str) -> None:
        """Lay a text beside the records, under a free name that the build ignores."""
        files = (self.desk.file(f"_{name}{number}") for number in ("", *(f"-{n}" for n in range(2, 1000))))
        file = next(file for file in files if replace_source(file, text, self.desk.home, None))
        raise Sorry(self.words("tool.done.kept", file=file))


def in_session(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command its session; whatever it refuses is said in the admin's language and ends it."""

    @click.pass_context
    @wraps(command)
    def run(context: click.Context, *args: Any, **options: Any) -> None:
        session = _open(context)
        try:
            command(session, *args, **options)
        except Refused as refused:
            raise session.refuse(refused.reason, **refused.values) from None
        except InvalidRecords as invalid:
            raise Sorry("\n".join(told(problem) for problem in invalid.problems)) from None
        except PublishError as error:
            raise Sorry(said(*error.lines)) from None

    return run


def _open(context: click.Context) -> Session:
    config: Path = context.obj
    if not config.exists():
        raise say_sorry("refused.not_here", file=config)
    try:
        project = read_project(config)
    except InvalidRecords as invalid:
        report(invalid.problems)
        raise say_sorry("refused.settings") from None
    now = read_clock(None, project.settings)
    desk = Desk(config.parent, project.settings, project.records, now)
    return Session(desk, tool_language(spoken(), project.settings.zone), config)
