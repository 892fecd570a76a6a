"""Who has got which announcement: a file beside that of the recipients, a line of JSON for each step.

Before a mail is handed over a line says `sending`; after it another says what became of it. Each is on the disk before
the next step is taken. Where `sending` is the last that is said, whoever sent was killed in between: nobody knows.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from generator.language import iso
from generator.mailing.recipients import Recipient
from generator.problems import InvalidRecords, Problem, cannot_read
from generator.sentences import say

State = Literal["sending", "accepted", "refused", "later", "unknown"]
"""`refused` for good; `later`: the server asks to try again; `unknown`: perhaps it was accepted."""


class LedgerError(Exception):
    """The ledger cannot be written in: `why` is in the words of the system."""

    def __init__(self, reason: Literal["busy", "unwritable"], why: str = "") -> None:
        super().__init__(reason, why)
        self.reason, self.why = reason, why


@dataclass(frozen=True)
class Entry:
    """What is known last of one recipient and one announcement; `why` in the server's words."""

    state: State
    why: str = ""


@dataclass
class Ledger:
    """What is known, by announcement and recipient. `file` is None while it is only looked at."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    file: int | None = None

    def state(self, announcement: str, recipient: Recipient) -> Entry | None:
        """What became of an announcement; of one that was being sent when its sender was killed: unknown."""
        found = self.entries.get((announcement, recipient.key))
        return Entry("unknown") if found and found.state == "sending" else found

    def note(self, announcement: str, recipient: Recipient, entry: Entry, at: datetime) -> None:
        """Write down what became of an announcement, and see it on the disk. Raises OSError."""
        told = {"at": iso(at), "announcement": announcement, "to": recipient.key, "state": entry.state}
        line = json.dumps(told | ({"why": entry.why} if entry.why else {})) + "\n"
        assert self.file is not None, "the ledger is only looked at"  # noqa: S101 - a slip of ours
        _write(self.file, line.encode("ascii"))
        self.entries[announcement, recipient.key] = entry


def ledger_of(recipients: Path) -> Path:
    """Where the ledger of a file of recipients lies."""
    real = recipients.resolve()
    return real.with_name(f"{real.name}.sent")


def read_ledger(path: Path) -> Ledger:
    """What a ledger says, to be looked at alone. Raises InvalidRecords when somebody has changed it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    except OSError as error:
        raise InvalidRecords([Problem(str(path), 1, 1, "", *cannot_read(error))]) from None
    return Ledger(dict(_entries(content, path)))


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """A ledger to write in, for this process alone.

    Raises:
        LedgerError: another process sends by it, and we do not wait; or it cannot be written.
        InvalidRecords: it says something that we did not write.
    """
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise LedgerError("unwritable", error.strerror or str(error)) from error
    try:
        _make_ours(file, path)
        yield Ledger(dict(_entries(path.read_bytes(), path)), file)
    finally:
        os.close(file)


def _make_ours(file: int, path: Path) -> None:
    """Lock the ledger, and cut off a line without its end: it was being written when the power failed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(file, path.read_bytes().rfind(b"\n") + 1)
        _keep_name(path)
    except BlockingIOError:
        raise LedgerError("busy") from None
    except OSError as error:
        raise LedgerError("unwritable", error.strerror or str(error)) from error


def _keep_name(path: Path) -> None:
    """See a new file's name on the disk, too."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(file: int, line: bytes) -> None:
    """Add a line whole, or not at all: after a full disk the next one must not continue it."""
    before = os.fstat(file).st_size
    try:
        if os.write(file, line) != len(line):
            raise OSError(None, "the disk is full")
        os.fsync(file)
    except OSError:
        os.ftruncate(file, before)
        raise


def _entries(content: bytes, path: Path) -> Iterator[tuple[tuple[str, str], Entry]]:
    lines = content.split(b"\n")
    for number, line in enumerate(lines[:-1], 1):
        told = _parsed(line)
        if not told:
            hint = say("Restore the file: it says who has got what. Without it they would get it twice")
            raise InvalidRecords([Problem(str(path), number, 1, "", say("this is no line that we wrote"), hint)])
        yield (told["announcement"], told["to"]), Entry(told["state"], str(told.get("why", "")))


def _parsed(line: bytes) -> Mapping[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    named = isinstance(told, dict) and all(isinstance(told.get(name), str) for name in ("announcement", "to", "state"))
    return told if named and told["state"] in get_args(State) else None
