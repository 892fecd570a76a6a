"""What was seen of a site at one place, as data."""

from dataclasses import dataclass
from typing import Literal

from generator.mirrors.answers import Silence
from generator.mirrors.choosing import handed_out
from generator.provenance import Build, Manifest

Fault = Literal["missing", "cut", "altered", "type", "status", "silent"]
"""What is wrong with a file: not there, breaks off, other bytes, another type, another status, no answer."""


@dataclass(frozen=True)
class Change:
    """One thing that a host has changed in a file: `what`, and the piece of it that says it best."""

    what: str
    detail: str = ""


@dataclass(frozen=True)
class FaultyFile:
    """A file that is not as the manifest beside it says."""

    path: str
    fault: Fault
    detail: str = ""
    content: bytes = b""
    """What was answered, of an altered file."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Seen:
    """A site as it was found at `name`. Without `build` and `manifest` nothing more could be asked."""

    name: str
    build: Build | None = None
    manifest: Manifest | None = None
    silence: Silence | None = None
    """Why nothing was heard at all."""
    status: int | None = None
    """The HTTP status that took the place of an answer."""
    hops: tuple[str, ...] = ()
    """Where the address led to."""
    checked: int = 0
    """Files of the manifest that were fetched."""
    faulty: tuple[FaultyFile, ...] = ()

    @property
    def files(self) -> int:
        """How many files a reader can ask for."""
        return len(handed_out(self.manifest)) if self.manifest else 0
