"""How long incidents took, as a distribution with median and longest; a mean would mislead."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.charts import share_bar
from generator.facts import Course, Range, durations, middle
from generator.markup import fill, joined
from generator.pages.sheet import Sheet, table

LIMITS = (900, 3600, 14400, 43200, 86400, 259200)
"""Bounds of the classes, in seconds: a quarter of an hour to three days. Our choice."""
LONGEST = 3
FEW = 3
"""Of fewer incidents a distribution tells nothing that their list does not."""


def duration_blocks(sheet: Sheet) -> Iterator[object]:
    """The section on durations; nothing before there is a resolved incident.

    Where times are uncertain the longest possible duration counts, so that no figure flatters.
    """
    lasted = [(course, found) for course in sheet.history.courses if (found := durations(course).resolve)]
    if not lasted:
        return
    yield f"## {sheet.t('durations.title')}"
    yield sheet.t("durations.lead", n=len(lasted))
    if len(lasted) >= FEW:
        yield from _distribution(sheet, lasted)
    yield sheet.t("durations.longest", n=min(LONGEST, len(lasted)))
    longest = sorted(lasted, key=lambda pair: pair[1].most or float("inf"), reverse=True)[:LONGEST]
    yield fill("<ol>\n{}\n</ol>", joined(_long(sheet, course, found) for course, found in longest))


def _distribution(sheet: Sheet, lasted: list[tuple[Course, Range]]) -> Iterator[object]:
    """How many took how long, and the time in which half of them were over."""
    bounded = [found.most for _, found in lasted if found.most is not None]
    heads = [sheet.t("durations.duration"), sheet.t("durations.count")]
    yield table(sheet.t("durations.title"), heads, list(_rows(sheet, lasted)))
    if bounded:
        yield sheet.t("durations.median", time=sheet.language.duration(middle(bounded)))


def _rows(sheet: Sheet, lasted: list[tuple[Course, Range]]) -> Iterator[list[object]]:
    """A class a row, with its count as a figure and as a bar."""
    counts = [0] * (len(LIMITS) + 1)
    for _, found in lasted:
        counts[sum(limit <= (found.most or float("inf")) for limit in LIMITS)] += 1
    for index, count in enumerate(counts):
        limit = LIMITS[min(index, len(LIMITS) - 1)]
        key = "durations.under" if index < len(LIMITS) else "durations.over"
        yield [
            sheet.t(key, time=sheet.language.duration(limit)),
            fill("<span>{}</span> {}", count, share_bar(count / len(lasted))),
        ]


def _long(sheet: Sheet, course: Course, found: Range) -> Markup:
    return sheet.pair("li", sheet.title(course.incident), sheet.language.between(found.least, found.most))
