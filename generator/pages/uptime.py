"""The uptime page: the last 90 days and every month and year of each component, as picture and as table."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from markupsafe import Markup

from generator.addresses import component_page
from generator.charts import day_bars, legend
from generator.facts import Availability, Day, midnight
from generator.markup import fill
from generator.model import Component
from generator.pages.sheet import Sheet, table

DAYS = 90
YEARS = 3
"""So many years are told by month here; older ones as a whole, and by month on the component's page."""


def render_uptime(sheet: Sheet) -> str:
    """Availability of every component."""
    body: list[object] = [sheet.t("uptime.lead"), legend(sheet.language)]
    by_month = sheet.language.local_day(sheet.history.now).year - YEARS + 1
    for component in sheet.history.components:
        body.append(f"## {sheet.heading(component.name)}")
        body += blocks(sheet, component, by_month)
    body += [
        f"## {sheet.t('uptime.how')}",
        sheet.t("uptime.explanation", zone=sheet.history.settings.zone.key),
    ]
    description = sheet.t("uptime.description", site=sheet.history.settings.name)
    return sheet.page(sheet.t("uptime.title"), body, description=description, **sheet.present())


def blocks(sheet: Sheet, component: Component, by_month: int = 0) -> Iterator[object]:
    """One component's 90 days; its years, from the year `by_month` on with their months."""
    days = last_days(sheet, component)
    name = sheet.bare(component.name)
    yield sheet.pair("p", sheet.t("uptime.last_days", n=DAYS), fill("<strong>{}</strong>", percentage(sheet, days)))
    yield day_bars(days, sheet.language, name)
    yield _day_table(sheet, name, days)
    yield _months(sheet, component, by_month)


def last_days(sheet: Sheet, component: Component, count: int = DAYS) -> list[Day]:
    """The last local days, today included."""
    zone, today = sheet.history.settings.zone, sheet.language.local_day(sheet.history.now)
    outline = sheet.history.outlines[component.id]
    return list(outline.days(today - timedelta(days=count - 1), today, zone))


def percentage(sheet: Sheet, days: Iterable[Day]) -> str:
    """The availability of some days, as one figure or its bounds."""
    return bounds(sheet, sum((day.availability for day in days), Availability()))


def bounds(sheet: Sheet, found: Availability) -> str:
    """`99,66 bis 99,71 %`: never one figure where only bounds are known."""
    if not found.has_data:
        return sheet.t("state.no_data")
    return sheet.language.percents(found.least, found.most)


def _day_table(sheet: Sheet, name: str, days: list[Day]) -> Markup:
    """The same days in words: those that were not fine, one a row; the rest in a sentence."""
    rows = [day for day in days if day.most not in (None, "operational")]
    blank = sum(day.most is None for day in days)
    fine = len(days) - len(rows) - blank
    rest = sheet.t("uptime.fine_days", n=fine) if fine else ""
    unknown = sheet.t("uptime.blank_days", n=blank) if blank else ""
    heads = [sheet.t(f"uptime.{name}") for name in ("day", "state", "availability")]
    label = f"{name}: {sheet.t('uptime.as_table')}"
    bad = table(label, heads, [_day_row(sheet, day) for day in reversed(rows)]) if rows else ""
    html = "<details><summary>{}</summary>\n{}<p>{} {}</p></details>"
    return fill(html, sheet.t("uptime.as_table"), bad, rest, unknown)


def _day_row(sheet: Sheet, day: Day) -> list[object]:
    states = [sheet.t(f"state.{state}") for state in dict.fromkeys((day.least, day.most))]
    return [sheet.language.day(day.day), sheet.t("uptime.to").join(states), bounds(sheet, day.availability)]


def _months(sheet: Sheet, component: Component, by_month: int) -> Markup:
    """Every month with data, newest first, each year ending with the year as a whole; of older years only that."""
    outline = sheet.history.outlines[component.id]
    today = sheet.language.local_day(sheet.history.now)
    if outline.since is None:
        return fill("<p>{}</p>", sheet.t("uptime.never_named"))
    first = sheet.language.local_day(outline.since).year
    years = range(today.year, first - 1, -1)
    rows = [row for year in years for row in _year(sheet, component, year, year >= by_month)]
    label = f"{sheet.bare(component.name)}: {sheet.t('uptime.months')}"
    months = table(label, [sheet.t("uptime.month"), sheet.t("uptime.availability")], rows)
    return fill("<details><summary>{}</summary>\n{}</details>", sheet.t("uptime.months"), months)


def _year(sheet: Sheet, component: Component, year: int, by_month: bool) -> Iterator[list[object]]:
    """The rows of one year. Without its months it links to the page that has them."""
    for month in range(12, 0, -1) if by_month else ():
        found = _month(sheet, component, year, month)
        if found.has_data:
            yield [sheet.language.day(date(year, month, 1), "month"), bounds(sheet, found)]
    words = sheet.t("uptime.year", year=year)
    told = words if by_month else sheet.link(component_page(component.id), words)
    whole = _between(sheet, component, date(year, 1, 1), date(year + 1, 1, 1))
    yield [fill("<strong>{}</strong>", told), bounds(sheet, whole)]


def _month(sheet: Sheet, component: Component, year: int, month: int) -> Availability:
    after = date(year + month // 12, month % 12 + 1, 1)
    return _between(sheet, component, date(year, month, 1), after)


def _between(sheet: Sheet, component: Component, first: date, after: date) -> Availability:
    zone = sheet.history.settings.zone
    return sheet.history.outlines[component.id].availability(midnight(first, zone), midnight(after, zone))
