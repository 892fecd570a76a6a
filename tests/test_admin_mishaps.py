"""What goes wrong around a record: two at work at once, files that may not be written, editors that do not work."""

import errno
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from generator.publish import PublishError, add_sources, replace_source
from tests.admin import NAME, OPEN, OVER, Admin, editor
from tests.test_admin_questions import ROOT, Terminal
from tests.test_publish_safety import without_power


def started(admin: Admin, *arguments: str, within: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [*within, sys.executable, "-m", "generator", "--config", str(admin.config), *arguments],
        cwd=ROOT, env=os.environ | admin.whole_environment, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def refused(admin: Admin, *arguments: str, within: tuple[str, ...] = ()) -> str:
    """What a command complains of that fails without changing a record."""
    before = admin.files
    with started(admin, *arguments, within=within) as process:
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert admin.files == before
    assert "Traceback" not in complaint
    return complaint


class TestTwoAtOnce:
    """Nobody's words are lost."""

    def test_each_is_written_or_told_to_try_again(self, during: Admin) -> None:
        """Six commands at the same instant: what reported success is in the record, nothing else is."""
        commands = [started(during, "update", "-m", f"Wort {number}.") for number in range(6)]
        said = [command.communicate(timeout=120) for command in commands]
        done = [number for number, command in enumerate(commands) if command.returncode == 0]
        assert done
        assert [number for number in range(6) if f"Wort {number}." in during.text(NAME)] == done
        assert len(during.record(NAME).timeline) == 1 + len(done)
        for command, (_, complaint) in zip(commands, said, strict=True):
            assert command.returncode == 0 or "please run the command again" in complaint
        assert list(during.files) == [f"{NAME}.yml"]

    def test_a_file_that_changed_is_not_replaced(self, tmp_path: Path) -> None:
        """Neither one that holds something else by now, nor one that has appeared or gone."""
        (tmp_path / "a.yml").write_text("theirs", encoding="utf-8")
        assert not replace_source("a.yml", "mine", tmp_path, "what I read")
        assert not replace_source("a.yml", "mine", tmp_path, None)
        assert not replace_source("b.yml", "mine", tmp_path, "what I read")
        assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("a.yml", "theirs")]
        assert replace_source("a.yml", "mine", tmp_path, "theirs")

    def test_words_typed_in_the_editor_meanwhile_are_kept(self, during: Admin, tmp_path: Path) -> None:
        """While the editor was open somebody else wrote: both texts are there."""
        other = f"pathlib.Path({str(during.folder / 'incidents' / NAME)!r} + '.yml').write_text({OVER!r})"
        during.environment["EDITOR"] = editor(tmp_path, f"text += '# Lang getippt.\\n'; {other}")
        result = during.try_to("update", "-m", "Neues.", "--edit")
        assert result.exit_code == 1
        assert "has changed in the meantime" in result.stderr
        assert during.text(NAME) == OVER
        assert "# Lang getippt." in during.text(f"_{NAME}")

    def test_what_is_kept_does_not_replace_what_was_kept_before(self, during: Admin, tmp_path: Path) -> None:
        """A second unsound text lies beside the first."""
        during.environment["EDITOR"] = editor(tmp_path, "text += 'sumary: Mühsam.\\n'")
        for _ in range(2):
            assert during.try_to("update", "-m", "Neues.", "--edit").exit_code == 1
        assert sorted(during.files) == [f"{NAME}.yml", f"_{NAME}-2.yml", f"_{NAME}.yml"]


class TestFiles:
    """Permissions, line ends, protected and full places."""

    def test_permissions_stay(self, during: Admin) -> None:
        """A record that a group may write is still that afterwards; a new one gets what the system gives."""
        record = during.folder / "incidents" / f"{NAME}.yml"
        before = os.umask(0o027)
        try:
            record.chmod(0o664)
            during.do("update", "-m", "Neues.")
            during.do("new", "Kasse steht")
        finally:
            os.umask(before)
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in record.parent.iterdir()}
        assert modes == {record.name: "0o664", "2026-03-02-kasse-steht.yml": "0o640"}

    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_line_ends_and_a_mark_of_order_stay(self, during: Admin, mark: str) -> None:
        """Files that come from Windows stay as that likes them."""
        text = (mark + OPEN).replace("\n", "\r\n")
        (during.folder / "incidents" / f"{NAME}.yml").write_bytes(text.encode())
        during.do("update", "-m", "Neues.")
        added = "  - at: 2026-03-02 10:25\r\n    text: Neues.\r\n"
        assert during.files[f"{NAME}.yml"].decode() == text + added

    def test_a_protected_record_is_not_replaced(self, during: Admin) -> None:
        """Not even where the folder would allow it."""
        (during.folder / "incidents" / f"{NAME}.yml").chmod(0o444)
        assert "is protected from writing" in during.fail("update", "-m", "Neues.")

    def test_a_folder_that_may_not_be_written(self, during: Admin) -> None:
        """It is named."""
        folder = during.folder / "incidents"
        folder.chmod(0o555)
        try:
            complaint = refused(during, "update", "-m", "Neues.", within=without_power())
        finally:
            folder.chmod(0o755)
        assert "Writing is not permitted" in complaint
        assert str(folder) in complaint

    def test_a_full_disk_shows_what_was_typed(
        self, during: Admin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where it cannot be kept in a file, it is at least on the screen. Nothing unfinished is left."""

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        during.environment["EDITOR"] = editor(tmp_path, "text += '# Lang getippt.\\n'")
        complaint = during.fail("update", "-m", "Neues.", "--edit")
        assert "The disk is full.\nMake room, then try again." in complaint
        assert "# Lang getippt." in complaint

    def test_a_folder_of_records_that_is_missing_is_made(self, admin: Admin) -> None:
        """Git keeps no empty folders."""
        (admin.folder / "incidents").rmdir()
        admin.do("new", "Weg")
        assert list(admin.files) == ["2026-03-02-weg.yml"]

    def test_a_killed_command_is_in_nobodys_way(self, tmp_path: Path) -> None:
        """What it left is written over, and what is refused leaves nothing."""
        (tmp_path / ".a.yml.unfinished").write_text("a long rest of something", encoding="utf-8")
        add_sources({"a.yml": "whole"}, tmp_path)
        (tmp_path / "a.yml").chmod(0o400)
        with pytest.raises(PublishError, match="protected"):
            add_sources({"a.yml": "new"}, tmp_path)
        assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("a.yml", "whole")]


class TestHurry:
    """Editors that do not work, and words in the wrong place."""

    @pytest.mark.parametrize("broken", ["false", "/nowhere/editor --wait", "'quoted by half"])
    def test_an_editor_that_does_not_work(self, admin: Admin, broken: str) -> None:
        """It is named, and so is the way to another."""
        admin.environment["EDITOR"] = broken
        answer = admin.fail("new", "Weg", "--edit")
        assert "The editor does not work." in answer
        assert "EDITOR=nano" in answer

    def test_an_editor_may_have_arguments(self, admin: Admin, tmp_path: Path) -> None:
        """As those have that run in a window and have to be waited for."""
        admin.environment["EDITOR"] = editor(tmp_path, "text = text.replace('Weg', sys.argv[1])").replace(
            "editor.py", "editor.py --wait"
        )
        (tmp_path / "editor.py").write_text(
            "import pathlib, sys\npath = pathlib.Path(sys.argv[2])\n"
            "path.write_text(path.read_text().replace('Weg', sys.argv[1]))",
            encoding="utf-8",
        )
        admin.do("new", "Weg", "--edit")
        assert "title: --wait\n" in admin.text("2026-03-02-weg")

    def test_answers_are_kept_when_the_editor_fails(self, admin: Admin) -> None:
        """They were typed at a question, and the editor was to correct them."""
        admin.environment["EDITOR"] = "false"
        terminal = Terminal(admin, "notice")
        try:
            terminal.answer("What is it about? (title): ", "Neues")
            terminal.answer("What are the readers to know?", "Ab <b>Mai</b>.")
            terminal.answer("Open it again to correct this? [Y/n]: ", "y")
            code, said = terminal.end()
        finally:
            terminal.close()
        assert code == 1
        assert "The editor does not work." in said
        assert "Ab <b>Mai</b>." in admin.text("_2026-03-02-neues")

    def test_leaving_at_a_question_changes_nothing(self, admin: Admin) -> None:
        """Ctrl-C ends it without a traceback."""
        terminal = Terminal(admin, "new")
        try:
            terminal.answer("What is wrong? (title): ", "Weg")
            terminal.read_until("What is affected?")
            # One that comes just before the question begins to wait is noticed with the next.
            while terminal.process.poll() is None:
                terminal.process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    terminal.process.wait(10)
            code, said = terminal.end()
        finally:
            terminal.close()
        assert code == 1
        assert "Traceback" not in said
        assert admin.files == {}

    def test_a_time_may_begin_with_a_minus(self, during: Admin) -> None:
        """No `--` is needed before it; help is still to be had."""
        assert "As of Monday, 2 March 2026, 10:05" in during.do("at", "-20m")
        assert "As of Monday, 2 March 2026, 10:05" in during.do("at", "--", "-20m")
        assert "Everything is running." in during.do("at", "-1h30m")
        assert "Usage:" in during.do("at", "-20m", "--help")

    def test_what_is_meant_is_understood(self, admin: Admin) -> None:
        """A colon for the sign of equality; what lies ahead needs no plus."""
        admin.do("new", "Weg", "-c", "dashboard: major_outage", "--next-update", "30m")
        entry = admin.record("2026-03-02-weg").timeline[0]
        assert entry.components == {"dashboard": "major_outage"}
        assert "next_update: 2026-03-02 10:35" in admin.text("2026-03-02-weg")

    def test_words_without_their_option(self, during: Admin) -> None:
        """The command that was meant is shown."""
        assert 'incidents update -m "Wir haben es"' in during.fail("update", "Wir haben es")

    def test_in_the_wrong_folder(self, admin: Admin) -> None:
        """The way to the right one is said, rather than what the system calls it."""
        admin.config.unlink()
        assert "Go to the folder of your site" in admin.fail("new", "Weg")

    def test_a_record_where_there_is_none(self, admin: Admin) -> None:
        """An empty list of names would help nobody."""
        assert "To begin one: incidents new" in admin.fail("show", "weg")
