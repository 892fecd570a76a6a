"""The way to the mail server: encryption, certificates, login, and what is said when one of them fails."""

from pathlib import Path

import pytest

from tests.mail_server import mail_server
from tests.mailing_admin import ALL, Post

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


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
