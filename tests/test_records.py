"""The folder of records: all of them are read, and none disappears in silence."""

from pathlib import Path

import pytest

from generator.records import Records, read_records
from generator.settings import Settings, read_settings

ROOT = Path(__file__).parents[1]
ENTRY = "  - at: 2021-07-17 09:05\n    status: {}\n"
GOOD = "title: Ausfall\ntimeline:\n" + ENTRY.format("investigating")


def read(folder: Path, settings: Settings, **files: str) -> Records:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return read_records(folder, settings)


@pytest.mark.parametrize(("config", "folder", "count"), [
    ("mkdocs.yml", "incidents", 2), ("tests/records/demo.yml", "tests/records/valid", 18),
])  # fmt: skip
def test_the_records_we_ship_are_sound(config: str, folder: str, count: int) -> None:
    """All of them are read, without a word to say."""
    settings, _ = read_settings(ROOT / config)
    assert settings
    records = read_records(ROOT / folder, settings)
    assert [str(problem) for problem in records.problems] == []
    assert len(records.incidents) >= count
    assert not records.unreadable


def test_every_problem_of_every_file_in_one_run(tmp_path: Path, settings: Settings) -> None:
    """One bad file hides neither another nor a sound one."""
    twice = GOOD.replace("09:05", "9.05") + "bar: x\n"
    records = read(tmp_path, settings, good=GOOD, a=GOOD + "foo: x\n", b=twice, c="[")
    assert [incident.id for incident in records.incidents] == ["good"]
    assert [broken.id for broken in records.unreadable] == ["a", "b", "c"]
    assert [(problem.file, problem.line) for problem in records.problems] == [
        ("incidents/a.yml", 5), ("incidents/b.yml", 3), ("incidents/b.yml", 5), ("incidents/c.yml", 1),
    ]  # fmt: skip


def test_records_come_in_the_order_of_their_names(tmp_path: Path, settings: Settings) -> None:
    """Whatever order the disk lists them in."""
    records = read(tmp_path, settings, c=GOOD, a=GOOD, b=GOOD)
    assert [incident.id for incident in records.incidents] == ["a", "b", "c"]


def test_drafts_hidden_files_and_other_kinds_of_files_are_no_records(tmp_path: Path, settings: Settings) -> None:
    """A name that begins with _ or . is left alone, as is what does not end like a record."""
    for name in ("_template.yml", ".hidden.yml", "README.md", "notes.txt", "x.yml~", "x.yml.swp"):
        (tmp_path / name).write_text("not: [a record", encoding="utf-8")
    assert read(tmp_path, settings, good=GOOD).problems == ()


def test_what_looks_like_a_record_is_not_passed_over(tmp_path: Path, settings: Settings) -> None:
    """Somebody waits for it to appear."""
    for name in ("a.yaml", "b.YML", "deeper/c.yml", "d.YAML"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (tmp_path / "pictures").mkdir()
    assert [str(problem) for problem in read_records(tmp_path, settings).problems] == [
        "incidents/a.yaml:1:1: the name of a record ends in .yml. Rename it to a.yml",
        "incidents/b.YML:1:1: the name of a record ends in .yml. Rename it to b.yml",
        "incidents/d.YAML:1:1: the name of a record ends in .yml. Rename it to d.yml",
        "incidents/deeper:1:1: records lie directly in the folder, not deeper. Move its files to incidents/",
    ]


def test_a_missing_folder_is_a_problem(tmp_path: Path, settings: Settings) -> None:
    """It says what to do."""
    records = read_records(tmp_path / "nowhere", settings)
    assert [str(problem) for problem in records.problems] == [
        "incidents:1:1: there is no such folder. Create it, and put a record into it"
    ]


def test_an_empty_folder_is_a_site_without_incidents(tmp_path: Path, settings: Settings) -> None:
    """Nothing has happened yet: no problem."""
    assert read_records(tmp_path, settings) == Records(())


@pytest.mark.parametrize(("text", "title", "ongoing"), [
    (GOOD + "foo: x\n", "Ausfall", True),
    (GOOD + ENTRY.format("resolved") + "foo: x\n", "Ausfall", False),
    (GOOD + ENTRY.format("resolved") + ENTRY.format("investigatng"), "Ausfall", True),
    (GOOD + ENTRY.format("resolved") + ENTRY.format(""), "Ausfall", True),
    (GOOD + ENTRY.format("resolved") + "  - at: 2021-07-17\n    text: <b>x\n", "Ausfall", False),
    (GOOD + ENTRY.format("resolved") + "  - was\n", "Ausfall", True),
    (GOOD + ENTRY.format("resolved") + "  -\n", "Ausfall", True),
    (GOOD + ENTRY.format("resolved") + "\tx\n", "Ausfall", True),
    (GOOD + ENTRY.format("{de: resolved}"), "Ausfall", True),
    ("kind: notice\ntitle: Ausfall\ntimeline: x\n", "Ausfall", False),
    ("kind: notic\ntitle: Ausfall\ntimeline: x\n", "Ausfall", True),
    ("title: {en: Outage, de: Ausfall}\ntimeline: x\n", "Outage", True),
    ("title: a: b\ntimeline: x\n", "a: b", True),
    ("title: |\n  Aus\n  fall\ntimeline: x\n", "Aus fall", True),
    ("title: " + "x" * 999 + "\ntimeline: x\n", "x" * 200, True),
    ("title: [x]\n", "broken", True), ("titel: x\n", "broken", True), ("", "broken", True), ("\0", "broken", True),
])  # fmt: skip
def test_a_broken_record_keeps_its_title_and_in_doubt_goes_on(
    text: str, title: str, ongoing: bool, tmp_path: Path, settings: Settings
) -> None:
    """So that a page can name it, and an ongoing outage never drops out of sight."""
    records = read(tmp_path, settings, broken=text)
    assert not records.incidents
    [broken] = records.unreadable
    assert (broken.id, broken.title, broken.may_be_ongoing) == ("broken", title, ongoing)


def test_a_record_may_relate_to_a_broken_one(tmp_path: Path, settings: Settings) -> None:
    """The file is there; that it cannot be read is said once, at its own place."""
    records = read(tmp_path, settings, good=GOOD + "related: [bad]\n", bad=GOOD + "foo: x\n")
    assert [incident.id for incident in records.incidents] == ["good"]
    assert len(records.problems) == 1


def test_texts_without_a_language_are_in_the_first_one(tmp_path: Path, settings: Settings) -> None:
    """Times without an offset are in the site's zone; the id is the file's name."""
    [incident] = read(tmp_path, settings, good=GOOD).incidents
    assert incident.title.pick("en") == ("Ausfall", "de")
    assert incident.id == "good"
    assert incident.timeline[0].at
    assert incident.timeline[0].at.nominal.isoformat() == "2021-07-17T07:05:00+00:00"


@pytest.mark.parametrize("order", [
    ["2021-07-17 09:05", "~2021-07-17 09:00"], ["2021-07-17 09:05", "2021-07-17"],
    ["2021-07-17", "2021-07-17 00:00"], ["2021-07-17 09:05", "{after: 2021-07-16 09:00}"],
    ["{before: 2021-07-18 00:00}", "2021-07-17 09:05"], ["2021-07-17 09:05", "2021-07-17 09:05"],
    ["2021-10-31 02:30+02:00", "2021-10-31 02:10+01:00"],
])  # fmt: skip
def test_entries_that_can_lie_in_order_are_let_pass(order: list[str], tmp_path: Path, settings: Settings) -> None:
    """Vague times may overlap."""
    text = "title: x\ntimeline:\n" + "".join(f"  - at: {at}\n    status: identified\n" for at in order)
    assert not read(tmp_path, settings, good=text).problems


@pytest.mark.parametrize("order", [
    ["2021-07-17 09:05", "2021-07-17 09:04"], ["~2021-07-17 09:05", "~2021-07-17 08:44"],
    ["2021-07-17", "2021-07-16"], ["{after: 2021-07-17 09:00}", "{before: 2021-07-17 08:00}"],
    ["2021-07-17 10:00", "~2021-07-17 09:55", "2021-07-17 09:55"],
])  # fmt: skip
def test_entries_that_cannot_lie_in_order_are_refused(order: list[str], tmp_path: Path, settings: Settings) -> None:
    """The later one of the two is named."""
    text = "title: x\ntimeline:\n" + "".join(f"  - at: {at}\n    status: identified\n" for at in order)
    [problem] = read(tmp_path, settings, bad=text).problems
    assert problem.field == f"timeline[{len(order) - 1}].at"
