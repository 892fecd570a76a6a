"""Evidence invented for tests: a site that shares nothing with what is watched, and what would have to change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from generator.declared import Dependence
from generator.independence import Finding, judge
from generator.independence.evidence import (
    Address,
    Answers,
    Caa,
    Certificate,
    Evidence,
    Host,
    Lookup,
    Mailbox,
    Nameserver,
    Network,
    Pages,
    Signing,
    Site,
    Unknown,
    Zone,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=60)


def address(ip: str, prefix: str, *systems: int) -> Address:
    return Address(ip, Network(prefix, frozenset(systems)))


def server(name: str, *addresses: Address) -> Nameserver:
    return Nameserver(name, addresses, "answers", addresses[0].ip)


def zone(apex: str, *servers: Nameserver) -> Zone:
    return Zone(apex, servers, 300, Signing("valid", LATER), False)


def host(name: str, there: Address, own: Zone, top: Zone, certificate: Certificate) -> Host:
    """A host without aliases, with one address, that binds nobody to https."""
    ips = frozenset((there.ip,))
    answers = Answers(ips, ips, 300, (("ns", ips),), (there,))
    return Host(name, Lookup((), (there,)), answers, (own,), top, certificate, Caa("", frozenset()), frozenset())


def paper(number: str, issuer: str, *names: str) -> Certificate:
    return Certificate(f"fingerprint-{number}", f"key-{number}", frozenset(names), issuer, LATER)


HERE = address("198.51.100.20", "198.51.100.0/24", 64500)
THERE = address("203.0.113.20", "203.0.113.0/24", 64501)
SITE = host(
    "status.apart.example", HERE,
    zone("apart.example", server("ns1.south.example", address("198.51.100.53", "198.51.100.0/24", 64500))),
    zone("example", server("ns.first-registry.example", address("192.0.2.1", "192.0.2.0/28", 64510))),
    paper("1", "First Authority", "status.apart.example"),
)  # fmt: skip
WATCHED = host(
    "app.velo.rent", THERE,
    zone("velo.rent", server("ns1.north.test", address("203.0.113.53", "203.0.113.0/24", 64501))),
    zone("rent", server("ns.second-registry.test", address("192.0.2.17", "192.0.2.16/28", 64511))),
    paper("2", "Second Authority", "app.velo.rent"),
)  # fmt: skip
PAGES = Pages(3)
EVIDENCE = Evidence(
    (Site("https://status.apart.example/", SITE, PAGES),),
    (WATCHED,),
    frozenset(),
    (Mailbox("apart.example", ("mx.post.example",)),),
    Dependence(git_host="github.com", ci="github.com", login="github.com", registrar="One"),
    Dependence(git_host="codeberg.org", ci="own machine", login="own", registrar="Two"),
)
"""Nothing is shared, nothing is wrong, everything is known."""
NOTHING = Unknown("time")


def evidence(site: Host = SITE, watched: Host = WATCHED, pages: Pages | Unknown = PAGES, **more: Any) -> Evidence:
    """The evidence with another host, other pages, or other parts."""
    return replace(EVIDENCE, sites=(Site(f"https://{site.name}/", site, pages),), watched=(watched,), **more)


def found(dimension: str, seen: Evidence) -> Finding:
    """The one finding in a dimension; of several the worst."""
    findings = [finding for finding in judge(seen, NOW) if finding.dimension == dimension]
    assert findings, dimension
    return max(findings, key=lambda finding: ("separate", "sound", "unknown", "weak", "shared").index(finding.verdict))
