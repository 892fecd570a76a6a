"""Whom to call on a bad day: a text file on the admin's own laptop, named in the settings and never published."""

import re
from dataclasses import dataclass
from pathlib import Path

from generator.problems import cannot_read, wrong
from generator.sentences import Sentence, say

NEEDED = ("host", "git host", "registrar")
"""Whom everyone needs who publishes a site."""
_ALSO = {"hoster": "host", "hosting": "host", "domain": "registrar"}
_FAR = frozenset(("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.s3fs"))
"""Kinds of file systems whose files lie on another machine."""
_MOUNTS = Path("/proc/self/mounts")
_MOST = 100_000
"""Bytes that are read: one page of names and numbers has fewer."""


def contacts_file(name: str) -> str:
    """The name of the file, as the settings have it; an address in the web is none. Raises what `wrong` makes."""
    if "://" in name:
        hint = say("Keep it in a file on your laptop, and write its name: {example}", example="../contacts.txt")
        raise wrong(say("'{name}' cannot be read when nothing answers", name=name[:60]), hint)
    if not name.strip() or not name.isprintable():
        raise wrong(
            say("'{name}' is not a file", name=name[:60]), say("Write it like {example}", example="../contacts.txt")
        )
    return name


@dataclass(frozen=True)
class Contacts:
    """The list as it stands there, and those of `NEEDED` that it does not name; or why it cannot be read."""

    text: str = ""
    missing: tuple[str, ...] = ()
    why: Sentence | None = None


def read_contacts(path: Path) -> Contacts:
    """The list in a file of lines like `registrar: Example Domains, +49 30 1234, customer 5678`."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST).decode("utf-8-sig")
    except OSError as error:
        return Contacts(why=cannot_read(error)[0])
    except UnicodeDecodeError:
        return Contacts(why=say("the file is not UTF-8"))
    named = {_who(line) for line in text.splitlines()}
    return Contacts(text.strip(), tuple(who for who in NEEDED if who not in named))


def _who(line: str) -> str:
    """Whom a line is about; nothing, where it does not say how to reach them."""
    who, _, how = line.partition(":")
    name = re.sub(r"[\s_-]+", " ", who).strip().lower()
    return _ALSO.get(name, name) if how.strip() else ""


def is_far(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a file lies on another machine, as far as the system tells; only Linux does."""
    try:
        rows = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return False
    real = path.resolve()
    above = [(len(row[1]), row[2]) for row in rows if len(row) > 2 and real.is_relative_to(row[1])]
    return bool(above) and max(above)[1] in _FAR
