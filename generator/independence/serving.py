"""Who answers: name servers, addresses, networks, hosts."""

from collections.abc import Iterable, Iterator
from ipaddress import ip_address, ip_network

from generator.hostnames import provider_domain
from generator.independence.evidence import Address, Answers, Host, Nameserver, Unknown, Zone
from generator.independence.findings import Fact, fact
from generator.independence.naming import providers
from generator.independence.weighing import Weight, unknown, weigh

FRONTS = frozenset((13335, 15133, 16625, 19551, 20940, 36459, 54113, 60068, 199524, 200325, 209242))
"""Autonomous systems of content delivery networks, where thousands of sites share an address and no computer:
Cloudflare, Edgio, Akamai, Imperva, GitHub, Fastly, CDN77, Gcore, bunny.net. Clouds that rent out computers are none."""
FRONT_DOMAINS = frozenset((
    "akamaiedge.net", "azureedge.net", "azurefd.net", "b-cdn.net", "cloudfront.net", "edgekey.net", "fastly.net",
    "github.io", "gitlab.io", "netlify.app", "netlify.com", "netlifyglobalcdn.com", "pages.dev", "vercel-dns.com",
    "vercel.app",
))  # fmt: skip
"""The same by the names that their customers' sites are aliases of."""


def weigh_address(site: Host, watched: Host) -> Weight:
    """The same address is the same computer, unless it is the door of a network for many: that is a warning."""
    common = sorted(_ips(site) & _ips(watched))
    front = _is_front(site, watched, [address for address in _addresses(site) if address.ip in common])
    key = "same_front" if front else "same_address"
    known = [fact("addresses", host=host.name, ips=_ips(host)) for host in (site, watched) if _ips(host)]
    told = _without_address(site, watched) or known
    return weigh([fact(key, ip=ip) for ip in common], _not_looked_up(site, watched), told, mild=front)


def _is_front(site: Host, watched: Host, common: list[Address]) -> bool:
    """Whether both are behind a network that serves many from the same address."""
    if providers(site) & providers(watched) & FRONT_DOMAINS:
        return True
    networks = [address.network for address in common]
    return all(not isinstance(network, Unknown) and bool(network.systems & FRONTS) for network in networks)


def _addresses(host: Host) -> tuple[Address, ...]:
    """Those that the resolver tells and those that the zone's own servers tell: either may be where readers go."""
    told = None if isinstance(host.lookup, Unknown) else host.lookup.addresses
    source = host.answers.known if isinstance(host.answers, Answers) else ()
    return tuple(dict.fromkeys((*(() if told is None or isinstance(told, Unknown) else told), *source)))


def _ips(host: Host) -> frozenset[str]:
    return frozenset(address.ip for address in _addresses(host))


def _without_address(*hosts: Host) -> list[Fact]:
    """Names that exist and have no address: nothing answers there, so nothing can be shared."""
    known = (host for host in hosts if not _not_looked_up(host))
    return [fact("no_address", host=host.name) for host in known if not _ips(host)]


def _not_looked_up(*hosts: Host) -> list[Fact]:
    found = ((host.name, host.lookup if isinstance(host.lookup, Unknown) else host.lookup.addresses) for host in hosts)
    return [unknown(name, why) for name, why in found if isinstance(why, Unknown)]


def weigh_network(site: Host, watched: Host) -> Weight:
    """Prefixes and autonomous systems: what goes down together."""
    mine, theirs = _addresses(site), _addresses(watched)
    opened = [*_not_looked_up(site, watched), *_without_network((*mine, *theirs))]
    apart = [fact("two_networks", a=_systems(mine), b=_systems(theirs))] if mine and theirs else []
    told = _without_address(site, watched) or apart
    return weigh(_shared_networks(mine, theirs), opened, told)


def _shared_networks(mine: Iterable[Address], theirs: Iterable[Address]) -> Iterator[Fact]:
    mine, theirs = tuple(mine), tuple(theirs)
    for prefix in sorted(_neighbourhoods(mine) & _neighbourhoods(theirs)):
        yield fact("same_network", prefix=prefix)
    for system in sorted(_systems(mine) & _systems(theirs)):
        yield fact("same_system", system=system)


def _neighbourhoods(addresses: Iterable[Address]) -> frozenset[str]:
    """The announced prefixes; where that is not known, the smallest that can be announced, /24 or /48."""
    return frozenset(
        _smallest(address.ip) if isinstance(address.network, Unknown) else address.network.prefix
        for address in addresses
    )


def _smallest(ip: str) -> str:
    return str(ip_network((ip, 24 if ip_address(ip).version == 4 else 48), strict=False))


def _systems(addresses: Iterable[Address]) -> frozenset[int]:
    known = (address.network for address in addresses if not isinstance(address.network, Unknown))
    return frozenset(system for network in known for system in network.systems)


def _without_network(addresses: Iterable[Address]) -> Iterator[Fact]:
    for address in addresses:
        if isinstance(address.network, Unknown):
            yield unknown(address.ip, address.network)


def weigh_hoster(site: Host, watched: Host) -> Weight:
    """Who serves both, by the names that they are aliases of. Who needs no alias is seen by the network alone."""
    common = sorted(providers(site) & providers(watched))
    told = [fact("hoster", host=host.name, names=providers(host)) for host in (site, watched) if providers(host)]
    opened = [unknown(host.name, host.lookup) for host in (site, watched) if isinstance(host.lookup, Unknown)]
    return weigh([fact("same_hoster", name=name) for name in common], opened, told or [fact("no_hoster")])


def weigh_nameservers(site: Host, watched: Host) -> Weight:
    """Operators of the name servers, of the host's own zone and of those its aliases are in: by name and network."""
    bare = [fact("is_address", host=host.name) for host in (site, watched) if not host.zones]
    if bare:
        return weigh(speaking_for=bare)
    return _operators((site.name, site.zones), (watched.name, watched.zones))


def weigh_registry(site: Host, watched: Host) -> Weight:
    """The same of the top-level domains: one company may run several."""
    bare = [fact("is_address", host=host.name) for host in (site, watched) if host.top is None]
    if bare or site.top is None or watched.top is None:
        return weigh(speaking_for=bare)
    return _operators((site.name, (site.top,)), (watched.name, (watched.top,)))


Zones = tuple[str, tuple[Zone | Unknown, ...]]
"""A host's name with zones of it."""


def _operators(mine: Zones, theirs: Zones) -> Weight:
    a, b = (frozenset(provider_domain(server.name) for server in _servers(side)) for side in (mine, theirs))
    shared = [fact("same_operator", name=name) for name in sorted(a & b)]
    shared += _shared_networks(_server_addresses(mine), _server_addresses(theirs))
    opened = [fact for host, zones in (mine, theirs) for zone in zones for fact in _open_of(host, zone)]
    return weigh(shared, opened, [fact("two_operators", a=a, b=b)] if a and b else [])


def _servers(side: Zones) -> Iterator[Nameserver]:
    """The name servers of a host's zones, as far as they are known."""
    for zone in side[1]:
        if isinstance(zone, Zone) and not isinstance(zone.nameservers, Unknown):
            yield from zone.nameservers


def _server_addresses(side: Zones) -> Iterator[Address]:
    for server in _servers(side):
        if not isinstance(server.addresses, Unknown):
            yield from server.addresses


def _open_of(host: str, zone: Zone | Unknown) -> Iterator[Fact]:
    """What is not known of a zone's servers."""
    if isinstance(zone, Unknown):
        yield unknown(host, zone)
    elif isinstance(zone.nameservers, Unknown):
        yield unknown(zone.apex, zone.nameservers)
    else:
        for server in zone.nameservers:
            if isinstance(server.addresses, Unknown):
                yield unknown(server.name, server.addresses)
            else:
                yield from _without_network(server.addresses)
