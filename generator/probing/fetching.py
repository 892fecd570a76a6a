"""HTTP: one address, one answer; and every hop on the way to the last one."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from generator import elsewhere
from generator.hostnames import ascii_host
from generator.independence.evidence import Hop
from generator.probing.dialing import Line
from generator.probing.following import addresses
from generator.probing.shaking import careless
from generator.probing.waiting import Unheard

MAX_HOPS = 10
MAX_BYTES = 2_000_000
AGENT = "incident-pages (is the status page independent of what it watches?)"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True)
class Reply:
    """What a server answered. Names of headers are small; `whole` tells whether `body` is all there was."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    whole: bool


class Browser:
    """Fetches what a browser would, by the addresses that our resolver tells, without judging certificates."""

    def __init__(self, line: Line) -> None:
        self.line = line
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.AsyncClient(verify=careless(), trust_env=False, timeout=None, limits=limits)  # noqa: S113

    async def close(self) -> None:
        await self._client.aclose()

    async def follow(self, url: str, hops: list[Hop], body: bool = True) -> Reply:
        """The answer at the end of all redirects; `hops` gets each of them, also those before a failure.

        Raises Unheard.
        """
        for _ in range(MAX_HOPS):
            reply = await self.fetch(url, body)
            target = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not target:
                return reply
            hops.append(Hop(url, joined(url, target)))
            url = hops[-1].target
        raise Unheard("hops", url)

    async def fetch(self, url: str, body: bool = True) -> Reply:
        """One answer, redirects not followed. Raises Unheard."""
        host = host_of(url)
        if urlsplit(url).scheme not in ("http", "https") or not host:
            raise Unheard("no_web", url)
        trouble = Unheard("no_address", host)
        for ip in (await addresses(self.line, host))[:4]:
            try:
                return await self._fetch_from(ip, host, url, body)
            except Unheard as unheard:
                trouble = unheard
        raise trouble

    async def _fetch_from(self, ip: str, host: str, url: str, body: bool) -> Reply:
        async with self.line.patience.one_step(factor=3):
            address = httpx.URL(url)
            headers = {"Host": address.netloc.decode(), "User-Agent": AGENT, "Accept-Encoding": "identity"}
            request = self._client.build_request("GET", address.copy_with(host=ip), headers=headers)
            request.extensions["sni_hostname"] = host
            answer = await self._client.send(request, stream=True)
            try:
                content, whole = await _content(answer) if body else (b"", True)
            finally:
                await answer.aclose()
        named = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(url, answer.status_code, named, content, whole)


async def _content(answer: httpx.Response) -> tuple[bytes, bool]:
    """The body, up to a limit, and whether that is all of it."""
    content = bytearray()
    async for chunk in answer.aiter_bytes():
        content += chunk
        if len(content) > MAX_BYTES:
            return bytes(content[:MAX_BYTES]), False
    return bytes(content), True


def host_of(url: str) -> str:
    """The host of an address as ASCII; nothing if there is none."""
    host = elsewhere.host_of(url)
    return ascii_host(host) or (host if host.isascii() else "")


def joined(base: str, reference: str) -> str:
    """An address seen from a page, without its fragment; as it is written if it is none."""
    try:
        return urljoin(base, reference.strip()).partition("#")[0]
    except ValueError:
        return reference
