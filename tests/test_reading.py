"""Pairs of a record and what the reader says of it. Dropping a pair into `records/invalid/` makes a test."""

import re
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
import yaml

from generator import yaml_source
from generator.problems import Problem
from generator.records import read_records
from generator.report import in_language, render_report
from generator.sentences import Sentence
from generator.settings import Settings
from tests.kept import Golden

FOLDER = Path(__file__).parent / "records" / "invalid"
RECORDS = sorted(FOLDER.glob("*.yml"))
ENGLISH = re.compile(r"\b(?:the|is|not|write|and|this|here|with|must|there|or|line|put|delete)\b", re.IGNORECASE)
NEIGHBOUR = "title: Früher\ntimeline:\n  - at: 2021-07-01 08:00\n    status: resolved\n"


def problems_of(record: Path, folder: Path, settings: Settings) -> tuple[Problem, ...]:
    """All the reader says of `record` lying in a folder beside one sound record."""
    copy(record, folder / record.name)
    (folder / "2021-07-01-earlier.yml").write_text(NEIGHBOUR, encoding="utf-8")
    return read_records(folder, settings).problems


@pytest.mark.parametrize("parser", ["fast", "pure"])
@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_broken_record_says_what_to_do(
    record: Path, parser: str, tmp_path: Path, settings: Settings, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole output is as written down, whichever of PyYAML's two parsers reads the file."""
    if parser == "pure":
        monkeypatch.setattr(yaml_source, "_Parser", yaml.SafeLoader)
    found = problems_of(record, tmp_path, settings)
    assert found, "a record in invalid/ has at least one problem"
    golden(f"{render_report(found, 'text')}\n", record.with_suffix(".txt"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_it_says_so_in_german(record: Path, tmp_path: Path, settings: Settings, golden: Golden) -> None:
    """The same problems at the same places, each with its own German words."""
    found = problems_of(record, tmp_path, settings)
    golden(f"{render_report(found, 'text', 'de')}\n", record.with_suffix(".de.txt"))
    for problem in found:
        german = in_language(problem, "de")
        assert german.message != problem.message
        assert german.hint != problem.hint or not _has_words(problem.hint)
        assert replace(german, message=problem.message, hint=problem.hint) == problem
        assert not ENGLISH.search(_without_quotations(german)), german


def _has_words(hint: Sentence) -> bool:
    """A line set right is the same in every language."""
    return bool(hint) and hint.template != "→ {line}"


def _without_quotations(german: Problem) -> str:
    """A problem's text without what is the admin's own, or is to be typed."""
    return re.sub(r"‚.*?‘|→.*", "", german.text)


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_line_set_right_is_right(record: Path, tmp_path: Path, settings: Settings) -> None:
    """Put in place of the wrong line, it takes its problem away and adds none."""
    found = problems_of(record, tmp_path, settings)
    for problem in found:
        shown = re.match(r"→ (.*?)(?: \((?:possible:|or |a comment has).*)?$", problem.hint)
        if shown:
            file = tmp_path / record.name
            lines = record.read_bytes().decode("utf-8-sig").splitlines()
            line = lines[problem.line - 1]
            lines[problem.line - 1] = line[: len(line) - len(line.lstrip())] + shown[1]
            file.write_text("\n".join(lines), encoding="utf-8")
            left = [other for other in read_records(tmp_path, settings).problems if other.line == problem.line]
            assert problem.message not in {other.message for other in left}
            assert len(left) <= sum(other.line == problem.line for other in found)


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_problem_is_one_line_at_a_place_that_exists(record: Path, tmp_path: Path, settings: Settings) -> None:
    """The line named is in the file, the column within it, and neither message nor hint is longer than needed."""
    copy(record, tmp_path / record.name)
    lines = record.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    found = read_records(tmp_path, settings).problems
    assert list(found) == sorted(found)
    for problem in found:
        assert "\n" not in str(problem)
        assert str(problem).isprintable()
        assert len(str(problem)) < 420
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def test_there_are_pairs() -> None:
    """The folder is found, and each expected output still has its record."""
    assert len(RECORDS) >= 70
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.txt")} <= {path.stem for path in RECORDS}


def test_the_fast_parser_is_there() -> None:
    """The locked PyYAML brings its C parser, or the comparison above would compare one with itself."""
    assert yaml_source._Parser is yaml.CSafeLoader
