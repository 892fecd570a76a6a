"""Mail addresses: what is wrong with one, and how it travels. The only room that knows domains with umlauts."""

import re

import idna

from generator.problems import wrong
from generator.sentences import Sentence, say

MAX_ADDRESS = 254
"""What RFC 5321 leaves an address between its brackets."""
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_EXAMPLE = say("Write it like {example}", example="erika@example.com")
_NAMED = re.compile(r"(?P<name>[^<>]+)<(?P<address>[^<>]+)>")


class BadMailboxError(ValueError):
    """Not an address that mail can be sent to: `message` says why, `hint` what to write."""

    def __init__(self, message: Sentence, hint: Sentence) -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint


def parse_mailbox(text: str) -> str:
    """The address as servers take it: its domain in ASCII. Raises BadMailboxError.

    Before the @ only ASCII is taken: beyond it each server on the way would have to know SMTPUTF8, and many do not.
    """
    local, at, domain = text.rpartition("@")
    if not at or not local or any(c.isspace() or not c.isprintable() for c in text):
        raise BadMailboxError(say("'{text}' is not a mail address", text=text[:60]), _EXAMPLE)
    if not local.isascii():
        hint = say("Many servers do not know such addresses: ask for another one")
        raise BadMailboxError(say("'{text}' has letters beyond a-z before the @", text=text[:60]), hint)
    travelling = f"{local}@{_in_ascii(domain, text)}"
    if not _LOCAL.fullmatch(local) or len(local) > 64 or len(travelling) > MAX_ADDRESS:
        raise BadMailboxError(say("'{text}' is not a mail address", text=text[:60]), _EXAMPLE)
    return travelling


def _in_ascii(domain: str, text: str) -> str:
    try:
        found = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        found = ""
    if not _DOMAIN.fullmatch(found):
        raise BadMailboxError(say("'{text}' has no domain after the @", text=text[:60]), _EXAMPLE)
    return found


def parse_named_mailbox(text: str) -> tuple[str, str]:
    """Name and address of `velorent <status@example.com>`; the name may be missing. Raises BadMailboxError."""
    named = _NAMED.fullmatch(text.strip())
    name, address = (named["name"], named["address"]) if named else ("", text)
    if not name.isprintable():
        message = say("the name before the address has characters that cannot be seen")
        raise BadMailboxError(message, say("Type it anew"))
    return name.strip().strip('"').strip(), parse_mailbox(address.strip())


def checked_mailbox(text: str) -> str:
    """A setting that is an address, perhaps with a name; as it was written."""
    try:
        parse_named_mailbox(text)
    except BadMailboxError as bad:
        raise wrong(bad.message, bad.hint) from None
    return text
