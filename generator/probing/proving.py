"""DNSSEC of one zone: the key that the zone above vouches for, the signatures it made, and until when they hold."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import dns.dnssec
import dns.exception
import dns.name
import dns.rdatatype
import dns.rrset

from generator.independence.evidence import Signing
from generator.probing.dialing import Line, Message, heard, records
from generator.probing.waiting import Unheard

MAX_KEYS = 8
"""A set with more keys is not worth the arithmetic (CVE-2023-50387)."""


async def prove(line: Line, ip: str, apex: str, now: datetime) -> Signing:
    """What the signatures of a zone are worth at `now` (UTC); `ip` is a server of it. Raises Unheard."""
    vouchers = [record for owner, record in records(await line.resolve(apex, "DS", denied=True), "DS") if owner == apex]
    if not vouchers:
        return Signing("unsigned")
    keys, soa = await asyncio.gather(line.ask(ip, apex, "DNSKEY"), line.ask(ip, apex, "SOA"))
    found = _checked(dns.name.from_text(apex), vouchers, heard(keys), heard(soa), now)
    refused = found.state == "valid" and await _refused(line, apex)
    return Signing("broken", found.until, "SERVFAIL") if refused else found


async def _refused(line: Line, apex: str) -> bool:
    """Whether the resolver, which can check the whole chain from the root, refuses what it finds."""
    try:
        await line.resolve(apex, "SOA", check=True)
    except Unheard as unheard:
        return unheard.why.reason == "servfail"
    return False


def _checked(apex: dns.name.Name, vouchers: list[Any], keys: Message, soa: Message, now: datetime) -> Signing:
    key_set, soa_set = (_set(message, apex, kind) for message, kind in ((keys, "DNSKEY"), (soa, "SOA")))
    if key_set is None or soa_set is None or len(key_set) > MAX_KEYS:
        return Signing("broken", detail="DNSKEY")
    vouched = [key for key in key_set if _vouched(apex, key, vouchers)]
    if not vouched:
        return Signing("broken", detail="DS")
    entry = dns.rrset.from_rdata_list(apex, key_set.ttl, vouched)
    ends = []
    for message, found, by in ((keys, key_set, entry), (soa, soa_set, key_set)):
        signatures = _set(message, apex, "RRSIG", found.rdtype)
        if signatures is None:
            return Signing("broken", detail="RRSIG")
        try:
            dns.dnssec.validate(found, signatures, {apex: by}, now=now.timestamp())
        except dns.exception.ValidationFailure:
            return Signing("broken", _end(signatures), f"RRSIG {dns.rdatatype.to_text(found.rdtype)}")
        ends.append(_end(signatures))
    return Signing("valid", min(ends))


def _set(message: Message, apex: dns.name.Name, kind: str, covers: Any = dns.rdatatype.NONE) -> dns.rrset.RRset | None:
    wanted = dns.rdatatype.from_text(kind)
    sets = (found for found in message.answer if found.name == apex and found.rdtype == wanted)
    return next((found for found in sets if not covers or found.covers == covers), None)


def _vouched(apex: dns.name.Name, key: Any, vouchers: list[Any]) -> bool:
    """Whether one of the zone above's digests is of this key. What cannot be computed vouches for nothing."""
    for voucher in vouchers:
        try:
            if dns.dnssec.make_ds(apex, key, voucher.digest_type) == voucher:
                return True
        except (dns.exception.UnsupportedAlgorithm, dns.exception.DeniedByPolicy, ValueError):
            continue
    return False


def _end(signatures: dns.rrset.RRset) -> datetime:
    """When the last of several signatures ends, UTC."""
    return datetime.fromtimestamp(max(signature.expiration for signature in signatures), UTC)
