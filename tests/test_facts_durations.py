"""How long it took to notice, to relieve and to resolve; at least and at most."""

from pathlib import Path

import pytest

from generator.facts import Durations, Range, course, durations
from generator.facts.durations import middle
from generator.model import Incident
from generator.records import read_records
from generator.settings import read_settings
from tests.builders import entry, incident, maintenance, outage, utc

ROOT = Path(__file__).parent.parent
NOW = utc("2026-03-10 00:00")
MINUTE, HOUR = 60, 3600
DOWN = {"shop": "major_outage"}


def took(record: Incident) -> Durations:
    return durations(course(record, NOW))


def test_the_outage_of_17_july_2021_took_about_two_hours_or_a_morning() -> None:
    """Noticed between 9:00 and 9:15, resolved about 11:14; when it began nobody knows, only that it was that day."""
    settings, _ = read_settings(ROOT / "mkdocs.yml")
    assert settings
    (record,) = [r for r in read_records(ROOT / "incidents", settings).incidents if r.id == "2021-07-17-dns"]
    found = durations(course(record, NOW))
    until_the_end = 11 * HOUR + 24 * MINUTE
    assert found.detect == Range(0, 9 * HOUR + 15 * MINUTE)
    assert found.mitigate == Range(0, until_the_end)
    assert found.resolve == Range(HOUR + 49 * MINUTE, until_the_end)


def test_durations_begin_with_the_first_entry_where_nothing_else_is_known() -> None:
    """Then how long it went unnoticed is not stated."""
    hour = Range(HOUR, HOUR)
    assert took(outage("2026-03-02 10:00", "2026-03-02 11:00")) == Durations(None, hour, hour)


def test_durations_begin_with_started_where_that_is_known() -> None:
    """An hour unnoticed, two until the end."""
    record = outage("2026-03-02 10:00", "2026-03-02 11:00", started="2026-03-02 09:00")
    assert took(record) == Durations(Range(HOUR, HOUR), Range(2 * HOUR, 2 * HOUR), Range(2 * HOUR, 2 * HOUR))


def test_how_long_it_went_unnoticed_is_known_where_no_component_was_hurt_too() -> None:
    """There was nothing to mitigate."""
    record = incident([entry("2026-03-02 10:00", "resolved")], started="2026-03-02 07:00")
    assert took(record) == Durations(Range(3 * HOUR, 3 * HOUR), None, Range(3 * HOUR, 3 * HOUR))


def test_it_is_mitigated_when_the_worst_is_over() -> None:
    """Not by an improvement before the worst came, nor by that of a component that was not the worst."""
    record = incident([
        entry("2026-03-02 10:00", "investigating", {"shop": "partial_outage", "api": "partial_outage"}),
        entry("2026-03-02 10:10", None, {"shop": "degraded_performance", "api": "degraded_performance"}),
        entry("2026-03-02 10:20", None, DOWN),
        entry("2026-03-02 10:30", None, {"api": "operational"}),
        entry("2026-03-02 10:40", None, {"shop": "partial_outage"}),
        entry("2026-03-02 11:00", "resolved"),
    ])  # fmt: skip
    assert took(record) == Durations(None, Range(40 * MINUTE, 40 * MINUTE), Range(HOUR, HOUR))


def test_while_it_goes_on_it_has_not_been_resolved() -> None:
    """Nor is there a figure that would grow with every build."""
    assert took(outage("2026-03-02 10:00")) == Durations(None, None, None)


def test_what_was_opened_again_took_until_its_last_end() -> None:
    """The first end was none."""
    reopened = [
        entry("2026-03-02 10:00", "investigating", DOWN),
        entry("2026-03-02 10:30", "resolved"),
        entry("2026-03-02 11:00", "investigating", DOWN),
    ]
    assert took(incident(reopened)).resolve is None
    ended = incident([*reopened, entry("2026-03-02 12:00", "resolved"), entry("2026-03-03 12:00", "resolved")])
    assert took(ended).resolve == Range(2 * HOUR, 2 * HOUR)


@pytest.mark.parametrize("now", ["2026-03-02 12:00", "2026-03-10 00:00"])
def test_an_unknown_end_has_no_longest_duration(now: str) -> None:
    """Whenever one looks."""
    record = outage("2026-03-02 10:00", {"after": "2026-03-02 11:00"})
    assert durations(course(record, utc(now))).resolve == Range(HOUR, None)


def test_an_unknown_beginning_has_no_longest_duration() -> None:
    """It lasted an hour at least."""
    assert took(outage({"before": "2026-03-02 10:00"}, "2026-03-02 11:00")).resolve == Range(HOUR, None)


def test_a_maintenance_has_no_durations() -> None:
    """It was meant to take its time."""
    begun = entry("2026-03-02 10:00", "in_progress", {"shop": "under_maintenance"})
    record = maintenance([begun, entry("2026-03-02 11:00", "completed")], "2026-03-02 10:00", "2026-03-02 12:00")
    assert took(record) == Durations(None, None, None)


def test_the_middle_of_an_even_number_is_the_lower_one() -> None:
    """A duration that really was one, not a mean."""
    assert middle([5.0, 1.0, 3.0]) == 3
    assert middle([9.0, 1.0, 2.0, 7.0]) == 2
