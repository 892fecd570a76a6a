"""The list of those who get announcements, and what was sent to whom: kept private, read strictly, rehearsed."""

import subprocess
from collections.abc import Iterator

import pytest

from generator.mailing import ledger_of, open_ledger
from tests.admin import NAME
from tests.builders import SETTINGS
from tests.mailing_admin import ALL, Post


def test_each_line_may_name_a_language(post: Post) -> None:
    """Others get the site's first, or the one that is asked for. Twice on the list is once in the mailbox."""
    post.file.write_text("anna@example.com en\nberta@example.com # since May\n\n# none\nANNA@Example.com\n", "utf-8")
    post.send()
    assert [(to, mail["Content-Language"]) for to, mail in post.server.mails] == [(ALL[0], "en"), (ALL[1], "de")]
    assert "Investigating: Dashboard nicht erreichbar" in post.server.mails[0][1]["Subject"]


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
    monkeypatch.setattr("generator.cli.sending.agree", lambda *_, **__: False)
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
