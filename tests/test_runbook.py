"""The runbook tells the truth: its commands exist, it has every scene, it fits on one sheet, and is not published."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.drill import NAMES, render_runbook
from generator.language import tool_language, tool_languages
from generator.own_pages import read_own_pages
from generator.settings import Settings, read_settings
from tests.admin import Admin
from tests.builders import BERLIN
from tests.drill_world import CONTACTS, PREPARED
from tests.kept import Golden

ROOT = Path(__file__).parent.parent
SHEET = (64, 80)
"""Lines, and characters in each, that a printer set to plain text puts on A4: 6 and 10 an inch, with a margin."""


@pytest.fixture(scope="module")
def ours() -> Settings:
    settings, _ = read_settings(ROOT / "mkdocs.yml")
    assert settings
    return settings


def runbook(settings: Settings, code: str) -> str:
    return render_runbook(settings, tool_language(code, ZoneInfo("UTC")))


def commands(text: str) -> set[str]:
    """What stands in it to be typed."""
    return set(re.findall(r"`incidents ([^`]+)`", text))


@pytest.mark.parametrize("code", tool_languages())
def test_docs_have_the_runbook_that_is_printed(ours: Settings, code: str, golden: Golden) -> None:
    """Whoever finds the repository and nothing else finds what to do."""
    golden(runbook(ours, code), ROOT / "docs" / f"runbook.{code}.md")


@pytest.mark.parametrize("code", tool_languages())
def test_every_command_in_it_exists(ours: Settings, code: str) -> None:
    """With each of its options; its help says how to go on."""
    assert isinstance(main, click.Group)
    found = commands(runbook(ours, code))
    assert {"deploy --all", "mirrors", "build"} <= found
    for command in found:
        name, *options = command.split()
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert {option for option in options if option.startswith("-")} <= known, command
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


@pytest.mark.parametrize("code", tool_languages())
def test_every_command_that_a_drill_advises_exists(code: str) -> None:
    """What to do next is said in words that can be typed."""
    assert isinstance(main, click.Group)
    steps = tool_language(code, BERLIN).texts["tool"]["drill"]["step"]
    advised = [found for step in steps.values() for text in step.values() if isinstance(text, str)
               for found in re.findall(r"incidents ([a-z]+)((?: --[a-z-]+)*)", text)]  # fmt: skip
    assert len(advised) > 5
    for name, options in advised:
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert set(options.split()) <= known, name


def test_every_language_says_the_same_commands(ours: Settings) -> None:
    """Nobody is told less in another language."""
    assert len({frozenset(commands(runbook(ours, code))) for code in tool_languages()}) == 1


@pytest.mark.parametrize("code", tool_languages())
def test_every_scene_is_in_it_and_it_fits_on_one_sheet(code: str, tmp_path: Path) -> None:
    """Numbered as the drill plays them, with the addresses and targets of the site."""
    (tmp_path / "mkdocs.yml").write_text(PREPARED, encoding="utf-8")
    settings, _ = read_settings(tmp_path / "mkdocs.yml")
    assert settings
    text, words = runbook(settings, code), tool_language(code, BERLIN)
    titles = [f"{number}. {words(f'tool.drill.scene.{name}.title')}" for number, name in enumerate(NAMES, 1)]
    assert re.findall(r"^## (\d.*)$", text, re.MULTILINE) == titles
    assert "https://mirror.example.org/" in text
    assert "{" not in text
    lines = text.splitlines()
    assert (len(lines), max(map(len, lines))) <= SHEET
    assert max(map(len, lines)) <= SHEET[1]


def test_it_is_printed_with_the_contacts(admin: Admin) -> None:
    """What is printed may be read by whoever stands at the wall; what is kept in docs/ never has them."""
    admin.config.write_text(PREPARED.replace("../contacts.txt", "contacts.txt"), encoding="utf-8")
    (admin.folder / "contacts.txt").write_text(CONTACTS, encoding="utf-8")
    told = admin.do("drill", "--runbook")
    settings, _ = read_settings(admin.config)
    assert settings
    assert told.startswith(runbook(settings, "en"))
    assert "Git-Host: Example Git, +49 30 2" in told
    assert "+49 30 2" not in runbook(settings, "en")


def test_it_is_not_published(ours: Settings) -> None:
    """It lies beside the folders whose pages become part of the site."""
    assert (ROOT / "docs" / "runbook.de.md").is_file()
    pages = read_own_pages(ROOT / "docs", ours.languages)
    assert not [name for files in pages.values() for name in files if "runbook" in name]
