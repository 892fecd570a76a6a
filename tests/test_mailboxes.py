"""Mail addresses, as an admin writes them and as servers take them; the settings of the mail server."""

from pathlib import Path

import pytest

from generator.mail_settings import MailSettings
from generator.mailboxes import BadMailboxError, parse_mailbox, parse_named_mailbox
from tests.builders import SETTINGS
from tests.test_settings import read

MAIL = "    mail: {host: smtp.example.com, sender: Laden <post@example.com>, recipients: ../to.txt}\n"


@pytest.mark.parametrize(
    ("written", "travels"),
    [
        ("erika@example.com", "erika@example.com"),
        ("Erika.Muster+status@Post.Example.com", "Erika.Muster+status@Post.Example.com"),
        ("o'neill_1@a-b.example", "o'neill_1@a-b.example"),
        ("laden@räder.example", "laden@xn--rder-loa.example"),
        ("laden@straße.example", "laden@xn--strae-oqa.example"),
        ("laden@XN--RDER-LOA.example", "laden@XN--RDER-LOA.example"),
    ],
)
def test_an_address_travels_in_ascii(written: str, travels: str) -> None:
    """A domain with umlauts by the rules of today, by which ß is a letter of its own."""
    assert parse_mailbox(written) == travels


@pytest.mark.parametrize(
    "written",
    [
        "", "erika", "@example.com", "erika@", "erika@localhost", "erika@example..com", ".a@example.com",
        "a..b@example.com", "erika@example.com\r\nBcc: x@example.com", "erika@exa\nmple.com", "erika @example.com",
        "<erika@example.com>", "erika@example.com,x@example.com", '"erika muster"@example.com', "erika@-a.example",
        "erika@[127.0.0.1]", "erika@example.com\x00", "a" * 65 + "@example.com", "a@" + "b" * 64 + ".example",
        "a@" + "b.c" * 90, "erika@ex\u202eample.com", "erika@\u2028.example", "a@b@example.com", "erika@ex ample.com",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(written: str) -> None:
    """With what to write; nothing that could end a line of a mail gets through."""
    with pytest.raises(BadMailboxError) as refused:
        parse_mailbox(written)
    assert refused.value.hint


def test_umlauts_before_the_at_sign_are_refused_in_a_clear_sentence() -> None:
    """Each server on the way would have to know such addresses."""
    with pytest.raises(BadMailboxError) as refused:
        parse_mailbox("jürgen@example.com")
    assert refused.value.message == "'jürgen@example.com' has letters beyond a-z before the @"


def test_a_name_may_stand_before_the_address() -> None:
    """With or without quotation marks."""
    assert parse_named_mailbox("Müller, Räder & Söhne <post@räder.example>") == (
        "Müller, Räder & Söhne",
        "post@xn--rder-loa.example",
    )
    assert parse_named_mailbox('"velorent" <post@example.com>') == ("velorent", "post@example.com")
    assert parse_named_mailbox("post@example.com") == ("", "post@example.com")


def mail(tmp_path: Path, **changes: str) -> MailSettings:
    lines = "".join(f"      {name}: {value}\n" for name, value in changes.items())
    base = "    mail:\n      host: smtp.example.com\n      sender: a@example.com\n      recipients: to.txt\n"
    settings, problems = read(tmp_path, SETTINGS + base + lines)
    assert not problems
    assert settings
    assert settings.status.mail
    return settings.status.mail


def test_the_port_follows_the_encryption(tmp_path: Path) -> None:
    """STARTTLS on 587 unless something else is said."""
    assert mail(tmp_path).connects_to == 587
    assert mail(tmp_path, encryption="tls").connects_to == 465
    assert mail(tmp_path, encryption="tls", port="2465").connects_to == 2465


def test_answers_go_to_the_sender_or_to_who_is_named(tmp_path: Path) -> None:
    """The bare address."""
    assert mail(tmp_path).answers_to == "a@example.com"
    assert mail(tmp_path, reply_to="Erika <erika@räder.example>").answers_to == "erika@xn--rder-loa.example"


SAFE = "Use starttls or tls"
MISTAKES = {
    "in clear over the net": ("host: smtp.example.com", "host: smtp.example.com, encryption: none",
                              f"without encryption others on the way could read the addresses. {SAFE}"),
    "password in clear": ("host: smtp.example.com", "host: localhost, user: me, encryption: none",
                          f"the password would go out in clear. {SAFE}"),
    "a password": ("host: smtp.example.com", "host: smtp.example.com, password: secret",
                   "there is no field 'password' here"),
    "server with its port": ("smtp.example.com", "smtp.example.com/587", "is not the name of a server"),
    "port in words": ("host: smtp.example.com", "host: smtp.example.com, port: mail", "'mail' is not a port"),
    "port too high": ("host: smtp.example.com", "host: smtp.example.com, port: 70000", "'70000' is not a port"),
    "sender without address": ("Laden <post@example.com>", "Laden", "'Laden' is not a mail address"),
    "way out by http": ("recipients:", "unsubscribe: 'http://a.example/', recipients:", "is no way to leave the list"),
    "way out of two lines": ("recipients:", 'unsubscribe: "https://a.example/\\r\\nX: y", recipients:',
                             "is no way to leave the list"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_what_could_not_be_sent_safely_is_a_problem_of_the_settings(name: str, tmp_path: Path) -> None:
    """Before any message is written, with what to write instead."""
    before, after, expected = MISTAKES[name]
    settings, problems = read(tmp_path, SETTINGS + MAIL.replace(before, after))
    assert settings is None
    assert [expected in problem for problem in problems] == [True], problems
