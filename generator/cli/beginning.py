"""The commands that begin a record: `incidents new`, `maintenance`, `notice`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import click

from generator.cli.asking import ask, is_terminal, needed, pick, pick_several
from generator.cli.options import at_option, edit_option, entry_options, id_option, status_option, text_option
from generator.cli.session import Session, in_session
from generator.editing import Refused, Told, build_entry, gathered, moment_of, new_id, new_record, text_of, window_of
from generator.model import STATES
from generator.project import parse_as_of

title_argument = click.argument("title", nargs=-1, metavar="[TITLE]")


@click.command()
@title_argument
@status_option("investigating")
@click.option("--started", metavar="TIME", help="When it began, if earlier than it was noticed; forms as for --at.")
@id_option
@entry_options
@in_session
def new(session: Session, title: Sequence[str], started: str | None, name: str | None, edit: bool, **said: Any) -> None:
    """Begin the record of an incident; without a title, ask.

    It begins now, and the file is named by the day and the title. What the components are called is in the settings;
    their states are degraded_performance, partial_outage, major_outage, operational and under_maintenance.

    \b
    Examples:
      incidents new "Dashboard down" -c dashboard=major_outage
      incidents new "Slow bookings" -c booking=partial_outage --at -20m
      incidents new "Login fails" -m "We are looking into it." --edit
    """
    told, desk, asked = Told(**said), session.desk, not title and is_terminal()
    if asked:
        title = [ask(session.words, "title", needed)]
        told = _asked(session, told)
    fields = {
        "title": _title(session, title, "new"),
        "started": started and moment_of(started, desk.now, desk.settings.zone),
        "timeline": [build_entry(told, desk.settings, desk.now)],
    }
    _begin(session, "new", fields, name, edit, asked)


@click.command()
@title_argument
@click.option("--from", "start", metavar="TIME", help="When it begins: '2026-03-02 22:00', 22:00 (the next), +2h.")
@click.option("--to", "end", metavar="TIME", help="When it is over, as planned; +2h counts from its beginning.")
@id_option
@entry_options
@in_session
def maintenance(
    session: Session,
    title: Sequence[str],
    start: str | None,
    end: str | None,
    name: str | None,
    edit: bool,
    **said: Any,
) -> None:
    """Announce a maintenance; without a title, ask.

    A component without a state is under maintenance while it lasts. Beginning and end need no further command.

    \b
    Examples:
      incidents maintenance "New server" --from 22:00 --to +90m -c dashboard
      incidents maintenance "Move" --from "2026-03-20 22:00" --to 23:30
    """
    desk, words, asked = session.desk, session.words, not title and is_terminal()
    if asked:
        title = [ask(words, "maintenance", needed)]
        start = start or ask(words, "from", _time_in(session))
        end = end or ask(words, "to", needed)
    if not (start and end):
        raise Refused("no_window")
    told = Told(**said, status="scheduled")
    fields = {
        "kind": "maintenance",
        "title": _title(session, title, "maintenance"),
        "scheduled": window_of(start, end, desk.settings, desk.now),
        "timeline": [build_entry(told, desk.settings, desk.now, "under_maintenance")],
    }
    _begin(session, "maintenance", fields, name, edit, asked)


@click.command()
@title_argument
@text_option
@at_option
@id_option
@edit_option
@in_session
def notice(
    session: Session, title: Sequence[str], text: Sequence[str], at: str | None, name: str | None, edit: bool
) -> None:
    """Publish a notice: news that concern no incident.

    \b
    Examples:
      incidents notice "New invoices" -m "From May on they are in the dashboard."
    """
    desk, words, asked = session.desk, session.words, not (title and text) and is_terminal()
    if asked:
        title = title or [ask(words, "notice", needed)]
        text = text or [ask(words, "text", needed)]
    told = _title(session, title, "notice")
    if not text:
        raise Refused("no_text")
    entry = build_entry(Told(at=at, text=text), desk.settings, desk.now)
    _begin(session, "notice", {"kind": "notice", "title": told, "timeline": [entry]}, name, edit, asked)


def _asked(session: Session, told: Told) -> Told:
    """One question a line; what the options say already is not asked."""
    words = session.words
    components = told.components or _asked_components(session)
    text = told.text or [ask(words, "text")]
    next_update = told.next_update or ask(words, "next_update", _time_in(session))
    return replace(told, components=components, text=text, next_update=next_update)


def _asked_components(session: Session) -> list[str]:
    words = session.words
    names = {c.id: c.name.pick(words.code)[0] for c in session.desk.settings.components}
    chosen = pick_several(words, names, "components")
    state = pick(words, {state: words(f"state.{state}") for state in STATES}, "states") if chosen else ""
    return [f"{name}={state}" for name in chosen]


def _time_in(session: Session) -> Callable[[str], str]:
    """Takes an answer that is a time, or empty; raises ValueError."""
    settings, now = session.desk.settings, session.desk.now

    def understand(answer: str) -> str:
        if answer:
            parse_as_of(str(moment_of(answer, now, settings.zone, ahead=True)).lstrip("~ "), settings)
        return answer

    return understand


def _title(session: Session, words: Sequence[str], kind: str) -> Any:
    title = text_of(gathered(words), session.desk.settings.languages)
    if not title:
        raise Refused("no_title", kind=kind)
    return title


def _begin(session: Session, kind: str, fields: dict[str, Any], name: str | None, edit: bool, asked: bool) -> None:
    """Write a new record and say what to do next."""
    desk, text = session.desk, new_record(fields, session.desk.first_line)
    title = fields["title"] if isinstance(fields["title"], str) else next(iter(fields["title"].values()))
    name = name or new_id(desk.day_of(text), title, desk.ids)
    if name in desk.ids:
        raise Refused("exists", id=name)
    text = session.save(name, text, None, edit, asked)
    session.say("done.made", file=desk.file(name))
    click.echo(f"\n{text}")
    session.say_what_next(name, kind)
