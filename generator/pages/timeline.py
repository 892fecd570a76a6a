"""The course of a record, as a picture and as a list."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from generator.charts import course_chart, legend
from generator.facts import Course, Event
from generator.markup import fill, joined
from generator.model import Update
from generator.pages.front import standing_advice
from generator.pages.sheet import Sheet


def course_blocks(sheet: Sheet, course: Course) -> Iterator[object]:
    names = {component.id: sheet.bare(component.name) for component in sheet.history.components}
    if course.incident.kind != "notice":
        yield f"## {sheet.t('incident.course')}"
        chart = course_chart(course, names, sheet.language)
        if chart:
            yield chart
            states = {stretch.state for found in course.stretches.values() for stretch in found}
            yield legend(sheet.language, states | {"operational"})
    yield _timeline(sheet, course)


def _timeline(sheet: Sheet, course: Course) -> Markup:
    """The entries in the order of events. A day is told once; what nobody timed says between what it lies."""
    day: date | None = None
    items, timed = [], True
    for event in course.events:
        if event.entry:
            items.append(_entry(sheet, event, event.entry, _when(sheet, event, event.entry, day, timed)))
            day, timed = sheet.language.local_day(event.nominal), event.is_dated
    return fill('<ol class="timeline">\n{}\n</ol>', joined(items))


def _entry(sheet: Sheet, event: Event, entry: Update, when: Markup) -> Markup:
    status = fill(' <span class="tag">{}</span>', sheet.t(f"status.{event.status}")) if entry.status else ""
    kind = "" if entry.kind == "update" else fill(' <span class="tag">{}</span>', sheet.t(f"entry.{entry.kind}"))
    states = joined(
        (sheet.pair("li", sheet.name(name), sheet.state(state)) for name, state in entry.components.items()),
        " ",
    )
    parts = [
        fill('<p class="when">{}{}{}</p>', when, kind, status),
        fill('<div class="prose">{}</div>', sheet.prose(entry.text)) if entry.text else "",
        *standing_advice(sheet, [entry]),
        fill('<ul class="facts">{}</ul>', states) if states else "",
        _next_update(sheet, entry),
    ]
    html = '<li class="entry kind-{}">{}</li>'
    return fill(html, entry.kind, joined(part for part in parts if part))


def _next_update(sheet: Sheet, entry: Update) -> Markup:
    if not entry.next_update:
        return Markup("")
    return fill('<p class="meta">{}</p>', sheet.html("incident.next", time=sheet.moment(entry.next_update, "medium")))


def _when(sheet: Sheet, event: Event, entry: Update, day: date | None, timed: bool) -> Markup:
    """The time of an entry; of several in a row that nobody timed, the first says so."""
    if entry.at is None:
        return fill("<span>{}</span>", sheet.t("time.undated" if timed else "time.afterwards"))
    if day == sheet.language.local_day(event.nominal):
        return sheet.time(entry.at, sheet.language.clock_of(entry.at, day))
    return sheet.moment(entry.at)
