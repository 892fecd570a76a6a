"""What holds now: indicator, severity, status words, what is open, what changed last, what was promised."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts import (
    component_state,
    course,
    indicator,
    is_open,
    is_upcoming,
    newest_change,
    promises,
    severity,
    status_of,
)
from generator.model import STATES, Incident, State, Status
from tests.builders import entry, incident, maintenance, outage, utc

NOW = utc("2026-03-10 00:00")
WINDOW = "2026-03-02 10:00", "2026-03-02 12:00"


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ([], "none"),
        (["operational", "operational"], "none"),
        (["operational", "under_maintenance"], "maintenance"),
        (["under_maintenance", "degraded_performance"], "degraded"),
        (["degraded_performance", "partial_outage"], "minor"),
        (["partial_outage", "major_outage"], "major"),
        (["operational", "major_outage"], "major"),
        (["major_outage", "major_outage"], "critical"),
        (["major_outage"], "critical"),
    ],
)
def test_the_page_is_as_well_as_its_worst_component(states: list[State], word: str) -> None:
    """Degraded is a word of its own; critical is when nothing is left."""
    assert indicator(states) == word


@given(st.lists(st.sampled_from(STATES), min_size=1), st.randoms())
def test_the_order_of_components_does_not_matter(states: list[State], random: object) -> None:
    """Nor does naming one twice."""
    assert indicator(states) == indicator(sorted(states)) == indicator(states * 2)


def test_a_component_is_in_the_worst_state_that_any_record_leaves_it_in() -> None:
    """What is over does not count."""
    records = [
        outage("2026-03-02 10:00", "2026-03-02 11:00"),
        outage("2026-03-02 10:00", state="degraded_performance"),
        outage("2026-03-02 10:00", state="partial_outage"),
    ]
    courses = [course(record, NOW) for record in records]
    assert component_state("shop", courses) == "partial_outage"
    assert component_state("api", courses) == "operational"


@pytest.mark.parametrize(
    ("state", "word"),
    [("operational", "none"), ("under_maintenance", "none"), ("degraded_performance", "minor"),
     ("partial_outage", "minor"), ("major_outage", "major")],
)  # fmt: skip
def test_severity_follows_from_the_worst_state(state: str, word: str) -> None:
    """It stays what it was when it is over."""
    assert severity(course(outage("2026-03-02 10:00", "2026-03-02 11:00", state), NOW)) == word


def test_severity_is_as_written_where_it_is() -> None:
    """Personal data went astray, and every component was fine."""
    record = incident([entry("2026-03-02 10:00", "resolved")], impact={"severity": "critical"})
    assert severity(course(record, NOW)) == "critical"


@pytest.mark.parametrize(
    ("status", "expected"),
    [("investigating", True), ("identified", True), ("monitoring", True), ("resolved", False)],
)
def test_an_incident_is_open_until_it_is_resolved(status: Status, expected: bool) -> None:
    """An entry without a status leaves it as it is."""
    timeline = [
        entry("2026-03-02 10:00", "investigating"),
        entry("2026-03-02 11:00", status),
        entry("2026-03-02 12:00"),
    ]
    found = course(incident(timeline), NOW)
    assert (status_of(found), is_open(found), is_upcoming(found)) == (status, expected, False)


def test_an_incident_that_was_opened_again_is_open() -> None:
    """Whatever it was in between."""
    steps = ("investigating", "resolved", "investigating")
    timeline = [entry(f"2026-03-02 1{hour}:00", status) for hour, status in enumerate(steps)]
    assert is_open(course(incident(timeline), NOW))


@pytest.mark.parametrize(
    ("clock", "state"),
    [("09:59", (False, True)), ("10:00", (True, False)), ("11:59", (True, False)), ("12:00", (False, False))],
)
def test_a_maintenance_is_to_come_then_open_then_past(clock: str, state: tuple[bool, bool]) -> None:
    """By its plan alone."""
    record = maintenance([entry("2026-03-01 09:00", "scheduled")], *WINDOW)
    found = course(record, utc(f"2026-03-02 {clock}"))
    assert (is_open(found), is_upcoming(found)) == state


def test_a_cancelled_maintenance_is_neither_open_nor_to_come() -> None:
    """Not even before its window."""
    record = maintenance([entry("2026-03-01 09:00", "scheduled"), entry("2026-03-01 10:00", "cancelled")], *WINDOW)
    found = course(record, utc("2026-03-01 12:00"))
    assert not is_open(found)
    assert not is_upcoming(found)


def test_a_maintenance_that_is_being_verified_is_open() -> None:
    """Done is done when somebody says so."""
    record = maintenance([entry("2026-03-01 09:00", "scheduled"), entry("2026-03-02 11:00", "verifying")], *WINDOW)
    assert is_open(course(record, NOW))


def test_a_notice_has_no_status_and_is_never_open() -> None:
    """It only tells something."""
    found = course(incident([entry("2026-03-02 10:00")], kind="notice"), NOW)
    assert (status_of(found), is_open(found), is_upcoming(found)) == (None, False, False)


def changed(record: Incident) -> str:
    return f"{newest_change(course(record, NOW)):%m-%d %H:%M}"


def test_a_record_last_changed_with_its_last_entry_post_mortem_or_correction() -> None:
    """Whichever came last. What a plan does by itself is not a word."""
    parts = {"start": "2026-03-02 10:00", "end": "2026-03-02 11:00"}
    assert changed(outage(**parts)) == "03-02 11:00"
    assert changed(outage(**parts, published="2026-03-02")) == "03-02 11:00"
    assert changed(outage(**parts, published="2026-03-04 12:00")) == "03-04 12:00"
    corrections = [{"at": "2026-03-05 09:00", "text": "Another disk"}]
    assert changed(outage(**parts, published="2026-03-04 12:00", corrections=corrections)) == "03-05 09:00"
    assert changed(maintenance([entry("2026-03-01 09:00", "scheduled")], *WINDOW)) == "03-01 09:00"


def test_a_promise_is_overdue_after_its_day_unless_it_was_kept_or_dropped() -> None:
    """On its day it is not; without a day it never is."""
    made = [
        {"text": "a", "due": "2026-03-04"},
        {"text": "b", "due": "2026-03-04", "status": "in_progress"},
        {"text": "c", "due": "2026-03-05"},
        {"text": "d", "due": "2026-03-04", "status": "done"},
        {"text": "e", "due": "2026-03-04", "status": "dropped", "reason": "It would not help"},
        {"text": "f"},
    ]
    record = incident([entry("2026-03-02 10:00", "resolved")], actions=made)
    found = promises([record], date(2026, 3, 5))
    assert [overdue for _, _, overdue in found] == [True, True, False, False, False, False]
