"""Pages: what they load, and where they send their readers."""

from collections.abc import Iterator

from generator.elsewhere import host_of
from generator.hostnames import ascii_host
from generator.independence.evidence import Host, Load, Pages, Site, Unknown
from generator.independence.findings import Fact, fact
from generator.independence.weighing import Weight, fallen_into, unclear, unknown, weigh


def weigh_loads(site: Site, watched: Host) -> Weight:
    """Every address in HTML and CSS that a browser fetches by itself, and the names behind it."""
    if isinstance(site.pages, Unknown):
        return weigh(opened=[unknown(site.url, site.pages)])
    against = [found for load in site.pages.loads for found in _taken_from(load, watched)]
    opened = [unknown(load.host, load.aliases) for load in site.pages.loads if isinstance(load.aliases, Unknown)]
    return weigh(against, [*_unread(site.pages), *opened, *unclear(watched)], _told(site.pages, site.host.name))


def _taken_from(load: Load, watched: Host) -> Iterator[Fact]:
    if above := fallen_into(load.host, watched):
        yield fact("loads_from", page=load.page, url=load.url, domain=above)
    for alias in () if isinstance(load.aliases, Unknown) else load.aliases:
        if above := fallen_into(alias, watched):
            yield fact("loads_by_alias", page=load.page, url=load.url, alias=alias, domain=above)


def _unread(pages: Pages) -> list[Fact]:
    return [unknown(url, why) for url, why in pages.unread]


def _told(pages: Pages, host: str) -> list[Fact]:
    """What was looked at; nothing if nothing was."""
    if not pages.read:
        return []
    others = {load.host for load in pages.loads if load.host != host}
    told = fact("loads_elsewhere", n=pages.read, hosts=others) if others else fact("loads_own", n=pages.read)
    return [told]


def weigh_redirects(site: Site, watched: Host) -> Weight:
    """Every hop on the way to a page, or to something it loads."""
    if isinstance(site.pages, Unknown):
        return weigh(opened=[unknown(site.url, site.pages)])
    through = [
        fact("redirects_through", source=hop.source, target=hop.target, domain=above)
        for hop in site.pages.hops
        for address in (hop.source, hop.target)
        if (above := fallen_into(ascii_host(host_of(address)) or "", watched))
    ]
    told = [fact("redirects_elsewhere", source=hop.source, target=hop.target) for hop in site.pages.hops]
    nothing = [fact("no_redirects", n=site.pages.read)] if site.pages.read else []
    return weigh(through, [*_unread(site.pages), *unclear(watched)], told if told and site.pages.read else nothing)
