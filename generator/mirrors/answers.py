"""What a place answers when it is asked for a file of a site: something, or nothing and why."""

from dataclasses import dataclass
from typing import Literal, Protocol

Reason = Literal["dns", "refused", "tls", "slow", "dropped", "garbled", "redirects", "address", "network"]
"""Why nothing was heard: no such name, nobody listens, no trust, no patience left, hung up, packed wrongly, …"""


@dataclass(frozen=True)
class Answer:
    """What was heard. `hops` are the addresses it led to; `whole` is false where it broke off or did not end."""

    status: int
    content: bytes = b""
    media_type: str | None = None
    """In small letters, empty where it was not told; None of a file in a folder, which has no such thing."""
    hops: tuple[str, ...] = ()
    whole: bool = True

    @property
    def is_there(self) -> bool:
        return self.status == 200

    @property
    def is_page(self) -> bool:
        """Whether it looks like HTML, whatever was asked for."""
        return self.content.lstrip()[:1] == b"<" and b"<html" in self.content[:2000].lower()


@dataclass(frozen=True)
class Silence:
    """Nothing was heard. `detail` is what the system or the library said of it."""

    reason: Reason
    detail: str = ""


class Place(Protocol):
    """Where a site lies: an address or a folder."""

    @property
    def name(self) -> str:
        """The address with its slash, or the folder."""

    async def get(self, path: str, most: int) -> Answer | Silence:
        """The file at a path below the site's root, of which no more than `most` bytes are wanted."""
