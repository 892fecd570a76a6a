"""The proof: the real history of a large company's Statuspage, imported as it is. Read in place, never copied."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from generator.api.v2.components import leaves
from generator.api.v2.incidents import incident as as_answered
from generator.api.v2.page import Page
from generator.history import build_history
from generator.language import language
from generator.project import Project, read_project
from generator.statuspage import build_import, read_answers
from generator.statuspage.losses import Losses
from generator.statuspage.wording import to_record
from tests.statuspage import settings_of
from tests.test_import import run, tree

_PLACES = [folder / "shared" / "corpora" for folder in Path(__file__).parents]
CORPORA = next((place for place in _PLACES if place.is_dir()), _PLACES[2])
HISTORY = CORPORA / "statuspage-github"
COMPONENTS = sorted((CORPORA / "statuspage-components").glob("*.json"))
pytestmark = pytest.mark.skipif(not HISTORY.is_dir(), reason="the corpus of real incidents is not on this machine")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The folder that the whole corpus was imported into, and what the command said."""
    folder = tmp_path_factory.mktemp("imported")
    return folder, run("import", "statuspage", str(HISTORY), "--to", str(folder))


@pytest.fixture(scope="module")
def project(site: tuple[Path, Result]) -> Project:
    return read_project(site[0] / "mkdocs.yml")


@pytest.fixture(scope="module")
def archive() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HISTORY / "incidents-archive.json").read_text(encoding="utf-8"))
    return found


def test_every_incident_becomes_a_sound_record(site: tuple[Path, Result], project: Project, archive: list[Any]) -> None:
    """917 incidents of two shapes, and those that only a summary of the day tells of; not one problem."""
    assert site[1].exit_code == 0, site[1].output
    assert [str(problem) for problem in project.errors] == []
    assert {found.id for found in project.records.incidents} >= {told["id"] for told in archive}
    assert len(archive) == 917


def test_every_update_becomes_an_entry_with_its_words(project: Project, archive: list[Any]) -> None:
    """4,963 updates; apart from tags, white space and where links lead, each keeps its text to the letter."""
    incidents = {found.id: found for found in project.records.incidents}
    count = 0
    for told in archive:
        entries = incidents[told["id"]].timeline
        assert len(entries) == len(told["incident_updates"]), told["id"]
        texts = sorted(_words(entry.text.root["en"]) for entry in entries if entry.text)
        assert texts == sorted(_words(update["body"]) for update in told["incident_updates"])
        count += len(entries)
    assert count == 4_963


def _words(text: str) -> str:
    """Markdown or HTML without its markup and the backslashes before its signs."""
    bare = re.sub(r"\[([^\]]*)\]\(https?:[^)]*\)", r"\1", text)
    return "".join(re.sub(r"</?[a-z][^>]*>|\\(?=[*-])", "", bare).split())


def test_importing_twice_changes_nothing(site: tuple[Path, Result]) -> None:
    before = tree(site[0])
    again = run("import", "statuspage", str(HISTORY), "--to", str(site[0]))
    assert f"0 new, 0 renewed, {len(before) - 1} as they were" in again.stdout
    assert tree(site[0]) == before


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_components_of_other_pages_keep_ids_order_and_groups(path: Path) -> None:
    """Every component that is no group, in the order of the page, below the name of its group."""
    told = json.loads(path.read_text(encoding="utf-8"))
    answers, _ = read_answers(path)
    found = build_import(answers, None, "en")
    assert found.problems == ()
    settings = settings_of(found)
    names = {c["id"]: c["name"].strip() for c in told["components"] if c["group"]}
    expected = {c["id"]: names.get(c["group_id"]) for c in told["components"] if not c["group"]}
    assert {c.id: c.group and c.group.root["en"] for c in settings.components} == expected
    assert settings.status.time_zone == told["page"]["time_zone"]
    groups = [c.group.root["en"] if c.group else c.id for c in settings.components]
    runs = [group for index, group in enumerate(groups) if not index or groups[index - 1] != group]
    assert len(runs) == len(set(runs))


def test_our_answers_are_those_of_statuspage(project: Project, archive: list[Any]) -> None:
    """Field by field for each of the 280 that are known exactly. What differs, how often and why is written down."""
    exact = [told for told in archive if "page_id" in told]
    history = build_history(project.records, project.settings, datetime(2026, 8, 22, tzinfo=UTC))
    page = Page(history, language("en", project.settings.zone))
    components = leaves(page)
    counted: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    for told in exact:
        ours = as_answered(page, components, history.by_id[told["id"]])
        for field, one, other in _pairs("", told, ours):
            counted[field] += 1
            differing[field] += one != other
    assert len(exact) == 280
    shown = {field: (str(times), str(counted[field])) for field, times in differing.items() if times}
    assert shown == dict(_written_down())


def _pairs(field: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """Each field of the original with ours. Lists of what has an id are compared by it, their order by itself."""
    if isinstance(one, dict):
        assert list(one) == list(other), field
        for key in one:
            yield from _pairs(f"{field}.{key}".removeprefix("."), one[key], other[key])
    elif isinstance(one, list):
        ours = {item.get("id") or item["code"]: item for item in other}
        keys = [item.get("id") or item["code"] for item in one]
        yield f"{field}, order", keys, list(ours)
        assert set(keys) == set(ours), field
        for key, item in zip(keys, one, strict=True):
            yield from _pairs(f"{field}[]", item, ours[key])
    else:
        yield field, _comparable(field, one), _comparable(field, other)


def _comparable(field: str, value: Any) -> Any:
    """Times to the second, texts as we import them, without their white space."""
    if field.endswith("body"):
        return "".join(to_record(value, Losses(), "").split())
    return value[:19] if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value) else value


def _written_down() -> Iterator[tuple[str, tuple[str, str]]]:
    """The table of differing fields in the reference."""
    text = (Path(__file__).parents[1] / "reference" / "import.md").read_text(encoding="utf-8")
    for field, order, times, of in re.findall(
        r"^\| `([^`]+)`(, order)? \| ([\d,]+) \| ([\d,]+) \|", text, re.MULTILINE
    ):
        yield field + order, (times.replace(",", ""), of.replace(",", ""))
