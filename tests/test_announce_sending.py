"""Announcements by mail, with the command, to a real mail server on this machine."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.mailing import ledger_of, open_ledger
from tests.admin import NAME, Admin
from tests.builders import SETTINGS
from tests.mail_server import PASSWORD, USER, MailServer, mail_server

ALL = ["anna@example.com", "berta@example.com", "cora@example.com"]
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
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


@pytest.fixture
def post(during: Admin, tmp_path: Path) -> Iterator[Post]:
    with mail_server(tmp_path) as server:
        during.environment |= SECRET
        made = Post(during, server)
        made.settings()
        made.file.parent.mkdir()
        made.file.write_text("\n".join(ALL), encoding="utf-8")
        yield made


def test_everyone_gets_a_mail_of_his_own(post: Post) -> None:
    """Encrypted, after a login, over one connection; nobody sees who else is on the list."""
    said = post.send()
    assert post.server.reached == ALL
    assert [mail["To"] for _, mail in post.server.mails] == ALL
    assert not any(other in raw.decode() for to, raw in zip(ALL, post.server.raw, strict=True)
                   for other in set(ALL) - {to})  # fmt: skip
    assert not any(mail[header] for _, mail in post.server.mails for header in ("Cc", "Bcc"))
    assert (post.server.logins, post.server.connections) == ([USER.encode()], 1)
    assert "anna@example.com: sent\n" in said
    assert said.endswith("3 of 3 have got it.\n")


def test_a_mail_says_what_programs_need_to_know(post: Post) -> None:
    """Who it is from, that nobody wrote it by hand, how to leave the list; in words and as HTML, readable by any."""
    post.settings(unsubscribe="https://example.com/stop?who={address}", reply_to="post@räder.example")
    post.send()
    _, mail = post.server.mails[0]
    assert mail["From"].addresses[0].display_name == "Läden & Räder"
    assert mail["From"].addresses[0].addr_spec == USER
    assert mail["Reply-To"].addresses[0].addr_spec == "post@xn--rder-loa.example"
    assert mail["Subject"] == "Wir suchen den Fehler: Dashboard nicht erreichbar"
    assert mail["Date"].datetime == post.admin.now
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "de"
    assert mail["List-Unsubscribe"] == "<https://example.com/stop?who=anna%40example.com>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    plain = mail.get_body(("plain",))
    assert plain
    assert f"https://status.example.net/incidents/{NAME}/" in plain.get_content()
    assert "Herzliche Grüße\r\nExample" in plain.get_content()
    assert "https://example.com/stop?who=anna%40example.com" in plain.get_content()
    raw = post.server.raw[0]
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 200


def test_without_an_address_for_leaving_a_mail_is_enough(post: Post) -> None:
    """To whoever gets the answers; programs are told of no click then."""
    post.send()
    _, mail = post.server.mails[0]
    assert mail["List-Unsubscribe"] == f"<mailto:{USER}?subject=Bitte%20keine%20Nachrichten%20mehr>"
    assert mail["List-Unsubscribe-Post"] is None


def test_each_line_may_name_a_language(post: Post) -> None:
    """Others get the site's first, or the one that is asked for. Twice on the list is once in the mailbox."""
    post.file.write_text("anna@example.com en\nberta@example.com # since May\n\n# none\nANNA@Example.com\n", "utf-8")
    post.send()
    assert [(to, mail["Content-Language"]) for to, mail in post.server.mails] == [(ALL[0], "en"), (ALL[1], "de")]
    assert "Investigating: Dashboard nicht erreichbar" in post.server.mails[0][1]["Subject"]


def test_a_second_time_nobody_gets_it_again(post: Post) -> None:
    """Until there is news; who joins the list gets what is current."""
    post.send()
    assert post.send() == "3 of 3 have got it.\n"
    post.file.write_text("\n".join([*ALL, "dora@example.com"]), encoding="utf-8")
    post.send()
    assert post.server.reached == [*ALL, "dora@example.com"]
    post.admin.clock = "2026-03-02 10:40"
    post.admin.do("update", NAME, "-m", "Ein Datenträger ist voll.")
    post.send()
    assert post.server.reached[4:] == [*ALL, "dora@example.com"]
    assert len({mail["Message-ID"] for _, mail in post.server.mails}) == 8


def test_a_text_that_is_put_right_is_not_sent_again(post: Post) -> None:
    """It is the same announcement: who has it keeps it as it was, the others get it as it is."""
    post.server.do("RCPT", "451 Later", to=ALL[1])
    post.send(status=3)
    text = post.admin.text(NAME)
    post.admin.write(NAME, text.replace("Dashboard nicht", "Das Dashboard ist nicht"))
    post.server.plan.clear()
    post.send()
    assert post.server.reached == [ALL[0], ALL[2], ALL[1]]


def test_one_who_is_refused_for_good_stops_nobody(post: Post) -> None:
    """He is named with the server's words, and not tried again unless that is asked for."""
    post.server.do("RCPT", "550 No such user", to=ALL[1])
    said = post.send(status=4)
    assert post.server.reached == [ALL[0], ALL[2]]
    assert "berta@example.com: refused for good: 550 No such user\n" in said
    assert "1 is refused for good: berta@example.com." in said
    post.server.plan.clear()
    assert "2 of 3 have got it." in post.send(status=4)
    assert post.server.connections == 1
    post.send("--again", "refused")
    assert post.server.reached == [ALL[0], ALL[2], ALL[1]]


def test_one_who_is_to_be_tried_later_is_tried_by_the_next_run(post: Post) -> None:
    """Greylisting, a full mailbox: the same command again, and nobody else gets anything."""
    post.server.do("RCPT", "450 Try again later", to=ALL[0])
    said = post.send(status=3)
    assert "anna@example.com: not now: 450 Try again later\n" in said
    assert "Run the same command again" in said
    post.server.plan.clear()
    post.send()
    assert post.server.reached == [ALL[1], ALL[2], ALL[0]]


@pytest.mark.parametrize(("reply", "state", "status"), [("554 Spam", "refused", 4), ("452 Full", "later", 3)])
@pytest.mark.parametrize("stage", ["DATA", "END"])
def test_a_mail_may_be_refused_itself(post: Post, stage: str, reply: str, state: str, status: int) -> None:
    """Before it is sent or when it is there: for all of them here."""
    post.server.do(stage, reply)
    said = post.send(status=status)
    assert post.server.reached == []
    assert said.count(reply) == 3
    assert [told for told in post.ledger if told[1] != "sending"] == [
        ("anna", state), ("berta", state), ("cora", state),
    ]  # fmt: skip


def test_all_may_be_refused(post: Post) -> None:
    """Each is named."""
    post.server.do("RCPT", "550 No")
    said = post.send(status=4)
    assert f"3 are refused for good: {', '.join(ALL)}." in said
    assert "0 of 3 have got it." in said


def test_a_sender_who_is_refused_ends_it_at_once(post: Post) -> None:
    """It would be the same for everyone."""
    post.server.do("MAIL", "553 Not yours")
    said = post.send(status=3)
    assert "localhost does not take mail from this sender: 553 Not yours. Check sender in mkdocs.yml." in said
    assert post.ledger == []


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_breaks_once_is_opened_anew(post: Post, stage: str) -> None:
    """Before a mail was on its way it is certain that nobody got it, and so it is sent."""
    post.server.do(stage, "hang up", "")
    post.send()
    assert post.server.reached == ALL
    assert post.server.connections == 2


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_up_again_and_again_is_let_be(post: Post, stage: str) -> None:
    """What to do stands there; by the next run everyone gets it once."""
    post.server.do(stage, "hang up")
    said = post.send(status=3)
    assert "localhost hung up twice running" in said
    assert f"3 have not got it yet: {', '.join(ALL)}." in said
    post.server.plan.clear()
    post.send()
    assert post.server.reached == ALL


def test_a_connection_that_breaks_before_it_is_confirmed_leaves_one_uncertain(post: Post) -> None:
    """The server may have the mail, and here it has: sent again it would arrive twice. So it is not, unless asked."""
    post.server.do("END", "hang up", "", to=ALL[1])
    said = post.send(status=4)
    assert post.server.reached == ALL
    assert "berta@example.com: perhaps; the connection broke before the server confirmed it" in said
    assert "1 has perhaps got it: berta@example.com." in said
    assert "2 of 3 have got it." in post.send(status=4)
    assert post.server.reached == ALL
    post.server.plan.clear()
    post.send("--again", "unknown")
    assert post.server.reached == [*ALL, ALL[1]]


def test_two_uncertain_ones_running_are_enough(post: Post) -> None:
    """The rest is not put at risk."""
    post.server.do("END", "hang up")
    said = post.send(status=3)
    assert "2 have perhaps got it: anna@example.com, berta@example.com." in said
    assert "1 has not got it yet: cora@example.com." in said


def test_a_server_that_closes_after_some_mails_is_called_again(post: Post) -> None:
    """Many take a hundred and say 421 then."""
    post.server.do("RCPT", "421 Enough for one call", "", to=ALL[1])
    said = post.send(status=3)
    assert post.server.reached == [ALL[0], ALL[2]]
    assert "berta@example.com: not now: 421 Enough for one call" in said


def test_a_wrong_password_sends_nothing(post: Post) -> None:
    """The server's words are shown, the password never."""
    post.admin.environment["INCIDENTS_SMTP_PASSWORD"] = "falsch"
    said = post.send(status=3)
    assert "localhost does not accept user and password: 535" in said
    assert "falsch" not in said
    assert post.server.mails == []


def test_a_password_beyond_ascii_is_a_clear_sentence(post: Post) -> None:
    """Not a traceback."""
    post.admin.environment["INCIDENTS_SMTP_PASSWORD"] = "größer"
    assert "characters beyond ASCII" in post.send(status=3)


def test_without_a_password_nobody_is_called(post: Post) -> None:
    """Its place is the environment alone."""
    post.admin.environment["INCIDENTS_SMTP_PASSWORD"] = ""
    assert "INCIDENTS_SMTP_PASSWORD" in post.send(status=1)
    assert post.server.connections == 0


@pytest.mark.parametrize(
    ("stage", "happens", "expected"),
    [
        ("greeting", "hang up", "cannot be reached"),
        ("STARTTLS", "454 Not now", "takes nothing now: 454 Not now"),
        ("STARTTLS", "501 No", "does not want to talk to us: 501 No"),
        ("STARTTLS", "hang up", "cannot be reached"),
        ("AUTH", "454 Temporary failure", "takes nothing now: 454 Temporary failure"),
        ("AUTH", "hang up", "cannot be reached"),
    ],
)
def test_a_server_may_fail_before_the_first_mail(post: Post, stage: str, happens: str, expected: str) -> None:
    """Nobody has got it, and the next run sends to all."""
    post.server.do(stage, happens)
    said = post.send(status=3)
    assert expected in said
    assert "0 of 3 have got it." in said
    if stage == "STARTTLS":
        assert post.server.logins == []
    post.server.plan.clear()
    post.send()
    assert post.server.reached == ALL


def test_a_certificate_that_is_not_trusted_ends_it(post: Post) -> None:
    """Before the login: the server learns neither user nor password."""
    post.settings(ca="")
    assert "no certificate that can be trusted" in post.send(status=3)
    assert post.server.logins == []


def test_a_certificate_for_another_name_ends_it(post: Post, tmp_path: Path) -> None:
    """However well it is signed."""
    (tmp_path / "other").mkdir()
    with mail_server(tmp_path / "other", name="mail.example.com") as other:
        post.settings(port=str(other.port), ca=str(other.ca))
        assert "no certificate that can be trusted" in post.send(status=3)
        assert other.logins == []


def test_a_file_of_certificates_that_is_missing_is_named(post: Post) -> None:
    """Nothing is sent in its place with the system's."""
    post.settings(ca="nowhere.pem")
    assert "The certificates to trust cannot be read" in post.send(status=3)


def test_a_server_without_encryption_gets_no_password(post: Post, tmp_path: Path) -> None:
    """What is asked for is STARTTLS; what is not offered is not done without."""
    (tmp_path / "other").mkdir()
    with mail_server(tmp_path / "other", encryption="none", login=False) as other:
        post.settings(port=str(other.port))
        assert "offers no encryption. No password was sent" in post.send(status=3)
        assert other.logins == []


def test_implicit_tls_works_as_well(post: Post, tmp_path: Path) -> None:
    """The certificate is looked at in the same way."""
    (tmp_path / "other").mkdir()
    with mail_server(tmp_path / "other", encryption="tls") as other:
        post.settings(port=str(other.port), ca=str(other.ca), encryption="tls")
        post.send()
        assert other.reached == ALL
    (tmp_path / "third").mkdir()
    with mail_server(tmp_path / "third", encryption="tls") as third:
        post.settings(port=str(third.port), encryption="tls")
        post.file.write_text("dora@example.com", encoding="utf-8")
        assert "no certificate that can be trusted" in post.send(status=3)


def test_tls_to_a_server_that_speaks_in_clear_is_explained(post: Post) -> None:
    """The port is the usual mistake."""
    post.settings(encryption="tls")
    assert "does not speak TLS as it should" in post.send(status=3)


def test_a_server_of_this_machine_may_go_without(post: Post, tmp_path: Path) -> None:
    """Without a login: there is nothing to overhear."""
    (tmp_path / "other").mkdir()
    with mail_server(tmp_path / "other", encryption="none", login=False) as other:
        post.settings(port=str(other.port), user="", ca="", encryption="none")
        post.admin.environment["INCIDENTS_SMTP_PASSWORD"] = ""
        post.send()
        assert other.reached == ALL


def test_nobody_there_is_a_clear_sentence(post: Post) -> None:
    """A port at which nobody answers."""
    post.settings(port="1")
    assert "localhost, port 1, cannot be reached: Connection refused. Check host and port" in post.send(status=3)


def test_whoever_is_killed_leaves_nobody_with_two_mails(post: Post) -> None:
    """Killed while the server has the mail and has not confirmed it: that one is uncertain, the rest is sent."""
    post.server.do("END", "silence", to=ALL[1])
    command = [sys.executable, "-m", "generator", "--config", str(post.admin.config), "announce", "--send"]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    with subprocess.Popen(command, env=bare | post.admin.whole_environment, stdout=subprocess.DEVNULL) as process:
        assert post.server.waiting.wait(60)
        process.send_signal(signal.SIGKILL)
    assert post.ledger == [("anna", "sending"), ("anna", "accepted"), ("berta", "sending")]
    post.server.plan.clear()
    said = post.send(status=4)
    assert post.server.reached == ALL
    assert "1 has perhaps got it: berta@example.com." in said


def test_two_at_once_are_one_too_many(post: Post) -> None:
    """The second is refused; the ledger knows nothing of it."""
    with open_ledger(ledger_of(post.file)):
        assert "Somebody is sending already" in post.send(status=1)
    assert post.server.connections == 0


def test_a_ledger_that_cannot_be_written_sends_nothing(post: Post) -> None:
    """Nobody would know who has got it."""
    ledger_of(post.file).mkdir()
    assert "cannot be written" in post.send(status=1)
    assert post.server.connections == 0


def test_a_ledger_that_somebody_changed_sends_nothing(post: Post) -> None:
    """The line is named."""
    post.send()
    ledger_of(post.file).write_text('{"to": 1}\n', encoding="utf-8")
    assert "to.txt.sent:1:1" in post.send(status=1)


@pytest.mark.parametrize("place", ["docs/de/to.txt", "incidents/to.txt", "site/to.txt"])
def test_a_list_that_would_be_published_is_refused(post: Post, place: str) -> None:
    """Also where a link leads to it from elsewhere."""
    file = post.admin.folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(ALL), encoding="utf-8")
    post.settings(recipients=place)
    assert "which is published, or may be" in post.send(status=1)
    post.settings()
    post.file.unlink()
    post.file.symlink_to(file)
    assert "which is published, or may be" in post.send(status=1)
    assert post.server.connections == 0


def test_git_is_not_to_know_the_list(post: Post) -> None:
    """It warns where git has the file, and where it would take it along."""

    def git(*command: str) -> None:
        subprocess.run(["git", "-C", str(post.admin.folder), *command], check=True, capture_output=True)

    git("init")
    assert "the next git add takes" in post.send("--dry-run")
    git("add", "lists/to.txt")
    assert "git rm --cached" in post.send("--dry-run")
    git("rm", "--cached", "lists/to.txt")
    (post.admin.folder / ".gitignore").write_text("/lists/\n", encoding="utf-8")
    assert "Warning" not in post.send("--dry-run")


def test_lines_that_are_no_addresses_stop_it(post: Post) -> None:
    """All of them at once, each with its line; --keep-going sends to the others."""
    post.file.write_text("anna@example.com\nBerta <berta@example.com>\njürgen@example.com\na@example.com xx\n", "utf-8")
    said = post.send(status=1)
    assert "to.txt:2:1: 'Berta <berta@example.com>' is more than one address. Write one a line" in said
    assert "to.txt:3:1: 'jürgen@example.com' has letters beyond a-z before the @" in said
    assert "to.txt:4:1: 'xx' is not a language of this site. Possible here: de, en" in said
    assert "3 lines of" in said
    assert post.server.connections == 0
    post.send("--keep-going")
    assert post.server.reached == ["anna@example.com"]


@pytest.mark.parametrize("content", [b"", b"# nobody yet\n", b"\xff\xfe", None])
def test_a_list_of_nobody_is_refused(post: Post, content: bytes | None) -> None:
    """Empty, not text, or missing."""
    post.file.unlink()
    if content is not None:
        post.file.write_bytes(content)
    assert "to.txt" in post.send(status=1)


def test_a_rehearsal_shows_all_and_sends_nothing(post: Post) -> None:
    """The message once in each language, and who would get it; no password is needed, no server called."""
    post.server.do("RCPT", "550 No", to=ALL[2])
    post.send(status=4)
    post.file.write_text("\n".join([*ALL, "dora@example.com en", "emma@example.com"]), encoding="utf-8")
    post.admin.environment["INCIDENTS_SMTP_PASSWORD"] = ""
    said = post.send("--dry-run")
    assert said.count("Subject: ") == 2
    assert "dora@example.com (en)\nemma@example.com (de)\n2 recipients are to get it; 3 need nothing more.\n" in said
    assert post.server.reached == ALL[:2]
    assert post.server.connections == 1


def test_at_a_terminal_it_asks_first(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """With subject, page and number; --yes answers beforehand."""
    monkeypatch.setattr("generator.cli.sending.is_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    said = post.send(status=1)
    assert f"https://status.example.net/incidents/{NAME}/" in said
    assert "3 recipients are to get it" in said
    assert said.endswith("Nothing was sent.\n")
    assert post.server.connections == 0
    post.send("--yes")
    assert post.server.reached == ALL


def test_who_stops_it_hears_how_far_it_is(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two mails: the rest is left for the next run."""
    monkeypatch.setattr("generator.cli.sending.Round.send", _interrupted)
    said = post.send(status=3)
    assert "Stopped by you." in said
    assert "3 have not got it yet" in said


def _interrupted(*_: object) -> Iterator[object]:
    raise KeyboardInterrupt


def test_only_mail_is_sent(post: Post) -> None:
    """And only where the settings say by which server."""
    assert "Only mail can be sent from here" in post.send("--for", "sms", status=1)
    post.admin.config.write_text(SETTINGS, encoding="utf-8")
    assert "mkdocs.yml does not say by which server" in post.send(status=1)
