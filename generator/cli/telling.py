"""The commands that tell what is on record: `incidents list`, `show`, `promises`, `at`."""

import re

import click

from generator.cli.session import Session, in_session
from generator.cli.suggesting import records
from generator.cli.voice import said
from generator.editing import Refused, find_record, moment_of
from generator.history import build_history
from generator.project import parse_as_of
from generator.terminal import render_list, render_moment, render_promises, render_record


@click.command(name="list")
@click.option("--open", "only_open", is_flag=True, help="Only what is going on or planned.")
@in_session
def list_command(session: Session, only_open: bool) -> None:
    """List the records, newest first; ! marks what is going on.

    \b
    Examples:
      incidents list
      incidents list --open
    """
    click.echo(render_list(session.desk.history, session.words, only_open))


@click.command()
@click.argument("name", metavar="ID", shell_complete=records())
@in_session
def show(session: Session, name: str) -> None:
    """Show one record as text.

    ID is the name of its file, or a part of it that no other has.

    \b
    Examples:
      incidents show dashboard
    """
    record = find_record(session.desk, name)
    if record not in session.desk.incidents:
        session.read(record)
    session.desk.course(record)
    click.echo(render_record(session.desk.history, record, session.words))


@click.command()
@click.option("--overdue", is_flag=True, help="Only those whose day is past.")
@in_session
def promises(session: Session, overdue: bool) -> None:
    """List what the reports promise, the overdue first.

    \b
    Examples:
      incidents promises
      incidents promises --overdue
    """
    click.echo(render_promises(session.desk.history, session.words, overdue))


class _OfATime(click.Command):
    """A command whose argument may begin with a minus, as options do: `-20m`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        times = [arg for arg in args if re.match(r"-\d", arg)]
        others = [arg for arg in args if arg not in times]
        return super().parse_args(ctx, args if "--" in args else [*others, "--", *times])


@click.command(cls=_OfATime)
@click.argument("time", metavar="TIME")
@in_session
def at(session: Session, time: str) -> None:
    """Tell what the site said at a moment.

    Thus a timeline can be checked by replaying it. TIME takes the forms of --at elsewhere.

    \b
    Examples:
      incidents at -20m
      incidents at 10:15
      incidents at "2021-07-17 10:00"
    """
    desk = session.desk
    try:
        instant = parse_as_of(str(moment_of(time, desk.now, desk.settings.zone)), desk.settings)
    except ValueError as error:
        raise Refused("time", problem=said(error.args[0])) from None
    click.echo(render_moment(build_history(desk.records, desk.settings, instant), session.words))
