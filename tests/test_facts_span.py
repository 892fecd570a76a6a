"""When a record began and ended is told as it was, and never from the plan when something else was told."""

from generator.facts import began, course, ended
from generator.model import Incident
from generator.moments import Moment
from tests.builders import entry, incident, maintenance, utc

DAY = "2026-03-02"
NOW = utc("2026-03-05 12:00")


def end(record: Incident, now: str = "2026-03-05 12:00") -> Moment | None:
    return ended(course(record, utc(now)))


def told(*statuses: tuple[str | None, str]) -> list[dict[str, object]]:
    """Entries at a time of the day, each with its status."""
    return [entry(at and f"{DAY} {at}", status) for at, status in statuses]


def test_an_incident_ends_with_the_last_time_it_was_resolved() -> None:
    """What was opened again had not ended."""
    again = incident(told(("11:00", "investigating"), ("11:30", "resolved"), ("12:00", "investigating")))
    assert end(again) is None
    for_good = incident(
        told(("11:00", "investigating"), ("11:30", "resolved"), ("12:00", "investigating"), ("13:00", "resolved"))
    )
    last = end(for_good)
    assert last
    assert last.nominal == utc(f"{DAY} 13:00")


def test_an_end_that_nobody_timed_lies_between_its_neighbours() -> None:
    """It is told as a range, not as still going on."""
    record = incident(told(("11:00", "investigating"), (None, "resolved"), ("13:00", "resolved")))
    assert end(record) == Moment(between=(utc(f"{DAY} 11:00"), utc(f"{DAY} 13:00")))


def test_a_maintenance_ends_when_it_was_told_to() -> None:
    """Early, late or by its plan."""
    start, planned = f"{DAY} 10:00", f"{DAY} 12:00"
    early = maintenance(told(("08:00", "scheduled"), ("10:00", "in_progress"), ("11:00", "completed")), start, planned)
    late = maintenance(told(("08:00", "scheduled"), ("10:00", "in_progress"), ("14:00", "completed")), start, planned)
    silent = maintenance(told(("08:00", "scheduled")), start, planned)
    assert [found and found.nominal for found in map(end, (early, late, silent))] == [
        utc(f"{DAY} 11:00"),
        utc(f"{DAY} 14:00"),
        utc(planned),
    ]


def test_a_maintenance_that_overruns_has_no_end() -> None:
    """Within its window the plan is shown; past it, nobody knows."""
    record = maintenance(told(("08:00", "scheduled"), ("10:00", "in_progress")), f"{DAY} 10:00", f"{DAY} 12:00")
    within, past = end(record, f"{DAY} 11:00"), end(record, f"{DAY} 12:30")
    assert within
    assert within.nominal == utc(f"{DAY} 12:00")
    assert past is None


def test_a_cancelled_maintenance_shows_its_plan_unless_it_had_begun() -> None:
    """Readers look for the window they had noted; one broken off ended when it was."""
    start, planned = f"{DAY} 10:00", f"{DAY} 12:00"
    never = maintenance(told(("08:00", "scheduled"), ("09:00", "cancelled")), start, planned)
    broken_off = maintenance(
        told(("08:00", "scheduled"), ("10:00", "in_progress"), ("10:30", "cancelled")), start, planned
    )
    assert [found and found.nominal for found in map(end, (never, broken_off))] == [utc(planned), utc(f"{DAY} 10:30")]


def test_it_begins_with_its_impact_if_that_is_known() -> None:
    """Else with its first entry; a maintenance with its window."""
    timeline = told(("11:00", "investigating"))
    assert began(course(incident(timeline), NOW)).nominal == utc(f"{DAY} 11:00")
    assert began(course(incident(timeline, started=f"{DAY} 10:45"), NOW)).nominal == utc(f"{DAY} 10:45")
    planned = maintenance(told(("08:00", "scheduled")), f"{DAY} 10:00", f"{DAY} 12:00")
    assert began(course(planned, NOW)).nominal == utc(f"{DAY} 10:00")
