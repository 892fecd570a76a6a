"""Where a name leads: aliases, addresses, and the network that each address is announced from."""

import asyncio
from ipaddress import ip_address

from generator.hostnames import is_address
from generator.independence.evidence import Address, Lookup, Network
from generator.probing.dialing import Line, Message, existing, records
from generator.probing.waiting import Unheard, attempt

MAX_ALIASES = 12
ORIGINS = {4: "origin.asn.cymru.com", 6: "origin6.asn.cymru.com"}
"""The zones in which Team Cymru tells who announces an address: `AS | prefix | country | registry | day`."""


async def look_up(line: Line, name: str) -> Lookup:
    """Aliases and addresses of a host. Raises Unheard if the resolver tells nothing of it, or that there is none.

    What is not there cannot be seen to be no alias: it may have been one until its record vanished.
    """
    if is_address(name):
        return Lookup((), (await locate(line, name),))
    aliases, message = await follow(line, name, "A")
    if not aliases:
        existing(message, name)
    return Lookup(aliases, await attempt(_located(line, name)))


async def _located(line: Line, name: str) -> tuple[Address, ...]:
    ips = await addresses(line, name)
    return tuple(await asyncio.gather(*(locate(line, ip) for ip in ips)))


async def addresses(line: Line, name: str, check: bool = False) -> tuple[str, ...]:
    """The addresses of a host, IPv4 first, as the resolver tells them. Raises Unheard, if of one family alone, too."""
    if is_address(name):
        return (name,)
    found = await asyncio.gather(*(_family(line, name, kind, check) for kind in ("A", "AAAA")))
    return tuple(dict.fromkeys(ip for ips in found for ip in ips))


async def _family(line: Line, name: str, kind: str, check: bool) -> list[str]:
    _, message = await follow(line, name, kind, check)
    last = existing(message, name)
    return sorted(record.address for _, record in records(last, kind))


async def follow(line: Line, name: str, kind: str, check: bool = False) -> tuple[tuple[str, ...], Message]:
    """The aliases that a name goes through, and the answer at its end. Raises Unheard."""
    names = [name]
    while True:
        message = await line.resolve(names[-1], kind, check, denied=True)
        targets = dict(records(message, "CNAME"))
        if names[-1] not in targets:
            return tuple(names[1:]), message
        walk(names, targets)
        if records(message, kind):
            return tuple(names[1:]), message


def walk(names: list[str], targets: dict[str, object]) -> None:
    """Append the aliases that one answer holds. Raises Unheard where they lead in a circle, or on and on."""
    while names[-1] in targets:
        target = str(getattr(targets[names[-1]], "target", "")).rstrip(".").lower()
        if target in names or len(names) > MAX_ALIASES:
            raise Unheard("alias_loop", target)
        names.append(target)


async def locate(line: Line, ip: str) -> Address:
    """An address with its network."""
    return Address(ip, await attempt(_network(line, ip)))


async def _network(line: Line, ip: str) -> Network:
    address = ip_address(ip)
    labels = address.reverse_pointer.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")
    message = await line.resolve(f"{labels}.{ORIGINS[address.version]}", "TXT")
    texts = [b"".join(record.strings).decode("ascii", "replace") for _, record in records(message, "TXT")]
    if not texts:
        raise Unheard("no_network", ip)
    return _origin([[part.strip() for part in text.split("|")] for text in texts])


def _origin(lines: list[list[str]]) -> Network:
    """Several lines are several announcements; the narrowest prefix counts, and every system."""
    systems = frozenset(int(word) for parts in lines for word in parts[0].split() if word.isdecimal())
    prefixes = [parts[1] for parts in lines if len(parts) > 1 and "/" in parts[1]]
    if not systems or not prefixes:
        raise Unheard("malformed", "TXT")
    return Network(max(prefixes, key=_length), systems)


def _length(prefix: str) -> int:
    length = prefix.partition("/")[2]
    return int(length) if length.isdecimal() else 0
