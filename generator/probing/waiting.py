"""Patience with a network: when to give up, and how what went wrong becomes a reason."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Hashable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import dns.exception
import httpx

from generator.independence.evidence import Unknown

Found = TypeVar("Found")


class Unheard(Exception):  # noqa: N818 - no error of ours: it becomes an answer
    """Something could not be found out; `why` is what is handed on."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.why = Unknown(reason, detail)
        super().__init__(f"{reason}: {detail}")


async def attempt(work: Awaitable[Found]) -> Found | Unknown:
    """What `work` finds, or why it found nothing.

    What comes from the network may be made to trip up a library: that, too, is an answer that cannot be read.
    """
    try:
        return await work
    except Unheard as unheard:
        return unheard.why
    except Exception as error:
        return Unknown("malformed", type(error).__name__)


class Once:
    """Work that several ask for is done once; each of them gets its result, or its exception."""

    def __init__(self) -> None:
        self._tasks: dict[Hashable, asyncio.Task[Any]] = {}

    async def __call__(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Found]]) -> Found:
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(work())
        found: Found = await asyncio.shield(self._tasks[key])
        return found

    def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()


class Patience:
    """The time that one run has in all, and that one step of it has. Seconds."""

    def __init__(self, total: float, step: float) -> None:
        self.end = asyncio.get_running_loop().time() + total
        self.step = step
        self._gate = asyncio.Semaphore(48)

    def insist(self) -> None:
        """Begin nothing that takes its time when the time is up. Raises Unheard."""
        if asyncio.get_running_loop().time() >= self.end:
            raise Unheard("time")

    @asynccontextmanager
    async def one_step(self, factor: float = 1) -> AsyncIterator[None]:
        """Time for one exchange over the network. Raises Unheard for whatever goes wrong in it."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(self.end), self._gate:
                async with asyncio.timeout(self.step * factor):
                    yield
        except TimeoutError:
            raise Unheard("time" if loop.time() >= self.end else "silent") from None
        except (OSError, EOFError, httpx.HTTPError, httpx.InvalidURL, dns.exception.DNSException, ValueError) as error:
            raise Unheard(*_reason(error)) from error


def _reason(error: BaseException) -> tuple[str, str]:
    """The reason that an exception stands for, and what there is to add."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "tls", (getattr(cause, "verify_message", "") or cause.reason or "").replace("_", " ").lower()
        if isinstance(cause, ConnectionRefusedError):
            return "refused", ""
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, OSError | httpx.ConnectError):
        return "no_route", ""
    return "malformed", type(error).__name__
