"""Completion as a shell does it: bash and zsh at a terminal, fish by its own command; silence where all is broken."""

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.cli.shells import SHELLS
from tests.admin import NAME, OVER, Admin

PATIENCE = 60.0
"""Seconds after which a shell that does not answer fails the test."""
ROOT = Path(__file__).parents[1]


@pytest.fixture
def desk(during: Admin) -> Admin:
    """An admin with an incident that is open, one that is over, one with a report, and a maintenance to come."""
    during.write("2026-02-01-slow", OVER.replace("2026-03-02", "2026-02-01").replace("Dashboard nicht", "Buchen nicht"))
    during.write("2026-01-01-dns", OVER.replace("2026-03-02", "2026-01-01") + "published: 2026-01-02\n")
    during.do("maintenance", "Umzug", "--from", "2026-03-03 22:00", "--to", "+1h", "-c", "dashboard")
    program = during.folder / "bin" / "incidents"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    during.environment |= {"LC_ALL": "C.UTF-8", "HOME": str(during.folder), "TERM": "dumb"}
    during.environment["PATH"] = f"{program.parent}:{os.environ['PATH']}"
    return during


def offered(admin: Admin, line: str, shell: str = "fish") -> dict[str, str]:
    """What is offered for a line that has been typed so far, each with its description."""
    environment = admin.whole_environment | {"COMP_LINE": line, "_INCIDENTS_COMPLETE": f"{shell}_complete"}
    before = Path.cwd()
    os.chdir(admin.folder)
    try:
        result = CliRunner().invoke(main, [], env=environment, prog_name="incidents", catch_exceptions=False)
    finally:
        os.chdir(before)
    assert result.stderr == ""
    lines = [line.split("\t") for line in result.stdout.splitlines() if line]
    return {value: description for _, value, description in lines}


class TestWhatIsOffered:
    """For every value that can be known."""

    def test_commands_and_options(self, desk: Admin) -> None:
        """With what they are for."""
        assert offered(desk, "incidents up") == {"update": "Add news to a record; without ID to the one that is open."}
        assert set(offered(desk, "incidents list --")) == {"--open", "--help"}
        assert "resolve" in offered(desk, "incidents --config mkdocs.yml ")

    @pytest.mark.parametrize(
        ("command", "ids"),
        [
            ("update", [NAME]),
            ("resolve", [NAME, "2026-03-03-umzug"]),
            ("review", ["2026-02-01-slow"]),
            ("publish", ["2026-02-01-slow"]),
            ("correct", ["2026-01-01-dns"]),
            ("show", ["2026-03-03-umzug", NAME, "2026-02-01-slow", "2026-01-01-dns"]),
        ],
    )
    def test_records_that_fit_newest_first(self, desk: Admin, command: str, ids: list[str]) -> None:
        """A command offers the records it can do something with."""
        assert list(offered(desk, f"incidents {command} ")) == ids

    def test_records_have_their_titles(self, desk: Admin) -> None:
        """An id alone says little."""
        assert offered(desk, "incidents update ") == {NAME: "Dashboard nicht erreichbar"}

    def test_others_are_there_when_they_are_typed(self, desk: Admin) -> None:
        """News may concern an older record; what is over cannot be resolved. A part that only one has is enough."""
        assert list(offered(desk, "incidents update 2026-02")) == ["2026-02-01-slow"]
        assert list(offered(desk, "incidents update slow")) == ["2026-02-01-slow"]
        assert offered(desk, "incidents resolve 2026-02") == {}
        assert offered(desk, "incidents show dashboard-n") == {NAME: "Dashboard nicht erreichbar"}

    def test_a_long_past_is_offered_by_name(self, desk: Admin) -> None:
        """Only the newest records are read, so that nobody waits; the others are there without a title."""
        for day in range(1, 29):
            desk.write(f"2025-02-{day:02}-old", OVER.replace("2026-03-02", f"2025-02-{day:02}"))
        found = offered(desk, "incidents show ")
        assert len(found) == 32
        assert (found[NAME], found["2025-02-01-old"]) == ("Dashboard nicht erreichbar", "")

    def test_components_then_their_states(self, desk: Admin) -> None:
        """One after the other, also behind a comma and in the long form; a maintenance needs no state."""
        assert offered(desk, "incidents new -c b") == {"booking=": "Buchungssystem"}
        assert offered(desk, "incidents new -c booking=ma") == {"booking=major_outage": "Down"}
        assert len(offered(desk, "incidents new -c booking=")) == 5
        assert list(offered(desk, "incidents new -c booking=major_outage,d")) == [
            "booking=major_outage,dashboard=", "booking=major_outage,demo=",
        ]  # fmt: skip
        assert list(offered(desk, "incidents new --component=bo")) == ["--component=booking="]
        assert list(offered(desk, "incidents maintenance Umzug -c bo")) == ["booking"]

    def test_the_rest(self, desk: Admin) -> None:
        """Statuses, kinds, languages, formats, spans of time."""
        assert offered(desk, "incidents new -s ")["identified"] == "Identified"
        assert "scheduled" in offered(desk, "incidents update -s ")
        assert "finding" in offered(desk, "incidents update --kind ")
        assert list(offered(desk, "incidents --language ")) == ["de", "en"]
        assert list(offered(desk, "incidents check --format ")) == ["text", "json", "github"]
        assert "+30m" in offered(desk, "incidents update --next-update ")

    def test_descriptions_in_german(self, desk: Admin) -> None:
        """As the locale has it."""
        desk.environment |= {"LC_ALL": "de_DE.UTF-8"}
        assert offered(desk, "incidents new -c booking=ma") == {"booking=major_outage": "Ausgefallen"}
        assert offered(desk, "incidents li")["list"].startswith("Zeigt")


class TestSilence:
    """Nothing that is broken is told in the middle of a line."""

    @pytest.mark.parametrize(
        "line", ["update ", "update -c ", "new -s ", "show 2026", "nonsense ", "new --nonsense -c "]
    )
    @pytest.mark.parametrize("settings", ["", "site_name: [", "extra: {status: {languages: xx}}", None])
    def test_settings_that_cannot_be_used(self, desk: Admin, line: str, settings: str | None) -> None:
        """Without them no values are offered."""
        desk.config.unlink()
        if settings is not None:
            desk.config.write_text(settings, encoding="utf-8")
        assert offered(desk, f"incidents {line}") == {} or line == "nonsense "

    def test_a_record_that_cannot_be_read(self, desk: Admin) -> None:
        """It can be named, so that it can be mended; the others are there as before."""
        desk.write("2026-03-01-broken", "title: [")
        (desk.folder / "incidents" / "2026-02-28-bytes.yml").write_bytes(b"\xff\xfe\x00")
        found = offered(desk, "incidents show ")
        assert found["2026-03-01-broken"] == found["2026-02-28-bytes"] == ""
        assert found[NAME] == "Dashboard nicht erreichbar"

    @pytest.mark.parametrize(
        "line", ["incidents", "", "incidents 'open", 'incidents update -m "half', "incidents -", "   "]
    )
    def test_lines_that_are_not_finished(self, desk: Admin, line: str) -> None:
        """Quotation marks may be open, words missing."""
        offered(desk, line)


BASH = r"""
read_line() { printf '%s' "$READLINE_LINE" > line.new; mv line.new line; }
bind -x '"\C-xd": read_line'
"""
ZSH = r"""
read_line() { print -rn -- "$BUFFER" > line.new; mv line.new line }
zle -N read_line; bindkey '^Xd' read_line
"""
COMMANDS = {"bash": (["bash", "--norc", "--noprofile", "-i"], BASH), "zsh": (["zsh", "-f", "-i"], ZSH)}


class Typist:
    """A shell at a terminal of its own, with completion read in as its first lines say."""

    def __init__(self, admin: Admin, shell: str) -> None:
        command, reading = COMMANDS[shell]
        script = CliRunner().invoke(main, ["completion", shell], env=admin.whole_environment)
        (admin.folder / "start").write_text(script.stdout + reading, encoding="utf-8")
        self.line = admin.folder / "line"
        self.process_id, self.terminal = pty.fork()
        if not self.process_id:
            os.chdir(admin.folder)
            os.execvpe(command[0], command, os.environ | admin.whole_environment | {"TERM": "vt100"})
        self.type(". ./start; touch line\r")
        self.read()

    def type(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def read(self) -> str:
        """What stands in the line by now; what the shell shows meanwhile is taken from it, or it would wait."""
        deadline = time.monotonic() + PATIENCE
        shown = b""
        while not self.line.exists():
            assert time.monotonic() < deadline, shown.decode("utf-8", "replace")
            if select.select([self.terminal], [], [], 0.05)[0]:
                shown += os.read(self.terminal, 65536)
        text = self.line.read_text(encoding="utf-8")
        self.line.unlink()
        return text

    def completed(self, line: str) -> str:
        """What a press of the tabulator key makes of a line."""
        self.type(f"{line}\t\x18d")
        found = self.read()
        self.type("\x15")
        return found

    def close(self) -> None:
        os.kill(self.process_id, signal.SIGKILL)
        os.waitpid(self.process_id, 0)
        os.close(self.terminal)


@pytest.fixture(params=COMMANDS)
def typist(request: pytest.FixtureRequest, desk: Admin) -> Iterator[Typist]:
    """Somebody at a terminal, in each of the shells that there are."""
    if not shutil.which(request.param):
        pytest.skip(f"there is no {request.param} here")
    made = Typist(desk, request.param)
    yield made
    made.close()


def test_at_a_terminal(typist: Typist) -> None:
    """The line grows as it should, the sign of equality and a command called by its path included."""
    assert typist.completed("incidents reso") == "incidents resolve "
    assert typist.completed("incidents update dash") == f"incidents update {NAME} "
    assert typist.completed("incidents update -c dash") == "incidents update -c dashboard="
    assert typist.completed("incidents update -c dashboard=maj") == "incidents update -c dashboard=major_outage "
    assert typist.completed("incidents update -c dashboard=") == "incidents update -c dashboard="
    assert typist.completed("incidents new -c demo=major_outage,boo") == "incidents new -c demo=major_outage,booking="
    assert typist.completed("incidents new --component=boo") == "incidents new --component=booking="
    assert (
        typist.completed("incidents new --component=booking=maj") == "incidents new --component=booking=major_outage "
    )
    assert typist.completed("incidents new 'My shop' -c boo") == "incidents new 'My shop' -c booking="
    assert typist.completed("bin/incidents reso") == "bin/incidents resolve "
    assert typist.completed("incidents --config mkd") == "incidents --config mkdocs.yml "


def test_in_fish(desk: Admin) -> None:
    """fish tells what it offers, with descriptions, when it is asked."""
    if not shutil.which("fish"):
        pytest.skip("there is no fish here")
    script = CliRunner().invoke(main, ["completion", "fish"], env=desk.whole_environment).stdout
    (desk.folder / "start.fish").write_text(script, encoding="utf-8")

    def answers(line: str) -> list[str]:
        command = ["fish", "--no-config", "-c", f"source start.fish; complete -C '{line}'"]
        environment = os.environ | desk.whole_environment
        done = subprocess.run(command, cwd=desk.folder, env=environment, text=True, capture_output=True, check=True)
        assert done.stderr == ""
        return done.stdout.splitlines()

    assert answers("incidents update ") == [f"{NAME}\tDashboard nicht erreichbar"]
    assert answers("incidents new -c boo") == ["booking=\tBuchungssystem"]
    assert answers("incidents new -c booking=maj") == ["booking=major_outage\tDown"]
    assert answers("incidents promi") == ["promises\tList what the reports promise, the overdue first."]
    assert answers("incidents --config mkd") == ["mkdocs.yml"]
    desk.config.unlink()
    assert answers("incidents update -c ") == []


@pytest.mark.parametrize("shell", SHELLS)
def test_how_to_install_it_is_said_first(shell: str) -> None:
    """The script begins with it, in the language of the admin."""
    script = CliRunner().invoke(main, ["--language", "de", "completion", shell]).stdout
    assert f"incidents completion {shell} > ~/" in script
    assert "Vervollständigung" in script
