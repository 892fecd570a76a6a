"""Results that are kept: read with every fault in its line, and what `check` has to say of sound ones."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.independence import render_result
from generator.project import read_project, read_warnings
from tests.builders import SETTINGS
from tests.independence_world import NOW, SITE, WATCHED
from tests.test_independence_page import SAME_TLD, URL, checked


def kept(folder: Path, content: str | bytes, day: str = "2026-11-22") -> Path:
    """A folder with settings and a kept file; the path of the settings."""
    config = folder / "mkdocs.yml"
    config.write_text(SETTINGS.replace("https://status.example.net/", URL) + "    independent_of: [app.velo.rent]\n")
    file = folder / "independence" / f"{day}.json"
    file.parent.mkdir()
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "incidents").mkdir()
    return config


LINES = render_result(checked()).splitlines()
VERDICT = next(number for number, line in enumerate(LINES, 1) if '"verdict"' in line)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda text: text.replace('"separate"', '"fine"', 1),
            f":{VERDICT}:4: findings[0].verdict: this is no result",
        ),
        (lambda text: text.replace('"checked": ', '"when": ', 1), ":1:1: checked: 'checked' is missing"),
        (lambda text: text.replace('"checked": ', '"when": ', 1), ":2:2: when: there is no field 'when' here"),
        (lambda text: text.replace("T12:00:00Z", " noon"), ":2:2: checked: this is no result of"),
        (lambda text: text.replace("2026-11-22T", "2026-11-21T"), ":2:2: checked: the file is named for another day"),
        (lambda text: text[:40], ":3:"),
        (lambda _: "[]", ":1:1: this is no result of"),
        (lambda _: "[" * 200_000, ":1:1: from here on this is not JSON"),
        (lambda _: b"\xff\xfe", ":1:1: from here on this is not JSON"),
        (lambda _: b" " * 4_000_001, ":1:1: the file has more than 4 MB"),
    ],
)
def test_a_file_that_was_changed_is_a_problem_in_its_line(change: Any, told: str, tmp_path: Path) -> None:
    """The check fails, and nothing is made of what can still be read."""
    project = read_project(kept(tmp_path, change(render_result(checked()))))
    assert project.checked is None
    problems = [str(problem) for problem in project.errors]
    assert any(problem.startswith(f"independence/2026-11-22.json{told}") for problem in problems), problems
    assert all(problem.endswith("incidents independence --record") for problem in problems)


def test_a_link_in_place_of_the_file_is_not_followed(tmp_path: Path) -> None:
    """It might lead anywhere."""
    config = kept(tmp_path, render_result(checked()))
    file = tmp_path / "independence" / "2026-11-22.json"
    file.rename(tmp_path / "elsewhere.json")
    file.symlink_to(tmp_path / "elsewhere.json")
    assert [problem.message for problem in read_project(config).errors] == ["this is not a plain file"]


def test_an_older_result_never_takes_the_place_of_a_broken_one(tmp_path: Path) -> None:
    """What it says may no longer hold."""
    config = kept(tmp_path, render_result(checked()))
    (tmp_path / "independence" / "2026-11-23.json").write_text("{")
    assert read_project(config).checked is None


def warned(config: Path, now: datetime = NOW) -> list[str]:
    """What `check` has to say beside the problems."""
    return [str(problem) for problem in read_warnings(read_project(config), config, now)]


def test_a_fresh_check_without_fault_is_worth_no_word(tmp_path: Path) -> None:
    assert warned(kept(tmp_path, render_result(checked()))) == []


def test_a_site_that_was_never_checked_is_worth_a_word(tmp_path: Path) -> None:
    """Where the settings say what it has to survive; once, whatever the file is that cannot be read."""
    config = kept(tmp_path, "{", day="2026-11-xx")
    line = len(SETTINGS.splitlines()) + 1
    unchecked = "whether the site is independent of these was never checked"
    assert [text.partition(". ")[0] for text in warned(config)] == [
        f"mkdocs.yml:{line}:5: extra.status.independent_of: {unchecked}"
    ]
    (tmp_path / "independence" / "2026-11-22.json").write_text("{")
    assert warned(config) == []


def test_an_old_check_is_worth_a_word(tmp_path: Path) -> None:
    config = kept(tmp_path, render_result(checked()))
    assert warned(config, NOW + timedelta(days=30)) == []
    assert [text.partition(",")[0] for text in warned(config, NOW + timedelta(days=31))] == [
        "independence/2026-11-22.json:2:2: checked: this check is 31 days old"
    ]


def test_what_must_not_be_shared_is_worth_a_word_in_its_line(tmp_path: Path) -> None:
    """What is only worth a warning of the check itself is not."""
    text = render_result(checked(replace(SITE, zones=WATCHED.zones), SAME_TLD))
    lines = [line.split(":")[1] for line in warned(kept(tmp_path, text))]
    shared = [number for number, line in enumerate(text.splitlines(), 1) if '"verdict": "shared"' in line]
    failures = [number for number in shared if '"failure"' in text.splitlines()[number]]
    assert 0 < len(failures) < len(shared)
    assert lines == [str(number) for number in failures]


def test_a_check_of_other_addresses_is_worth_a_word(tmp_path: Path) -> None:
    text = render_result(checked(sites=("https://old.example/",)))
    (told,) = warned(kept(tmp_path, text))
    assert re.match(rf"independence/2026-11-22.json:\d+:2: watched: this check says nothing of {URL}, ", told)


def test_where_nothing_has_to_be_survived_no_file_is_read(tmp_path: Path) -> None:
    config = kept(tmp_path, "{")
    config.write_text(SETTINGS)
    assert read_project(config).problems == ()
    assert warned(config) == []
