"""One record's page: a story, told in the order in which its readers ask."""

from collections.abc import Iterator
from textwrap import shorten

from markupsafe import Markup

from generator.addresses import HISTORY, incident_page
from generator.facts import Course, began, newest_change, severity, status_of
from generator.markup import fill, joined
from generator.model import Incident
from generator.pages.front import newest_word
from generator.pages.impact import impact_blocks
from generator.pages.review import review_blocks
from generator.pages.sheet import Sheet, is_present
from generator.pages.timeline import course_blocks


def render_incident(sheet: Sheet, course: Course) -> str:
    """The page of an incident, a maintenance or a notice."""
    incident = course.incident
    body = [
        *_head(sheet, course),
        *impact_blocks(sheet, course),
        *course_blocks(sheet, course),
        *review_blocks(sheet, incident),
        *_corrections(sheet, incident),
        *_around(sheet, course),
        *_source(sheet, course),
    ]
    summary = incident.summary or next((entry.text for entry in incident.timeline if entry.text), None)
    description = shorten(sheet.plain(summary), 200, placeholder=" …") if summary else sheet.bare(incident.title)
    return sheet.page(
        incident.title, body, description=description, tone=tone_of(course), section=HISTORY,
        **_stamp(sheet, course),
    )  # fmt: skip


def tone_of(course: Course) -> str:
    if not is_present(course):
        return "plain"
    return "maintenance" if course.incident.kind == "maintenance" else "major"


def _stamp(sheet: Sheet, course: Course) -> dict[str, str]:
    """An open record tells when the page was built, a finished one on which day it last changed itself."""
    if is_present(course):
        return sheet.present()
    return {"stamp": sheet.t("time.changed", time=sheet.language.day(newest_change(course)))}


def _head(sheet: Sheet, course: Course) -> Iterator[object]:
    incident = course.incident
    facts: list[object] = [sheet.t(f"kind.{incident.kind}"), sheet.span(course, "long")]
    if incident.kind == "incident":
        facts.append(sheet.t("incident.severity", severity=sheet.t(f"severity.{severity(course)}")))
    facts.append(sheet.status(course))
    yield fill('<p class="meta">{}</p>', joined((fact for fact in facts if fact), " · "))
    if is_present(course):
        standing = joined(newest_word(sheet, course))
        yield (fill('<section class="card open tone-{}">{}</section>', tone_of(course), standing) if standing else "")
    if incident.summary:
        yield f"## {sheet.t('incident.what')}" if incident.kind == "incident" else ""
        yield sheet.markdown(incident.summary)
    if incident.first_of_its_kind:
        yield sheet.t(f"incident.first_{incident.first_of_its_kind}")


def _corrections(sheet: Sheet, incident: Incident) -> Iterator[object]:
    if incident.corrections:
        yield f"## {sheet.t('incident.corrections')}"
        html = '<li class="entry kind-correction"><p class="when">{}</p><div class="prose">{}</div></li>'
        items = [fill(html, sheet.moment(c.at), sheet.prose(c.text)) for c in incident.corrections]
        yield fill('<ol class="timeline">\n{}\n</ol>', joined(items))


def _around(sheet: Sheet, course: Course) -> Iterator[object]:
    """What belongs to it, and its neighbours in time."""
    history = sheet.history
    if course.incident.published and status_of(course):
        published = sheet.moment(course.incident.published)
        yield fill('<p class="meta">{}</p>', sheet.html("incident.published", time=published))
    related = [history.by_id[name] for name in course.incident.related if name in history.by_id]
    if related:
        yield f"## {sheet.t('incident.related')}"
        yield fill("<ul>\n{}\n</ul>", joined(_neighbour(sheet, "<li>{}</li>", c) for c in related))
    index = history.positions[course.incident.id]
    older, newer = history.courses[index + 1 : index + 2], history.courses[max(0, index - 1) : index]
    links = [_pager(sheet, "prev", c) for c in older] + [_pager(sheet, "next", c) for c in newer]
    if links:
        html = '<nav class="pager" aria-label="{}">{}</nav>'
        yield fill(html, sheet.t("incident.pager"), joined(links, ""))


def _source(sheet: Sheet, course: Course) -> Iterator[Markup]:
    """Where the record itself can be read, for whoever wants to check."""
    settings = sheet.history.settings
    if settings.status.source:
        path = f"{settings.records}/{course.incident.id}.yml"
        html = '<p class="meta"><a href="{}">{}</a></p>'
        yield fill(html, f"{settings.status.source.rstrip('/')}/{path}", sheet.t("incident.source"))


def _neighbour(sheet: Sheet, html: str, course: Course) -> Markup:
    when = sheet.language.tell(began(course), "medium")
    return fill(html, fill('{} <span class="meta">{}</span>', sheet.title(course.incident), when))


def _pager(sheet: Sheet, rel: str, course: Course) -> Markup:
    to = sheet.root + incident_page(course.incident.id)
    return fill('<a rel="{}" href="{}">{}</a>', rel, to, sheet.line(course.incident.title))
