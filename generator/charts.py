"""Pictures of the facts as SVG: readable by eye and by screen reader, coloured by the stylesheet alone.

Widths are in per cent, so that a picture fits any screen without shrinking its words. Colour never stands alone:
healthy bars are lower than the others, blank ones are small, uncertain stretches are hatched.
"""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from markupsafe import Markup

from generator.facts import Course, Day
from generator.facts.course import FIRST, Stretch
from generator.language import Language
from generator.markup import fill, joined, safe
from generator.model import State

LEGEND = (
    "operational",
    "degraded_performance",
    "partial_outage",
    "major_outage",
    "under_maintenance",
    "no_data",
)
_ICONS = {
    "good": ("circle", "m7 12.5 3.4 3.4L17 9"),
    "minor": ("M12 1.5 23.5 22H.5z", "M12 9v5.5m0 3.2v.1"),
    "major": ("circle", "M12 6.5v7m0 3.6v.1"),
    "critical": ("M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z", "m8.4 8.4 7.2 7.2m0-7.2-7.2 7.2"),
    "maintenance": ("M12 .5 23.5 12 12 23.5.5 12z", "M12 7v5.4l3.2 2"),
    "unknown": ("circle", "M9 9.2a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2m0 3.2v.1"),
}
"""Per tone a filled body and the lines drawn in it: each has a shape of its own."""
_TICKS = (300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000)


def icon(tone: str) -> Markup:
    """The sign of a tone; decoration beside words that say the same."""
    body, lines = _ICONS[tone]
    filled = '<circle cx="12" cy="12" r="11"/>' if body == "circle" else f'<path d="{body}"/>'
    html = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}<path d="{}"/></svg>'
    return fill(html, safe(filled), lines)


def _percent(part: float) -> str:
    return f"{part * 100:.2f}".rstrip("0").rstrip(".") + "%"


def day_bars(days: list[Day], language: Language, name: str) -> Markup:
    """The days as a row of bars; those that were not fine say so when pointed at."""
    width = 1 / len(days)
    bars = [_bar(state, uncertain, index * width, width, language, day)
            for index, (state, uncertain, day) in enumerate(_kinds(days))]  # fmt: skip
    bad = sum(state not in ("operational", "no_data") for state, _, _ in _kinds(days))
    label = language("chart.days", n=len(days), name=name, bad=bad)
    html = '<figure class="bars"><svg role="img" aria-label="{}" width="100%" height="34">{}</svg></figure>'
    return fill(html, label, joined(bars, ""))


def _kinds(days: Iterable[Day]) -> Iterator[tuple[str, bool, Day]]:
    """Each day's colour: the worst state that is certain; where that is none, the worst possible, as uncertain."""
    for day in days:
        if day.least is None or day.most is None:
            yield "no_data", False, day
        elif day.least == "operational" and day.most != "operational":
            yield day.most, True, day
        else:
            yield day.least, False, day


def _bar(kind: str, uncertain: bool, x: float, width: float, language: Language, day: Day) -> Markup:
    y, height = {"operational": (6, 28), "no_data": (22, 12)}.get(kind, (0, 34))
    html = '<rect class="s-{}{}" x="{}" y="{}" width="{}" height="{}"'
    extra = " s-uncertain" if uncertain else ""
    bar = fill(html, kind, extra, _percent(x), y, _percent(width * 0.76), height)
    if kind in ("operational", "no_data"):
        return bar + Markup("/>")
    words = language("pair", a=language.day(day.day, "medium"), b=language(f"state.{kind}"))
    return bar + fill("><title>{}</title></rect>", words)


def legend(language: Language, states: Container[str] = LEGEND) -> Markup:
    """What the colours mean, in words; only those of `states`."""
    shown = [state for state in LEGEND if state in states]
    items = (fill('<span class="state s-{}">{}</span>', s, language(f"state.{s}")) for s in shown)
    return fill('<p class="legend states">{}</p>', joined(items, " "))


def course_chart(course: Course, names: dict[str, str], language: Language) -> Markup:
    """The course of one record: a lane per component, uncertain stretches hatched, updates as marks on the axis."""
    window = _window(course)
    lanes = {name: found for name, found in course.stretches.items() if any(s.state != "operational" for s in found)}
    if window is None or not lanes:
        return Markup("")
    parts = [_lane(names[name], stretches, window, language) for name, stretches in lanes.items()]
    html = '<figure class="course">\n{}\n{}\n<figcaption class="meta">{}</figcaption>\n</figure>'
    return fill(html, joined(parts), _axis(course, window, language), language("chart.caption"))


def _window(course: Course) -> tuple[datetime, datetime] | None:
    """From the first state to the end of the last bad one, with a little air. An open record ends `now`.

    A finished one never does, else its picture would change with every build: where nobody knows the end, the
    latest known time closes the picture.
    """
    bad = [s for found in course.stretches.values() for s in found if s.state != "operational"]
    known = [s.earliest_start for s in bad if s.earliest_start > FIRST] + [s.latest_start for s in bad]
    if not bad:
        return None
    ends = [s.latest_end if s.is_bounded or s.is_open else s.earliest_end for s in bad]
    start, end = min(known), max([*ends, *(s.latest_start for s in bad if s.is_bounded)])
    air = max((end - start) / 20, timedelta(minutes=2))
    return start - air, end + air


def _lane(name: str, stretches: tuple[Stretch, ...], window: tuple[datetime, datetime], language: Language) -> Markup:
    """One component. Where several states are possible they share the height, paler; what is certain fills it."""
    edges = {edge for s in stretches for edge in (s.earliest_start, s.latest_start, s.earliest_end, s.latest_end)}
    inside = sorted({min(max(edge, window[0]), window[1]) for edge in edges} | set(window))
    bars = [bar for start, end in pairwise(inside) for bar in _possible(stretches, start, end, window)]
    words = ", ".join(dict.fromkeys(language(f"state.{s.state}") for s in stretches if s.state != "operational"))
    html = '<p class="meta">{}</p><svg role="img" aria-label="{}" width="100%" height="24">{}</svg>'
    return fill(html, name, language("pair", a=name, b=words), joined(bars, ""))


def _possible(
    stretches: tuple[Stretch, ...], start: datetime, end: datetime, window: tuple[datetime, datetime]
) -> Iterator[Markup]:
    """What may hold between two neighbouring edges; before the first stretch all is well."""
    states = [s.state for s in stretches if s.earliest_start <= start and end <= s.latest_end]
    if start < stretches[0].latest_start:
        states.insert(0, "operational")
    height = 24 / max(1, len(set(states)))
    for row, state in enumerate(dict.fromkeys(states)):
        yield _piece(state, (start, end), window, (row * height, height), sure=len(set(states)) == 1)


def _piece(
    state: State, span: tuple[datetime, datetime], window: tuple[datetime, datetime], rows: tuple[float, float],
    sure: bool,
) -> Markup:  # fmt: skip
    whole = window[1] - window[0]
    x, width = (span[0] - window[0]) / whole, (span[1] - span[0]) / whole
    if state == "operational":
        rows, sure = (rows[0] + rows[1] / 2 - 3, 6), True
    y, height = (f"{row:g}" for row in rows)
    html = '<rect class="s-{}{}" x="{}" y="{}" width="{}" height="{}"/>'
    return fill(html, state, "" if sure else " s-uncertain", _percent(x), y, _percent(width), height)


def _axis(course: Course, window: tuple[datetime, datetime], language: Language) -> Markup:
    whole = window[1] - window[0]
    dated = [event.nominal for event in course.events if event.entry and event.is_dated]
    marks = [_percent((nominal - window[0]) / whole) for nominal in dated if window[0] <= nominal <= window[1]]
    dots = joined((fill('<circle class="mark" cx="{}" cy="6" r="4"/>', x) for x, _ in groupby(marks)), "")
    labels = joined(_labels(window, language), "")
    html = (
        '<svg role="img" aria-label="{}" width="100%" height="30">'
        '<line class="axis" x1="0%" y1="6" x2="100%" y2="6"/>{}{}</svg>'
    )
    return fill(html, language("chart.axis", n=len(marks)), dots, labels)


def _labels(window: tuple[datetime, datetime], language: Language) -> Iterator[Markup]:
    """At most four round local times along the axis."""
    whole = (window[1] - window[0]).total_seconds()
    step = next((tick for tick in _TICKS if whole / tick <= 4), _TICKS[-1])
    local = language.local(window[0])
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    first = int((local - midnight).total_seconds() // step + 1) * step
    while (instant := midnight + timedelta(seconds=first)) < language.local(window[1]):
        x = (instant - local).total_seconds() / whole
        if 0.07 < x < 0.93:
            words = language.day(instant, "short") if step >= 86400 else language.clock(instant, bare=True)
            html = '<text class="label" x="{}" y="26" text-anchor="middle">{}</text>'
            yield fill(html, _percent(x), words)
        first += step
