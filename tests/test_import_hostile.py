"""Answers that are broken or mean harm: problems, never a traceback, and nothing outside the folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.publish import PublishError, add_sources
from generator.statuspage import Answer, build_import, read_answers
from tests.statuspage import OUTAGE, PAGE, SUMMARY, TILL, Told, affected, answer, component, imported, incident, update
from tests.test_import import run, tree


@pytest.mark.parametrize("content", [
    b"", b"null", b"[]]", b'{"incidents": [', b"\xff\xfe{", b"<html>502 Bad gateway</html>", b'"text"', b"12",
    b'{"error": "not found"}', b"[" * 100_000, b'{"incidents": 1}', b'{"incidents": {"a": 1}}', b'{"page": []}',
    b'{"components": [null, 3, []]}', b'{"incidents": [{}]}', b"9" * 5_000, b'{"incidents": [{"id": NaN}]}',
])  # fmt: skip
def test_no_answer_of_a_statuspage(content: bytes) -> None:
    """Whatever it is, it is said, and the sound answers beside it are imported."""
    found = build_import([Answer("bad.json", content), answer(SUMMARY)], None, "en")
    assert any(problem.file == "bad.json" for problem in found.problems)
    assert "incidents/outage000000.yml" in found.files


def changed(**more: Any) -> Told:
    return OUTAGE | {"id": "badbadbadbad"} | more


def changed_update(**more: Any) -> Told:
    return changed(incident_updates=[OUTAGE["incident_updates"][0] | more])


@pytest.mark.parametrize("bad", [
    changed(id="../../etc/passwd"), changed(id=".."), changed(id="a/b"), changed(id=""), changed(id=7),
    changed(id="A" * 12), changed(id="x\n"), changed(id="a" * 500), changed(id=None), changed(id="index"),
    changed(name=None), changed(name=""), changed(name=["x"]), changed(name="x" * 5_000), changed(impact="apocalypse"),
    changed(created_at="yesterday"), changed(created_at="2026-03-02T09:00:00"), changed(incident_updates=None),
    changed(incident_updates={}), changed(incident_updates=["x"]), changed(components="all"),
    changed_update(status="exploded"), changed_update(status=None), changed_update(body={"html": "x"}),
    changed_update(created_at=None, display_at=None), changed_update(display_at="0001-01-01T00:00:00Z"),
    changed_update(display_at="9999-12-31T23:59:59Z"), changed_update(display_at=1e300),
    changed_update(affected_components={"a": "b"}), changed_update(affected_components=[{"code": "x"}]),
    changed_update(affected_components=[affected(TILL, "Till", "operational", "on_fire")]),
    changed(impact="maintenance", scheduled_for="2026-03-02T09:00:00Z", scheduled_until="2026-03-01T09:00:00Z"),
], ids=range(32))  # fmt: skip
def test_a_broken_incident_is_told_and_left_out(bad: Told) -> None:
    """The others are imported; no name of a file is made of what is no id."""
    found = imported(OUTAGE, bad)
    assert found.problems
    assert all(problem.line >= 1 for problem in found.problems)
    assert set(found.files) == {"mkdocs.yml", "incidents/outage000000.yml"}


def test_the_same_id_twice_in_a_list_is_told() -> None:
    found = imported(OUTAGE, OUTAGE | {"name": "Another"})
    assert ["twice" in problem.message for problem in found.problems] == [True]
    assert "Another" not in found.files["incidents/outage000000.yml"]


def test_the_same_id_of_two_updates_is_told() -> None:
    told = [
        update("same", "2026-03-02T10:00:00", "resolved", "b"),
        update("same", "2026-03-02T09:00:00", "investigating", "a"),
    ]
    assert imported(incident("one", "Twice", told)).problems


def test_many_problems_are_no_flood() -> None:
    found = build_import([answer({"incidents": [{}] * 5_000}), answer(SUMMARY)], None, "en")
    assert len(found.problems) < 100


@pytest.mark.parametrize("page", [
    {"name": "x\n# y", "url": "https://a.example/\nextra: {}"}, {"name": "a: [b", "url": "javascript:x"},
    {"name": "{{ config }}", "url": "https://[::1"}, {"name": "no", "url": "", "time_zone": "../../etc/passwd"},
    {"name": "x" * 9_000, "url": "https://a.example"},
])  # fmt: skip
def test_the_page_itself_can_be_odd(page: Told) -> None:
    """Its words stay words in the settings: none of them becomes a setting."""
    found = imported(OUTAGE, page=PAGE | page)
    assert "extra: {}" not in found.files["mkdocs.yml"].splitlines()
    assert "incidents/outage000000.yml" in found.files


def test_words_cannot_leave_their_field() -> None:
    """YAML in a title, a body or a link to the source is a text."""
    hostile = "x\nstatus: resolved\n  - at: 1\n# \u2028kind: notice\n\n  - at: 2026-01-01 10:00"
    told = [update("one", "2026-03-02T09:00:00", "investigating", hostile)]
    found = imported(incident("one", hostile, told, shortlink="https://a.example/\ntitle: x"))
    assert found.problems == ()
    text = found.files["incidents/one000000000.yml"]
    assert [line for line in text.splitlines() if line.startswith("title")] == [
        "title: 'x status: resolved - at: 1 # kind: notice - at: 2026-01-01 10:00'"
    ]
    assert text.count("\n  - at: ") == 1


def test_components_that_are_none() -> None:
    odd = [component("../evil", "Evil"), component(TILL, "Till"), component(TILL, "Till again"), {"id": 5}]
    found = imported(components=odd)
    assert {problem.field.partition("].")[0] for problem in found.problems} == {f"components[{i}" for i in (0, 2, 3)}
    assert "evil" not in found.files["mkdocs.yml"].lower()


def test_an_answer_without_any_component_founds_nothing() -> None:
    found = build_import([answer({"page": PAGE, "incidents": []})], None, "en")
    assert found.files == {}
    assert "component" in found.problems[0].message


def test_answers_of_several_pages_are_not_mixed() -> None:
    """Nothing is made of them, and both are named; answers of one page, or of one that is not told, go together."""
    other = SUMMARY | {"page": PAGE | {"id": "otherother00", "name": "Ski Hut"}}
    found = build_import([answer(SUMMARY), answer(other, "b.json")], None, "en")
    assert (found.files, len(found.problems)) == ({}, 1)
    assert found.problems[0].file == "b.json"
    assert "2 pages: Ski Hut (otherother00), Bike Shed (pagepagepage)" in found.problems[0].message
    later = SUMMARY | {"page": PAGE | {"name": "Bike Barn"}}
    for same in (later, [OUTAGE], {"page": {"name": "Bike Shed"}, "incidents": []}):
        assert build_import([answer(SUMMARY), answer(same, "b.json")], None, "en").problems == ()


def test_a_problem_ends_the_command_with_an_error(tmp_path: Path) -> None:
    """What is sound is there all the same, and nothing beside the folder."""
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "bad.json").write_text("<html>", encoding="utf-8")
    (saved / "good.json").write_bytes(answer(SUMMARY).content)
    (saved / "link.json").symlink_to("/etc/hostname")
    result = run("import", "statuspage", str(saved), "--to", str(tmp_path / "site"))
    assert result.exit_code == 1
    assert "bad.json:1:1: from here on this is not JSON" in result.stderr
    assert "link.json:1:1: this is not a plain file" in result.stderr
    assert {path.split("/")[0] for path in tree(tmp_path)} == {"saved", "site"}


@pytest.mark.parametrize("source", ["nowhere.json", ".", "ftp://127.0.0.1/", "file:///etc/passwd", "http://a.example/"])
def test_a_source_that_is_none_is_told(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once: what follows from it is not an error of its own."""
    monkeypatch.chdir(tmp_path)
    result = run("import", "statuspage", source, "--to", "site")
    assert result.exit_code == 1
    assert result.stderr.count(":1:1: ") == 1
    assert "component" not in result.output
    assert not (tmp_path / "site").exists()


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    answers, problems = read_answers(tmp_path)
    assert answers == []
    assert "64 MB" in problems[0].message


def test_links_in_the_target_lead_nowhere(tmp_path: Path) -> None:
    """A folder of records that is a link, or a record that is one, is not written through."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "incidents").symlink_to(outside)
    with pytest.raises(PublishError, match="is a link"):
        add_sources({"incidents/one.yml": "x"}, tmp_path / "site")
    with pytest.raises(PublishError, match="does not stay inside"):
        add_sources({"../one.yml": "x"}, tmp_path / "site")
    (tmp_path / "site" / ".two.yml.unfinished").symlink_to(outside / "two.yml")
    with pytest.raises(PublishError, match="in the way"):
        add_sources({"two.yml": "x"}, tmp_path / "site")
    assert list(outside.iterdir()) == []


def test_settings_that_cannot_be_used_stop_the_import(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    (tmp_path / "saved.json").write_text(json.dumps(SUMMARY), encoding="utf-8")
    result = run("import", "statuspage", str(tmp_path / "saved.json"), "--to", str(tmp_path))
    assert result.exit_code == 1
    assert "mkdocs.yml:1" in result.stderr
    assert not (tmp_path / "incidents").exists()
