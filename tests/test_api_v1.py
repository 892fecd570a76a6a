"""Our own JSON: every file keeps to its schema, tells no more exactly than is known, and stays as it is when it can."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.api.v1 import render_own
from generator.facts import is_open, is_upcoming
from generator.history import History, build_history
from generator.model import Incident
from generator.project import read_project
from generator.records import Records, Unreadable
from generator.site import build_site
from tests.builders import entry, history, incident, maintenance, outage, settings, utc
from tests.built import SITES

NOW = utc("2026-03-05 12:00")
ROOT = "https://status.invented.example/"
DAY = timedelta(days=1)


def site_history(name: str, later: timedelta = timedelta()) -> History:
    """The history of one of this repository's sites, at its instant or later."""
    config, now = SITES[name]
    project = read_project(config)
    return build_history(project.records, project.settings, now + later)


def api(incidents: Iterable[Incident], now: Any = NOW, **more: Any) -> dict[str, Any]:
    """Every file, parsed, by its name below `api/v1/`."""
    return parsed(history(incidents, now, **more))


def parsed(found: History) -> dict[str, Any]:
    return {path.removeprefix("api/v1/"): json.loads(content) for path, content in render_own(found).items()}


def kind_of(name: str) -> str:
    """The name of the schema that a file keeps to."""
    folder, _, file = name.rpartition("/")
    return {"incidents": "incident", "years": "year"}.get(folder, file.removesuffix(".json"))


@pytest.mark.parametrize("name", SITES)
def test_every_file_of_both_sites_keeps_to_its_schema(name: str) -> None:
    """Every file has a schema, every schema a file, and each schema is one."""
    files = parsed(site_history(name))
    schemas = {path.split("/")[1].removesuffix(".json"): files.pop(path) for path in list(files) if "schema/" in path}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    for path, content in files.items():
        faults = [fault.message for fault in Draft202012Validator(schemas[kind_of(path)]).iter_errors(content)]
        assert faults == [], path
    assert {kind_of(path) for path in files} == schemas.keys()


def test_a_schema_refuses_what_it_does_not_know_and_what_is_missing() -> None:
    """Everywhere: a program can rely on every field, and notices when we change a form by mistake."""
    schemas = {name: content for name, content in api([]).items() if name.startswith("schema/")}
    for schema in schemas.values():
        objects = [found for found in _objects(schema) if "properties" in found]
        assert objects
        for found in objects:
            assert found["additionalProperties"] is False
            assert sorted(found["required"]) == sorted(found["properties"])
            assert all("default" not in field for field in found["properties"].values())
            assert all(field.get("description") for field in found["properties"].values())


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _objects(inner)


def test_a_schema_is_known_by_its_address() -> None:
    """Where it can be fetched from."""
    schema = api([])["schema/status.json"]
    assert schema["$id"] == f"{ROOT}api/v1/schema/status.json"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_files_are_there_once_for_all_languages() -> None:
    """Below the root of the first; the others have none."""
    found = site_history("velorent")
    config, now = SITES["velorent"]
    project = read_project(config)
    site = build_site(project.records, project.settings, now)
    assert {path.removeprefix("de/") for path in site if "api/v1/" in path} == set(render_own(found))


@pytest.mark.parametrize("name", SITES)
def test_the_file_of_what_is_over_never_changes(name: str) -> None:
    """Not by a byte, however much later the site is built."""
    before, after = site_history(name), site_history(name, 700 * DAY)
    first, later = render_own(before), render_own(after)
    over = [c.incident.id for c in before.courses if not is_open(c) and not is_upcoming(c)]
    assert over
    for record in over:
        path = f"api/v1/incidents/{record}.json"
        assert first[path] == later[path]


def test_an_end_that_nobody_can_date_stays_undated() -> None:
    """Not *until the site was built*: that would be another time with every build."""
    found = incident([
        entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"}),
        entry({"after": "2026-03-02 12:00"}, "resolved"),
    ])  # fmt: skip
    file = api([found])["incidents/one.json"]
    assert file["events"][-1]["earliest"] == "2026-03-02T12:00:00Z"
    assert file["events"][-1]["latest"] is None
    assert file["durations"]["resolve"] == {"least": 7200.0, "most": None}
    assert file == api([found], NOW + 90 * DAY)["incidents/one.json"]


@pytest.mark.parametrize(("at", "told"), [
    ("2026-03-02 10:00", ("exact", "10:00", "10:00", "10:00")),
    ("~2026-03-02 10:00", ("about", "10:00", "09:50", "10:10")),
    ({"before": "2026-03-02 10:00"}, ("before", "10:00", None, "10:00")),
    ({"after": "2026-03-02 10:00"}, ("after", "10:00", "10:00", None)),
    ({"between": ["2026-03-02 10:00", "2026-03-02 11:00"]}, ("between", "10:00", "10:00", "11:00")),
    ("2026-03-02", ("day", "00:00", "00:00", "00:00")),
])  # fmt: skip
def test_a_moment_is_told_with_its_precision_and_bounds(at: Any, told: tuple[str, ...]) -> None:
    """In UTC; null where nobody knows."""
    moment = api([incident([entry(at, "investigating")])])["incidents/one.json"]["record"]["timeline"][0]["at"]
    bounds = [moment[name] and moment[name][11:16] for name in ("nominal", "earliest", "latest")]
    assert (moment["precision"], *bounds) == told


def test_a_record_is_told_in_full_in_all_its_languages() -> None:
    """What it says as it says it, with what follows; what it does not say is null, not left out."""
    told = outage(
        "2026-03-02 10:00", "2026-03-02 11:00", summary={"en": "Down.", "de": "Steht."},
        cause={"certainty": "suspected", "text": "A full disk."},
        actions=[{"text": "A bigger one.", "due": "2026-06-01"}],
    )  # fmt: skip
    file = api([told])["incidents/one.json"]
    record = file["record"]
    assert record["summary"] == {"en": "Down.", "de": "Steht."}
    assert (record["cause"]["certainty"], record["cause"]["category"]) == ("suspected", None)
    assert (record["actions"][0]["due"], record["actions"][0]["status"]) == ("2026-06-01", "open")
    assert set(record) == set(Incident.model_fields)
    assert (file["brief"]["severity"], file["brief"]["status"]) == ("major", "resolved")
    assert file["brief"]["pages"] == {"en": f"{ROOT}incidents/one/", "de": f"{ROOT}de/incidents/one/"}
    assert [(event["entry"], event["components"]) for event in file["events"]] == [
        (0, {"shop": "major_outage"}), (1, {"shop": "operational"}),
    ]  # fmt: skip


def test_nothing_is_told_before_its_time() -> None:
    """An entry, a post-mortem and a record that lie in the future are in no file."""
    record = outage("2026-03-02 10:00", "2026-03-08 11:00", published="2026-03-09", summary="Later.")
    files = api([record, outage("2026-03-07 10:00", id="two")])
    assert files["incidents/one.json"]["record"]["summary"] is None
    assert len(files["incidents/one.json"]["record"]["timeline"]) == 1
    assert "incidents/two.json" not in files


def test_the_lists_lead_to_every_record() -> None:
    """The newest in one file, every year in one of its own; the first does not grow with the years."""
    start = utc("2025-11-01 10:00")
    days = [f"{start + day * DAY:%Y-%m-%d %H:%M}" for day in range(120)]
    files = api([outage(day, day, id=f"r{number:03}") for number, day in enumerate(days)])
    listed = files["incidents.json"]
    assert [brief["id"] for brief in listed["newest"]] == [f"r{number:03}" for number in range(119, 69, -1)]
    assert [(year["year"], year["incidents"]) for year in listed["years"]] == [(2026, 59), (2025, 61)]
    assert listed["years"][0]["file"] == f"{ROOT}api/v1/years/2026.json"
    years = [files[f"years/{year}.json"] for year in (2026, 2025)]
    assert [brief["file"] for year in years for brief in year["records"]] == [
        f"{ROOT}api/v1/incidents/r{number:03}.json" for number in range(119, -1, -1)
    ]


def test_the_status_tells_the_present() -> None:
    """Components with their states, what goes on, what is planned, recent notices, what could not be read."""
    planned = maintenance([entry("2026-03-01", "scheduled")], "2026-03-09 10:00", "2026-03-09 11:00", id="three")
    records = [
        outage("2026-03-05 10:00", state="partial_outage"),
        outage("2026-03-02 10:00", "2026-03-02 11:00", id="two"),
        planned,
        incident([entry("2026-03-04 10:00")], id="four", kind="notice"),
        incident([entry("2026-01-04 10:00")], id="five", kind="notice"),
    ]
    lost = Unreadable("six", "Six", may_be_ongoing=True)
    found = parsed(build_history(Records(tuple(records), (lost,)), settings(), NOW))["status.json"]
    assert (found["as_of"], found["indicator"], found["unreadable"]) == ("2026-03-05T12:00:00Z", "minor", 1)
    assert found["headline"]["en"] == "Partly down at the moment: Shop."
    assert {component["id"]: component["state"] for component in found["components"]} == {
        "shop": "partial_outage", "tours": "operational", "api": "operational",
    }  # fmt: skip
    assert [brief["id"] for brief in found["ongoing"]] == ["one"]
    assert [brief["id"] for brief in found["planned"]] == ["three"]
    assert [brief["id"] for brief in found["notices"]] == ["four"]


def test_availability_is_told_by_month_with_its_bounds() -> None:
    """In seconds and as a share; from the first word on a component, until now."""
    records = [outage("2026-01-31 22:00", {"between": ["2026-02-01 01:00", "2026-02-01 02:00"]}, id="one")]
    components = api(records, zone="Etc/UTC")["availability.json"]["components"]
    months = {component["id"]: component["months"] for component in components}
    assert (months["tours"], months["api"]) == ([], [])
    assert [month["month"] for month in months["shop"]] == ["2026-01", "2026-02", "2026-03"]
    january, february, march = months["shop"]
    assert january["observed"] == january["lost"] == {"least": 7200.0, "most": 7200.0}
    assert january["availability"] == {"least": 0.0, "most": 0.0}
    assert february["lost"] == {"least": 3600.0, "most": 7200.0}
    assert february["availability"] == {"least": 0.997023, "most": 0.998511}
    assert march["observed"]["most"] == (4 * DAY + timedelta(hours=12)).total_seconds()


def test_a_share_is_never_rounded_up() -> None:
    """Half a second lost in a month is not none."""
    found = [outage("2026-02-10 10:00:00", "2026-02-10 10:00:01", state="partial_outage")]
    shop = api(found, components=[{"id": "shop", "name": "Shop", "since": "2025-01-01"}], zone="Etc/UTC")
    (february,) = [m for m in shop["availability.json"]["components"][0]["months"] if m["month"] == "2026-02"]
    assert february["lost"]["most"] == 0.3
    assert february["availability"]["most"] == 0.999999


def test_commitments_tell_what_was_promised_and_what_became_of_it() -> None:
    """Everything that waits, with what is overdue; of what is closed the newest hundred."""
    actions = [{"text": "Late.", "due": "2026-03-04"}, {"text": "Soon.", "due": "2026-03-05"},
               {"text": "Kept.", "status": "done", "done_at": "2026-03-03"}]  # fmt: skip
    old = [{"text": "Kept.", "status": "done"}] * 120
    files = api([outage("2026-03-02 10:00", "2026-03-02 11:00", actions=actions),
                 outage("2026-03-01 10:00", "2026-03-01 11:00", id="two", actions=old)])  # fmt: skip
    found = files["commitments.json"]
    told = [(commitment["record"], commitment["action"]["text"]["en"], commitment["overdue"])
            for commitment in found["waiting"]]  # fmt: skip
    assert told == [("one", "Late.", True), ("one", "Soon.", False)]
    assert [commitment["record"] for commitment in found["closed"]] == ["one", *["two"] * 99]
