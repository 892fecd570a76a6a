"""The schema for editors: it knows every sound record, most slips, and raises no false alarm."""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examined
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from generator.records import parse_record
from generator.schema import build_schema, render_schema
from generator.settings import Settings, read_settings
from tests.editors import as_an_editor_reads

ROOT = Path(__file__).parent.parent
INVALID = ROOT / "tests" / "records" / "invalid"
SITES = {"mkdocs.yml": "incidents", "tests/records/demo.yml": "tests/records/valid"}
SHIPPED = [(config, path) for config, folder in SITES.items() for path in sorted((ROOT / folder).glob("[!_]*.yml"))]
ONLY_READING_TELLS = frozenset({
    "alias", "anchor-on-list", "at-between-reversed", "at-impossible-day", "at-impossible-hour",
    "at-missing-in-last-entry", "at-skipped-by-summer-time", "at-twice-in-autumn", "at-year-slip",
    "bidi-escaped", "bidi-override", "directive-unknown", "directive", "exclamation-start", "file_name",
    "hash-swallows-list-item", "hash-swallows-title", "heading-underlined", "heading", "html-comment",
    "html-raw", "html-script", "id-twice", "link-by-reference", "link-data", "link-javascript-hidden",
    "link-javascript", "link-without-scheme", "lone-surrogate", "maintenance-ends-before-start", "null-escaped",
    "order", "picture-remote", "quote-backslash", "related-itself", "related-unknown", "repeated-component",
    "repeated-field", "started-late", "text-of-brackets", "zero-width-space",
})  # fmt: skip
"""Broken records in the form of sound ones: what times, texts, names and YAML's own extras mean, no schema knows."""


@cache
def settings_of(config: str) -> Settings:
    settings, _ = read_settings(ROOT / config)
    assert settings
    return settings


@cache
def validator_of(config: str) -> Draft7Validator:
    return Draft7Validator(build_schema(settings_of(config)))


def test_the_schema_is_one() -> None:
    """It keeps the rules of the draft that it names, and says the same each time."""
    settings = settings_of("mkdocs.yml")
    Draft7Validator.check_schema(build_schema(settings))
    assert json.loads(render_schema(settings)) == build_schema(settings)


@pytest.mark.parametrize(("config", "record"), SHIPPED, ids=lambda value: Path(value).stem)
def test_a_sound_record_pleases_the_editor(config: str, record: Path) -> None:
    """Every field that there is stands in one of them."""
    found = validator_of(config).iter_errors(as_an_editor_reads(record.read_text(encoding="utf-8")))
    assert [f"{list(error.absolute_path)}: {error.message}" for error in found] == []


@pytest.mark.parametrize("record", sorted(INVALID.glob("*.yml")), ids=lambda path: path.stem)
def test_the_editor_sees_what_is_wrong_with_the_form(record: Path, settings: Settings) -> None:
    """All but those that are listed; one that it learns to see is taken off the list."""
    try:
        data = as_an_editor_reads(record.read_bytes().decode())
    except ValueError:
        return  # it is no YAML, every editor says so
    known = not Draft7Validator(build_schema(settings)).is_valid(data)
    assert known is (record.stem not in ONLY_READING_TELLS)


def test_the_list_of_what_only_reading_tells_names_records() -> None:
    """None of them is gone."""
    assert {path.stem for path in INVALID.glob("*.yml")} >= ONLY_READING_TELLS


VALUES = st.one_of(
    st.text(max_size=12), st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["no", "2021-07-17", "~2021-07-17 09:05", "9:05", "https://example.com/", "resolved", "x\ny"]),
    st.just([]), st.just({}), st.lists(st.text(max_size=3), max_size=2),
    st.sampled_from([{"de": "x"}, {"xx": "y"}, {"about": "2021-07-17 09:05"}, {"before": "2021-07-17"}]),
)  # fmt: skip


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a record."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path] * bool(path) + [found for key, value in inner for found in _places(value, (*path, key))]


@examined(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_the_editor_refuses_is_refused_by_reading(data: st.DataObject) -> None:
    """A record in which something was changed, taken away or added: whoever heeds the editor is never misled."""
    config, file = data.draw(st.sampled_from(SHIPPED))
    record = deepcopy(as_an_editor_reads(file.read_text(encoding="utf-8")))
    for _ in range(data.draw(st.integers(1, 3))):
        *above, last = data.draw(st.sampled_from(_places(record)))
        parent = record
        for key in above:
            parent = parent[key]
        value = deepcopy(data.draw(VALUES))
        change = data.draw(st.sampled_from(["set", "delete", "add"]))
        if change == "delete" and len(record) > 1:
            del parent[last]
        elif change == "add" and isinstance(parent, dict):
            parent[data.draw(st.sampled_from(["text", "status", "scheduled", "components", "odd"]))] = value
        else:
            parent[last] = value
    ids = {path.stem for _, path in SHIPPED}
    _, problems = parse_record(file.stem, "x.yml", json.dumps(record).encode(), settings_of(config), ids)
    refused = [f"{list(error.absolute_path)}: {error.message}" for error in validator_of(config).iter_errors(record)]
    assert problems or not refused, refused
