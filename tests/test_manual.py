"""The manual is made from the commands, and programs that read manuals find nothing to complain of."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.cli.manual import MORE, build_manual
from generator.manual import Text, render_man, render_markdown, text_of
from tests.kept import Golden

ROOT = Path(__file__).parent.parent
PAGES = {"en": ROOT / "man" / "incidents.1", "de": ROOT / "man" / "de" / "incidents.1"}


@pytest.mark.parametrize("code", PAGES)
def test_the_committed_page_is_what_the_commands_say(code: str, golden: Golden) -> None:
    """A command, an option or a word that changes shows in the page; --update-golden rewrites it."""
    golden(render_man(build_manual(main, code)), PAGES[code])


def test_the_committed_reference_is_what_the_commands_say(golden: Golden) -> None:
    """The same for those who read it in the repository."""
    golden(render_markdown(build_manual(main, "en")), ROOT / "reference" / "commands.md")


@pytest.mark.parametrize("code", PAGES)
def test_every_command_and_every_option_is_in_it(code: str) -> None:
    """With nothing left out that help shows."""
    page = PAGES[code].read_text(encoding="utf-8").replace("\\-", "-")
    for name, command in main.commands.items():
        section = page.partition(f".SS incidents {name} ")[2].partition("\n.S")[0]
        assert section, name
        assert [
            option for one in command.params for option in one.opts if option[0] == "-" and option not in section
        ] == []


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    """A program that reads manuals, with a screen of 80 columns."""
    if not shutil.which(command[0]):
        pytest.skip(f"there is no {command[0]} here")
    environment = {"LC_ALL": "C.UTF-8", "MANWIDTH": "80", "PATH": os.environ["PATH"]}
    return subprocess.run(command, text=True, capture_output=True, check=False, env=environment)


def man(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """The one of Linux: others have other options."""
    if not run("man", "--version").stdout.startswith("man 2"):
        pytest.skip("this man is another one")
    return run("man", "--encoding=UTF-8", *arguments)


@pytest.mark.parametrize("code", PAGES)
def test_mandoc_finds_nothing(code: str) -> None:
    """Neither errors nor warnings nor a matter of style."""
    assert run("mandoc", "-T", "lint", "-W", "all", str(PAGES[code])).stdout == ""


@pytest.mark.parametrize("code", PAGES)
def test_man_finds_nothing(code: str) -> None:
    """With all warnings of groff."""
    assert man("--warnings", "--local-file", str(PAGES[code])).stderr == ""


def test_umlauts_are_shown() -> None:
    """On the screen, as man shows the page."""
    shown = man("--local-file", str(PAGES["de"])).stdout
    assert "Fügt Neues hinzu" in " ".join(shown.split())
    assert "--next-update +30m" in shown


def test_a_help_text_is_taken_apart() -> None:
    """Paragraphs, and examples below their heading; what has none has none."""
    made = text_of("One\nline.\n\n\b\nExamples:\n  incidents list\n\nMore.")
    assert made == Text(("One line.", "More."), "Examples:", ("incidents list",))
    assert text_of("One.") == Text(("One.",), "", ())


def test_what_is_said_of_all_commands_is_there() -> None:
    """In the page, and in the reference."""
    page = PAGES["en"].read_text(encoding="utf-8")
    assert [heading for heading in MORE if f".SH {heading}" not in page] == []
