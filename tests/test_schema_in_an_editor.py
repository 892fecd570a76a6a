"""The schema in VS Code: found by a record's first line, it is silent on what is sound and helps with the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.schema import FIRST_LINE, SCHEMA, render_schema
from generator.settings import read_settings
from tests.language_server import LanguageServer, language_server

ROOT = Path(__file__).parent.parent
INVALID = ROOT / "tests" / "records" / "invalid"


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    with language_server() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of records with the schema of the invented company."""
    settings, _ = read_settings(ROOT / "tests" / "records" / "demo.yml")
    assert settings
    folder = tmp_path_factory.mktemp("incidents")
    (folder / SCHEMA).write_text(render_schema(settings), encoding="utf-8")
    return folder


def test_it_has_nothing_to_say_of_our_records(editor: LanguageServer) -> None:
    """They name the schema beside them, by a way that the editor follows."""
    records = sorted((ROOT / "incidents").glob("[!_]*.yml"))
    assert records
    for record in records:
        assert editor.problems(record, record.read_text(encoding="utf-8")) == []


def test_it_has_nothing_to_say_of_records_with_every_field(editor: LanguageServer, folder: Path) -> None:
    """Those of the invented company."""
    for record in sorted((ROOT / "tests" / "records" / "valid").glob("*.yml")):
        text = FIRST_LINE + record.read_text(encoding="utf-8")
        assert editor.problems(folder / record.name, text) == [], record.name


@pytest.mark.parametrize(("record", "line", "message"), [
    ("at-clock-alone", 3, "Write it like 2021-07-17 09:05"),
    ("field-wrong", 1, 'Missing property "title".'),
    ("false-is-no-answer", 8, 'Value is not accepted. Valid values: "no", "yes", "unknown".'),
])  # fmt: skip
def test_it_shows_what_is_wrong(editor: LanguageServer, folder: Path, record: str, line: int, message: str) -> None:
    """At its line, while it is typed."""
    text = (INVALID / f"{record}.yml").read_text(encoding="utf-8")
    assert (line + 1, message) in editor.problems(folder / f"{record}.yml", FIRST_LINE + text)


def test_without_the_first_line_it_knows_nothing(editor: LanguageServer, folder: Path) -> None:
    """The line is what does it."""
    text = (INVALID / "field-wrong.yml").read_text(encoding="utf-8")
    assert editor.problems(folder / "unnamed.yml", text) == []


def test_it_offers_what_can_be_written(editor: LanguageServer, folder: Path) -> None:
    """Fields, this site's components, their states; and says what a field means."""
    file = folder / "begun.yml"
    entry = "title: x\ntimeline:\n  - at: 2021-07-17 09:05\n    status: \n    components:\n      shop: \n      \n"
    editor.problems(file, FIRST_LINE + entry)
    assert "investigating" in editor.completions(file, 5, 13)
    assert "partial_outage" in editor.completions(file, 7, 13)
    assert "payments" in editor.completions(file, 8, 7)
    assert "when; may be left out between two dated entries" in editor.hover(file, 4, 6)
