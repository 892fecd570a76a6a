"""The mail server that takes our mails: an encrypted way to it, a login, one mail at a time. It knows smtplib alone."""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from generator.mail_settings import MailSettings
from generator.mailboxes import parse_named_mailbox


@dataclass(frozen=True)
class Patience:
    """Seconds until a silent server is given up: in general, and when it is to confirm a mail (RFC 5321, 4.5.3.2)."""

    usual: float = 60.0
    confirming: float = 600.0
    leaving: float = 5.0


class NoServerError(Exception):
    """The server cannot be used. `reason` names the sentence that says why; `why` is what it said, or the system."""

    def __init__(self, reason: str, why: str = "") -> None:
        super().__init__(reason, why)
        self.reason, self.why = reason, why


class LostError(Exception):
    """The connection broke. `certain`: before the whole mail was on its way, so that it cannot have been accepted."""

    def __init__(self, certain: bool, why: str) -> None:
        super().__init__(why)
        self.certain, self.why = certain, why


@dataclass(frozen=True)
class Reply:
    """What the server answered in the end, and to what: the `sender`, the `recipient` or the `mail`."""

    code: int
    text: str
    stage: str

    @property
    def words(self) -> str:
        return f"{self.code} {self.text}".strip()

    @property
    def hangs_up(self) -> bool:
        """The server closes the connection, and says so (RFC 5321, 3.8)."""
        return self.code == 421


@dataclass
class Server:
    """A server as the settings name it. `ca` is a file of certificates to trust in place of the system's."""

    mail: MailSettings
    password: str | None = None
    ca: Path | None = None
    patience: Patience = field(default_factory=Patience)
    _line: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Open the connection, unless it is open. Raises NoServerError."""
        if self._line:
            return
        try:
            self._line = line = self._call()
            self._log_in(line)
        except NoServerError:
            self.hang_up()
            raise
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self.hang_up()
            raise _explained(error) from error

    def hang_up(self) -> None:
        """Close the connection, whatever is left of it."""
        line, self._line = self._line, None
        if line:
            line.close()

    def leave(self) -> None:
        """Close the connection politely."""
        try:
            if self._line and self._line.sock:
                self._line.sock.settimeout(self.patience.leaving)
                self._line.quit()
        except (OSError, smtplib.SMTPException):
            pass
        self.hang_up()

    def hand_over(self, to: str, content: bytes, last_word: Callable[[], None]) -> Reply:
        """Give the server one mail (lines ending in CRLF), and what it says to it.

        `last_word` is called when it wants the mail, before any of it is sent. Raises LostError.
        """
        line = self._line
        assert line, "connect first"  # noqa: S101 - a slip of ours
        try:
            reply = self._announced(line, to)
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            raise LostError(certain=True, why=_said(error)) from error
        if reply.code != 354:
            self._start_afresh(reply)
            return reply
        last_word()
        return self._confirmed(line, content)

    def _announced(self, line: smtplib.SMTP, to: str) -> Reply:
        """From whom, to whom, and whether the server wants the mail: 354 if it does."""
        code, text = line.mail(parse_named_mailbox(self.mail.sender)[1])
        if code != 250:
            return Reply(code, _shown(text), "sender")
        code, text = line.rcpt(to)
        if code not in (250, 251):
            return Reply(code, _shown(text), "recipient")
        return Reply(*_told(line.docmd("DATA")), "mail")

    def _confirmed(self, line: smtplib.SMTP, content: bytes) -> Reply:
        try:
            line.send(re.sub(rb"(?m)^\.", b"..", content) + b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()  # without the end of the mail no server keeps it
            raise LostError(certain=True, why=_said(error)) from error
        try:
            if line.sock:
                line.sock.settimeout(self.patience.confirming)
            reply = Reply(*_told(line.getreply()), "mail")
            if line.sock:
                line.sock.settimeout(self.patience.usual)
        except (OSError, smtplib.SMTPException) as error:
            self.hang_up()
            raise LostError(certain=False, why=_said(error)) from error
        if reply.code // 100 not in (2, 4, 5):
            self.hang_up()
            raise LostError(certain=False, why=reply.words)
        self._start_afresh(reply)
        return reply

    def _start_afresh(self, reply: Reply) -> None:
        """After a refusal the server has to forget what it was told so far."""
        try:
            if reply.hangs_up:
                self.hang_up()
            elif reply.code // 100 != 2 and self._line:
                self._line.rset()
        except (OSError, smtplib.SMTPException):
            self.hang_up()

    def _call(self) -> smtplib.SMTP:
        host, port = self.mail.host, self.mail.connects_to
        # Our own name is nobody's business, and to find it out would ask the DNS.
        ourselves, patience = "[127.0.0.1]", self.patience.usual
        if self.mail.encryption == "tls":
            return smtplib.SMTP_SSL(host, port, ourselves, timeout=patience, context=self._trust())
        line = smtplib.SMTP(host, port, ourselves, timeout=patience)
        if self.mail.encryption == "starttls":
            self._line = line
            line.starttls(context=self._trust())
        return line

    def _trust(self) -> ssl.SSLContext:
        """Certificates are verified, and so is the server's name in them."""
        try:
            return ssl.create_default_context(cafile=str(self.ca) if self.ca else None)
        except OSError as error:
            raise NoServerError("ca", f"{self.ca}: {_said(error)}") from error

    def _log_in(self, line: smtplib.SMTP) -> None:
        if not self.mail.user:
            line.ehlo_or_helo_if_needed()
            return
        if not isinstance(line.sock, ssl.SSLSocket):
            raise NoServerError("in_clear")
        line.login(self.mail.user, self.password or "")


def _told(answer: tuple[int, bytes]) -> tuple[int, str]:
    return answer[0], _shown(answer[1])


def _shown(text: bytes | str) -> str:
    """What a server said, in a line that a terminal shows as it is."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return "".join(c if c.isprintable() else "?" for c in " ".join(words.split()))[:200]


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_shown(error.smtp_error)}".strip()
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _shown(words or type(error).__name__)


def _explained(error: Exception) -> NoServerError:
    """Why there is no connection, or no login."""
    why = _said(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return NoServerError("certificate", error.verify_message or why)
    if isinstance(error, UnicodeError):
        return NoServerError("odd_password")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return NoServerError("login" if error.smtp_code // 100 == 5 else "not_now", why)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NoServerError("no_starttls" if "STARTTLS" in str(error) else "no_login", why)
    if isinstance(error, TimeoutError) or "timed out" in why:
        return NoServerError("silent", why)
    if isinstance(error, ssl.SSLError):
        return NoServerError("no_tls", why)
    if isinstance(error, smtplib.SMTPResponseException):
        return NoServerError("not_now" if error.smtp_code // 100 == 4 else "unwilling", why)
    return NoServerError("unreachable", why)
