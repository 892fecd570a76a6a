"""The evidence of a run, judged: a finding for each dimension between each pair, and for each host and zone alone."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from generator.declared import DECLARED, DIMENSIONS, Dimension
from generator.independence.declaring import weigh_declared, weigh_mail
from generator.independence.enduring import (
    weigh_answers,
    weigh_dnssec,
    weigh_expiry,
    weigh_lame,
    weigh_negative_ttl,
    weigh_resolver,
)
from generator.independence.evidence import Evidence, Host, Site, Unknown, Zone
from generator.independence.findings import Finding, severity_of
from generator.independence.naming import weigh_cname, weigh_delegation, weigh_domain, weigh_tld, weigh_zone
from generator.independence.reading import weigh_loads, weigh_redirects
from generator.independence.sealing import weigh_ca, weigh_caa, weigh_certificate, weigh_hsts, weigh_key
from generator.independence.serving import (
    weigh_address,
    weigh_hoster,
    weigh_nameservers,
    weigh_network,
    weigh_registry,
)
from generator.independence.weighing import Weight, unknown, weigh

BETWEEN_HOSTS: dict[Dimension, Callable[[Host, Host], Weight]] = {
    "domain": weigh_domain, "zone": weigh_zone, "delegation": weigh_delegation, "cname": weigh_cname,
    "address": weigh_address, "certificate": weigh_certificate, "key": weigh_key, "tld": weigh_tld,
    "registry": weigh_registry, "nameservers": weigh_nameservers, "network": weigh_network, "hoster": weigh_hoster,
    "ca": weigh_ca, "caa": weigh_caa, "hsts": weigh_hsts,
}  # fmt: skip
"""A host of the site and one that is watched."""
OF_ZONES: dict[Dimension, Callable[[Zone, datetime], Weight]] = {
    "lame": lambda zone, _: weigh_lame(zone),
    "negative_ttl": lambda zone, _: weigh_negative_ttl(zone),
    "dnssec": weigh_dnssec,
}
OF_PAGES: dict[Dimension, Callable[[Site, Host], Weight]] = {"loads": weigh_loads, "redirects": weigh_redirects}


def judge(evidence: Evidence, now: datetime) -> tuple[Finding, ...]:
    """Every finding, in the order of the dimensions; `now` (UTC) is what expiry is measured by."""
    found = [*_between(evidence), *_declared(evidence), *_alone(evidence, now)]
    return tuple(sorted(found, key=lambda finding: DIMENSIONS.index(finding.dimension)))


def _between(evidence: Evidence) -> Iterator[Finding]:
    for site in evidence.sites:
        for watched in evidence.watched:
            for name, weigh_hosts in BETWEEN_HOSTS.items():
                yield _finding(name, site.host.name, watched.name, weigh_hosts(site.host, watched))
            for name, weigh_pages in OF_PAGES.items():
                yield _finding(name, site.host.name, watched.name, weigh_pages(site, watched))


def _declared(evidence: Evidence) -> Iterator[Finding]:
    first = evidence.sites[0].host.name
    for mailbox in evidence.mail or (None,):
        for watched in evidence.watched:
            yield _finding("mail", mailbox.domain if mailbox else first, watched.name, weigh_mail(mailbox, watched))
    for name in DECLARED:
        yield _finding(name, first, "", weigh_declared(name, evidence.here, evidence.there))


def _alone(evidence: Evidence, now: datetime) -> Iterator[Finding]:
    yield _alone_of("resolver", "", weigh_resolver(evidence.lies))
    hosts = {host.name: host for host in (*(site.host for site in evidence.sites), *evidence.watched)}.values()
    for host in hosts:
        yield _alone_of("answers", host.name, weigh_answers(host))
        yield _alone_of("expiry", host.name, weigh_expiry(host, now))
    for name, zone in _zones(hosts).items():
        if isinstance(zone, Unknown):
            why = weigh(opened=[unknown(name, zone)])
            yield from (_alone_of(dimension, name, why) for dimension in OF_ZONES)
        else:
            yield from (_alone_of(dimension, name, of(zone, now)) for dimension, of in OF_ZONES.items())


def _zones(hosts: Iterable[Host]) -> dict[str, Zone | Unknown]:
    """Every zone by its name; one that was not found by the name of its host."""
    pairs = ((host.name, zone) for host in hosts for zone in host.zones)
    return {zone.apex if isinstance(zone, Zone) else host: zone for host, zone in pairs}


def _finding(dimension: Dimension, site: str, watched: str, weight: Weight) -> Finding:
    severity = weight.severity(severity_of(dimension))
    return Finding(dimension, site, watched, weight.verdict(), severity, weight.evidence)


def _alone_of(dimension: Dimension, host: str, weight: Weight) -> Finding:
    return Finding(dimension, host, "", weight.verdict(alone=True), severity_of(dimension), weight.evidence)
