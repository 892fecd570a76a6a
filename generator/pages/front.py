"""The front page: is it you, is it me, what still works, what to do now, when do I hear more."""

from collections.abc import Iterator
from datetime import timedelta

from markupsafe import Markup

from generator.addresses import HISTORY, incident_page
from generator.charts import day_bars, icon, legend, told_by
from generator.facts import Course, Day, began, holding, worst
from generator.headline import headline
from generator.language import iso
from generator.markup import fill, joined
from generator.model import STATES, Component, Update
from generator.moments import Moment
from generator.pages.sheet import Sheet
from generator.pages.unreadable import unreadable_note
from generator.pages.uptime import DAYS, last_days, percentage

RECENT = 5
NOTICE_DAYS = timedelta(days=90)


def render_front(sheet: Sheet) -> str:
    """The status now."""
    tone, words = headline(sheet.history, sheet.language)
    settings = sheet.history.settings
    announcement = settings.status.announcement
    body = [
        _banner(sheet, tone, words),
        *(unreadable_note(sheet, record) for record in sheet.history.unreadable),
        *(_open(sheet, course) for course in sorted(sheet.history.open, key=_urgency)),
        fill('<div class="note">{}</div>', sheet.prose(announcement)) if announcement else "",
        *_upcoming(sheet),
        _components(sheet),
        *_notices(sheet),
        *_recent(sheet),
    ]
    description = f"{words} {sheet.stamp()}"
    now = iso(sheet.history.now)
    return sheet.document(settings.name, body, description=description, tone=tone, built=now, card=sheet.card())


def _banner(sheet: Sheet, tone: str, words: str) -> Markup:
    """The answer, as the heading of the page."""
    html = '<div class="banner tone-{}">\n{}\n<h1 class="headline">{}</h1>\n{}<p class="meta">{}</p>\n</div>'
    fine = _still_fine(sheet, tone)
    return fill(html, tone, icon(tone), words, fill("<p>{}</p>\n", fine) if fine else "", sheet.built())


def _still_fine(sheet: Sheet, tone: str) -> str:
    """What works while something does not: the second thing a reader wants to know."""
    fine = [name for name, state in sheet.history.states.items() if state == "operational"]
    if tone in ("good", "unknown") or not fine or len(fine) == len(sheet.history.states):
        return ""
    return sheet.t("front.still_fine", names=sheet.names(fine))


def _urgency(course: Course) -> tuple[bool, int]:
    """What merchants have to see first: incidents before maintenance, the worst first, else the newest."""
    return course.incident.kind != "incident", -STATES.index(worst(map(course.state_now, course.components)))


def _open(sheet: Sheet, course: Course) -> Markup:
    """What is going on: what works, what to do, the newest word, and when there will be more."""
    incident = course.incident
    states = [sheet.pair("li", sheet.names([name]), sheet.state(course.state_now(name))) for name in course.components]
    meta = [sheet.t(f"kind.{incident.kind}"), sheet.span(course), sheet.status(course)]
    tone = "maintenance" if incident.kind == "maintenance" else "major"
    parts = [
        fill('<section class="card open tone-{}">', tone),
        fill("<h2>{}</h2>", sheet.title(incident)),
        fill('<p class="meta">{}</p>', joined((part for part in meta if part), " · ")),
        fill('<ul class="facts">{}</ul>', joined(states, "")) if states else "",
        *newest_word(sheet, course),
        fill("<p>{}</p>", sheet.link(incident_page(incident.id), sheet.t("front.all_updates"))),
        Markup("</section>"),
    ]
    return joined(part for part in parts if part)


def newest_word(sheet: Sheet, course: Course) -> Iterator[Markup]:
    """Advice, restriction, address; the newest text and the promise of more. An older one holds until replaced."""
    entries = [event.entry for event in course.events if event.entry]
    yield from standing_advice(sheet, entries)
    newest = next((entry for entry in reversed(entries) if entry.text), None)
    if newest and newest.text:
        when = sheet.moment(newest.at, "medium") if newest.at else sheet.t("time.undated")
        yield fill('<div class="prose"><p class="meta">{}</p>{}</div>', when, sheet.prose(newest.text))
    if entries and entries[-1].next_update:
        yield _next_word(sheet, entries[-1].next_update)


def _next_word(sheet: Sheet, promised: Moment) -> Markup:
    """When there will be more. It is overdue as soon as that moment has passed for certain."""
    words = sheet.language.clock_of(promised, sheet.language.local_day(sheet.history.now))
    form = "by" if promised.exact or promised.about else "other"
    due, overdue = promised.latest or promised.nominal, f"front.overdue_{form}"
    if due < sheet.history.now:
        told = sheet.html(overdue, time=sheet.time(promised, words))
    else:
        next_one = sheet.html(f"front.next_{form}", time=sheet.time(promised, words))
        told = sheet.until(next_one, (due, sheet.t(overdue, time=words)))
    return fill('<p class="next"><strong>{}</strong></p>', told)


def standing_advice(sheet: Sheet, entries: list[Update]) -> Iterator[Markup]:
    """What still holds of what was said: advice, restriction, another address."""
    for name in ("advice", "restriction"):
        text = holding(entries, name)
        if text:
            html = '<div class="{}"><strong>{}</strong> {}</div>'
            yield fill(html, name, sheet.t(f"front.{name}"), sheet.inline(text))
    address = holding(entries, "available_at")
    if address:
        html = '<p class="elsewhere">{} <a href="{}">{}</a></p>'
        yield fill(html, sheet.t("front.available_at"), address, address)


def _upcoming(sheet: Sheet) -> Iterator[object]:
    if sheet.history.upcoming:
        yield f"## {sheet.t('front.upcoming')}"
        yield sheet.list(sheet.history.upcoming)


def _components(sheet: Sheet) -> str:
    """Components by group, each with its state and its last days."""
    blocks: list[str] = [f"## {sheet.t('front.components')}"]
    days = {component.id: last_days(sheet, component) for component in sheet.history.components}
    groups: dict[str, list[Component]] = {}
    for component in sheet.history.components:
        groups.setdefault(sheet.bare(component.group) if component.group else "", []).append(component)
    for group, members in groups.items():
        blocks += [fill("<h3>{}</h3>", group)] if group else []
        rows = joined(_component(sheet, component, days[component.id]) for component in members)
        blocks.append(fill('<ul class="components">\n{}\n</ul>', rows))
    told = told_by(day for found in days.values() for day in found)
    # Bars that all look alike need no explanation.
    blocks += [legend(sheet.language, told)] if len(told) > 1 else []
    return "\n\n".join(blocks)


def _component(sheet: Sheet, component: Component, days: list[Day]) -> Markup:
    parts = [
        fill(
            '<div class="row">{} {}</div>',
            sheet.name(component.id),
            sheet.state(sheet.history.states[component.id]),
        ),
        fill('<p class="meta">{}</p>', sheet.inline(component.description)) if component.description else "",
        day_bars(days, sheet.language, sheet.bare(component.name)),
        fill(
            '<p class="legend meta"><span>{}</span> <span>{}</span> <span>{}</span></p>',
            sheet.t("front.days_ago", n=DAYS),
            percentage(sheet, days),
            sheet.t("front.today"),
        ),
    ]
    return fill("<li>{}</li>", joined(part for part in parts if part))


def _notices(sheet: Sheet) -> Iterator[object]:
    fresh = [n for n in sheet.history.notices if began(n).nominal > sheet.history.now - NOTICE_DAYS]
    if fresh:
        yield f"## {sheet.t('front.notices')}"
        yield sheet.list(fresh)


def _recent(sheet: Sheet) -> Iterator[object]:
    yield f"## {sheet.t('front.recent')}"
    if not sheet.history.past:
        yield sheet.t("front.none_yet")
    else:
        yield sheet.list(sheet.history.past[:RECENT])
        yield fill("<p>{}</p>", sheet.link(HISTORY, sheet.t("front.all_history")))
