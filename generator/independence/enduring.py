"""What may be wrong with one host or zone by itself, so that it falls without the other, or deceives this check."""

from datetime import datetime, timedelta

from generator.independence.evidence import Answers, Caa, Certificate, Host, Unknown, Zone
from generator.independence.findings import Fact, fact
from generator.independence.weighing import Weight, unknown, weigh

DENIALS = frozenset(("nxdomain", "servfail"))
"""How a resolver says that there is nothing, or nothing that it would hand on."""
LONG = timedelta(hours=1)
"""What is said not to exist should exist again after this time; RFC 2308 calls one to three hours well tried."""
FRESH = timedelta(hours=6)
"""Signatures that end sooner were not renewed in time; servers that sign as they answer give them a day."""
NOTICE = timedelta(days=14)
"""Certificates are renewed long before."""


def weigh_resolver(lies: frozenset[str] | Unknown) -> Weight:
    """Whether the resolver says of a name below `.invalid` (RFC 6761) that it does not exist."""
    if isinstance(lies, Unknown):
        return weigh(opened=[unknown(".invalid", lies)])
    return weigh([fact("resolver_lies", ips=lies)]) if lies else weigh(speaking_for=[fact("resolver_honest")])


def weigh_answers(host: Host) -> Weight:
    """Whether the resolver says what the zone's own servers say."""
    found = host.answers
    extra = [fact("wildcard", zone=zone.apex) for zone in host.zones[:1] if isinstance(zone, Zone) and _is_wild(zone)]
    if found is None:
        return weigh(speaking_for=[fact("is_address", host=host.name)])
    if isinstance(found, Unknown):
        return weigh(opened=[unknown(host.name, found)])
    weight = _compared(host, found)
    return weigh(weight.against, weight.open, [*weight.speaking_for, *extra])


def _is_wild(zone: Zone) -> bool:
    return zone.wildcard is True


def _compared(host: Host, found: Answers) -> Weight:
    resolver, source = found.resolver, found.source
    if isinstance(resolver, Unknown) and resolver.reason in DENIALS and not isinstance(source, Unknown):
        late = fact("only_at_source", host=host.name, ips=source or "–")
        return weigh([late], [unknown(host.name, resolver)])
    if isinstance(source, Unknown):
        gone = source.reason in ("nxdomain", "no_zone") and not isinstance(resolver, Unknown)
        why = [unknown(host.name, why) for why in (resolver, source) if isinstance(why, Unknown)]
        return weigh([fact("only_at_resolver", host=host.name)] if gone else (), why)
    if isinstance(resolver, Unknown):
        return weigh(opened=[unknown(host.name, resolver)])
    if not resolver and not source:
        return weigh([fact("no_address", host=host.name)])
    odd = [server for server, told in found.views if not _agree(found, told, source)]
    if odd:
        return weigh([fact("servers_disagree", host=host.name, ips=frozenset(odd))])
    if _agree(found, resolver, source):
        return weigh(speaking_for=[fact("answers_agree", host=host.name, ttl=found.ttl or 0)])
    return weigh([fact("answers_differ", host=host.name, resolver=resolver or "–", source=source or "–")])


def _agree(found: Answers, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two answers lead to the same place: a network for many gives each asker other addresses of its own."""
    return bool(one & other or _systems(found, one) & _systems(found, other))


def _systems(found: Answers, ips: frozenset[str]) -> frozenset[int]:
    networks = (address.network for address in found.known if address.ip in ips)
    return frozenset(system for network in networks if not isinstance(network, Unknown) for system in network.systems)


def weigh_lame(zone: Zone) -> Weight:
    """Whether every name server of the delegation answers, and as one that is responsible (RFC 1912, 2.8)."""
    if isinstance(zone.nameservers, Unknown):
        return weigh(opened=[unknown(zone.apex, zone.nameservers)])
    bad = [
        fact(f"server_{server.state}", zone=zone.apex, name=server.name, detail=server.detail)
        for server in zone.nameservers
        if server.state in ("lame", "dead")
    ]
    opened = [unknown(server.name, server.state) for server in zone.nameservers if isinstance(server.state, Unknown)]
    told = [fact("servers_answer", zone=zone.apex, n=len(zone.nameservers))] if zone.nameservers else []
    return weigh(bad, opened, told)


def weigh_negative_ttl(zone: Zone) -> Weight:
    """How long others remember that a name does not exist: the lesser of the SOA's TTL and minimum (RFC 2308, 5)."""
    if isinstance(zone.negative_ttl, Unknown):
        return weigh(opened=[unknown(zone.apex, zone.negative_ttl)])
    told = fact("negative_ttl", zone=zone.apex, seconds=zone.negative_ttl)
    return weigh([told]) if zone.negative_ttl > LONG.total_seconds() else weigh(speaking_for=[told])


def weigh_dnssec(zone: Zone, now: datetime) -> Weight:
    """Whether signatures hold (RFC 4035); a zone whose signatures do not is gone for those who check them."""
    signing = zone.signing
    if isinstance(signing, Unknown):
        return weigh(opened=[unknown(zone.apex, signing)])
    if signing.state == "unsigned":
        return weigh(speaking_for=[fact("unsigned", zone=zone.apex)])
    until = f"{signing.until:%Y-%m-%d %H:%M} UTC" if signing.until else "–"
    if signing.state == "broken":
        ended = signing.until is not None and signing.until <= now
        key = "signatures_ended" if ended else "signatures_broken"
        return weigh([fact(key, zone=zone.apex, detail=signing.detail, until=until)])
    told = fact("signatures_until", zone=zone.apex, until=until)
    ending = signing.until is not None and signing.until - now < FRESH
    return weigh([told]) if ending else weigh(speaking_for=[told])


def weigh_expiry(host: Host, now: datetime) -> Weight:
    """Whether browsers take the certificate, today and in two weeks, and whether it may be renewed at all."""
    certificate = host.certificate
    if isinstance(certificate, Unknown):
        return weigh(opened=[unknown(host.name, certificate)])
    if certificate is None:
        return weigh(speaking_for=[fact("no_tls", host=host.name)])
    forbidden = isinstance(host.caa, Caa) and bool(host.caa.owner) and not host.caa.issuers
    bad = [fact("caa_forbids", host=host.name)] if forbidden else []
    until = fact("certificate_until", host=host.name, day=f"{certificate.until:%Y-%m-%d}")
    return weigh([*bad, *_faults(host.name, certificate, now)], speaking_for=[until])


def _faults(host: str, certificate: Certificate, now: datetime) -> list[Fact]:
    day = f"{certificate.until:%Y-%m-%d}"
    if certificate.until <= now:
        return [fact("certificate_expired", host=host, day=day)]
    if certificate.trouble:
        return [fact("certificate_refused", host=host, detail=certificate.trouble)]
    return [fact("certificate_ends", host=host, day=day)] if certificate.until - now < NOTICE else []
