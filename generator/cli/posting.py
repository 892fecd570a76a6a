"""An announcement on the table, ready to be mailed, and what is said when that is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from generator.announcing import build_letter
from generator.cli.session import Session
from generator.feeds.channel import Channel
from generator.mail_settings import MailSettings
from generator.mailing import Entry, Ledger, Letter, Recipient, State, StoppedError, write_mail
from generator.news import Item

SOME_LEFT, SOME_LOST = 3, 4
"""How the command ends when not everybody has got it: some may be tried again; none may, unless that is asked for."""


@dataclass(frozen=True)
class Dispatch:
    """What was asked for. `code` is the language of those whose line names none."""

    channels: Mapping[str, Channel]
    code: str
    dry_run: bool
    yes: bool
    keep_going: bool
    again: Sequence[State]


@dataclass(frozen=True)
class Post:
    """The announcement on the table: the news, who is on the list and in which file, by which settings."""

    session: Session
    item: Item
    mail: MailSettings
    file: Path
    recipients: Sequence[Recipient]
    wish: Dispatch

    @property
    def id(self) -> str:
        channel = self.wish.channels[self.wish.code]
        return channel.item_id(self.item.course.incident, self.item.key)

    @property
    def page(self) -> str:
        return self.wish.channels[self.wish.code].page(self.item.course.incident)

    def language(self, recipient: Recipient) -> str:
        return recipient.language or self.wish.code

    def letter(self, recipient: Recipient) -> Letter:
        channel = self.wish.channels[self.language(recipient)]
        way_out = self.mail.way_out(recipient.address, channel.t("announce.leave_subject"))
        return build_letter(channel, self.item, way_out)

    def write(self, recipient: Recipient) -> bytes:
        name = self.wish.channels[self.wish.code].author
        return write_mail(self.letter(recipient), recipient.address, self.mail, name, self.session.desk.now)


def tell_all(post: Post, ledger: Ledger, stopped: StoppedError | None) -> int:
    """Say how far the announcement is: who lacks it, and how to go on. The status that the command ends with."""
    by_state: dict[State | None, list[str]] = {}
    for recipient in post.recipients:
        entry: Entry | None = ledger.state(post.id, recipient)
        by_state.setdefault(entry.state if entry else None, []).append(recipient.address)
    left = [*by_state.get("later", []), *by_state.get(None, [])]
    if stopped:
        _complain(post, f"stopped.{stopped.reason}", host=post.mail.host, port=post.mail.connects_to, why=stopped.why)
    post.session.say("announce.got", n=len(by_state.get("accepted", [])), all=len(post.recipients))
    for key, names in (("left", left), ("refused", by_state.get("refused")), ("unknown", by_state.get("unknown"))):
        if names:
            _complain(post, key, n=len(names), names=", ".join(names), file=post.file)
    if left:
        return SOME_LEFT
    return SOME_LOST if by_state.keys() - {"accepted"} else 0


def _complain(post: Post, key: str, **values: object) -> None:
    click.echo(post.session.words(f"tool.announce.{key}", **values), err=True)
