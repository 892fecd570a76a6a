"""A moment as told, and the bounds of what it can have been."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.moments import ABOUT, Moment, parse_day, parse_instant

BERLIN = ZoneInfo("Europe/Berlin")
NINE = datetime(2021, 7, 17, 7, 5, tzinfo=UTC)
LOCAL = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31))  # noqa: DTZ001 - wall clocks have no zone


def moment(value: Any, zone: ZoneInfo = BERLIN) -> Moment:
    return Moment.model_validate(value, context={"zone": zone, "languages": ("de", "en")})


def complaint(value: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        moment(value)
    fault = caught.value.errors()[0]
    return f"{fault['msg']}. {fault.get('ctx', {}).get('hint', '')}"


@pytest.mark.parametrize("text", [
    "2021-07-17 09:05", "2021-07-17 9:05", "2021-07-17T09:05", "2021-07-17 09:05:00", "2021-07-17 07:05Z",
    "2021-07-17 09:05+02:00", "2021-07-17 09:05 +0200", "2021-07-17T07:05:00z", "  2021-07-17 09:05 ",
])  # fmt: skip
def test_an_exact_time_is_one_instant(text: str) -> None:
    """Its three instants are the same."""
    told = moment(text)
    assert told.earliest == told.latest == told.nominal == NINE


@pytest.mark.parametrize("value", ["~2021-07-17 09:05", "~ 2021-07-17 09:05", {"about": "2021-07-17 09:05"}])
def test_about_is_ten_minutes_either_way(value: Any) -> None:
    """And the time that was told lies in the middle."""
    told = moment(value)
    assert (told.earliest, told.nominal, told.latest) == (NINE - ABOUT, NINE, NINE + ABOUT)


def test_before_and_after_are_open_on_one_side() -> None:
    """Nobody knows how much earlier or later it was."""
    before, after = moment({"before": "2021-07-17 09:05"}), moment({"after": "2021-07-17 09:05"})
    assert (before.earliest, before.latest, before.nominal) == (None, NINE, NINE)
    assert (after.earliest, after.latest, after.nominal) == (NINE, None, NINE)


def test_between_is_closed_and_keeps_the_words_of_the_source() -> None:
    """Whoever reads another language sees in which one they were told."""
    told = moment({"between": ["2021-07-17 09:05", "2021-07-17 09:15"], "told": "kurz nach 9"})
    assert (told.earliest, told.latest) == (NINE, NINE + timedelta(minutes=10))
    assert told.told
    assert told.told.pick("en") == ("kurz nach 9", "de")


@pytest.mark.parametrize(("day", "hours"), [("2021-07-17", 24), ("2021-03-28", 23), ("2021-10-31", 25)])
def test_a_day_is_as_long_as_it_was_there(day: str, hours: int) -> None:
    """With 23 or 25 hours where the clock was changed."""
    told = moment(day)
    assert told.earliest
    assert told.latest
    assert told.latest - told.earliest == timedelta(hours=hours)
    assert told.earliest.astimezone(BERLIN).date() == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "written"), [
    ("9:05", "2021-07-17 09:05"), ("gegen 9 Uhr", "~2021-07-17 09:00"), ("17.07", "in full"),
    ("17.07.2021, 09:05 Uhr", "2021-07-17 09:05"), ("17.7.21 um 9.30", "2021-07-17 09:30"),
    ("3. März 2022, 8 Uhr", "2022-03-03 08:00"), ("ca. 5.1.2022 8:00", "~2022-01-05 08:00"),
    ("2021-7-17 9:05", "2021-07-17 09:05"), ("2021/07/17 09:05", "2021-07-17 09:05"),
    ("2021-07-17 09:05 Uhr", "2021-07-17 09:05"), ("45.13.2021", "2021-07-17 09:05"), ("٢٠٢١-٠٧-١٧ ٠٩:٠٥", "like"),
])  # fmt: skip
def test_a_slip_is_answered_with_the_right_form(text: str, written: str) -> None:
    """What was probably meant is written out."""
    message = complaint(text)
    assert "is not a date with a time" in message
    assert written in message.partition("time. ")[2]


@pytest.mark.parametrize("text", ["17.07.2021", "17.7.21", "2021-7-17", "17. Juli 2021", "2021/07/17"])
def test_a_mistyped_day_is_answered_with_the_day(text: str) -> None:
    """Without a time of day, which does not belong there."""
    with pytest.raises(ValueError, match="is not a date") as caught:
        parse_day(text)
    assert caught.value.context["hint"] == "Write 2021-07-17"  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["2021-02-29", "2021-04-31 10:00", "2021-07-17 24:00", "2021-07-17 09:05+99:00"])
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    """The 29th of February 2021 is no slip of form: it never was."""
    assert "does not exist in the calendar" in complaint(text)


@pytest.mark.parametrize("text", ["0001-01-01 00:00", "9999-12-31", "1989-12-31 10:00", "2101-01-01"])
def test_a_year_nobody_means_is_refused(text: str) -> None:
    """Before it could overflow somewhere."""
    assert "lies outside of 1990 to 2100" in complaint(text)


def test_the_hour_that_summer_time_skips_is_refused() -> None:
    """The hour after it is offered."""
    assert "does not exist in Europe/Berlin" in complaint("2021-03-28 02:30")
    assert "2021-03-28 03:30" in complaint("2021-03-28 02:30")


def test_the_hour_that_comes_twice_needs_its_offset() -> None:
    """Both are offered, and each is understood."""
    message = complaint("2021-10-31 02:30")
    assert "happened twice" in message
    for offset, hour in (("+02:00", 0), ("+01:00", 1)):
        written = f"2021-10-31 02:30{offset}"
        assert written in message
        assert moment(written).nominal == datetime(2021, 10, 31, hour, 30, tzinfo=UTC)


@given(LOCAL, st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]))
def test_a_wall_clock_is_read_back_or_refused(local: datetime, name: str) -> None:
    """What is accepted shows the same digits again in its zone; no other time does."""
    zone, local = ZoneInfo(name), local.replace(second=0, microsecond=0)
    try:
        instant = parse_instant(f"{local:%Y-%m-%d %H:%M}", zone)
    except ValueError:
        folds = {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
        assert len(folds) == 2
        return
    assert instant.astimezone(zone).replace(tzinfo=None) == local


@given(LOCAL, st.integers(0, 3000), st.sampled_from(["exact", "day", "about", "before", "after", "between"]))
def test_bounds_are_in_order_and_hold_the_nominal_time(local: datetime, minutes: int, form: str) -> None:
    """In whatever form a moment is told."""
    first, second = f"{local:%Y-%m-%d %H:%M}Z", f"{local + timedelta(minutes=minutes):%Y-%m-%d %H:%M}Z"
    assume(second < "2100-12-31")
    forms: dict[str, Any] = {"exact": first, "day": first[:10], "between": {"between": [first, second]}}
    told = moment(forms.get(form, {form: first}))
    assert told.earliest is None or told.earliest <= told.nominal
    assert told.latest is None or told.nominal <= told.latest
    assert told.earliest or told.latest
