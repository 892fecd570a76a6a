"""Questions at a real terminal: one a line, in the admin's language, asked again where the answer is none."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.admin import NAME, Admin, editor

PATIENCE = 60.0
"""Seconds after which a question that does not come fails the test."""
ROOT = Path(__file__).parents[1]


class Terminal:
    """A command at a terminal of its own; answers are typed when their question has been read."""

    def __init__(self, admin: Admin, *arguments: str) -> None:
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "--config", str(admin.config), *arguments],
            cwd=ROOT, env=os.environ | admin.whole_environment, stdin=theirs, stdout=theirs, stderr=theirs,
        )  # fmt: skip
        os.close(theirs)
        self.unread = ""

    def answer(self, question: str, answer: str) -> None:
        """Wait for a question, then type."""
        self.read_until(question)
        os.write(self.ours, f"{answer}\n".encode())

    def read_until(self, words: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while words not in self.unread:
            piece = self._piece(deadline)
            assert piece, f"{words!r} was not said, but: {self.unread}"
            self.unread += piece
        self.unread = self.unread.partition(words)[2]

    def end(self) -> tuple[int, str]:
        """The exit code, and what was said last."""
        deadline = time.monotonic() + PATIENCE
        while piece := self._piece(deadline):
            self.unread += piece
        return self.process.wait(PATIENCE), self.unread.replace("\r\n", "\n")

    def _piece(self, deadline: float) -> str:
        """What is said next; nothing when the command has ended, or the time is up."""
        ready, _, _ = select.select([self.ours], [], [], max(0.0, deadline - time.monotonic()))
        try:
            return os.read(self.ours, 65536).decode("utf-8", "replace") if ready else ""
        except OSError:
            return ""

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.ours)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Terminals that are closed when the test is over."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def test_new_asks_for_everything(admin: Admin, terminals: list[Terminal]) -> None:
    """Title, components and their state by number or name, text, next update; what cannot be is asked again."""
    admin.environment["LANG"] = "de_DE.UTF-8"
    terminal = Terminal(admin, "new")
    terminals.append(terminal)
    terminal.answer("Was ist los? (Titel): ", "")
    terminal.read_until("Das ist keine der Antworten.")
    terminal.answer("Was ist los? (Titel): ", "Dashboard nicht erreichbar")
    terminal.read_until("  1  Dashboard (dashboard)\r\n  2  Buchungssystem (booking)")
    terminal.answer("Was ist betroffen?", "1, bokking")
    terminal.read_until("Das ist keine der Antworten.")
    terminal.answer("Was ist betroffen?", "1, booking")
    terminal.read_until("  5  Ausgefallen (major_outage)")
    terminal.answer("In welchem Zustand?", "ausgefallen")
    terminal.answer("Was sollen die Leser wissen? ", "Wir prüfen das.")
    terminal.answer("Wann gibt es mehr?", "bald")
    terminal.read_until("‚bald‘ ist kein Datum mit Uhrzeit")
    terminal.answer("Wann gibt es mehr?", "+30m")
    code, said = terminal.end()
    assert code == 0
    assert f"incidents/{NAME}.yml ist neu." in said
    assert (
        admin.text(NAME)
        == """\
title: Dashboard nicht erreichbar
timeline:
  - at: 2026-03-02 10:05
    status: investigating
    components: {dashboard: major_outage, booking: major_outage}
    text: Wir prüfen das.
    next_update: 2026-03-02 10:35
"""
    )


def test_what_is_not_known_is_left_out(admin: Admin, terminals: list[Terminal]) -> None:
    """Only the title has to be answered."""
    terminal = Terminal(admin, "new")
    terminals.append(terminal)
    terminal.answer("What is wrong? (title): ", "Weg")
    for question in ("What is affected?", "What are the readers to know?", "When will there be more?"):
        terminal.answer(question, "")
    assert terminal.end()[0] == 0
    assert admin.text("2026-03-02-weg") == (
        "title: Weg\ntimeline:\n  - at: 2026-03-02 10:05\n    status: investigating\n"
    )


def test_several_open_records_are_a_question(during: Admin, terminals: list[Terminal]) -> None:
    """They are listed with their titles; then the text is asked for, if none was given."""
    during.do("new", "Kasse steht", "-c", "booking=partial_outage")
    terminal = Terminal(during, "update")
    terminals.append(terminal)
    terminal.read_until(f"  2  Dashboard nicht erreichbar ({NAME})")
    terminal.answer("Which one? A number or an id: ", "2")
    terminal.answer("What are the readers to know?", "Neues.")
    assert terminal.end()[0] == 0
    assert during.text(NAME).endswith("    text: Neues.\n")


def test_answers_are_not_lost_when_the_record_is_refused(
    admin: Admin, tmp_path: Path, terminals: list[Terminal]
) -> None:
    """They can be corrected in the editor, and are written when they are sound."""
    admin.environment["EDITOR"] = editor(tmp_path, "text = text.replace('<b>', '**').replace('</b>', '**')")
    terminal = Terminal(admin, "notice")
    terminals.append(terminal)
    terminal.answer("What is it about? (title): ", "Neues")
    terminal.answer("What are the readers to know?", "Ab <b>Mai</b>.")
    terminal.read_until("raw HTML is not allowed")
    terminal.answer("Open it again to correct this? [Y/n]: ", "y")
    assert terminal.end()[0] == 0
    assert admin.text("2026-03-02-neues").endswith("text: Ab **Mai**.\n")


def test_yes_and_no_are_said_in_the_language_of_the_admin(admin: Admin, terminals: list[Terminal]) -> None:
    """The letter or the word; what is neither is asked again."""
    admin.environment |= {"LANG": "de_DE.UTF-8", "EDITOR": "true"}
    terminal = Terminal(admin, "notice", "Neues", "-m", "Ab <b>Mai</b>.", "--edit")
    terminals.append(terminal)
    for answer in ("j", "vielleicht", "Nein"):
        terminal.answer("Noch einmal öffnen und berichtigen? [J/n]: ", answer)
    code, said = terminal.end()
    assert code == 1
    assert "Das ist keine der Antworten." not in said
    assert "liegt in incidents/_2026-03-02-neues.yml" in said


def test_answers_can_be_laid_aside(admin: Admin, terminals: list[Terminal]) -> None:
    """Who has no time to correct them finds them in a file that the site ignores."""
    terminal = Terminal(admin, "maintenance")
    terminals.append(terminal)
    terminal.answer("What is it called? (title): ", "Umzug")
    terminal.answer("When does it begin?", "22:00")
    terminal.answer("When is it over, as planned?", "übermorgen")
    terminal.answer("Open it again to correct this? [Y/n]: ", "n")
    code, said = terminal.end()
    assert code == 1
    assert "is kept in incidents/_2026-03-02-umzug.yml" in said
    assert list(admin.files) == ["_2026-03-02-umzug.yml"]
