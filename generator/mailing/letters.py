"""What is sent: an announcement in one language, and as the mail that one recipient gets."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote

from generator.mail_settings import MailSettings
from generator.mailboxes import parse_named_mailbox


@dataclass(frozen=True)
class Letter:
    """An announcement as mail. `id` is that of the announcement, the same in every language and for everyone."""

    id: str
    language: str
    subject: str
    plain: str
    html: str
    way_out: str
    """Where its reader leaves the list: an address with mailto: or https:; empty if nobody knows."""


LONGEST = 900
"""Characters of a header in plain ASCII: a line may have 998, its name included."""


def write_mail(letter: Letter, to: str, mail: MailSettings, name: str, now: datetime) -> bytes:
    """The whole mail to the address `to`, lines ending in CRLF. `name` is the sender's if the settings give none.

    All of it is ASCII, in lines of at most 998 characters: no server on the way has to know more.
    """
    body = EmailMessage(policy=SMTP)
    body.set_content(letter.plain, cte="quoted-printable")
    body.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    # The library decodes code words in what it is given, and would write a line break out of one. So these are ours.
    head = "".join(f"{header}: {value}\r\n" for header, value in _headers(letter, to, mail, name, now))
    return head.encode("ascii") + body.as_bytes()


def _headers(letter: Letter, to: str, mail: MailSettings, name: str, now: datetime) -> Iterator[tuple[str, str]]:
    own_name, sender = parse_named_mailbox(mail.sender)
    yield "From", _mailbox(own_name or name, sender)
    if mail.reply_to:
        yield "Reply-To", _mailbox(*parse_named_mailbox(mail.reply_to))
    yield "To", to
    yield "Subject", _words(letter.subject)
    yield "Date", format_datetime(now)
    yield "Message-ID", _message_id(letter.id, to, sender)
    yield "Content-Language", letter.language
    yield "Auto-Submitted", "auto-generated"
    if letter.way_out:
        yield "List-Unsubscribe", f"<{letter.way_out}>"
    if letter.way_out.startswith("https:"):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _mailbox(name: str, address: str) -> str:
    shown = _words(name)
    if not shown:
        return address
    phrase = shown if shown.startswith("=?") else f'"{quote(shown)}"'
    return f"{phrase} <{address}>"


def _words(text: str) -> str:
    """A text as a header holds it: plain where that is ASCII, else in code words (RFC 2047), as many as it takes."""
    line = "".join(c for c in " ".join(text.split()) if c.isprintable())
    if line.isascii() and "=?" not in line and len(line) <= LONGEST:
        return line
    return Header(line, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _message_id(announcement: str, to: str, sender: str) -> str:
    """The same for every attempt, so that a program that gets a message twice shows it once."""
    known_by = hashlib.sha256(f"{announcement}\n{to.casefold()}".encode()).hexdigest()[:32]
    return f"<{known_by}@{sender.rpartition('@')[2]}>"
