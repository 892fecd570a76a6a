"""What was seen of the network, as data: of each thing either what it is, or why that is not known.

`generator.probing` gathers it, `generator.independence` judges it; tests invent it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from generator.declared import Dependence


@dataclass(frozen=True)
class Unknown:
    """Why something is not known: `tool.independence.reason.<reason>` is its sentence."""

    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Network:
    """Where an address is announced from: the prefix, and the numbers of the autonomous systems that announce it."""

    prefix: str
    systems: frozenset[int]


@dataclass(frozen=True)
class Address:
    """An IP address and its network."""

    ip: str
    network: Network | Unknown


@dataclass(frozen=True)
class Nameserver:
    """One name in a delegation. Lame: it answers, but not as one that is responsible; dead: it does not answer."""

    name: str
    addresses: tuple[Address, ...] | Unknown
    state: Literal["answers", "lame", "dead"] | Unknown
    detail: str = ""
    """The address that answered, or that did not and how."""


@dataclass(frozen=True)
class Signing:
    """DNSSEC of a zone: whether its signatures hold, and until when (UTC)."""

    state: Literal["unsigned", "valid", "broken"]
    until: datetime | None = None
    detail: str = ""


@dataclass(frozen=True)
class Zone:
    """A zone as its own servers tell it. `negative_ttl`: seconds that "does not exist" is remembered elsewhere."""

    apex: str
    nameservers: tuple[Nameserver, ...] | Unknown
    negative_ttl: int | Unknown
    signing: Signing | Unknown
    wildcard: bool | Unknown
    """Whether a name that nobody can have entered gets an answer."""


@dataclass(frozen=True)
class Answers:
    """The addresses of one name as the resolver tells them, and as the zone's own servers do."""

    resolver: frozenset[str] | Unknown
    source: frozenset[str] | Unknown
    ttl: int | None = None
    """Seconds that a resolver may remember the addresses."""
    views: tuple[tuple[str, frozenset[str]], ...] = ()
    """What each server of the zone says, by its address; of one that denies the name: nothing."""
    known: tuple[Address, ...] = ()
    """All these addresses, with their networks."""


@dataclass(frozen=True)
class Lookup:
    """Where a name leads: the names it is an alias of, in order, and the addresses at the end; both may be none."""

    aliases: tuple[str, ...]
    addresses: tuple[Address, ...] | Unknown


@dataclass(frozen=True)
class Certificate:
    """What a server shows. `trouble` says why it is not trusted; empty if it is."""

    fingerprint: str
    key: str
    names: frozenset[str]
    issuer: str
    until: datetime
    trouble: str = ""


@dataclass(frozen=True)
class Caa:
    """Which authorities may issue for a name (RFC 8659), and at which name that is said; none if nobody limits it."""

    owner: str
    issuers: frozenset[str]


@dataclass(frozen=True)
class Host:
    """One name, or IP address, of the site or of what is watched."""

    name: str
    lookup: Lookup | Unknown
    answers: Answers | Unknown | None
    """None for an IP address, which nobody has to look up."""
    zones: tuple[Zone | Unknown, ...]
    """The zone of the name, then that of each alias; none for an IP address."""
    top: Zone | Unknown | None
    """The top-level domain."""
    certificate: Certificate | Unknown | None
    """None where no TLS is spoken, because the address begins with http: or the name has no address."""
    caa: Caa | Unknown | None
    hsts: frozenset[str] | Unknown
    """Names, this one or one above it, that bind everything below them to https (RFC 6797, includeSubDomains)."""


@dataclass(frozen=True)
class Hop:
    """A redirect."""

    source: str
    target: str


@dataclass(frozen=True)
class Load:
    """Something that a page loads, and the names that its host is an alias of."""

    page: str
    url: str
    host: str
    aliases: tuple[str, ...] | Unknown


@dataclass(frozen=True)
class Pages:
    """What the site's pages are made of; `unread` is what could not be looked at, by address."""

    read: int
    hops: tuple[Hop, ...] = ()
    loads: tuple[Load, ...] = ()
    unread: tuple[tuple[str, Unknown], ...] = ()
    mail: tuple[str, ...] = ()
    """Domains that they have mail sent to."""


@dataclass(frozen=True)
class Site:
    """One address of the site."""

    url: str
    host: Host
    pages: Pages | Unknown


@dataclass(frozen=True)
class Mailbox:
    """The domain of an address that readers can write to, and the hosts that take its mail."""

    domain: str
    exchangers: tuple[str, ...] | Unknown


@dataclass(frozen=True)
class Evidence:
    """Everything that one run saw."""

    sites: tuple[Site, ...]
    watched: tuple[Host, ...]
    lies: frozenset[str] | Unknown
    """The addresses that the resolver has for a name that cannot exist; none if it is honest."""
    mail: tuple[Mailbox, ...]
    here: Dependence
    there: Dependence
    """What the settings declare of the site, and of what is watched."""
