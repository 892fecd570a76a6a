"""How announcements are sent by mail: `extra.status.mail` in `mkdocs.yml`. The password is never part of it."""

import re
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import AfterValidator, Field, ValidationInfo

from generator.mailboxes import checked_mailbox, parse_named_mailbox
from generator.model import Part
from generator.problems import wrong
from generator.sentences import either, say

Encryption = Literal["starttls", "tls", "none"]
PORTS: dict[Encryption, int] = {"starttls": 587, "tls": 465, "none": 25}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SERVER = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]*:[0-9a-f:]+", re.IGNORECASE | re.ASCII)
_WAY_OUT = re.compile(r"(?:mailto:[^\s@]+@|https://)[^\s\"'<>\\,]+", re.ASCII)
MAX_WAY_OUT = 500
"""Characters of the address for leaving the list: it stands in a line of its own, which may have 998."""


def _server(name: str) -> str:
    if not _SERVER.fullmatch(name):
        hint = say("Write it like {example}, the port apart", example="smtp.example.com")
        raise wrong(say("'{name}' is not the name of a server", name=name[:60]), hint)
    return name.lower()


def _port(number: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,4}", number, re.ASCII) or int(number) > 65535:
        raise wrong(say("'{text}' is not a port", text=number[:40]), say("Write a number, such as 587"))
    return number


def _file(name: str) -> str:
    if not name.strip() or not name.isprintable():
        hint = say("Write it like {example}", example="../recipients.txt")
        raise wrong(say("'{name}' is not a file", name=name[:60]), hint)
    return name


def _way_out(address: str) -> str:
    if not _WAY_OUT.fullmatch(address) or len(address) > MAX_WAY_OUT:
        ways = ["mailto:post@example.com?subject=stop", "https://example.com/stop?who={address}"]
        hint = say("Write it like {example}", example=either(ways))
        raise wrong(say("'{address}' is no way to leave the list", address=address[:60]), hint)
    return address


def _safe_enough(encryption: Encryption, info: ValidationInfo) -> Encryption:
    """Nothing goes out in clear that others could read: not the password, nor the addresses of customers."""
    if encryption == "none" and info.data.get("host", "localhost") not in LOOPBACK:
        hint = say("Use starttls or tls; none is for a server on this machine, such as localhost")
        raise wrong(say("without encryption others on the way could read the addresses"), hint)
    if encryption == "none" and info.data.get("user"):
        raise wrong(say("the password would go out in clear"), say("Use starttls or tls, or delete the line user:"))
    return encryption


Port = Annotated[str, AfterValidator(_port)]
"""A whole number, 1 to 65535."""
Mailbox = Annotated[str, AfterValidator(checked_mailbox)]
"""`erika@example.com`, perhaps with a name before it."""
WayOut = Annotated[str, AfterValidator(_way_out)]
"""Where to leave the list: an address with mailto: or https:."""


class MailSettings(Part):
    """The server that takes our announcements, who they are from, and the file of those who get them."""

    host: Annotated[str, AfterValidator(_server)] = Field(description="the mail server that takes the messages")
    user: str | None = Field(None, description="the name to log in with; left out: no login")
    encryption: Annotated[Encryption, AfterValidator(_safe_enough)] = Field(
        "starttls", description="how the way to the server is encrypted; `none` only to this machine, without login"
    )
    port: Port | None = Field(None, description="its port; left out: 587, with `tls` 465, with `none` 25")
    ca: Annotated[str, AfterValidator(_file)] | None = Field(
        None, description="a file of certificates to trust in place of the system's, for a server of your own"
    )
    sender: Mailbox = Field(description="whom the messages are from")
    reply_to: Mailbox | None = Field(None, description="who gets the answers; left out: the sender")
    recipients: Annotated[str, AfterValidator(_file)] = Field(
        description="the file of the addresses, seen from this one; never in a folder that is published"
    )
    unsubscribe: WayOut | None = Field(
        None, description="where to leave the list; `{address}` becomes theirs; left out: by a mail to `reply_to`"
    )

    @property
    def connects_to(self) -> int:
        """The port that is connected to."""
        return int(self.port) if self.port else PORTS[self.encryption]

    @property
    def answers_to(self) -> str:
        """The bare address that gets what readers answer."""
        return parse_named_mailbox(self.reply_to or self.sender)[1]

    def way_out(self, address: str, subject: str) -> str:
        """Where the reader at `address` leaves the list: an address with https:, or a mail with that subject."""
        wanted = self.unsubscribe or f"mailto:{self.answers_to}?subject={quote(subject)}"
        return wanted.replace("{address}", quote(address, safe=""))
