"""An admin who mails announcements: a list, settings, and a server on this machine that takes the mails."""

import json
from dataclasses import dataclass
from pathlib import Path

from generator.mailing import ledger_of
from tests.admin import Admin
from tests.builders import SETTINGS
from tests.mail_server import PASSWORD, USER, MailServer

ALL = ["anna@example.com", "berta@example.com", "cora@example.com"]
SECRET = {"INCIDENTS_SMTP_PASSWORD": PASSWORD}


@dataclass
class Post:
    """An admin in an outage, with a list of three merchants and a server that takes mails to them."""

    admin: Admin
    server: MailServer

    @property
    def file(self) -> Path:
        return self.admin.folder / "lists" / "to.txt"

    @property
    def ledger(self) -> list[tuple[str, str]]:
        """Recipient and state, a pair for each line."""
        lines = ledger_of(self.file).read_text(encoding="ascii").splitlines()
        return [(told["to"].partition("@")[0], told["state"]) for told in map(json.loads, lines)]

    def settings(self, **changes: str) -> None:
        told = {
            "host": "localhost", "port": str(self.server.port), "user": USER, "ca": str(self.server.ca),
            "sender": f"Läden & Räder <{USER}>", "recipients": "lists/to.txt",
        } | changes  # fmt: skip
        lines = "".join(f"      {name}: {value}\n" for name, value in told.items() if value)
        self.admin.config.write_text(f"{SETTINGS}    mail:\n{lines}", encoding="utf-8")

    def send(self, *options: str, status: int = 0) -> str:
        """What the command says, errors included, when it ends with that status."""
        result = self.admin.try_to("announce", "--send", *options)
        assert result.exit_code == status, result.output
        return result.output
