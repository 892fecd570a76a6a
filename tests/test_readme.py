"""README, CONTRIBUTING and CHANGELOG tell the truth: their commands, examples and links are those of the code."""

import re
import shlex
from pathlib import Path

import click
import pytest

from generator.cli import main
from generator.records import read_records
from generator.settings import Settings
from tests.admin import Admin
from tests.test_house import FLOORS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAPERS = [
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "reference/fields.md", "reference/api.md",
    "reference/import.md", "reference/form.md", "reference/commands.md", "reference/files.md",
    "reference/mirrors.md", "reference/independence.md", "tests/records/valid/README.md",
]  # fmt: skip


def _table() -> dict[str, set[str]]:
    """The commands in the README's table, each with its options."""
    rows = re.findall(r"^\| `incidents (\w+)` \|[^|]*\|([^|]*)\|$", README, re.MULTILINE)
    return {name: set(re.findall(r"--[a-z-]+", options)) for name, options in rows}


def _options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")}


def test_the_readme_lists_every_command_with_its_options() -> None:
    """The table is what `incidents --help` and the help of each command say, no more and no less."""
    assert isinstance(main, click.Group)
    assert _table() == {name: _options(command) for name, command in main.commands.items()}


def test_the_readme_has_the_headings_of_help() -> None:
    """The same commands below the same words."""
    tables = re.findall(r"^\| ([^|`]+) \| what it does \| options \|\n\|[-|]+\n((?:\|.*\n)+)", README, re.MULTILINE)
    told = {heading.capitalize(): re.findall(r"^\| `incidents (\w+)`", rows, re.MULTILINE) for heading, rows in tables}
    assert told == {heading: list(names) for heading, names in main.headings.items()}


def test_options_of_all_commands_are_told() -> None:
    """`--config` and `--language` stand before the command, and so have a sentence of their own."""
    assert _options(main) - {"--version"} == {"--config", "--language"}
    assert "incidents --config FILE" in README
    assert "incidents --language de" in README


def test_the_smallest_record_becomes_a_post_mortem(settings: Settings, tmp_path: Path) -> None:
    """The three pieces of YAML, one below the other, are a sound record, and so is the first alone."""
    first, more, review = re.findall(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    for name, text in (("smallest", first), ("grown", first + more), ("whole", first + more + review)):
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    records = read_records(tmp_path, settings)
    assert [str(problem) for problem in records.problems] == []
    assert len(records.incidents) == 3


def test_the_problem_shown_is_the_one_reported(settings: Settings, tmp_path: Path) -> None:
    """The slip that the README shows is answered with exactly those words."""
    record = re.search(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    shown = re.search(r"^```text\n(.*?)\n```", README, re.DOTALL | re.MULTILINE)
    assert record
    assert shown
    file = tmp_path / "2026-03-02-dashboard.yml"
    file.write_text(record[1].replace("dashboard:", "dashbord:"), encoding="utf-8")
    assert [str(problem) for problem in read_records(tmp_path, settings).problems] == [shown[1]]


def test_the_admins_minute_works_as_it_is_shown(admin: Admin) -> None:
    """The commands, one after the other, make an outage and its report."""
    section = README.partition("## The admin's minute")[2].partition("\n## ")[0]
    shown = re.findall(r"^incidents (.*)$", section, re.MULTILINE)
    for minute, command in enumerate(shown):
        admin.clock = f"2026-03-02 09:{minute:02}"
        admin.do(*shlex.split(command, comments=True))
    record = admin.record("2026-03-02-dashboard-nicht-erreichbar")
    assert [entry.status for entry in record.timeline] == ["investigating", "identified", "resolved"]
    assert record.published
    assert len(record.corrections) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_links_lead_to_files_that_are_there(paper: str) -> None:
    """A file that is moved or renamed takes its links along."""
    text = (ROOT / paper).read_text(encoding="utf-8")
    targets = {target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)}
    relative = {target for target in targets if target and "://" not in target}
    assert {target for target in relative if not (ROOT / paper).parent.joinpath(target).exists()} == set()


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md"])
def test_the_make_targets_named_exist(paper: str) -> None:
    """Nobody is told to run what is not in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / paper).read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert named - set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) == set()


def test_the_drawing_shows_every_room_on_its_floor() -> None:
    """CONTRIBUTING's table of floors is the one that test_house.py enforces."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^|]*) \|", text, re.MULTILINE)
    drawn = {int(floor): set(re.findall(r"`([a-z_]+)(?:\.py|/)`", rooms)) for floor, rooms in rows}
    assert drawn == {number: set(rooms) for number, rooms in enumerate(FLOORS)}


def test_pictures_are_light() -> None:
    """The README opens quickly: no picture weighs more than 150 kB."""
    pictures = list((ROOT / "pictures").iterdir())
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 150_000] == []
