"""Everything that one run wants to know, gathered at once and within one time limit."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from urllib.parse import urlsplit

from generator.hostnames import is_address, is_below, is_suffix, registered_domain, top_level
from generator.independence.evidence import (
    Caa,
    Certificate,
    Evidence,
    Host,
    Lookup,
    Mailbox,
    Site,
    Unknown,
)
from generator.independence.questioning import Question
from generator.probing.crawling import Crawl
from generator.probing.delegating import Survey, survey_top
from generator.probing.dialing import Line, Server, own_resolvers, records
from generator.probing.fetching import Browser, host_of
from generator.probing.following import look_up
from generator.probing.shaking import fetch_certificate
from generator.probing.sourcing import compare_answers
from generator.probing.waiting import Patience, Unheard, attempt


@dataclass(frozen=True)
class Manner:
    """How the network is asked. Seconds; `resolvers` empty: those of this machine; the ports are for tests."""

    total: float = 20
    step: float = 2
    resolvers: tuple[Server, ...] = ()
    label: str = field(default_factory=lambda: f"x{token_hex(8)}")
    """A label that nobody has entered anywhere."""
    dns_port: int = 53
    https_port: int = 443


def gather(question: Question, now: datetime, manner: Manner) -> Evidence:
    """The evidence, at `now` (UTC). Never raises for the network's sake; what is not known says why."""
    return asyncio.run(_gather(question, now, manner))


async def _gather(question: Question, now: datetime, manner: Manner) -> Evidence:
    line = Line(manner.resolvers or own_resolvers(), Patience(manner.total, manner.step), manner.dns_port)
    survey = Survey(line, now, manner.label)
    browser = Browser(line)
    try:
        inquiry = Inquiry(question, survey, browser, manner)
        sites, watched, lies = await asyncio.gather(
            asyncio.gather(*(inquiry.site(url) for url in question.sites)),
            asyncio.gather(*(inquiry.watched(name) for name in question.watched)),
            attempt(inquiry.lies()),
        )
        named = (site.pages.mail for site in sites if not isinstance(site.pages, Unknown))
        domains = dict.fromkeys((*question.mail, *(domain for domains in named for domain in domains)))
        mail = await asyncio.gather(*(inquiry.mailbox(domain) for domain in domains))
    finally:
        line.once.close()
        await browser.close()
    return Evidence(tuple(sites), tuple(watched), lies, tuple(mail), question.here, question.there)


class Inquiry:
    """One run's questions about sites, hosts and mail."""

    def __init__(self, question: Question, survey: Survey, browser: Browser, manner: Manner) -> None:
        self.question, self.survey, self.browser, self.manner = question, survey, browser, manner
        self.line = survey.line

    async def lies(self) -> frozenset[str]:
        """The addresses that the resolver has for a name that cannot exist (RFC 6761). Raises Unheard."""
        message = await self.line.resolve(f"{self.manner.label}.invalid", "A", denied=True)
        return frozenset(record.address for _, record in records(message, "A"))

    async def site(self, url: str) -> Site:
        """One address of the site, with its pages."""
        parts = urlsplit(url)
        port = (parts.port or 443) if parts.scheme == "https" else None
        host, pages = await asyncio.gather(self._host(host_of(url), port), attempt(Crawl(self.browser, url).walk()))
        return Site(url, host, pages)

    async def watched(self, name: str) -> Host:
        """Something that the site must survive."""
        return await self._host(name, self.manner.https_port, hsts=True)

    async def _host(self, name: str, port: int | None, hsts: bool = False) -> Host:
        bare = is_address(name)
        lookup = await self._lookup(name)
        aliases = () if isinstance(lookup, Unknown) else lookup.aliases
        answers, zones, top, certificate, caa, binding = await asyncio.gather(
            nothing() if bare else compare_answers(self.survey, name),
            asyncio.gather(*(attempt(self.survey.zone(each)) for each in (() if bare else (name, *aliases)))),
            nothing() if bare else attempt(survey_top(self.line, top_level(name))),
            attempt(self._certificate(name, lookup, port)),
            nothing() if bare or port is None else attempt(self._caa(name)),
            attempt(self._hsts(name)) if hsts else nothing(),
        )
        return Host(name, lookup, answers, tuple(zones), top, certificate, caa, binding or frozenset())

    async def _lookup(self, name: str) -> Lookup | Unknown:
        """Where a name leads, if that is more than the resolver says of any name."""
        found, lies = await asyncio.gather(attempt(look_up(self.line, name)), attempt(self.lies()))
        if isinstance(found, Unknown) or isinstance(found.addresses, Unknown) or isinstance(lies, Unknown):
            return found
        ips = {address.ip for address in found.addresses}
        return Unknown("lies", ", ".join(sorted(ips))) if ips & lies else found

    async def _certificate(self, name: str, lookup: Lookup | Unknown, port: int | None) -> Certificate | None:
        """What is shown at the host's addresses; None if no TLS is meant to be there. Raises Unheard."""
        found = lookup if isinstance(lookup, Unknown) else lookup.addresses
        if isinstance(found, Unknown):
            raise Unheard(found.reason, found.detail)
        if port is None or not found:
            return None
        ips = tuple(address.ip for address in found)
        return await fetch_certificate(self.line.patience, ips, port, name)

    async def _caa(self, name: str) -> Caa:
        """The nearest CAA records at a host that is there, or above it (RFC 8659, section 3). Raises Unheard."""
        host = name
        while name:
            found = records(await self.line.resolve(name, "CAA", denied=name != host), "CAA")
            if found:
                issuers = [record.value.partition(b";")[0].strip().decode("ascii", "replace")
                           for _, record in found if record.tag == b"issue"]  # fmt: skip
                return Caa(found[0][0] if issuers else "", frozenset(issuers) - {""})
            name = name.partition(".")[2]
        return Caa("", frozenset())

    async def _hsts(self, name: str) -> frozenset[str]:
        """Who binds the names below it to https: asked only where a site of ours is below. Raises Unheard."""
        above = registered_domain(name)
        if not any(is_below(host_of(url), above) for url in self.question.sites):
            return frozenset()
        names = [name] if is_suffix(above) else sorted({name, above})
        found = await asyncio.gather(*(self._binds(each) for each in names))
        return frozenset(each for each, binds in zip(names, found, strict=True) if binds)

    async def _binds(self, name: str) -> bool:
        port = "" if self.manner.https_port == 443 else f":{self.manner.https_port}"
        reply = await self.browser.fetch(f"https://{name}{port}/", body=False)
        policy = reply.headers.get("strict-transport-security", "").lower().replace(" ", "").split(";")
        return "includesubdomains" in policy and "max-age=0" not in policy

    async def mailbox(self, domain: str) -> Mailbox:
        """Who takes the mail of a domain (RFC 5321, section 5.1)."""
        return Mailbox(domain, await attempt(self._exchangers(domain)))

    async def _exchangers(self, domain: str) -> tuple[str, ...]:
        found = records(await self.line.resolve(domain, "MX"), "MX")
        names = {str(record.exchange).rstrip(".").lower() for _, record in found} - {""}
        return tuple(sorted(names)) if found else (domain,)


async def nothing() -> None:
    """There is nothing to ask."""
