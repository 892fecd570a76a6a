"""The files of Statuspage's API: exactly the form of real responses, and nothing that the records do not say."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from generator.api.v2 import render_statuspage
from generator.history import build_history
from generator.language import language
from generator.model import Incident
from generator.project import read_project
from generator.texts import Prose
from tests.builders import Told, entry, history, incident, maintenance, outage, utc
from tests.built import SITES
from tests.statuspage_shape import FILES, misfits
from tests.test_feeds import HOSTILE

NOW = utc("2026-03-05 12:00")
ROOT = "https://status.invented.example/"


def api(incidents: Iterable[Incident], now: datetime = NOW, code: str = "en", **more: Any) -> dict[str, Any]:
    """Every file of one language, parsed, by its name below `api/v2/`."""
    found = history(incidents, now, **more)
    files = render_statuspage(found, language(code, found.settings.zone))
    return {name.removeprefix("api/v2/"): json.loads(text) for name, text in files.items()}


def only(incidents: Iterable[Incident], now: datetime = NOW, **more: Any) -> Any:
    """The one incident there is."""
    (found,) = api(incidents, now, **more)["incidents.json"]["incidents"]
    return found


def planned(*told: Told, start: str = "2026-03-07 10:00", end: str = "2026-03-07 12:00", **more: Any) -> Incident:
    """A maintenance of the shop, announced on 1 March."""
    first = entry("2026-03-01 10:00", "scheduled", {"shop": "under_maintenance"})
    return maintenance([first, *told], start, end, **more)


@pytest.mark.parametrize("name", SITES)
def test_every_file_of_both_sites_has_exactly_the_form_of_statuspage(name: str) -> None:
    """Keys and their order, words, ids, times, what may be null: in each language."""
    config, now = SITES[name]
    project = read_project(config)
    found = build_history(project.records, project.settings, now)
    for code in project.settings.languages:
        files = render_statuspage(found, language(code, project.settings.zone))
        assert list(files) == [f"api/v2/{name}" for name in FILES]
        for path, shape in FILES.items():
            assert list(misfits(json.loads(files[f"api/v2/{path}"]), shape, path)) == []


@pytest.mark.parametrize(("states", "indicator", "words"), [
    ({}, "none", "All Systems Operational"),
    ({"shop": "under_maintenance"}, "maintenance", "Service Under Maintenance"),
    ({"shop": "degraded_performance"}, "minor", "Partially Degraded Service"),
    ({"shop": "partial_outage", "api": "degraded_performance"}, "minor", "Minor Service Outage"),
    ({"shop": "major_outage"}, "major", "Partial System Outage"),
    ({"shop": "major_outage", "api": "major_outage", "tours": "major_outage"}, "critical", "Major Service Outage"),
])  # fmt: skip
def test_the_page_is_in_the_state_of_its_worst_component(states: dict[str, str], indicator: str, words: str) -> None:
    """Whatever else is going on: an open incident that names nothing changes no indicator."""
    found = api([incident([entry("2026-03-05 10:00", "investigating", states)])])
    assert found["status.json"]["status"] == {"indicator": indicator, "description": words}
    assert found["summary.json"]["status"] == found["status.json"]["status"]


FRONT = {"en": "Front", "de": "Vorne"}
GROUPED = [
    {"id": "shop", "name": {"en": "Shop", "de": "Laden"}, "group": FRONT, "since": "2025-02-01"},
    "api",
    {"id": "tours", "name": "Tours", "group": FRONT},
]


def test_groups_stand_among_the_components_as_bad_as_their_worst() -> None:
    """By position, which counts anew in each group; a group stands where its first component does."""
    listed = api([outage("2026-03-05 10:00", name="tours")], components=GROUPED)["components.json"]["components"]
    assert [(c["name"], c["position"], c["status"]) for c in listed] == [
        ("Shop", 1, "operational"), ("Front", 1, "major_outage"), ("Api", 2, "operational"),
        ("Tours", 2, "major_outage"),
    ]  # fmt: skip
    shop, front, _, tours = listed
    assert front["components"] == [shop["id"], tours["id"]]
    assert shop["group_id"] == tours["group_id"] == front["id"]
    assert front["created_at"] == shop["created_at"] == "2025-02-01T00:00:00.000+01:00"
    assert shop["start_date"] == "2025-02-01"
    assert tours["updated_at"] == front["updated_at"] == "2026-03-05T11:00:00.000+01:00"


def test_ids_do_not_depend_on_language_title_or_address() -> None:
    """Programs know by them what they have seen."""
    first = api([outage("2026-03-02 10:00", "2026-03-02 11:00")], components=GROUPED)
    other = api([outage("2026-03-02 10:00", "2026-03-02 11:00", title="Renamed")], components=GROUPED, code="de",
                url="https://elsewhere.example/", feed_authority="status.invented.example")  # fmt: skip
    assert _ids(first) == _ids(other)
    assert len(set(_ids(first))) > 6


def _ids(found: Any) -> list[str]:
    if isinstance(found, list):
        return [one for item in found for one in _ids(item)]
    if isinstance(found, dict):
        own = [found[key] for key in ("id", "code", "page_id", "group_id", "incident_id") if found.get(key)]
        return own + [one for item in found.values() for one in _ids(item)]
    return []


def test_ids_that_statuspage_gave_are_kept() -> None:
    """Of a record, of a component, of an update, of the page."""
    kept = incident(
        [entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"}, id="9k2mbrotx07q")], id="x1234567890z",
    )  # fmt: skip
    found = only([kept])
    assert found["id"] == "x1234567890z"
    assert found["incident_updates"][0]["id"] == "9k2mbrotx07q"
    assert found["incident_updates"][0]["incident_id"] == "x1234567890z"
    (component,) = api([], components=["abcdef123456"])["components.json"]["components"]
    assert component["id"] == "abcdef123456"
    assert api([], statuspage_id="k2q7m9x0b4za")["status.json"]["page"]["id"] == "k2q7m9x0b4za"


def test_times_are_those_of_the_sites_zone_with_milliseconds() -> None:
    """With a Z where the zone is UTC, as Statuspage writes them; London in winter is not UTC."""
    record = [outage("2026-03-02 10:00:07", "2026-03-02 11:00")]
    assert only(record)["created_at"] == "2026-03-02T11:00:07.000+01:00"
    assert only(record, zone="Etc/UTC")["created_at"] == "2026-03-02T10:00:07.000Z"
    assert only(record, zone="Europe/London")["created_at"] == "2026-03-02T10:00:07.000+00:00"


def test_the_page_is_dated_by_its_records() -> None:
    """Not by the build; but a maintenance that begins by its plan is a change."""
    head = api([planned()], utc("2026-03-06 08:00"))["summary.json"]["page"]
    assert head["updated_at"] == "2026-03-01T11:00:00.000+01:00"
    assert head["url"] == "https://status.invented.example"
    assert api([planned()], utc("2026-03-07 11:00"))["summary.json"]["page"]["updated_at"][:16] == "2026-03-07T11:00"
    assert api([])["summary.json"]["page"]["updated_at"] == "2026-03-05T13:00:00.000+01:00"


def test_an_incident_tells_its_course() -> None:
    """`started` is when impact began; monitoring and resolved are told, else null."""
    timeline = [
        entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"}, text="One."),
        entry("2026-03-02 10:30", "monitoring", text="Two."),
        entry("2026-03-02 11:00", "resolved", text="Three."),
    ]
    found = only([incident(timeline, started="2026-03-02 09:40")])
    assert [found[f"{name}_at"][11:16] for name in ("started", "created", "monitoring", "resolved", "updated")] == [
        "10:40", "11:00", "11:30", "12:00", "12:00",
    ]  # fmt: skip
    assert [update["body"] for update in found["incident_updates"]] == ["Three.", "Two.", "One."]
    assert found["impact"] == "major"
    assert found["shortlink"] == f"{ROOT}incidents/one/"
    before = only([incident(timeline)], utc("2026-03-02 10:10"))
    assert (before["monitoring_at"], before["resolved_at"], before["status"]) == (None, None, "investigating")


def test_an_incident_opened_again_is_not_resolved() -> None:
    """What was over for a while had not ended."""
    timeline = [entry("2026-03-02 10:00", "investigating"), entry("2026-03-02 11:00", "resolved"),
                entry("2026-03-02 12:00", "investigating")]  # fmt: skip
    found = only([incident(timeline)])
    assert (found["status"], found["resolved_at"]) == ("investigating", None)


def test_each_update_names_every_component_so_far() -> None:
    """With its state before and after, whether it changed or not; null before the first."""
    timeline = [
        entry("2026-03-02 10:00", "investigating"),
        entry("2026-03-02 10:10", None, {"shop": "partial_outage"}),
        entry("2026-03-02 10:20", None, {"api": "major_outage"}),
        entry("2026-03-02 10:30", "resolved"),
    ]
    told = [update["affected_components"] for update in only([incident(timeline)])["incident_updates"]]
    assert [_changes(affected) for affected in told[::-1]] == [
        None,
        [("Shop", "operational", "partial_outage")],
        [("Shop", "partial_outage", "partial_outage"), ("Api", "operational", "major_outage")],
        [("Shop", "partial_outage", "operational"), ("Api", "major_outage", "operational")],
    ]


def _changes(affected: Any) -> Any:
    return affected and [(found["name"], found["old_status"], found["new_status"]) for found in affected]


def test_what_broke_before_it_was_told_was_operational_until_then() -> None:
    """For subscribers the state changes with the update, however long ago the impact began."""
    found = only([outage("2026-03-02 10:00", started="2026-03-02 08:00")])
    assert _changes(found["incident_updates"][0]["affected_components"]) == [("Shop", "operational", "major_outage")]


def test_a_component_is_named_with_its_group() -> None:
    """As real pages do in updates; in lists it bears its name alone."""
    found = only([outage("2026-03-02 10:00")], components=GROUPED)
    assert found["incident_updates"][0]["affected_components"][0]["name"] == "Front - Shop"
    assert found["components"][0]["name"] == "Shop"


def test_updates_are_what_subscribers_hear_of() -> None:
    """A finding that changes nothing is told on the page alone."""
    timeline = [entry("2026-03-02 10:00", "investigating"), entry("2026-03-02 10:10", kind="finding"),
                entry(None, kind="decision", advice="Wait."), entry("2026-03-02 11:00", "resolved")]  # fmt: skip
    told = only([incident(timeline)])["incident_updates"]
    assert [(update["status"], update["display_at"][11:16]) for update in told] == [
        ("resolved", "12:00"), ("investigating", "11:10"), ("investigating", "11:00"),
    ]  # fmt: skip


def test_a_post_mortem_is_an_update_and_a_status() -> None:
    """As on a page of Statuspage that has published one; the incident is no longer among the unresolved."""
    told = outage("2026-03-02 10:00", "2026-03-02 11:00", published="2026-03-03 09:00", summary="Nobody could order.",
                  cause={"certainty": "suspected", "text": "A full disk."})  # fmt: skip
    found = only([told])
    assert found["status"] == found["incident_updates"][0]["status"] == "postmortem"
    assert found["incident_updates"][0]["display_at"][:16] == "2026-03-03T10:00"
    assert found["incident_updates"][0]["body"] == (
        "Nobody could order.<br /><br />The cause is suspected, not proven. A full disk.<br /><br />"
        f'<a href="{ROOT}incidents/one/">{ROOT}incidents/one/</a>'
    )
    assert api([told])["incidents/unresolved.json"]["incidents"] == []


def test_incidents_come_newest_first_and_unresolved_ones_by_their_last_change() -> None:
    """Fifty at the most."""
    old = incident([entry("2026-03-01 10:00", "investigating"), entry("2026-03-04 10:00", text="Still.")], id="old")
    new = outage("2026-03-03 10:00", id="new")
    found = api([old, new, outage("2026-03-02 10:00", "2026-03-02 11:00", id="over")])
    assert _names(found["incidents.json"]) == ["new", "over", "old"]
    assert _names(found["incidents/unresolved.json"]) == _names(found["summary.json"]) == ["old", "new"]
    start = utc("2025-03-01 10:00")
    many = [outage(f"{start + timedelta(days=day):%Y-%m-%d %H:%M}", id=f"r{day:03}") for day in range(60)]
    assert _names(api(many)["incidents.json"]) == [f"r{day:03}" for day in range(59, 9, -1)]


def _names(found: Any, kind: str = "incidents") -> list[str]:
    return [item["shortlink"].split("/")[-2] for item in found[kind]]


def test_maintenance_is_listed_soonest_first_then_what_is_going_on() -> None:
    """Each list holds what its name says; what is over stands in the whole list alone."""
    records = [
        planned(id="later", start="2026-03-09 10:00", end="2026-03-09 11:00"),
        planned(id="soon", start="2026-03-06 10:00", end="2026-03-06 11:00"),
        planned(id="running", start="2026-03-05 10:00", end="2026-03-05 14:00"),
        planned(id="over", start="2026-03-03 10:00", end="2026-03-03 11:00"),
    ]
    found = api(records)
    lists = {name: _names(content, "scheduled_maintenances") for name, content in found.items() if "maint" in name}
    assert lists.pop("scheduled-maintenances/upcoming.json") == ["soon", "later"]
    assert lists.pop("scheduled-maintenances/active.json") == ["running"]
    assert sorted(lists.pop("scheduled-maintenances.json")) == ["later", "over", "running", "soon"]
    assert _names(found["summary.json"], "scheduled_maintenances") == ["soon", "later", "running"]
    assert found["incidents.json"]["incidents"] == []


def test_a_maintenance_begins_and_ends_by_its_plan() -> None:
    """With an update for each, as Statuspage writes them by itself."""
    found = []
    for now in ("2026-03-06 08:00", "2026-03-07 11:00", "2026-03-07 13:00"):
        (told,) = api([planned()], utc(now))["scheduled-maintenances.json"]["scheduled_maintenances"]
        changes = [_changes(update["affected_components"])[0][1:] for update in told["incident_updates"]]
        found.append((told["status"], [update["status"] for update in told["incident_updates"]], changes[0]))
    assert found == [
        ("scheduled", ["scheduled"], ("operational", "operational")),
        ("in_progress", ["in_progress", "scheduled"], ("operational", "under_maintenance")),
        ("completed", ["completed", "in_progress", "scheduled"], ("under_maintenance", "operational")),
    ]
    assert told["incident_updates"][0]["body"] == "The planned window is over."
    assert (told["scheduled_for"][11:16], told["scheduled_until"][11:16]) == ("11:00", "13:00")
    assert (told["started_at"][:10], told["resolved_at"][11:16]) == ("2026-03-01", "13:00")
    assert told["impact"] == "maintenance"


def test_a_cancelled_maintenance_and_a_notice_are_left_out() -> None:
    """Statuspage deletes the one and does not know the other."""
    records = [planned(entry("2026-03-02 10:00", "cancelled")),
               incident([entry("2026-03-02 10:00")], id="two", kind="notice")]  # fmt: skip
    found = api(records)
    assert found["scheduled-maintenances.json"]["scheduled_maintenances"] == []
    assert found["incidents.json"]["incidents"] == []
    assert found["scheduled-maintenances/upcoming.json"]["scheduled_maintenances"] == []


@pytest.mark.parametrize(("text", "body"), [
    ("One *and* **two**\nof `three`.", "One and two of three."),
    ("One.\n\nTwo.  \nThree.", "One.<br /><br />Two.<br />Three."),
    ("Needed:\n\n- a\n- b\n\nThanks.", "Needed:<br /><br />- a<br />- b<br /><br />Thanks."),
    ("Needed:\n\n- a\n\n- b", "Needed:<br /><br />- a<br /><br />- b"),
    ("```\na\n  b\n```", "a<br />  b"),
    ("See [uptime](uptime/) & [more](https://a.example/?b=1&c=2).",
     f'See <a href="{ROOT}uptime/">uptime</a> & <a href="https://a.example/?b=1&amp;c=2">more</a>.'),
    ("R&D: 3 < 4 > 2, Händler*innen", "R&D: 3 < 4 > 2, Händler*innen"),
    ("Never `<script>alert(1)</script>` nor &amp;lt;", "Never &lt;script>alert(1)&lt;/script> nor &amp;lt;"),
])  # fmt: skip
def test_a_body_reads_well_as_html_and_as_words(text: str, body: str) -> None:
    """Line breaks and links as in real bodies; nothing that a program could take for a tag of ours."""
    (update,) = only([incident([entry("2026-03-02 10:00", "investigating", text=text)])])["incident_updates"]
    assert update["body"] == body


def test_a_body_holds_all_that_an_entry_tells() -> None:
    """Advice, restriction, other address, next update; without any words the status."""
    told = entry("2026-03-02 10:00", "investigating", text="It broke.", advice="Wait.", restriction="No orders.",
                 available_at="https://other.example/", next_update="2026-03-02 11:00")  # fmt: skip
    body = only([incident([told])])["incident_updates"][0]["body"]
    assert body.split("<br /><br />") == [
        "It broke.", "Our advice: Wait.", "Still limited: No orders.",
        'Meanwhile available at <a href="https://other.example/">https://other.example/</a>',
        "Next update promised by: Monday, 2 March 2026, 12:00",
    ]  # fmt: skip
    silent = incident([{"at": "2026-03-02 10:00", "status": "investigating"}])
    assert only([silent])["incident_updates"][0]["body"] == "Investigating"


def test_each_language_tells_in_its_own_words() -> None:
    """Titles, bodies, names and links; the words that programs compare stay English."""
    record = incident(
        [entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"}, text={"en": "Down.", "de": "Steht."})],
        title={"en": "It broke", "de": "Kaputt"},
    )  # fmt: skip
    found = api([record], code="de", components=GROUPED)
    (told,) = found["incidents.json"]["incidents"]
    assert (told["name"], told["incident_updates"][0]["body"]) == ("Kaputt", "Steht.")
    assert told["shortlink"] == f"{ROOT}de/incidents/one/"
    assert told["components"][0]["name"] == "Laden"
    assert found["status.json"]["page"]["url"] == f"{ROOT}de"
    assert found["status.json"]["status"]["description"] == "Partial System Outage"


def test_the_files_change_with_the_records_alone() -> None:
    """The same records at another time, nothing having begun or ended since, give the same bytes."""
    assert api([outage("2026-03-02 10:00")]) == api([outage("2026-03-02 10:00")], NOW + timedelta(days=30))


class _Tags(HTMLParser):
    """Every tag of a body with its attributes."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(body)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing_in_a_program_that_shows_html(text: str) -> None:
    """Even past the checks of the reader: line breaks and harmless links are all the HTML there is."""
    prose = Prose.model_construct({"en": text})
    found = incident([entry("2026-03-02 10:00", "investigating")])
    first = found.timeline[0].model_copy(update={"text": prose, "advice": prose, "restriction": prose})
    body = only([found.model_copy(update={"timeline": (first,)})])["incident_updates"][0]["body"]
    for tag, attributes in _Tags(body).found:
        assert (tag, set(attributes)) in [("br", set()), ("a", {"href"})]
        assert (attributes.get("href") or "#").startswith(("https://", "mailto:", "#"))
