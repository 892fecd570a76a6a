"""Names: under which domain the site stands, whom it is an alias of, what its name servers are called."""

from generator.hostnames import provider_domain, registered_domain, top_level
from generator.independence.evidence import Host, Unknown, Zone
from generator.independence.findings import fact
from generator.independence.weighing import Weight, fallen_into, unclear, unknown, weigh


def weigh_domain(site: Host, watched: Host) -> Weight:
    """The registered domain, two tenants of one provider being two (Public Suffix List, private section)."""
    mine, theirs = registered_domain(site.name), registered_domain(watched.name)
    if mine == theirs:
        return weigh([fact("same_domain", a=site.name, b=watched.name, domain=mine)])
    return weigh(speaking_for=[fact("two_domains", a=mine, b=theirs)])


def weigh_tld(site: Host, watched: Host) -> Weight:
    """The last label. An IP address has none."""
    mine, theirs = top_level(site.name), top_level(watched.name)
    if mine and mine == theirs:
        return weigh([fact("same_tld", tld=mine)])
    bare = [fact("is_address", host=host.name) for host in (site, watched) if not top_level(host.name)]
    return weigh(speaking_for=bare or [fact("two_tlds", a=mine, b=theirs)])


def weigh_zone(site: Host, watched: Host) -> Weight:
    """The zone that the name is entered in: the same one, or one that is delegated from the other, falls with it."""
    bare = [fact("is_address", host=host.name) for host in (site, watched) if not host.zones]
    if bare:
        return weigh(speaking_for=bare)
    mine, theirs = site.zones[0], watched.zones[0]
    if not isinstance(mine, Zone) or not isinstance(theirs, Zone):
        pairs = ((site.name, mine), (watched.name, theirs))
        return weigh(opened=[unknown(name, zone) for name, zone in pairs if isinstance(zone, Unknown)])
    if mine.apex == theirs.apex:
        return weigh([fact("same_zone", a=site.name, b=watched.name, zone=mine.apex)])
    for low, high in ((mine.apex, theirs.apex), (theirs.apex, mine.apex)):
        if low.endswith(f".{high}"):
            return weigh([fact("zone_below", low=low, high=high)])
    return weigh(speaking_for=[fact("two_zones", a=mine.apex, b=theirs.apex)])


def weigh_cname(site: Host, watched: Host) -> Weight:
    """Aliases: a name that leads through the watched zone is gone with it."""
    if isinstance(site.lookup, Unknown):
        return weigh(opened=[unknown(site.name, site.lookup)])
    into = [
        fact("alias_into", host=site.name, alias=alias, domain=above)
        for alias in site.lookup.aliases
        if (above := fallen_into(alias, watched))
    ]
    aliases = " → ".join(site.lookup.aliases)
    other = fact("alias_elsewhere", host=site.name, aliases=aliases) if aliases else fact("no_alias", host=site.name)
    return weigh(into, unclear(watched), [other])


def weigh_delegation(site: Host, watched: Host) -> Weight:
    """What the name servers are called: a name below the watched domain cannot be looked up without it.

    As long as others are named elsewhere, the zone can still be found: a warning.
    """
    weights = [_delegated(site.name, zone, watched) for zone in site.zones]
    against = [below for weight in weights for below in weight.against]
    opened = [*unclear(watched), *(why for weight in weights for why in weight.open)]
    told = [fact("ns_named_elsewhere", host=site.name)]
    return weigh(against, opened, told, mild=all(weight.mild for weight in weights))


def _delegated(host: str, zone: Zone | Unknown, watched: Host) -> Weight:
    if isinstance(zone, Unknown):
        return weigh(opened=[unknown(host, zone)], mild=True)
    if isinstance(zone.nameservers, Unknown):
        return weigh(opened=[unknown(zone.apex, zone.nameservers)], mild=True)
    named = [server.name for server in zone.nameservers if fallen_into(server.name, watched)]
    below = [fact("ns_named_below", zone=zone.apex, name=name, host=watched.name) for name in named]
    return weigh(below, mild=len(named) < len(zone.nameservers))


def providers(host: Host) -> frozenset[str]:
    """The domains of those who serve the host, as far as its names tell: of its aliases, and of a tenant's provider."""
    own = provider_domain(host.name)
    tenant = {own} if own != registered_domain(host.name) else set()
    aliases = () if isinstance(host.lookup, Unknown) else host.lookup.aliases
    return frozenset({provider_domain(alias) for alias in aliases} - {own} | tenant)
