"""All records at one instant: what is open, to come and past; years; the state of every component."""

from datetime import datetime

from generator.history import History
from generator.records import Unreadable
from tests.builders import entry, history, incident, maintenance, outage, settings, utc

NOW = utc("2026-03-02 12:00")
RECORDS = (
    outage("2026-03-01 10:00", "2026-03-01 11:00", id="over"),
    outage("2026-03-02 08:00", state="partial_outage", id="early"),
    outage("2026-03-02 10:00", name="api", id="late"),
    maintenance([entry("2026-02-20 09:00", "scheduled")], "2026-03-09 10:00", "2026-03-09 11:00", id="next-week"),
    maintenance([entry("2026-02-25 09:00", "scheduled")], "2026-03-05 10:00", "2026-03-05 11:00", id="this-week"),
    maintenance([entry("2026-02-25 09:00", "scheduled")], "2026-02-26 10:00", "2026-02-26 11:00", id="done"),
    maintenance([entry("2026-02-25 09:00", "scheduled"), entry("2026-02-26 09:00", "cancelled")],
                "2026-03-04 10:00", "2026-03-04 11:00", id="cancelled"),
    incident([entry("2026-02-27 09:00")], kind="notice", id="word"),
    outage("2026-03-02 13:00", id="future"),
)  # fmt: skip


def names(found: History, name: str) -> list[str]:
    return [course.incident.id for course in getattr(found, name)]


def test_everything_is_either_open_to_come_past_or_a_notice() -> None:
    """Newest first, but what is to come soonest first; what nobody can know yet is nowhere."""
    found = history(RECORDS, NOW)
    assert names(found, "open") == ["late", "early"]
    assert names(found, "upcoming") == ["this-week", "next-week"]
    assert names(found, "past") == ["cancelled", "over", "done"]
    assert names(found, "notices") == ["word"]
    assert len(found.courses) == len(found.by_id) == 8
    assert found.count(found.courses) == {"incident": 3, "maintenance": 4, "notice": 1}


def test_positions_lead_back_to_their_records() -> None:
    """From an id to its neighbours."""
    found = history(RECORDS, NOW)
    assert all(found.courses[place].incident.id == name for name, place in found.positions.items())


def test_records_of_the_same_instant_have_an_order_of_their_own() -> None:
    """That of their ids, however the files were read."""
    records = [outage("2026-03-01 10:00", id=name) for name in ("b", "c", "a")]
    assert names(history(records, NOW), "courses") == ["c", "b", "a"]
    assert names(history(reversed(records), NOW), "courses") == ["c", "b", "a"]


def test_every_component_has_its_state_now() -> None:
    """The one that no record names is fine."""
    expected = {"shop": "partial_outage", "tours": "operational", "api": "major_outage"}
    assert history(RECORDS, NOW).states == expected


def test_a_record_that_is_over_may_have_left_a_component_in_a_bad_state() -> None:
    """The state now is that of the last stretch, so that the front page and the uptime page agree."""
    end = entry("2026-03-01 11:00", "resolved", {"shop": "degraded_performance"})
    found = history([incident([entry("2026-03-01 10:00", "investigating", {"shop": "major_outage"}), end])], NOW)
    assert found.open == ()
    assert found.states["shop"] == "degraded_performance"
    assert found.outlines["shop"].segments[-1].answer.most == "degraded_performance"


def test_every_component_has_an_outline() -> None:
    """With data since its day in the settings, a local one, or since the first record."""
    found = history(RECORDS, NOW, components=[{"id": "shop", "name": "Shop", "since": "2026-01-01"}, "tours", "api"])
    since = {name: outline.since for name, outline in found.outlines.items()}
    assert since == {"shop": utc("2025-12-31 23:00"), "tours": None, "api": utc("2026-03-02 10:00")}


def test_a_record_belongs_to_the_local_year_in_which_it_began() -> None:
    """New Year's Eve in Berlin: 23:30 in UTC is next year's."""
    records = [
        outage("2025-12-31 22:30", "2026-01-01 02:00", id="old-year"),
        outage("2025-12-31 23:30", "2026-01-01 02:00", id="new-year"),
        incident([entry("2026-02-27 09:00")], kind="notice", id="word"),
    ]
    years = history(records, NOW).years
    found = {year: [course.incident.id for course in courses] for year, courses in years.items()}
    assert found == {2026: ["word", "new-year"], 2025: ["old-year"]}


def test_a_maintenance_is_listed_by_its_window_and_not_by_its_announcement() -> None:
    """Announced in December, done in January."""
    record = maintenance([entry("2025-12-10 09:00", "scheduled")], "2026-01-05 10:00", "2026-01-05 11:00")
    assert list(history([record], NOW).years) == [2026]


def test_a_record_that_cannot_be_read_may_hide_something() -> None:
    """If it may be going on."""
    hiding = [History(settings(), NOW, (), (Unreadable("x", "X", ongoing),)) for ongoing in (True, False)]
    assert [found.may_hide_something for found in hiding] == [True, False]


def test_a_history_told_earlier_knows_less() -> None:
    """An outage seen before, during and after."""
    record = outage("2026-03-01 10:00", "2026-03-01 11:00")

    def at(instant: datetime) -> tuple[int, int, int, str]:
        found = history([record], instant)
        return len(found.courses), len(found.open), len(found.past), found.states["shop"]

    assert at(utc("2026-03-01 09:59")) == (0, 0, 0, "operational")
    assert at(utc("2026-03-01 10:30")) == (1, 1, 0, "major_outage")
    assert at(utc("2026-03-01 11:00")) == (1, 0, 1, "operational")
