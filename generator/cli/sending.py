"""Mailing an announcement: what is looked at before, what is asked, what is said while and after it is sent."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.asking import agree, is_terminal
from generator.cli.posting import Dispatch, Post, tell_all
from generator.cli.session import Session
from generator.cli.voice import report
from generator.editing import Refused
from generator.mailing import (
    Ledger,
    LedgerError,
    Recipient,
    Round,
    Server,
    StoppedError,
    known_to_git,
    ledger_of,
    open_ledger,
    published_with,
    read_ledger,
    read_recipients,
    still_to_get,
)
from generator.news import Item
from generator.problems import InvalidRecords

PASSWORD = "INCIDENTS_SMTP_PASSWORD"  # noqa: S105 - the name of the variable


def dispatch(session: Session, item: Item, wish: Dispatch) -> None:
    """Send the announcement to everyone on the list who has not got it, or say what would be sent."""
    mail = session.desk.settings.status.mail
    if mail is None:
        raise Refused("no_mail_settings")
    file = session.desk.home / mail.recipients
    _keep_private(session, file)
    try:
        _dispatch(Post(session, item, mail, file, _recipients(session, file, wish.keep_going), wish))
    except InvalidRecords as invalid:
        report(invalid.problems)
        raise Refused("not_sent") from None


def _dispatch(post: Post) -> None:
    mail, file = post.mail, post.file
    if post.wish.dry_run:
        _rehearse(post, read_ledger(ledger_of(file)))
        return
    if mail.user and not os.environ.get(PASSWORD):
        raise Refused("no_password", user=mail.user, variable=PASSWORD)
    try:
        with open_ledger(ledger_of(file)) as ledger:
            _send(post, ledger)
    except LedgerError as error:
        if error.reason == "busy":
            raise Refused("sending_already", file=ledger_of(file)) from None
        raise Refused("no_ledger", file=ledger_of(file), why=error.why) from None


def _keep_private(session: Session, file: Path) -> None:
    """Refuse a list that would be published with the site; warn of one that git has."""
    desk = session.desk
    folder = published_with(file, desk.home, ("docs", desk.settings.records, "site"))
    if folder:
        raise Refused("recipients_published", file=file, folder=folder)
    for path in (file, ledger_of(file)):
        known = known_to_git(path)
        if known:
            click.echo(session.words(f"tool.announce.{known}", file=path), err=True)


def _recipients(session: Session, file: Path, keep_going: bool) -> Sequence[Recipient]:
    recipients, problems = read_recipients(file, session.desk.settings.languages)
    if problems:
        report(problems)
        if not keep_going:
            raise Refused("bad_recipients", n=len(problems), file=file)
    if not recipients:
        raise Refused("no_recipients", file=file)
    return recipients


def _rehearse(post: Post, ledger: Ledger) -> None:
    """Show the message in each language in which it would be sent, and to whom."""
    due = still_to_get(post.recipients, ledger, post.id, post.wish.again)
    shown: set[str] = set()
    for recipient in due:
        letter = post.letter(recipient)
        if letter.language not in shown:
            shown.add(letter.language)
            post.session.say("announce.subject", subject=letter.subject)
            click.echo(f"\n{letter.plain}")
    for recipient in due:
        post.session.say("announce.would", to=recipient.address, language=post.language(recipient))
    post.session.say("announce.plan", n=len(due), had=len(post.recipients) - len(due))


def _send(post: Post, ledger: Ledger) -> None:
    due = still_to_get(post.recipients, ledger, post.id, post.wish.again)
    stopped: StoppedError | None = None
    if due:
        _ask(post, due)
        stopped = _deliver(post, ledger, due)
    raise click.exceptions.Exit(tell_all(post, ledger, stopped))


def _ask(post: Post, due: Sequence[Recipient]) -> None:
    """At a terminal nothing is sent without a yes."""
    title, page = post.letter(due[0]).subject, post.page
    post.session.say("announce.about", subject=title, page=page)
    post.session.say("announce.plan", n=len(due), had=len(post.recipients) - len(due))
    if post.wish.yes or not is_terminal():
        return
    if not agree(post.session.words, "announce.ask", default=False):
        raise Refused("not_sent")


def _deliver(post: Post, ledger: Ledger, due: Sequence[Recipient]) -> StoppedError | None:
    """Send to each, saying what becomes of it; why it ended early, if it did."""
    ca = post.session.desk.home / post.mail.ca if post.mail.ca else None
    server = Server(post.mail, os.environ.get(PASSWORD), ca)
    try:
        for outcome in Round(post.id, post.write, server, ledger, post.session.desk.now).send(due):
            entry = outcome.entry
            post.session.say(f"announce.outcome.{entry.state}", to=outcome.recipient.address, why=entry.why)
    except StoppedError as error:
        return error
    except KeyboardInterrupt:
        return StoppedError("interrupted")
    return None
