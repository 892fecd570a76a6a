"""The commands that add to a record: `incidents update`, `resolve`, `review`, `publish`, `correct`."""

from dataclasses import replace
from typing import Any

import click

from generator.cli.asking import ask, is_terminal, needed
from generator.cli.options import at_option, edit_option, entry_options, record_argument, status_option, text_option
from generator.cli.session import Session, in_session
from generator.cli.suggesting import not_over, records, with_report, without_report
from generator.editing import (
    Draft,
    Edit,
    Refused,
    Told,
    add_entry,
    add_field,
    add_questions,
    build_entry,
    going_on,
    lacking,
    last_status,
    moment_of,
    parse_draft,
    published,
    to_publish,
)
from generator.facts import is_open, is_upcoming, status_of
from generator.model import ENTRY_KINDS, FINAL_STATUSES


@click.command()
@record_argument(records(going_on))
@status_option()
@click.option("--kind", type=click.Choice(ENTRY_KINDS), help="What the entry tells, if it is not an update.")
@entry_options
@in_session
def update(session: Session, name: str | None, edit: bool, **said: Any) -> None:
    """Add news to a record; without ID to the one that is open.

    ID is the name of its file, or a part of it that no other has.

    \b
    Examples:
      incidents update -s identified -m "A full disk." --next-update +30m
      incidents update -c dashboard=degraded_performance
      incidents update -m "Alles läuft." -m "en=All is well."
      incidents update slow-bookings --kind finding -m "The disk was full."
    """
    told = Told(**said)
    record = session.choose(name, going_on, "nothing_open")
    says = told.status or told.components or told.text or told.advice or told.restriction
    if not says and not edit:
        told = replace(told, text=[_asked_text(session)])
    _tell(session, record, told, edit, "update")


@click.command()
@record_argument(records(not_over, others=False))
@click.option("--cancel", is_flag=True, help="Call a maintenance off.")
@entry_options
@in_session
def resolve(session: Session, name: str | None, cancel: bool, edit: bool, **said: Any) -> None:
    """Say that it is over; all components run again.

    An incident is resolved, a maintenance completed or called off.

    \b
    Examples:
      incidents resolve
      incidents resolve -m "The dashboard runs again." --at 10:50
      incidents resolve new-server --cancel -m "The move is off."
    """
    record = session.choose(name, going_on, "nothing_open")
    course = session.desk.course(record)
    status = last_status(course.incident, cancel)
    if status_of(course) in FINAL_STATUSES:
        raise Refused("over", id=record)
    if is_upcoming(course) and not cancel:
        raise Refused("not_begun", id=record)
    _tell(session, record, Told(**said, status=status), edit, "called_off" if cancel else "resolve")


@click.command()
@record_argument(records(without_report))
@edit_option
@in_session
def review(session: Session, name: str | None, edit: bool) -> None:
    """Put the questions that a report leaves open into its record.

    They are comments, each above the field that the answer goes into. A second time adds none.

    \b
    Examples:
      incidents review
      incidents review slow-bookings --edit
    """
    record = session.choose(name, to_publish, "nothing_to_review")
    draft, file = session.read(record), session.desk.file(record)
    asked = add_questions(draft, session.words)
    added = len(asked.lines) - len(draft.lines)
    if added or edit:
        session.save(record, asked.text, draft.text, edit)
    if not lacking(draft):
        session.say("done.nothing", file=file)
    else:
        session.say("done.asked" if added else "done.asked_before", file=file, n=len(lacking(draft)))
        session.say("next.review", file=file)


@click.command()
@record_argument(records(without_report, others=False))
@at_option
@edit_option
@in_session
def publish(session: Session, name: str | None, at: str | None, edit: bool) -> None:
    """Date the report on an incident: from now on it is public.

    Once the site is built, it shows the report, and subscribers hear of it.

    \b
    Examples:
      incidents publish
      incidents publish slow-bookings --at 2026-03-02
    """
    desk = session.desk
    record = session.choose(name, to_publish, "nothing_to_review")
    course = desk.course(record)
    if course.incident.published:
        raise Refused("published", id=record)
    if is_open(course) or is_upcoming(course):
        raise Refused("not_over", id=record)
    draft = session.read(record)
    edit_made = add_field(draft, "published", moment_of(at or "+0m", desk.now, desk.settings.zone))
    text = _save(session, record, draft, edit_made, edit)
    missing = lacking(parse_draft(text, desk.file(record)))
    if missing:
        session.say("done.still_lacking", names=", ".join(missing))
    session.say_what_next(record, "report")


@click.command()
@record_argument(records(with_report, others=False))
@text_option
@at_option
@edit_option
@in_session
def correct(session: Session, name: str | None, edit: bool, **said: Any) -> None:
    """Say what was wrong in a report that has been published.

    The correction appears below the report. The text itself is corrected by hand.

    \b
    Examples:
      incidents correct -m "The outage began at 8:50, not at 9:05."
    """
    told, desk = Told(**said), session.desk
    record = session.choose(name, published, "nothing_published")
    if not desk.incident(record).published:
        raise Refused("not_published", id=record)
    told = told if told.text else replace(told, text=[_asked_text(session)])
    draft = session.read(record)
    _save(session, record, draft, add_entry(draft, "corrections", build_entry(told, desk.settings, desk.now)), edit)
    session.say_what_next(record, "correct")


def _asked_text(session: Session) -> str:
    if not is_terminal():
        raise Refused("no_text")
    return ask(session.words, "text", needed)


def _tell(session: Session, record: str, told: Told, edit: bool, then: str) -> None:
    """Add an entry to the timeline and say what to do next."""
    desk, draft = session.desk, session.read(record)
    entry = build_entry(told, desk.settings, desk.now)
    _save(session, record, draft, desk.tell(record, draft, entry), edit)
    session.say_what_next(record, then)


def _save(session: Session, record: str, draft: Draft, made: Edit, edit: bool) -> str:
    """Write the record and show what is new in it."""
    file, text = session.desk.file(record), session.save(record, made.text, draft.text, edit)
    if text != made.text:
        session.say("done.edited", file=file)
    else:
        session.say("done.changed", file=file, line=made.line)
        click.echo("\n".join(("", *made.added, "")))
    return text
