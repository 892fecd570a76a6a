"""A site fetched file by file over HTTP(S), patiently and not for ever; and the same from a folder."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

import httpx

from generator.mirrors.answers import Answer, Reason, Silence

AGENT = "incident-pages (compares the mirrors of a status page; asked for by its owner)"
PATIENCE = 15.0
"""Seconds for one file, from the look for its host to its last byte."""
AT_A_TIME = 6
"""Requests to one host."""
MAX_HOPS = 5
_PAGE = "index.html"


@dataclass(frozen=True)
class Website:
    """A site at an address, asked through a client that is open."""

    name: str
    client: httpx.AsyncClient
    gate: asyncio.Semaphore
    patience: float = PATIENCE

    async def get(self, path: str, most: int) -> Answer | Silence:
        """A page is asked for by its address, as readers do, not by the name of its file."""
        folder, slash, name = path.rpartition("/")
        shown = folder + slash if name == _PAGE else path
        try:
            async with self.gate, asyncio.timeout(self.patience):
                return await self._follow(self.name + quote(shown), most)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError, TimeoutError) as error:
            return _silence(error)

    async def _follow(self, url: str, most: int) -> Answer | Silence:
        hops: list[str] = []
        while True:
            answer = await self._ask(url, most, tuple(hops))
            if isinstance(answer, Answer):
                return answer
            if answer in hops or len(hops) >= MAX_HOPS or not answer.startswith(("http://", "https://")):
                return Silence("redirects", answer[:200])
            hops.append(url := answer)

    async def _ask(self, url: str, most: int, hops: tuple[str, ...]) -> Answer | str:
        """The answer, or the address that it leads to."""
        async with self.client.stream("GET", url) as response:
            if response.is_redirect:
                return urljoin(url, response.headers["Location"])
            content, whole = await _read(response, most)
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return Answer(response.status_code, content, kind, hops, whole)


async def _read(response: httpx.Response, most: int) -> tuple[bytes, bool]:
    """The body, at most a little more than `most` bytes of it, and whether that is all."""
    content = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > most:
                return bytes(content[: most + 1]), False
    except (httpx.RemoteProtocolError, httpx.ReadError):
        if not content:
            raise
        return bytes(content), False
    return bytes(content), True


@dataclass(frozen=True)
class Folder:
    """A site that lies in a folder of this machine."""

    name: str
    path: Path

    async def get(self, path: str, most: int) -> Answer | Silence:
        try:
            with (self.path / path).open("rb") as file:
                content = file.read(most + 1)
        except FileNotFoundError:
            return Answer(404)
        except OSError as error:
            return Silence("network", str(error))
        return Answer(200, content, whole=len(content) <= most)


@asynccontextmanager
async def websites(addresses: tuple[str, ...], patience: float = PATIENCE) -> AsyncIterator[tuple[Website, ...]]:
    """The sites at some addresses, to be asked while the block lasts. `patience` is in seconds."""
    headers = {"User-Agent": AGENT, "Cache-Control": "no-cache"}
    limits = httpx.Limits(max_connections=len(addresses) * AT_A_TIME)
    async with httpx.AsyncClient(headers=headers, timeout=patience, limits=limits) as client:
        yield tuple(Website(url, client, asyncio.Semaphore(AT_A_TIME), patience) for url in addresses)


_REASONS: tuple[tuple[type[BaseException], Reason], ...] = (
    (socket.gaierror, "dns"),
    (ssl.SSLError, "tls"),
    (ConnectionRefusedError, "refused"),
    (TimeoutError, "slow"),
    (httpx.TimeoutException, "slow"),
    (ConnectionError, "dropped"),
    (httpx.RemoteProtocolError, "dropped"),
    (httpx.ReadError, "dropped"),
    (httpx.DecodingError, "garbled"),
    (httpx.InvalidURL, "address"),
    (httpx.UnsupportedProtocol, "address"),
)


def _silence(error: BaseException) -> Silence:
    """Why nothing was heard: the first cause that is known says it."""
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and len(chain) < 10:
        chain.append(cause)
    for kind, reason in _REASONS:
        found = next((link for link in reversed(chain) if isinstance(link, kind)), None)
        if found is not None:
            return Silence(reason, _said(found))
    return Silence("network", _said(error))


def _said(error: BaseException) -> str:
    said = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
    return " ".join(said.split())[:200]
