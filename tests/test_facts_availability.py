"""Availability of windows and days: what counts, what is left out, and how it is rounded."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts import Availability, Outline
from generator.facts.availability import midnight
from generator.language import language
from generator.model import Incident
from tests.builders import BERLIN, entry, incident, maintenance, outage, outline_of, utc

NOW = utc("2026-03-10 00:00")
DAY = utc("2026-03-02 00:00"), utc("2026-03-03 00:00")
SCHEDULED = entry("2026-03-01 09:00", "scheduled", {"shop": "under_maintenance"})
ZONES = st.sampled_from(("Europe/Berlin", "Africa/Cairo", "Asia/Beirut"))
WINDOW = "2026-03-02 10:00", "2026-03-02 12:00"


def outline(*records: Incident, now: datetime = NOW, since: str | None = "2026-01-01 00:00") -> Outline:
    return outline_of(records, now, since=utc(since) if since else None)


def lost(*records: Incident, now: datetime = NOW) -> tuple[float, float]:
    """Minutes lost on 2 March, at least and at most."""
    found = outline(*records, now=now).availability(*DAY)
    return found.lost_least / 60, found.lost_most / 60


def observed(*records: Incident) -> tuple[float, float]:
    """Hours observed on 2 March, at least and at most."""
    found = outline(*records).availability(*DAY)
    return found.observed_least / 3600, found.observed_most / 3600


@pytest.mark.parametrize(
    ("state", "minutes"),
    [("operational", 0), ("degraded_performance", 0), ("partial_outage", 18), ("major_outage", 60),
     ("under_maintenance", 60)],
)  # fmt: skip
def test_states_weigh_differently(state: str, minutes: float) -> None:
    """A major outage counts in full, a partial one by 30 %; what nobody announced counts as an outage."""
    assert lost(outage("2026-03-02 10:00", "2026-03-02 11:00", state)) == (minutes, minutes)


def test_a_record_of_another_component_is_not_counted() -> None:
    """What happens to the API does not touch the shop."""
    assert lost(outage("2026-03-02 10:00", "2026-03-02 11:00", name="api")) == (0, 0)


def test_where_records_overlap_the_worst_counts_once() -> None:
    """10 to 12 partial, 11 to 13 major: an hour at 30 %, and two hours in full."""
    partial = outage("2026-03-02 10:00", "2026-03-02 12:00", "partial_outage")
    assert lost(partial, outage("2026-03-02 11:00", "2026-03-02 13:00")) == (138, 138)


def test_what_is_going_on_counts_until_now() -> None:
    """The future is neither lost nor observed."""
    found = outline(outage("2026-03-02 10:00"), now=utc("2026-03-02 12:00")).availability(*DAY)
    assert found == Availability(12 * 3600, 12 * 3600, 2 * 3600, 2 * 3600)


def test_a_window_in_the_future_has_no_data() -> None:
    """Nobody knows."""
    found = outline(outage("2026-03-02 10:00")).availability(NOW, NOW + timedelta(days=1))
    assert found == Availability()
    assert not found.has_data


def test_before_since_is_no_data() -> None:
    """A component that began at noon was observed for half a day, and not at all the day before."""
    found = outline(outage("2026-03-02 10:00", "2026-03-02 13:00"), since="2026-03-02 12:00")
    assert found.availability(*DAY) == Availability(43200, 43200, 3600, 3600)
    assert not found.availability(DAY[0] - timedelta(days=1), DAY[0]).has_data


def test_without_since_data_begins_with_the_first_record_that_names_it() -> None:
    """Even one that says no more than that all is well; never 100 % for a time nobody looked at."""
    looked = incident([entry("2026-03-02 18:00", "investigating", {"shop": "operational"})])
    found = outline(looked, outage("2026-03-05 10:00", "2026-03-05 11:00"), since=None)
    assert found.since == utc("2026-03-02 18:00")
    assert found.availability(*DAY) == Availability(6 * 3600, 6 * 3600)


def test_a_component_that_no_record_names_has_no_data() -> None:
    """Neither a state nor a figure."""
    found = outline(since=None)
    assert not found.availability(*DAY).has_data
    assert [day.most for day in found.days(date(2026, 3, 2), date(2026, 3, 3), BERLIN)] == [None, None]


def test_a_planned_maintenance_is_not_yet_data() -> None:
    """A component named by a plan alone has not been observed."""
    planned = maintenance([SCHEDULED], *WINDOW)
    assert outline(planned, now=utc("2026-03-02 09:00"), since=None).since is None


def test_uncertain_times_give_bounds() -> None:
    """About 10 to about 11: between 40 and 80 minutes."""
    record = outage("~2026-03-02 10:00", "~2026-03-02 11:00")
    assert lost(record) == (40, 80)
    found = outline(record).availability(*DAY)
    assert (found.least, found.most) == pytest.approx((1 - 80 / 1440, 1 - 40 / 1440))


def test_an_unknown_beginning_reaches_back_to_since() -> None:
    """ "By 10 at the latest" may have been all night: at most."""
    assert lost(outage({"before": "2026-03-02 10:00"}, "2026-03-02 11:00")) == (60, 660)


def test_an_unknown_end_reaches_to_now() -> None:
    """ "Not before 11" may have been midnight, or later."""
    record = outage("2026-03-02 10:00", {"after": "2026-03-02 11:00"})
    assert lost(record) == (60, 840)
    assert lost(record, now=utc("2026-03-02 12:00")) == (60, 120)


def test_announced_maintenance_is_left_out_of_both_sides() -> None:
    """Two hours of 24 are neither lost nor observed."""
    record = maintenance([SCHEDULED], *WINDOW)
    assert lost(record) == (0, 0)
    assert observed(record) == (22, 22)


def test_maintenance_announced_too_late_counts() -> None:
    """An announcement after the beginning announces nothing."""
    late = maintenance([SCHEDULED], *WINDOW, announced="2026-03-02 10:30")
    assert (lost(late), observed(late)) == ((120, 120), (24, 24))


def test_maintenance_that_nobody_announced_counts() -> None:
    """It was an outage for those who did not know of it."""
    record = maintenance([entry("2026-03-02 10:00", "in_progress", {"shop": "under_maintenance"})], *WINDOW)
    assert observed(record) == (24, 24)
    assert lost(record) == (840, 840)


def test_what_runs_over_the_announced_window_counts() -> None:
    """Two hours were announced, three were used: the third is lost."""
    begun = entry("2026-03-02 10:00", "in_progress")
    record = maintenance([SCHEDULED, begun, entry("2026-03-02 13:00", "completed")], *WINDOW)
    assert (lost(record), observed(record)) == ((60, 60), (22, 22))


def test_an_end_that_may_lie_beyond_the_window_gives_bounds() -> None:
    """Completed at about 12: ten minutes may have been too many, or too few."""
    begun = entry("2026-03-02 10:00", "in_progress")
    record = maintenance([SCHEDULED, begun, entry("~2026-03-02 12:00", "completed")], *WINDOW)
    assert lost(record) == (0, 10)
    assert observed(record) == pytest.approx((22, 22 + 1 / 6))


def test_a_window_told_roughly_announces_all_that_it_may_mean() -> None:
    """From about 10 to about 12: nothing of that is lost."""
    assert lost(maintenance([SCHEDULED], "~2026-03-02 10:00", "~2026-03-02 12:00")) == (0, 0)


def test_an_outage_during_announced_maintenance_is_left_out_too() -> None:
    """Outside of the window it counts."""
    record = maintenance([SCHEDULED], *WINDOW)
    assert lost(record, outage("2026-03-02 11:00", "2026-03-02 13:00")) == (60, 60)


def test_an_outage_counts_at_most_for_the_time_in_which_the_maintenance_may_have_been_over() -> None:
    """Completed at about 12: the last ten minutes of the window may have been nothing but an outage."""
    steps = [entry("2026-03-02 10:00", "in_progress"), entry("~2026-03-02 12:00", "completed")]
    record = maintenance([SCHEDULED, *steps], *WINDOW)
    assert lost(record, outage("2026-03-02 11:00", "2026-03-02 13:00")) == (60, 70)


def test_a_worse_state_that_a_maintenance_tells_of_counts() -> None:
    """Announced was maintenance, not an outage."""
    broken = entry("2026-03-02 11:00", None, {"shop": "major_outage"})
    begun = entry("2026-03-02 10:00", "in_progress")
    record = maintenance([SCHEDULED, begun, broken, entry("2026-03-02 12:00", "completed")], *WINDOW)
    assert (lost(record), observed(record)) == ((60, 60), (23, 23))


def test_a_cancelled_maintenance_costs_nothing() -> None:
    """It did not happen, and its window is as observed as any other time."""
    record = maintenance([SCHEDULED, entry("2026-03-01 20:00", "cancelled")], *WINDOW)
    assert (lost(record), observed(record)) == ((0, 0), (24, 24))


def test_nothing_observed_and_nothing_lost_is_no_data() -> None:
    """A day that was announced maintenance from end to end."""
    found = outline(maintenance([SCHEDULED], "2026-03-02 00:00", "2026-03-03 00:00"))
    (day,) = found.days(date(2026, 3, 2), date(2026, 3, 2), ZoneInfo("UTC"))
    assert not day.availability.has_data
    assert (day.least, day.most) == ("under_maintenance", "under_maintenance")


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 3, 30), 24), (date(2025, 10, 26), 25)])
def test_local_days_have_23_24_or_25_hours(day: date, hours: int) -> None:
    """In Berlin, where the clocks change."""
    found = outline_of([], utc("2026-06-01 00:00"), since=utc("2025-01-01 00:00"))
    (only,) = found.days(day, day, BERLIN)
    assert only.availability.observed_least == hours * 3600


def test_an_outage_in_the_hour_that_comes_twice_lasts_as_long_as_it_did() -> None:
    """From the first 02:30 to the second it is an hour."""
    record = outage("2025-10-26 02:30+02:00", "2025-10-26 02:30+01:00", zone="Europe/Berlin")
    found = outline_of([record], NOW)
    (day,) = found.days(date(2025, 10, 26), date(2025, 10, 26), BERLIN)
    assert day.availability.lost_most == 3600


@given(st.dates(date(1990, 1, 1), date(2037, 12, 31)), ZONES)
def test_local_days_follow_one_another_without_a_gap(day: date, name: str) -> None:
    """Where midnight does not exist, too: a day begins when it first can."""
    zone = ZoneInfo(name)
    start, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    assert end - start in [timedelta(hours=hours) for hours in (23, 24, 25)]
    assert start.astimezone(zone).date() == day
    assert (start - timedelta(minutes=1)).astimezone(zone).date() == day - timedelta(days=1)


def test_days_tell_their_mildest_and_their_worst_state() -> None:
    """A day touched by an uncertain end may have been fine, or not."""
    record = outage("2026-03-02 10:00", {"between": ["2026-03-02 23:00", "2026-03-03 01:00"]})
    days = outline(record).days(date(2026, 3, 1), date(2026, 3, 4), ZoneInfo("UTC"))
    assert [(day.day.day, day.least, day.most) for day in days] == [
        (1, "operational", "operational"),
        (2, "major_outage", "major_outage"),
        (3, "operational", "major_outage"),
        (4, "operational", "operational"),
    ]


def test_a_day_before_since_has_no_state_even_if_an_outage_may_have_begun_then() -> None:
    """No data is no data, whatever a vague beginning allows."""
    found = outline(outage({"before": "2026-03-03 10:00"}, "2026-03-03 11:00"), since="2026-03-03 00:00")
    (day,) = found.days(date(2026, 3, 2), date(2026, 3, 2), ZoneInfo("UTC"))
    assert (day.least, day.most, day.availability) == (None, None, Availability())


def test_a_day_to_come_has_no_state() -> None:
    """Not even that of what is going on."""
    found = outline(outage("2026-03-02 10:00"), now=utc("2026-03-02 12:00"))
    states = [day.most for day in found.days(date(2026, 3, 2), date(2026, 3, 3), ZoneInfo("UTC"))]
    assert states == ["major_outage", None]


@given(st.integers(1, 86_400), st.integers(86_400, 100 * 366 * 86_400))
def test_a_second_lost_in_a_century_still_shows(lost_seconds: int, seconds: int) -> None:
    """And what is printed never claims more than what was."""
    part = Availability(seconds, seconds, lost_seconds, lost_seconds).most
    figure = float(language("en", BERLIN).percent(part).rstrip("%"))
    assert figure < 100
    assert figure <= part * 100 + 1e-6
