"""Pairs of a record and what the reader says of it. Dropping a pair into `records/invalid/` makes a test."""

from pathlib import Path
from shutil import copy

import pytest
import yaml

from generator import yaml_source
from generator.records import read_records
from generator.settings import Settings
from tests.kept import Golden

FOLDER = Path(__file__).parent / "records" / "invalid"
RECORDS = sorted(FOLDER.glob("*.yml"))
NEIGHBOUR = "title: Früher\ntimeline:\n  - at: 2021-07-01 08:00\n    status: resolved\n"


def problems_of(record: Path, folder: Path, settings: Settings) -> str:
    """Every line the reader says of `record` lying in a folder beside one sound record."""
    copy(record, folder / record.name)
    (folder / "2021-07-01-earlier.yml").write_text(NEIGHBOUR, encoding="utf-8")
    return "".join(f"{problem}\n" for problem in read_records(folder, settings).problems)


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
    golden(found, record.with_suffix(".txt"))


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
    assert {path.stem for path in FOLDER.glob("*.txt")} <= {path.stem for path in RECORDS}


def test_the_fast_parser_is_there() -> None:
    """The locked PyYAML brings its C parser, or the comparison above would compare one with itself."""
    assert yaml_source._Parser is yaml.CSafeLoader
