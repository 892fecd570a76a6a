"""Pictures of the facts as SVG: readable by eye and by screen reader, coloured by the stylesheet alone.

Widths are in per cent, so that a picture fits any screen without shrinking its words. Colour never stands alone:
healthy bars are lower than the others, blank ones are small, uncertain stretches are hatched.
"""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from markupsafe import Markup

from generator.facts import FIRST, Course, Day, Stretch
from generator.language import Language
from generator.markup import fill, joined, safe
from generator.model import State

LEGEND = (
    "operational",
    "degraded_performance",
    "partial_outage",
    "major_outage",
    "under_maintenance",
    "uncertain",
    "no_data",
)
"""What a legend explains; `uncertain` is a day on which perhaps all was well."""
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
    width, kinds = 1 / len(days), list(_kinds(days))
    bars = [_bar(state, uncertain, index * width, width, language, day)
            for index, (state, uncertain, day) in enumerate(kinds)]  # fmt: skip
    label = language("chart.days", n=len(days), name=name, bad=_bad(kinds))
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


def _bad(kinds: Iterable[tuple[str, bool, Day]]) -> int:
    """How many days were not fine."""
    return sum(kind not in ("operational", "no_data") for kind, _, _ in kinds)


def told_by(days: Iterable[Day]) -> set[str]:
    """What a legend of these days has to explain."""
    return {"uncertain" if uncertain else kind for kind, uncertain, _ in _kinds(days)}


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


def share_bar(part: float) -> Markup:
    """A share between 0 and 1 as a bar; decoration beside the figure it shows."""
    html = (
        '<svg class="share" aria-hidden="true" width="60%" height="12"><rect x="0" y="0" width="{}" height="12"/></svg>'
    )
    return fill(html, _percent(part))


_CELL = {"operational": 0.66, "no_data": 0.3}
"""How much of its cell a day fills: what was not fine fills it most, so that colour is not alone."""
_PIECES = {
    "degraded_performance": ((0.28, 1.0),),
    "partial_outage": ((0.0, 0.36), (0.64, 1.0)),
    "under_maintenance": ((0.0, 0.2), (0.4, 0.6), (0.8, 1.0)),
}
"""Where such a day's cell begins and ends to be filled, from its top; the stylesheet gives bars the same forms."""


def year_at_a_glance(days: list[Day], language: Language, name: str) -> Markup:
    """A year of days, a column for each week from Monday to Sunday; one path for each kind of day."""
    first, kinds = days[0].day.weekday(), list(_kinds(days))
    paths: dict[tuple[str, bool], list[str]] = {}
    for index, (kind, uncertain, _) in enumerate(kinds):
        week, weekday = divmod(first + index, 7)
        size = _CELL.get(kind, 0.92)
        corner = week + (1 - size) / 2, weekday + (1 - size) / 2
        paths.setdefault((kind, uncertain), []).append(_cell(kind, corner, size))
    weeks = (first + len(days) + 6) // 7
    drawn = [_days_path(kind, uncertain, parts) for (kind, uncertain), parts in paths.items()]
    label = language("chart.year", name=name, n=_bad(kinds))
    html = """<figure class="year"><svg role="img" aria-label="{}" viewBox="0 0 {} 7" width="100%">{}</svg>
<p class="legend meta"><span>{}</span> <span>{}</span></p></figure>"""
    ends = (language.day(days[0].day, "month"), language.day(days[-1].day, "month"))
    return fill(html, label, weeks, joined(drawn, ""), *ends)


def _cell(kind: str, corner: tuple[float, float], size: float) -> str:
    """One day as a single outline: its pieces are joined along the left edge, where a line has no width."""
    pieces = _PIECES.get(kind, ((0.0, 1.0),))
    drawn, bottom = f"M{corner[0]:.2f} {corner[1] + pieces[0][0] * size:.2f}", pieces[0][0]
    for top, end in pieces:
        gap = f"v{(top - bottom) * size:.2g}" if top > bottom else ""
        drawn += f"{gap}h{size}v{(end - top) * size:.2g}h-{size}"
        bottom = end
    return drawn + "z"


def _days_path(kind: str, uncertain: bool, parts: list[str]) -> Markup:
    return fill('<path class="s-{}{}" d="{}"/>', kind, " s-uncertain" if uncertain else "", "".join(parts))


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
    """At most six round local times along the axis."""
    whole = (window[1] - window[0]).total_seconds()
    step = next((tick for tick in _TICKS if whole / tick <= 6), _TICKS[-1])
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
