"""The front page: is it you, is it me, what still works, what to do now, when do I hear more."""

from collections.abc import Iterator
from datetime import timedelta

from markupsafe import Markup

from generator.charts import day_bars, icon
from generator.facts import Course, indicator
from generator.facts.segments import worst
from generator.facts.status import Indicator
from generator.markup import fill, joined
from generator.model import STATES, Component, Update
from generator.pages.sheet import Sheet, first_moment
from generator.pages.unreadable import unreadable_note
from generator.pages.uptime import DAYS, last_days, percentage

RECENT = 5
NOTICE_DAYS = timedelta(days=90)
_TONE: dict[Indicator, str] = {
    "none": "good", "maintenance": "maintenance", "degraded": "minor", "minor": "minor", "major": "major",
    "critical": "critical",
}  # fmt: skip


def render_front(sheet: Sheet) -> str:
    """The status now."""
    tone, headline = _headline(sheet)
    title = sheet.history.settings.name
    body = [
        _banner(sheet, tone, headline),
        *(unreadable_note(sheet, record) for record in sheet.history.unreadable),
        *(_open(sheet, course) for course in sorted(sheet.history.open, key=_urgency)),
        *_upcoming(sheet),
        _components(sheet),
        *_notices(sheet),
        *_recent(sheet),
    ]
    description = f"{headline} {sheet.stamp()}"
    return sheet.page(title, body, description=description, tone=tone)


def _headline(sheet: Sheet) -> tuple[str, str]:
    """The tone of the page and its one sentence, in the terms of the people who read it."""
    states = sheet.history.states
    found = indicator(states.values())
    if sheet.history.may_hide_something and found == "none":
        return "unknown", sheet.t("front.unknown")
    if found == "none" and any(course.incident.kind == "incident" for course in sheet.history.open):
        return "minor", sheet.t("front.open")
    if found in ("none", "critical"):
        return _TONE[found], sheet.t(f"front.{found}")
    peak = {"maintenance": "under_maintenance", "degraded": "degraded_performance"}.get(
        found, "partial_outage" if found == "minor" else "major_outage"
    )
    names = [name for name, state in states.items() if state == peak]
    return _TONE[found], sheet.t(f"front.{peak}", n=len(names), names=sheet.names(names))


def _banner(sheet: Sheet, tone: str, headline: str) -> Markup:
    html = '<div class="banner tone-{}">\n{}\n<p class="headline">{}</p>\n<p>{}</p>\n</div>'
    announcement = sheet.history.settings.status.announcement
    more = sheet.inline(announcement) if announcement else Markup("")
    return fill(html, tone, icon(tone), headline, fill("{} {}", more, sheet.stamp()))


def _urgency(course: Course) -> tuple[bool, int]:
    """What merchants have to see first: incidents before maintenance, the worst first, else the newest."""
    return course.incident.kind != "incident", -STATES.index(worst(map(course.state_now, course.components)))


def _open(sheet: Sheet, course: Course) -> Markup:
    """What is going on: what works, what to do, the newest word, and when there will be more."""
    incident = course.incident
    states = [sheet.pair("li", sheet.names([name]), sheet.state(course.state_now(name))) for name in course.components]
    link = sheet.link(f"incidents/{incident.id}/", sheet.line(incident.title))
    meta = [sheet.t(f"kind.{incident.kind}"), sheet.status(course), sheet.span(course)]
    tone = "maintenance" if incident.kind == "maintenance" else "major"
    parts = [
        fill('<section class="card open tone-{}">', tone),
        fill("<h2>{}</h2>", link),
        fill('<p class="meta">{}</p>', joined((part for part in meta if part), " · ")),
        fill('<ul class="facts">{}</ul>', joined(states, "")) if states else "",
        *newest_word(sheet, course),
        fill("<p>{}</p>", sheet.link(f"incidents/{incident.id}/", sheet.t("front.all_updates"))),
        Markup("</section>"),
    ]
    return joined(part for part in parts if part)


def newest_word(sheet: Sheet, course: Course) -> Iterator[Markup]:
    """The newest text, advice, restriction, address and promise of more; an older one holds until replaced."""
    told = [event for event in course.events if event.entry]
    newest = next((event for event in reversed(told) if event.entry and event.entry.text), None)
    if newest and newest.entry and newest.entry.text:
        when = sheet.moment(newest.entry.at, "medium") if newest.entry.at else sheet.t("time.undated")
        yield fill('<div class="prose"><p class="meta">{}</p>{}</div>', when, sheet.prose(newest.entry.text))
    entries = [event.entry for event in told if event.entry]
    yield from standing_advice(sheet, entries)
    if entries and entries[-1].next_update:
        until = sheet.language.tell(entries[-1].next_update, "medium")
        overdue = entries[-1].next_update.nominal < sheet.history.now
        key = "front.next_overdue" if overdue else "front.next"
        yield fill('<p class="next"><strong>{}</strong></p>', sheet.t(key, time=until))


def standing_advice(sheet: Sheet, entries: list[Update]) -> Iterator[Markup]:
    """What still holds of what was said: advice, restriction, another address."""
    for name in ("advice", "restriction"):
        text = next((getattr(entry, name) for entry in reversed(entries) if getattr(entry, name)), None)
        if text:
            html = '<div class="{}"><strong>{}</strong> {}</div>'
            yield fill(html, name, sheet.t(f"front.{name}"), sheet.inline(text))
    address = next((entry.available_at for entry in reversed(entries) if entry.available_at), None)
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
    groups: dict[str, list[Component]] = {}
    for component in sheet.history.components:
        groups.setdefault(sheet.bare(component.group) if component.group else "", []).append(component)
    for group, members in groups.items():
        blocks += [fill('<h3 class="group">{}</h3>', group)] if group else []
        rows = joined(_component(sheet, component) for component in members)
        blocks.append(fill('<ul class="components">\n{}\n</ul>', rows))
    return "\n\n".join(blocks)


def _component(sheet: Sheet, component: Component) -> Markup:
    days = last_days(sheet, component)
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
    fresh = [n for n in sheet.history.notices if first_moment(n).nominal > sheet.history.now - NOTICE_DAYS]
    if fresh:
        yield f"## {sheet.t('front.notices')}"
        yield sheet.list(fresh)


def _recent(sheet: Sheet) -> Iterator[object]:
    yield f"## {sheet.t('front.recent')}"
    if not sheet.history.past:
        yield sheet.t("front.none_yet")
    else:
        yield sheet.list(sheet.history.past[:RECENT])
        yield fill("<p>{}</p>", sheet.link("history/", sheet.t("front.all_history")))
