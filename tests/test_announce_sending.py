"""Announcements by mail, with the command, to a real mail server on this machine: who gets them, and when not."""

import os
import signal
import subprocess
import sys

import pytest

from tests.admin import NAME
from tests.mail_server import USER
from tests.mailing_admin import ALL, Post


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
