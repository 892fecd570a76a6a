"""The course of a record: its events in order and within bounds, the states of its components, a maintenance's plan."""

from datetime import datetime

import pytest

from generator.facts import Course, Range, began, course, status_of
from generator.facts.course import FIRST, LAST
from generator.model import Incident
from tests.builders import entry, events_of, incident, maintenance, outage, utc

NOW = utc("2026-03-10 00:00")
DOWN = {"shop": "major_outage"}
BUSY = {"shop": "under_maintenance"}
SCHEDULED = entry("2026-03-01 09:00", "scheduled", BUSY)
WINDOW = "2026-03-02 10:00", "2026-03-02 12:00"


def clock(instant: datetime) -> str:
    return {FIRST: "-", LAST: "-", NOW: "now"}.get(instant, f"{instant:%H:%M}")


def shop(found: Course, name: str = "shop") -> list[tuple[str, ...]]:
    """The states of the shop: state, earliest and latest start, earliest and latest end."""
    return [
        (s.state, *map(clock, (s.earliest_start, s.latest_start, s.earliest_end, s.latest_end)))
        for s in found.stretches[name]
    ]


def bounds(record: Incident) -> list[tuple[str, str]]:
    return [(clock(earliest), clock(latest)) for _, earliest, latest in events_of(course(record, NOW))]


@pytest.mark.parametrize("status", ["resolved", "completed", "cancelled"])
def test_the_end_returns_what_is_not_named_to_operational(status: str) -> None:
    """Whichever end it is."""
    record = incident([entry("2026-03-02 10:00", "in_progress", DOWN), entry("2026-03-02 11:00", status)])
    assert shop(course(record, NOW))[-1] == ("operational", "11:00", "11:00", "now", "now")


def test_the_end_leaves_what_it_names_as_it_says() -> None:
    """Resolved, but the shop is still slow."""
    end = entry("2026-03-02 11:00", "resolved", {"shop": "degraded_performance"})
    down = DOWN | {"tours": "major_outage"}
    found = course(incident([entry("2026-03-02 10:00", "investigating", down), end]), NOW)
    assert (found.state_now("shop"), found.state_now("tours")) == ("degraded_performance", "operational")


def test_an_interval_runs_to_the_next_entry_that_changes_the_component() -> None:
    """Naming the same state again is no change; other entries are none either."""
    record = incident([
        entry("2026-03-02 10:00", "investigating", DOWN),
        entry("2026-03-02 10:10", "identified"),
        entry("2026-03-02 10:20", None, DOWN),
        entry("2026-03-02 10:30", None, {"shop": "partial_outage", "api": "operational"}),
        entry("2026-03-02 11:00", "resolved"),
    ])  # fmt: skip
    assert shop(course(record, NOW)) == [
        ("major_outage", "10:00", "10:00", "10:30", "10:30"),
        ("partial_outage", "10:30", "10:30", "11:00", "11:00"),
        ("operational", "11:00", "11:00", "now", "now"),
    ]


def test_components_are_those_named_in_the_order_they_are() -> None:
    """Also what a plan alone names; what is not named has no part in it."""
    planned = entry("2026-03-01 09:00", "scheduled", {"tours": "under_maintenance"} | BUSY)
    found = course(maintenance([planned], *WINDOW), utc("2026-03-01 10:00"))
    assert found.components == ("tours", "shop")
    assert found.stretches == {"tours": (), "shop": ()}
    assert found.state_now("api") == "operational"


def test_what_is_going_on_is_open_and_lasts_until_now() -> None:
    """So far it has lasted two hours."""
    (stretch,) = course(outage("2026-03-02 10:00"), utc("2026-03-02 12:00")).stretches["shop"]
    assert stretch.is_open
    assert stretch.lasted == Range(7200, 7200)


def test_undated_entries_lie_between_their_dated_neighbours() -> None:
    """Between shortly after nine and about a quarter past eleven: no more is known."""
    record = incident([
        entry({"between": ["2026-03-02 09:00", "2026-03-02 09:15"]}, "investigating", DOWN),
        entry(None, "identified"),
        entry(None, "monitoring"),
        entry("~2026-03-02 11:14", "resolved"),
    ])  # fmt: skip
    assert bounds(record) == [("09:00", "09:15"), ("09:00", "11:24"), ("09:00", "11:24"), ("11:04", "11:24")]


def test_events_narrow_the_bounds_of_their_neighbours() -> None:
    """Events happened in the order in which they are told."""
    record = incident([
        entry({"before": "2026-03-02 12:00"}, "investigating", DOWN),
        entry("~2026-03-02 10:00", "identified"),
        entry("2026-03-02 10:05", "monitoring"),
        entry({"after": "2026-03-02 09:00"}, "resolved"),
    ])  # fmt: skip
    assert bounds(record) == [("-", "10:05"), ("09:50", "10:05"), ("10:05", "10:05"), ("10:05", "-")]


def test_nominal_instants_follow_the_order_of_events_and_keep_to_their_bounds() -> None:
    """One that nobody timed counts as that of the entry before it."""
    record = incident([
        entry("~2026-03-02 10:00", "investigating"),
        entry(None, "identified"),
        entry("~2026-03-02 09:55", "monitoring"),
        entry("2026-03-02 10:02", "resolved"),
    ])  # fmt: skip
    found = course(record, NOW).events
    assert [clock(event.nominal) for event in found] == ["10:00", "10:00", "10:00", "10:02"]
    assert all(event.earliest <= event.nominal <= event.latest for event in found)


def test_an_end_that_nothing_bounds_does_not_depend_on_when_it_is_read() -> None:
    """It was over by some time after eleven. How long it lasted at most nobody knows, today or in a year."""
    record = outage("2026-03-02 10:00", {"after": "2026-03-02 11:00"})
    stretches = [course(record, now).stretches["shop"][0] for now in (NOW, utc("2027-03-10 00:00"))]
    assert [stretch.lasted for stretch in stretches] == [Range(3600, None)] * 2
    assert [stretch.is_bounded for stretch in stretches] == [False, False]


def test_a_beginning_that_nothing_bounds_is_not_made_up() -> None:
    """It lasted an hour at least."""
    (stretch, _) = course(outage({"before": "2026-03-02 10:00"}, "2026-03-02 11:00"), NOW).stretches["shop"]
    assert stretch.lasted == Range(3600, None)


def test_started_moves_the_first_bad_states_ahead_of_the_entry_that_tells_of_them() -> None:
    """The entry says when it was noticed."""
    found = course(outage("2026-03-02 10:00", "2026-03-02 11:00", started="2026-03-02 09:10"), NOW)
    assert shop(found)[0] == ("major_outage", "09:10", "09:10", "11:00", "11:00")
    assert began(found).nominal == utc("2026-03-02 09:10")
    assert found.events[0].entry is None


def test_started_is_the_beginning_of_the_record_where_no_component_was_hurt_too() -> None:
    """Wrong letters went out for hours, and everything worked."""
    record = incident([entry("2026-03-02 10:00", "resolved", {"shop": "operational"})], started="2026-03-02 07:00")
    found = course(record, NOW)
    assert began(found).nominal == utc("2026-03-02 07:00")
    assert shop(found) == [("operational", "10:00", "10:00", "now", "now")]


def test_started_keeps_what_is_told_later_of_the_same_component() -> None:
    """A check that found all well does not end the outage that a later entry tells of."""
    record = incident([
        entry("2026-03-02 09:40", "investigating", {"shop": "operational"}),
        entry("2026-03-02 10:00", "identified", DOWN),
    ], started="2026-03-02 09:10")  # fmt: skip
    assert course(record, NOW).state_now("shop") == "major_outage"


def test_started_is_no_later_than_the_first_entry() -> None:
    """In the early hours, and before anybody noticed."""
    record = outage("2026-03-02 09:15", started={"between": ["2026-03-02 00:00", "2026-03-02 12:00"]})
    assert shop(course(record, NOW))[0][1:3] == ("00:00", "09:15")


@pytest.mark.parametrize(
    ("started", "first", "expected"),
    [
        ("~2026-03-02 10:00", "~2026-03-02 09:55", ["09:55", "09:55"]),
        ("2026-03-02 10:05", "~2026-03-02 10:00", ["10:05", "10:05"]),
    ],
)
def test_started_moves_the_first_entry_only_if_it_must(started: str, first: str, expected: list[str]) -> None:
    """Both are vague, or one of them is not."""
    found = course(outage(first, started=started), NOW).events
    assert [clock(event.nominal) for event in found] == expected
    assert all(event.earliest <= event.nominal <= event.latest for event in found)


def test_a_maintenance_begins_and_ends_by_its_plan() -> None:
    """Nobody has to be awake for it."""
    record = maintenance([SCHEDULED], *WINDOW)
    instants = ("09:59", "10:00", "11:59", "12:00")
    found = [course(record, utc(f"2026-03-02 {instant}")) for instant in instants]
    assert [status_of(c) for c in found] == ["scheduled", "in_progress", "in_progress", "completed"]
    assert [c.state_now("shop") for c in found] == ["operational", BUSY["shop"], BUSY["shop"], "operational"]
    assert began(found[-1]).nominal == utc("2026-03-02 10:00")


def test_what_is_told_of_a_maintenance_beats_its_plan() -> None:
    """It began late, the API was touched as well, and it was over early."""
    record = maintenance([
        SCHEDULED,
        entry("2026-03-02 10:20", "in_progress", {"api": "under_maintenance"}),
        entry("2026-03-02 11:30", "completed"),
    ], *WINDOW)  # fmt: skip
    for name in ("shop", "api"):
        assert shop(course(record, NOW), name)[0] == (BUSY["shop"], "10:20", "10:20", "11:30", "11:30")


def test_a_maintenance_that_was_said_to_have_begun_ends_when_that_is_said() -> None:
    """It runs over its window until then."""
    begun = [SCHEDULED, entry("2026-03-02 10:00", "in_progress")]
    assert status_of(course(maintenance(begun, *WINDOW), utc("2026-03-02 12:30"))) == "in_progress"
    verifying = maintenance([*begun, entry("2026-03-02 12:10", "verifying")], *WINDOW)
    assert status_of(course(verifying, utc("2026-03-02 12:30"))) == "verifying"
    ended = maintenance([*begun, entry("2026-03-02 12:40", "completed")], *WINDOW)
    assert shop(course(ended, NOW))[0][-1] == "12:40"


def test_an_early_completion_ends_what_began_by_plan() -> None:
    """The beginning was not told, the end was."""
    record = maintenance([SCHEDULED, entry("2026-03-02 11:10", "completed")], *WINDOW)
    assert shop(course(record, NOW))[0] == (BUSY["shop"], "10:00", "10:00", "11:10", "11:10")


@pytest.mark.parametrize("now", ["2026-03-02 09:30", "2026-03-10 00:00"])
def test_a_completion_ahead_of_the_window_leaves_nothing_to_begin(now: str) -> None:
    """Done before it was due: the plan does not begin it again."""
    found = course(maintenance([SCHEDULED, entry("2026-03-02 09:00", "completed")], *WINDOW), utc(now))
    assert status_of(found) == "completed"
    assert found.state_now("shop") == "operational"
    assert {clock(event.nominal) for event in found.events} == {"09:00"}
    assert all(stretch.lasted == Range(0, 0) for stretch in found.stretches["shop"][:-1])


def test_a_plan_narrows_no_bounds_of_what_is_told() -> None:
    """Completed at about 10: perhaps before the planned beginning."""
    record = maintenance([SCHEDULED, entry("~2026-03-02 10:05", "completed")], *WINDOW)
    assert bounds(record)[1:] == [("09:55", "10:00"), ("09:55", "10:15")]


def test_a_cancelled_maintenance_never_begins() -> None:
    """Its plan comes to nothing."""
    record = maintenance([SCHEDULED, entry("2026-03-01 20:00", "cancelled")], *WINDOW)
    for now in ("2026-03-02 11:00", "2026-03-10 00:00"):
        found = course(record, utc(now))
        assert status_of(found) == "cancelled"
        assert found.stretches == {"shop": ()}


def test_a_maintenance_that_was_broken_off_ends_there() -> None:
    """Begun, then cancelled: the components had been under maintenance, and are back."""
    steps = [entry("2026-03-02 10:05", "in_progress"), entry("2026-03-02 10:30", "cancelled")]
    found = course(maintenance([SCHEDULED, *steps], *WINDOW), NOW)
    assert [row[:2] for row in shop(found)] == [(BUSY["shop"], "10:05"), ("operational", "10:30")]


def test_states_told_while_the_work_goes_on_hold_from_then_on() -> None:
    """They are no plan: the shop is back before the rest is."""
    record = maintenance([
        entry("2026-03-01 09:00", "scheduled", BUSY | {"api": "under_maintenance"}),
        entry("2026-03-02 10:00", "in_progress"),
        entry("2026-03-02 10:40", None, {"shop": "operational"}),
        entry("2026-03-02 12:00", "completed"),
    ], *WINDOW)  # fmt: skip
    found = course(record, NOW)
    assert shop(found)[0] == (BUSY["shop"], "10:00", "10:00", "10:40", "10:40")
    assert shop(found, "api")[0][-1] == "12:00"


def test_a_plan_may_change_before_the_work_begins() -> None:
    """The last word counts."""
    changed = entry("2026-03-01 12:00", None, {"shop": "partial_outage"})
    found = course(maintenance([SCHEDULED, changed], *WINDOW), utc("2026-03-02 11:00"))
    assert found.state_now("shop") == "partial_outage"


def test_a_planned_event_stands_among_those_told() -> None:
    """An entry written while the work went on comes after its beginning."""
    record = maintenance([SCHEDULED, entry("2026-03-02 10:30"), entry("2026-03-02 14:00")], *WINDOW)
    found = course(record, NOW)
    assert [event.status for event in found.events] == ["scheduled", "in_progress", None, "completed", None]
    assert [clock(event.nominal) for event in found.events] == ["09:00", "10:00", "10:30", "12:00", "14:00"]
