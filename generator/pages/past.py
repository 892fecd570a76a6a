"""The history: all years with their counts, and each year by month."""

from itertools import groupby

from generator.addresses import HISTORY, year_page
from generator.facts import Course, began
from generator.markup import fill, joined
from generator.pages.durations import duration_blocks
from generator.pages.sheet import Sheet

KINDS = ("incident", "maintenance", "notice")


def render_index(sheet: Sheet) -> str:
    """Every year with how many records of each kind it has."""
    body: list[object] = [sheet.t("past.lead")]
    rows = [
        fill('<li>{}<p class="meta">{}</p></li>', sheet.link(year_page(year), year), _counts(sheet, courses))
        for year, courses in sheet.history.years.items()
    ]
    body.append(fill('<ol class="incidents">\n{}\n</ol>', joined(rows)) if rows else "")
    body.append("" if rows else sheet.t("front.none_yet"))
    body += duration_blocks(sheet)
    description = sheet.t("past.description", site=sheet.history.settings.name)
    return sheet.page(sheet.t("past.title"), body, description=description, **sheet.present())


def render_year(sheet: Sheet, year: int) -> str:
    """One year's records by month, newest first. Only the present year's page tells when it was built."""
    courses = sheet.history.years[year]
    body: list[object] = [_counts(sheet, courses)]
    for month, group in groupby(courses, key=lambda course: sheet.language.day(began(course).nominal, "month")):
        body += [f"## {month}", sheet.list(group)]
    body.append(fill("<p>{}</p>", sheet.link(HISTORY, sheet.t("past.all_years"))))
    title = sheet.t("past.year", year=year)
    current = sheet.language.local(sheet.history.now).year
    present = sheet.present() if year >= current else {}
    return sheet.page(title, body, description=_counts(sheet, courses), section=HISTORY, **present)


def _counts(sheet: Sheet, courses: tuple[Course, ...]) -> str:
    found = sheet.history.count(courses)
    return ", ".join(sheet.t(f"past.{kind}", n=found[kind]) for kind in KINDS if found[kind])
