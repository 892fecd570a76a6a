"""What the servers of a name's own zone say of it, past every resolver and its memory; and whether all say the same."""

import asyncio
from collections.abc import Iterator

import dns.flags
import dns.rcode
import dns.rdatatype
import dns.rrset

from generator.hostnames import is_below
from generator.independence.evidence import Answers, Unknown
from generator.probing.delegating import Survey, answering
from generator.probing.dialing import Message, plain, records
from generator.probing.following import addresses, locate, walk
from generator.probing.waiting import Unheard, attempt

MAX_SERVERS = 4
_TELLING = frozenset((dns.rcode.NOERROR, dns.rcode.NXDOMAIN))
_ADDRESSES = frozenset((dns.rdatatype.A, dns.rdatatype.AAAA))


async def compare_answers(survey: Survey, name: str) -> Answers:
    """The addresses of a name by the resolver, which checks DNSSEC if it can, and at the source."""
    told, source = await asyncio.gather(
        attempt(addresses(survey.line, name, check=True)), attempt(_at_source(survey, name))
    )
    resolver = told if isinstance(told, Unknown) else frozenset(told)
    views, ttl = ((), None) if isinstance(source, Unknown) else source
    first = source if isinstance(source, Unknown) else next((ips for _, ips in views if ips), frozenset[str]())
    ips = {ip for _, view in views for ip in view} | (set() if isinstance(resolver, Unknown) else resolver)
    known = await asyncio.gather(*(locate(survey.line, ip) for ip in sorted(ips)))
    return Answers(resolver, first, ttl, views, tuple(known))


Views = tuple[tuple[str, frozenset[str]], ...]
"""Servers by their addresses, each with the addresses that it tells; none if it denies the name."""


async def _at_source(survey: Survey, name: str) -> tuple[Views, int | None]:
    """What the servers of the name's zone say, at the end of its aliases those of the last one's; and the TTL.

    Raises Unheard, if all deny the name, too.
    """
    names = [name]
    while True:
        apex = await survey.apex(names[-1])
        heard = await _ask_all(survey, apex, names[-1])
        messages = [message for pair in heard.values() for message in pair]
        before = len(names)
        walk(names, {owner: record for message in messages for owner, record in records(message, "CNAME")})
        at_end = is_below(names[-1], apex) and any(_sets(message, names[-1]) for message in messages)
        if at_end or len(names) == before:
            views = ((ip, frozenset(_ips(pair, names[-1]))) for ip, pair in heard.items())
            ttls = (rrset.ttl for message in messages for rrset in _sets(message, names[-1]))
            return tuple(views), min(ttls, default=None)


def _sets(message: Message, name: str) -> list[dns.rrset.RRset]:
    return [found for found in message.answer if found.rdtype in _ADDRESSES and plain(found.name) == name]


def _ips(messages: list[Message], name: str) -> Iterator[str]:
    yield from (record.address for message in messages for found in _sets(message, name) for record in found)


async def _ask_all(survey: Survey, apex: str, name: str) -> dict[str, list[Message]]:
    """What each server of the zone says of a name. Raises Unheard, if none knows it, too."""
    ips = answering(await survey.servers(apex))[:MAX_SERVERS]
    asked = [(ip, kind) for ip in ips for kind in ("A", "AAAA")]
    found = await asyncio.gather(*(attempt(survey.line.ask(ip, name, kind)) for ip, kind in asked))
    heard: dict[str, list[Message]] = {}
    for (ip, _), message in zip(asked, found, strict=True):
        if not isinstance(message, Unknown) and message.flags & dns.flags.AA and message.rcode() in _TELLING:
            heard.setdefault(ip, []).append(message)
    if any(message.rcode() == dns.rcode.NOERROR for messages in heard.values() for message in messages):
        return heard
    raise Unheard(*(("nxdomain", name) if heard else ("no_server", apex)))
