"""The field reference is made from the model, is complete, and its examples are sound."""

import re
from pathlib import Path

import pytest

from generator.model import Component, Part
from generator.moments import Moment
from generator.records import read_records
from generator.reference import anchor, render_reference
from generator.reference.sections import RECORD, SETTINGS, Section, forms_of_a_moment
from generator.settings import Settings, read_settings
from tests.kept import Golden

FILE = Path(__file__).parent.parent / "reference" / "fields.md"
SMALLEST = RECORD[0].example


def test_the_committed_reference_is_what_the_model_says(golden: Golden) -> None:
    """A field that is added, renamed or described anew changes the page; --update-golden rewrites it."""
    golden(render_reference(), FILE)


def test_every_part_of_the_model_has_its_section() -> None:
    """Nothing that a record or the settings may hold is left unexplained."""
    explained = {section.model for section in (*RECORD, *SETTINGS)}
    derived = {Component}
    assert explained == set(Part.__subclasses__()) - derived


@pytest.mark.parametrize("section", [s for s in RECORD if s.example], ids=lambda section: section.heading)
def test_the_examples_of_a_record_are_sound(section: Section, settings: Settings, tmp_path: Path) -> None:
    """Each example can be copied: what it lacks stands in the smallest record."""
    (tmp_path / "2026-03-02-example.yml").write_text(_completed(section.example), encoding="utf-8")
    records = read_records(tmp_path, settings)
    assert [str(problem) for problem in records.problems] == []
    assert len(records.incidents) == 1


def _completed(example: str) -> str:
    """An example with the fields of the smallest record that it does not have itself."""
    rest = [block for block in _fields(SMALLEST) if f"\n{block.split(':')[0]}:" not in f"\n{example}"]
    return "".join(rest) + example


def _fields(record: str) -> list[str]:
    return re.findall(r"^\w.*\n(?:^ .*\n)*", record, re.MULTILINE)


def test_the_settings_shown_are_sound(tmp_path: Path) -> None:
    """The example is a whole mkdocs.yml; all it lacks is what only its publisher knows."""
    file = tmp_path / "mkdocs.yml"
    file.write_text(SETTINGS[0].example, encoding="utf-8")
    found, problems = read_settings(file)
    assert found
    assert [problem.severity for problem in problems] == ["warning"]
    assert "imprint" in problems[0].message


@pytest.mark.parametrize("written", [written for _, written in forms_of_a_moment()])
def test_the_ways_to_write_a_moment_are_sound(written: str, settings: Settings, tmp_path: Path) -> None:
    """Every line of the table of moments can stand in a timeline."""
    record = SMALLEST.replace("at: 2026-03-02 09:05", written)
    assert record != SMALLEST
    (tmp_path / "example.yml").write_text(record, encoding="utf-8")
    assert read_records(tmp_path, settings).problems == ()


def test_all_forms_of_a_moment_are_shown() -> None:
    """The table leaves out nothing but the zone, which nobody writes."""
    assert {name for name, _ in forms_of_a_moment()} == set(Moment.model_fields) - {"zone"}


def test_links_within_the_reference_arrive() -> None:
    """Every link to a heading of the page finds one."""
    text = render_reference()
    headings = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) - headings == set()
