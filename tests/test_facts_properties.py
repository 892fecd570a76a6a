"""What holds of availability for every record: bounds, adding up, overlaps; checked by counting minutes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.facts import Availability, Outline
from generator.facts import segments as segments_module
from generator.model import STATES, Incident
from tests.builders import BERLIN, entry, incident, maintenance, outage, outline_of

SINCE = datetime(2026, 3, 27, tzinfo=UTC)
MINUTES = 4 * 24 * 60
"""Four days, with the clock change of 29 March 2026 among them."""
NOW = SINCE + timedelta(days=6)
LOST = {"under_maintenance": 10, "partial_outage": 3, "major_outage": 10}
Pair = tuple[Incident, Incident]
Window = tuple[datetime, datetime]
examined = settings(deadline=None, max_examples=60)


def at(minute: int) -> datetime:
    return SINCE + timedelta(minutes=minute)


def exact(minute: int) -> dict[str, Any]:
    return {"exact": at(minute)}


@st.composite
def tellings(draw: st.DrawFn, minute: int) -> dict[str, Any]:
    """A way to tell of something that happened at `minute`, more or less exactly."""
    early, late = at(minute - draw(st.integers(0, 300))), at(minute + draw(st.integers(0, 300)))
    about = at(minute + draw(st.integers(-10, 10)))
    forms = (
        exact(minute),
        {"about": about},
        {"before": late},
        {"after": early},
        {"between": (early, late)},
        {"day": at(minute).date()},
    )
    return draw(st.sampled_from(forms))


names = st.sampled_from(("shop", "tours"))
states: st.SearchStrategy[dict[str, str]] = st.dictionaries(names, st.sampled_from(STATES), max_size=2)
moments = st.lists(st.integers(300, MINUTES - 300), min_size=1, max_size=5).map(sorted)
statuses = st.sampled_from((None, None, "identified", "monitoring", "resolved"))


@st.composite
def incidents(draw: st.DrawFn) -> Pair:
    """An incident told with uncertain times, and the same one as it may really have been."""
    minutes = draw(moments)
    told, real = [], []
    for index, minute in enumerate(minutes):
        parts = draw(states), "investigating" if index == 0 else draw(statuses)
        may_be_left_out = 0 < index < len(minutes) - 1 and draw(st.booleans())
        told.append(entry(None if may_be_left_out else draw(tellings(minute)), parts[1], parts[0]))
        real.append(entry(exact(minute), parts[1], parts[0]))
    if draw(st.booleans()):
        start = draw(st.integers(0, minutes[0]))
        return incident(told, started=draw(tellings(start))), incident(real, started=exact(start))
    return incident(told), incident(real)


@st.composite
def maintenances(draw: st.DrawFn) -> Pair:
    """A maintenance with a fixed window, the progress of which is told with uncertain times."""
    start = draw(st.integers(300, MINUTES - 900))
    window = exact(start), exact(start + draw(st.integers(0, 600)))
    steps = [s for s in ("in_progress", "verifying", "completed", "cancelled") if draw(st.booleans())]
    minutes = sorted(draw(st.integers(200, MINUTES)) for _ in steps)
    announced = draw(st.booleans())
    first = entry(exact(100), "scheduled" if announced else None, draw(states))
    changes = [draw(states) for _ in steps]
    told = [entry(draw(tellings(m)), s, c) for m, s, c in zip(minutes, steps, changes, strict=True)]
    real = [entry(exact(m), s, c) for m, s, c in zip(minutes, steps, changes, strict=True)]
    return maintenance([first, *told], *window), maintenance([first, *real], *window)


pairs = st.lists(st.one_of(incidents(), maintenances()), min_size=1, max_size=3)
windows = st.tuples(st.integers(-300, MINUTES + 3000), st.integers(0, MINUTES)).map(
    lambda pair: (at(pair[0]), at(pair[0] + pair[1]))
)


def outline(records: Iterable[Incident]) -> Outline:
    return outline_of(records, NOW, since=SINCE)


def assert_same(one: Availability, other: Availability) -> None:
    for name in ("observed_least", "observed_most", "lost_least", "lost_most"):
        assert getattr(one, name) == pytest.approx(getattr(other, name)), name


@examined
@given(pairs, windows)
def test_availability_lies_between_0_and_1(pairs: list[Pair], window: Window) -> None:
    """And its lower bound is never above its upper one, whatever is told."""
    found = outline(told for told, _ in pairs).availability(*window)
    assert 0 <= found.least <= found.most <= 1
    assert 0 <= found.observed_least <= found.observed_most
    assert 0 <= found.lost_least <= found.lost_most


@examined
@given(pairs, windows)
def test_bounds_contain_what_may_have_been(pairs: list[Pair], window: Window) -> None:
    """Every concrete course of events that fits what is told has an availability within the bounds."""
    told = outline(told for told, _ in pairs).availability(*window)
    real = outline(real for _, real in pairs).availability(*window)
    assert told.observed_least <= real.observed_least == real.observed_most <= told.observed_most
    assert told.lost_least <= real.lost_least == real.lost_most <= told.lost_most
    if real.has_data:
        assert real.least == real.most
        assert told.least <= real.least <= told.most


@examined
@given(pairs, st.lists(st.integers(-300, MINUTES + 4000), min_size=2, max_size=6).map(sorted))
def test_splitting_a_window_changes_nothing(pairs: list[Pair], edges: list[int]) -> None:
    """The pieces of a window add up to the whole."""
    found = outline(told for told, _ in pairs)
    pieces = [found.availability(at(a), at(b)) for a, b in pairwise(edges)]
    assert_same(sum(pieces, Availability()), found.availability(at(edges[0]), at(edges[-1])))


@examined
@given(pairs, windows)
def test_the_same_record_twice_counts_once(pairs: list[Pair], window: Window) -> None:
    """Overlap never counts twice."""
    records = [told for told, _ in pairs]
    assert_same(outline(records * 2).availability(*window), outline(records).availability(*window))


@examined
@given(pairs, windows)
def test_the_order_of_records_does_not_matter(pairs: list[Pair], window: Window) -> None:
    """Nor would it be a fact if it did."""
    records = [told for told, _ in pairs]
    assert outline(records).availability(*window) == outline(reversed(records)).availability(*window)


@examined
@given(pairs, incidents(), windows)
def test_another_incident_never_adds_time(pairs: list[Pair], more: Pair, window: Window) -> None:
    """One more incident can only make the certain part of availability worse."""
    records = [told for told, _ in pairs]
    before = outline(records).availability(*window)
    assert outline([*records, more[0]]).availability(*window).lost_most >= before.lost_most


@examined
@given(st.lists(incidents(), min_size=1, max_size=3), windows)
def test_the_figure_is_that_of_counting_minutes(pairs: list[Pair], window: Window) -> None:
    """Incidents with exact times: asking every minute for its worst state gives the same lost time."""
    records = [real for _, real in pairs]
    start, end = (round((edge - SINCE) / timedelta(minutes=1)) for edge in window)
    counted = [at(minute) for minute in range(start, min(end, start + 600)) if SINCE <= at(minute) < NOW]
    tenths = sum(max(LOST.get(shop_at(record, instant), 0) for record in records) for instant in counted)
    found = outline(records).availability(at(start), min(at(start + 600), window[1]))
    assert found.observed_least == len(counted) * 60
    assert found.lost_least == pytest.approx(tenths * 6)


def shop_at(record: Incident, instant: datetime) -> str:
    """The state of the shop by reading the timeline from the top, as a person would."""
    state = "operational"
    first_bad = next((e for e in record.timeline if set(e.components.values()) - {"operational"}), None)
    if record.started and first_bad and instant >= record.started.nominal:
        state = first_bad.components.get("shop", state)
    for told in record.timeline:
        if told.at and told.at.nominal <= instant:
            back = "operational" if told.status == "resolved" else state
            state = told.components.get("shop", back)
    return state


@examined
@given(pairs)
def test_days_add_up_to_their_window(pairs: list[Pair]) -> None:
    """The days of a week, one of them short, are the week; each has a state exactly if it has data."""
    found = outline(told for told, _ in pairs)
    days = list(found.days(date(2026, 3, 26), date(2026, 4, 3), BERLIN))
    whole = found.availability(SINCE - timedelta(days=2), NOW + timedelta(days=2))
    assert_same(sum((day.availability for day in days), Availability()), whole)
    for day in days:
        assert (day.least is None) == (day.most is None)
        assert day.least is not None or not day.availability.has_data


@examined
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_lost_second_is_never_rounded_away(lost: int, years: int) -> None:
    """However long the window: what was not up all the time is less than 1."""
    observed = years % 100 * 31_557_600 + 86_400
    assume(lost < observed)
    assert Availability(observed, observed, lost, lost).most < 1


@pytest.mark.parametrize("spacing", [5, 120])
def test_work_grows_with_the_number_of_records_and_not_faster(spacing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two edges the different answers are compared, not all records that overlap there."""
    compared: list[int] = []
    joined = segments_module._joined

    def counting(answers: Any) -> Any:
        compared.append(len(answers))
        return joined(answers)

    monkeypatch.setattr(segments_module, "_joined", counting)
    records = [outage(exact(n * spacing), exact(n * spacing + 60), STATES[2 + n % 3]) for n in range(300)]
    outline(records)
    assert sum(compared) <= 2 * 300 * 3
