"""The site's pages: what they load and where they lead, each address asked once, with every hop."""

import asyncio

from generator.independence.evidence import Hop, Load, Pages, Unknown
from generator.probing.fetching import Browser, Reply, host_of, joined
from generator.probing.following import look_up
from generator.probing.parsing import MAX_CSS, parse_page, parse_styles
from generator.probing.waiting import Unheard, attempt

MAX_PAGES = 150
MAX_SHEETS = 16
MAX_THINGS = 200
_HTML = ("text/html", "application/xhtml")
_READ = (*_HTML, "text/css")
"""Kinds of files that load others; what else a page links to, such as feeds, is of no interest."""
_GONE = frozenset((404, 410))
"""Nothing there, so nothing is loaded there."""


class Crawl:
    """One walk over a site from its front page: the pages that it links to, their style sheets, all they load."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.read = 0
        self.hops: list[Hop] = []
        self.loads: dict[str, str] = {}
        """What is loaded, with the page or style sheet that loads it."""
        self.unread: dict[str, Unknown] = {}
        self.mail: dict[str, None] = {}

    async def walk(self) -> Pages:
        """The front page first, then what it links to, then what all of them load."""
        seen = {self.url}
        linked, sheets = await self._page(self.url)
        linked = [url for url in dict.fromkeys(linked) if url not in seen]
        for more in await asyncio.gather(*(self._page(url) for url in self._some(linked, MAX_PAGES))):
            sheets += more[1]
        await self._sheets(sheets)
        hosts = {url: host_of(url) for url in self.loads}
        await asyncio.gather(*(self._touch(url) for url in self._some(list(self.loads), MAX_THINGS)))
        aliases = await self._aliases(set(hosts.values()))
        loads = tuple(Load(page, url, hosts[url], aliases[hosts[url]]) for url, page in self.loads.items())
        return Pages(self.read, tuple(dict.fromkeys(self.hops)), loads, tuple(self.unread.items()), tuple(self.mail))

    def _some(self, urls: list[str], most: int) -> list[str]:
        """As many as one run looks at; that there are more is noted."""
        if len(urls) > most:
            self.unread[self.url] = Unknown("too_many", str(len(urls)))
        return urls[:most]

    async def _page(self, url: str) -> tuple[list[str], list[str]]:
        """Read a page: the pages of the same site that it links to, and its style sheets."""
        reply = await self._reply(url)
        if reply is None or not reply.headers.get("content-type", "text/html").startswith(_HTML):
            return [], []
        self.read += 1
        links = parse_page(reply.body)
        base = joined(reply.url, links.base) if links.base else reply.url
        self._load(reply.url, base, (*links.things, *links.sheets))
        self.mail |= dict.fromkeys(links.mail)
        if links.refresh:
            self.hops.append(Hop(reply.url, joined(base, links.refresh)))
        pages = [address for href in links.pages if (address := joined(base, href)).startswith(self.url)]
        return pages, [joined(base, sheet) for sheet in links.sheets]

    def _load(self, page: str, base: str, things: tuple[str, ...]) -> None:
        for thing in things:
            self.loads.setdefault(joined(base, thing), page)

    async def _reply(self, url: str) -> Reply | None:
        """The answer at an address, if there is something to read; else why not is noted."""
        reply = await attempt(self._read(url))
        if isinstance(reply, Unknown):
            self.unread[url] = reply
            return None
        if reply.status >= 400 and (url == self.url or reply.status not in _GONE):
            self.unread[url] = Unknown("status", str(reply.status))
            return None
        if not reply.whole and reply.headers.get("content-type", "text/html").startswith(_READ):
            self.unread[url] = Unknown("too_large")
        return reply

    async def _read(self, url: str) -> Reply:
        reply = await self.browser.follow(url, self.hops)
        self.browser.line.patience.insist()
        return reply

    async def _sheets(self, urls: list[str]) -> None:
        """Read style sheets, and those they import, in two rounds; what lies deeper is loaded, but not read."""
        for _ in range(2):
            new = [url for url in dict.fromkeys(urls) if url not in self.unread]
            found = await asyncio.gather(*(self._sheet(url) for url in self._some(new, MAX_SHEETS)))
            urls = [address for addresses in found for address in addresses if ".css" in address]

    async def _sheet(self, url: str) -> list[str]:
        reply = await self._reply(url)
        if reply is None:
            return []
        css = reply.body.decode("utf-8", "replace")
        if len(css) > MAX_CSS:
            self.unread[url] = Unknown("too_large")
        things = parse_styles(css)
        self._load(reply.url, reply.url, things)
        return [joined(reply.url, thing) for thing in things]

    async def _touch(self, url: str) -> None:
        """Ask for something that is loaded, for its hops alone."""
        reply = await attempt(self.browser.follow(url, self.hops, body=False))
        if isinstance(reply, Unknown):
            self.unread.setdefault(url, reply)

    async def _aliases(self, hosts: set[str]) -> dict[str, tuple[str, ...] | Unknown]:
        names = sorted(hosts)
        found = await asyncio.gather(*(attempt(self._alias(name)) for name in names))
        return dict(zip(names, found, strict=True))

    async def _alias(self, host: str) -> tuple[str, ...]:
        if not host:
            raise Unheard("no_web")
        return (await look_up(self.browser.line, host)).aliases
