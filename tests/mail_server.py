"""A mail server on this machine: it takes mails, refuses what it is told to, hangs up and falls silent on demand."""

import asyncio
import email.policy
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from threading import Event, Thread
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "status@example.com", "geheim"
ANSWER = "250 OK"
Stage = str
"""`greeting`, `STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA` (before a mail), `END` (after it)."""


@dataclass
class MailServer:
    """`plan` says what happens at a stage to a recipient or to anyone (`*`): a reply, `hang up`, `silence`, nothing.

    Each plan holds for as many times as it is listed; the last one for ever.
    """

    plan: dict[tuple[Stage, str], list[str]] = field(default_factory=dict)
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)
    connections: int = 0
    waiting: Event = field(default_factory=Event)
    """Set as soon as the server has fallen silent."""
    silent: list[asyncio.BaseTransport] = field(default_factory=list)
    """Connections that nothing is ever said on."""
    port: int = 0
    ca: Path = Path()

    def do(self, stage: Stage, *happens: str, to: str = "*") -> None:
        """Have this happen at a stage, one after the other."""
        self.plan[stage, to] = list(happens)

    @property
    def reached(self) -> list[str]:
        """Who has got a mail, in the order of arrival."""
        return [to for to, _ in self.mails]

    def planned(self, stage: Stage, to: str) -> str | None:
        happens = self.plan.get((stage, to)) or self.plan.get((stage, "*"))
        if not happens:
            return None
        return happens.pop(0) if len(happens) > 1 else happens[0]

    async def happen(self, stage: Stage, line: SMTP, to: str = "*") -> str | None:
        """The reply that was planned; what is no reply happens here, and never ends."""
        happens = self.planned(stage, to)
        if happens == "hang up":
            assert isinstance(line.transport, asyncio.Transport)
            line.transport.abort()
        if happens in ("hang up", "silence"):
            self.waiting.set()
            await asyncio.Event().wait()
        return happens or None

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, line: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self.happen("MAIL", line)
        if reply is None:
            envelope.mail_from = address
        return reply or ANSWER

    async def handle_RCPT(  # noqa: N802
        self, line: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self.happen("RCPT", line, address)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or ANSWER

    async def handle_DATA(self, line: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (to,) = envelope.rcpt_tos
        content = envelope.content
        assert isinstance(content, bytes)
        early = self.plan.get(("END", to)) or self.plan.get(("END", "*")) or [ANSWER]
        if not early[0].startswith(("4", "5")):
            self.raw.append(content)
            self.mails.append((to, message_from_bytes(content, EmailMessage, policy=email.policy.default)))
        return await self.happen("END", line, to) or ANSWER

    def authenticate(self, line: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login)
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


class _Line(SMTP):
    """One connection, with what aiosmtpd has no handler for."""

    ours: MailServer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not self.transport:  # the second time is the same connection, encrypted
            self.ours.connections += 1
            greeting = self.ours.planned("greeting", "*")
            if greeting == "hang up":
                assert isinstance(transport, asyncio.Transport)
                transport.abort()
            if greeting:
                self.ours.silent.append(transport)
                return
        super().connection_made(transport)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        await self._unless_planned("STARTTLS", arg, super().smtp_STARTTLS)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        await self._unless_planned("AUTH", arg, super().smtp_AUTH)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        await self._unless_planned("DATA", arg, super().smtp_DATA)

    async def _unless_planned(self, stage: Stage, arg: str, usual: Callable[[str], Awaitable[None]]) -> None:
        reply = await self.ours.happen(stage, self)
        await (self.push(reply) if reply else usual(arg))


@contextmanager
def mail_server(
    folder: Path, encryption: str = "starttls", name: str = "localhost", login: bool = True
) -> Iterator[MailServer]:
    """A server that runs while the body does; `name` is what its certificate is for, `login` whether it wants one."""
    ours = MailServer()
    authority = trustme.CA()
    ours.ca = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ours.ca))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    wants: dict[str, Any] = {"authenticator": ours.authenticate, "auth_required": True} if login else {}
    if encryption == "starttls":
        wants |= {"tls_context": context, "require_starttls": True}
    elif login:
        wants |= {"auth_require_tls": False}

    def line() -> SMTP:
        made = _Line(ours, hostname="mail.example", timeout=3600, **wants)
        made.ours = ours
        return made

    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda *_: None)  # what we do to connections on purpose is nobody's error
    server = loop.run_until_complete(
        loop.create_server(line, "127.0.0.1", 0, ssl=context if encryption == "tls" else None)
    )
    ours.port = server.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield ours
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
