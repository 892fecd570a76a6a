"""Zones: where they begin, who serves them, whether their servers answer, and how long a denial lasts."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import dns.flags
import dns.rdatatype
import dns.rrset

from generator.hostnames import is_below, is_suffix, provider_domain
from generator.independence.evidence import Nameserver, Unknown, Zone
from generator.probing.dialing import Line, Message, heard, plain, records
from generator.probing.following import addresses, locate
from generator.probing.proving import prove
from generator.probing.waiting import Unheard, attempt

MAX_SERVERS = 16
State = Literal["answers", "lame", "dead"] | Unknown


async def find_apex(line: Line, name: str) -> str:
    """The zone that a name is entered in, by the SOA nearest above it. Raises Unheard."""
    trouble = Unheard("no_zone", name)
    while name:
        try:
            message = await line.resolve(name, "SOA", denied=True)
        except Unheard as unheard:
            trouble = unheard
        else:
            aliased = bool(records(message, "CNAME"))
            found = records(message, "SOA") + ([] if aliased else records(message, "SOA", "authority"))
            for owner, _ in found:
                if is_below(name, owner) or owner == ".":
                    return owner
        name = name.partition(".")[2]
    raise trouble


@dataclass(frozen=True)
class Survey:
    """How zones are looked at: over which line, at which instant (UTC), with a label that nobody has entered."""

    line: Line
    now: datetime
    label: str

    async def zone(self, host: str) -> Zone:
        """The zone that a host is entered in, surveyed. Raises Unheard, as when its domain is not registered."""
        apex = await self.apex(host)
        return await self.line.once(("zone", apex), lambda: self._zone(apex))

    async def apex(self, host: str) -> str:
        """Where the host's zone begins; if no server of it tells, where the registry delegates it. Raises Unheard."""
        apex = await find_apex(self.line, host)
        if apex != "." and (not is_suffix(apex) or is_suffix(host)):
            return apex
        domain = provider_domain(host)
        if not await _referral(self.line, domain):
            raise Unheard("no_zone", host)
        return domain

    async def _zone(self, apex: str) -> Zone:
        servers = await attempt(self.servers(apex))
        ips = answering(servers)
        if not ips:
            silent = servers if isinstance(servers, Unknown) else _why_silent(servers, apex)
            return Zone(apex, servers, silent, silent, silent)
        denial, signing = await asyncio.gather(
            attempt(_denial(self, ips[0], apex)), attempt(prove(self.line, ips[0], apex, self.now))
        )
        lasting, wildcard = (denial, denial) if isinstance(denial, Unknown) else denial
        return Zone(apex, servers, lasting, signing, wildcard)

    async def servers(self, apex: str) -> tuple[Nameserver, ...]:
        """The name servers of a zone, those above it and those in it, each asked whether it answers. Raises Unheard."""
        return await self.line.once(("servers", apex), lambda: _find_servers(self.line, apex))


def _why_silent(servers: tuple[Nameserver, ...], apex: str) -> Unknown:
    """Why none of a zone's servers answered: what kept us from asking, before what they lack."""
    states = (server.state for server in servers)
    return next((state for state in states if isinstance(state, Unknown)), Unknown("no_server", apex))


def answering(servers: tuple[Nameserver, ...] | Unknown) -> list[str]:
    """An address of each server that answers for the zone."""
    known = () if isinstance(servers, Unknown) else servers
    sound = (server for server in known if server.state == "answers")
    return [server.detail for server in sound]


async def survey_top(line: Line, label: str) -> Zone:
    """A top-level domain: its servers and where they are; they are not asked for anything."""
    names = await delegated(line, label)
    servers = await asyncio.gather(*(_located(line, name) for name in names))
    skipped = Unknown("not_asked")
    return Zone(label, tuple(servers), skipped, skipped, skipped)


async def _find_servers(line: Line, apex: str) -> tuple[Nameserver, ...]:
    names = await delegated(line, apex)
    return tuple(await asyncio.gather(*(_asked(line, name, apex) for name in names)))


async def delegated(line: Line, apex: str) -> list[str]:
    """The names of the servers, as the zone above and the zone itself have them. Raises Unheard."""
    inside, above = await asyncio.gather(attempt(line.resolve(apex, "NS")), attempt(_referral(line, apex)))
    names = set() if isinstance(inside, Unknown) else _targets(inside, apex)
    names |= above if not isinstance(above, Unknown) else set()
    if not names:
        raise Unheard(*((inside.reason, inside.detail) if isinstance(inside, Unknown) else ("no_server", apex)))
    return sorted(names)[:MAX_SERVERS]


def _targets(message: Message, apex: str) -> set[str]:
    found = (*records(message, "NS"), *records(message, "NS", "authority"))
    return {str(record.target).rstrip(".").lower() for owner, record in found if owner == apex} - {""}


async def _referral(line: Line, apex: str) -> set[str]:
    """What the zone above delegates to. Raises Unheard."""
    parent = apex.partition(".")[2]
    above = await find_apex(line, parent) if parent else "."
    servers = sorted(_targets(await line.resolve(above, "NS"), above))
    trouble = Unheard("no_server", above)
    for name in servers[:3]:
        try:
            for ip in (await addresses(line, name))[:1]:
                return _targets(await line.ask(ip, apex, "NS"), apex)
        except Unheard as unheard:
            trouble = unheard
    raise trouble


async def _located(line: Line, name: str) -> Nameserver:
    ips = await attempt(addresses(line, name))
    if isinstance(ips, Unknown):
        return Nameserver(name, ips, Unknown("not_asked"))
    return Nameserver(name, tuple(await asyncio.gather(*(locate(line, ip) for ip in ips))), Unknown("not_asked"))


async def _asked(line: Line, name: str, apex: str) -> Nameserver:
    """A server with its state. `detail` is the address that answered, or what was wrong with the answer."""
    server = await _located(line, name)
    if isinstance(server.addresses, Unknown):
        gone = server.addresses.reason == "nxdomain"
        return Nameserver(name, server.addresses, "dead" if gone else server.addresses, server.addresses.reason)
    states = await asyncio.gather(*(_state(line, address.ip, apex) for address in server.addresses[:4]))
    first: tuple[State, str] = states[0] if states else ("dead", "–")
    state, detail = next((found for found in states if found[0] == "answers"), first)
    return Nameserver(name, server.addresses, state, detail)


async def _state(line: Line, ip: str, apex: str) -> tuple[State, str]:
    try:
        message = heard(await line.ask(ip, apex, "SOA"))
    except Unheard as unheard:
        return _deaf(unheard.why, ip)
    if not message.flags & dns.flags.AA or apex not in dict(records(message, "SOA")):
        return "lame", ip
    return "answers", ip


def _deaf(why: Unknown, ip: str) -> tuple[State, str]:
    """The state of a server that gave no answer of use. What this machine cannot reach may answer others."""
    if why.reason in ("time", "no_route"):
        return why, ip
    return ("dead" if why.reason in ("silent", "refused") else "lame"), f"{ip} {why.detail}".strip()


async def _denial(survey: Survey, ip: str, apex: str) -> tuple[int, bool]:
    """How many seconds others keep a denial by the zone, and whether it has an answer for every name instead.

    RFC 2308, section 5: the lesser of the SOA's own TTL and its last field.
    """
    message = heard(await survey.line.ask(ip, f"{survey.label}.{apex}", "A"))
    wildcard = bool(message.answer)
    lasting = None if wildcard else _lasting(message.authority, apex)
    if lasting is None:
        lasting = _lasting(heard(await survey.line.ask(ip, apex, "SOA")).answer, apex)
    if lasting is None:
        raise Unheard("malformed", "SOA")
    return lasting, wildcard


def _lasting(found: list[dns.rrset.RRset], apex: str) -> int | None:
    sets = (rrset for rrset in found if rrset.rdtype == dns.rdatatype.SOA and plain(rrset.name) == apex)
    return next((min(rrset.ttl, rrset[0].minimum) for rrset in sets), None)
