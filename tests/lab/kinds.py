"""The kinds of things in the lab's world: servers, zones, certificates, web sites."""

from dataclasses import dataclass, field
from typing import Literal

Does = Literal["answer", "nothing", "silent", "slow", "lying", "garbage", "refused"]


@dataclass(frozen=True)
class Server:
    """A machine with an IPv4 and an IPv6 address."""

    name: str
    network: int
    number: int = 1

    @property
    def v4(self) -> str:
        return f"198.18.{self.network}.{self.number}"

    @property
    def v6(self) -> str:
        return f"2001:db8:{self.network}::{self.number}"

    @property
    def records(self) -> str:
        return f"{self.name} A {self.v4}\n{self.name} AAAA {self.v6}\n"


@dataclass(frozen=True)
class NameServer(Server):
    """`does`: answer as NSD does, hold no process at all, or one of the misdeeds of `twisted.py`."""

    does: Does = "answer"


# Where a zone and a site are that say nothing else.
SOUTH = (NameServer("ns1.suddns.test.", 20), NameServer("ns2.suddns.test.", 21))
CLOUD = Server("cloud", 40, 20)


def at(web: Server, *names: str) -> str:
    """Address records of a zone that lead to a web server; `@` is the zone itself."""
    return "".join(f"{name} A {web.v4}\n{name} AAAA {web.v6}\n" for name in names or ("@",))


@dataclass(frozen=True)
class Zone:
    """A zone. SOA, NS, glue, DS and signatures are made for it; `records` is the rest, as in a master file."""

    name: str
    records: str = ""
    servers: tuple[NameServer, ...] = SOUTH
    served_by: tuple[NameServer, ...] | None = None
    """Those that really have it; the servers that the parent names, if it is not said."""
    negative: int = 300
    """Seconds for which "does not exist" is remembered."""
    signed: Literal["yes", "no", "expired", "other key"] = "yes"
    broken: bool = False
    """The servers know of the zone and have no data: they answer SERVFAIL."""
    glue: bool = True


@dataclass(frozen=True)
class Paper:
    """A certificate. Two sites that name the same one share it; `key` of the same word share the key alone."""

    names: tuple[str, ...]
    authority: Literal["first", "second", "unknown"] = "second"
    ends_in: int = 90
    """Days until it ends; in the past where negative."""
    key: str = ""


@dataclass(frozen=True)
class Answer:
    """What a web server says at a path; `how` is one of the ways of `web.py`."""

    body: str = "<!doctype html><html lang=de><title>Status</title><p>Alles läuft."
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    how: Literal["plain", "silent", "endless", "garbage", "trickle"] = "plain"


@dataclass(frozen=True)
class Site:
    host: str
    web: Server = CLOUD
    paper: Paper | None = None
    """One of its own from the second authority, if it is not said."""
    answers: dict[str, Answer] = field(default_factory=lambda: {"/": Answer()})
    """Path to answer; any other path is 404."""
