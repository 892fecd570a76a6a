"""Mails as they are written, who has got which, and a server that is slow: what the command's tests do not reach."""

import email.policy
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path

import pytest

from generator.mail_settings import MailSettings
from generator.mailing import (
    Entry,
    Ledger,
    LedgerError,
    Letter,
    Patience,
    Recipient,
    Round,
    Server,
    StoppedError,
    open_ledger,
    read_ledger,
    still_to_get,
    write_mail,
)
from generator.mailing.recipients import parse_recipients
from generator.problems import InvalidRecords
from tests.mail_server import mail_server

NOW = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
ANNA, BERTA = (Recipient(f"{name}@example.com", None) for name in ("anna", "berta"))
MAIL = MailSettings(host="localhost", sender="post@example.com", recipients="to.txt", encryption="none")
LETTER = Letter("tag:one", "de", "Störung", "Guten Tag,\n", "<p>Guten Tag,</p>\n", "https://example.com/stop")


def read(letter: Letter, mail: MailSettings = MAIL, name: str = "Example") -> EmailMessage:
    """A mail as a program shows it."""
    return message_from_bytes(write_mail(letter, "anna@example.com", mail, name, NOW), EmailMessage,
                              policy=email.policy.default)  # fmt: skip


HOSTILE = (
    "a\r\nBcc: eve@example.com", "a\nX-Evil: yes\n\nBody", "a\rb", "a\x0bb\x0cc", "a\x85b\u2028c\u2029d", "a\x00b",
    "=?utf-8?q?=0ABcc=3A_eve=40example.com?=", "W" * 300, "Ä" * 300, "\u202eabc", "a" * 70 + " " + "ö" * 80, '"<>@,;\\',
    "=?utf-8?b?YQpCY2M6IGV2ZUBleGFtcGxlLmNvbQ==?= Ä", "a" * 2000,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_its_header(text: str) -> None:
    """As a subject or as a name: no other header appears, none is lost, no line is longer than a server takes."""
    letter = Letter("tag:one", "de", text, "Hallo\n", "<p>Hallo</p>\n", "https://example.com/stop")
    content = write_mail(letter, "anna@example.com", MAIL, text, NOW)
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.isascii()
    mail = read(letter, name=text)
    assert set(mail.keys()) == set(read(LETTER).keys())
    assert [to.addr_spec for to in mail["From"].addresses] == ["post@example.com"]
    assert mail["To"] == "anna@example.com"


def test_umlauts_arrive_as_they_were_written() -> None:
    """In the subject, in names with marks of their own, in both bodies."""
    words = "Störung im „Café“: Händler*innen, Größe & Preis – 100 % 🚲 " * 3
    name = 'Müller, "Räder" & Söhne GmbH'
    mail = read(Letter("tag:one", "de", words, words, f"<p>{words}</p>", "mailto:a@example.com"), name=name)
    assert mail["Subject"] == words.strip()
    assert mail["From"].addresses[0].display_name == name
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body
        assert words.strip() in body.get_content()


def test_a_long_name_is_broken_within_its_code_words() -> None:
    """What stands between two of them is not part of the name; Python's reader of addresses adds a space there."""
    name = "Müller, Räder & Söhne GmbH mit einem sehr langen Namen, der umbrochen werden muss"
    content = write_mail(LETTER, "anna@example.com", MAIL, name, NOW)
    header = message_from_bytes(content)["From"]
    assert str(make_header(decode_header(header.removesuffix("<post@example.com>").strip()))) == name


def test_lines_that_mean_something_to_servers_mean_nothing_in_a_mail() -> None:
    """A lone dot, a line that begins with From, one that is very long."""
    text = "one\n.\n..two\nFrom here\n" + "x" * 5000 + "\n"
    body = read(Letter("tag:one", "de", "a", text, "<p></p>", "")).get_body(("plain",))
    assert body
    assert body.get_content().replace("\r\n", "\n") == text


def test_a_long_address_for_leaving_stays_an_address() -> None:
    """Programs read it only when it is not in code words."""
    way_out = "https://status.example.net/stop?who=erika.mustermann%40example.com&list=" + "x" * 400
    content = write_mail(Letter("t", "de", "a", "b", "c", way_out), "anna@example.com", MAIL, "", NOW)
    assert f"List-Unsubscribe: <{way_out}>\r\n".encode() in content


def test_the_message_id_is_that_of_announcement_and_recipient() -> None:
    """The same at every attempt, in every language; another for everybody else and everything else."""
    ids = [
        read(letter)["Message-ID"]
        for letter in (LETTER, Letter("tag:one", "en", "x", "y", "z", ""), Letter("tag:two", "de", "x", "y", "z", ""))
    ]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@example.com>")


def test_lines_of_a_list() -> None:
    """Addresses, languages, comments, Windows' line ends; each mailbox once, by its first line."""
    text = "\ufeff# Merchants\r\nanna@example.com\r\n  b#1@räder.example\ten # by mail\r\nAnna@EXAMPLE.com en\r\n\r\n"
    found, problems = parse_recipients(text.removeprefix("\ufeff"), "to.txt", ("de", "en"))
    assert found == [Recipient("anna@example.com", None), Recipient("b#1@xn--rder-loa.example", "en")]
    assert problems == []


def test_a_line_that_was_not_finished_is_cut_off(tmp_path: Path) -> None:
    """The power failed while it was written: what it tells had not happened yet."""
    path = tmp_path / "to.txt.sent"
    with open_ledger(path) as ledger:
        ledger.note("one", ANNA, Entry("accepted"), NOW)
    path.write_bytes(path.read_bytes() + b'{"at": "2026')
    assert read_ledger(path).state("one", ANNA) == Entry("accepted")
    with open_ledger(path) as ledger:
        ledger.note("one", BERTA, Entry("refused", "550 Nö"), NOW)
    again = read_ledger(path)
    assert (again.state("one", ANNA), again.state("one", BERTA)) == (Entry("accepted"), Entry("refused", "550 Nö"))
    assert again.state("two", ANNA) is None


def test_only_its_owner_reads_a_ledger(tmp_path: Path) -> None:
    """It holds addresses."""
    with open_ledger(tmp_path / "sent"):
        pass
    assert (tmp_path / "sent").stat().st_mode & 0o777 == 0o600


def test_a_ledger_is_no_link(tmp_path: Path) -> None:
    """Nobody has us write elsewhere."""
    (tmp_path / "sent").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LedgerError), open_ledger(tmp_path / "sent"):
        pass


@pytest.mark.parametrize("line", ["{}", "x", "[]", '{"announcement": "a", "to": "b", "state": "c"}', ""])
def test_a_line_that_is_not_ours_stops_everything(line: str, tmp_path: Path) -> None:
    """Better nobody gets it than somebody twice."""
    (tmp_path / "sent").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InvalidRecords) as found:
        read_ledger(tmp_path / "sent")
    assert found.value.problems[0].line == 1


def test_who_was_being_sent_to_when_it_ended_is_uncertain() -> None:
    """And is tried again only when that is asked for; who is to be tried later is."""
    ledger = Ledger({("one", ANNA.key): Entry("sending"), ("one", BERTA.key): Entry("later")})
    assert still_to_get([ANNA, BERTA], ledger, "one", ()) == [BERTA]
    assert still_to_get([ANNA, BERTA], ledger, "one", ("unknown",)) == [ANNA, BERTA]


@pytest.mark.parametrize("stage", ["greeting", "MAIL", "RCPT", "DATA", "END"])
def test_a_server_that_falls_silent_is_given_up(stage: str, tmp_path: Path) -> None:
    """Before the mail was on its way nobody has got it; after it nobody knows."""
    with mail_server(tmp_path, encryption="none", login=False) as silent, open_ledger(tmp_path / "sent") as ledger:
        silent.do(stage, "silence")
        mail = MAIL.model_copy(update={"port": str(silent.port)})
        server = Server(mail, patience=Patience(0.2, 0.2, 0.2))
        sending = Round("one", lambda _: write_mail(LETTER, ANNA.address, mail, "", NOW), server, ledger, NOW)
        with pytest.raises(StoppedError) as stopped:
            list(sending.send([ANNA, BERTA]))
        assert stopped.value.reason == ("silent" if stage == "greeting" else "lost")
        known = ledger.state("one", ANNA)
        assert (known.state if known else None) == {"greeting": None, "END": "unknown"}.get(stage, "later")


def test_a_full_disk_ends_it_before_the_mail_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written down is not done."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with mail_server(tmp_path, encryption="none", login=False) as server, open_ledger(tmp_path / "sent") as ledger:
        mail = MAIL.model_copy(update={"port": str(server.port)})
        sending = Round("one", lambda _: write_mail(LETTER, ANNA.address, mail, "", NOW), Server(mail), ledger, NOW)
        monkeypatch.setattr("generator.mailing.ledger.os.write", full)
        with pytest.raises(StoppedError) as stopped:
            list(sending.send([ANNA]))
        monkeypatch.undo()
        assert (stopped.value.reason, stopped.value.why) == ("ledger", "No space left on device")
        assert server.mails == []
        assert ledger.state("one", ANNA) is None
