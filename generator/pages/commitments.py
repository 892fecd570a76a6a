"""The commitments: every promise of every post-mortem, and whether it was kept."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.facts import promises
from generator.markup import fill, joined
from generator.model import Action, Incident
from generator.pages.sheet import Sheet

CLOSED = 100
"""So many kept or dropped promises are listed; older ones stand in their post-mortems."""
_ORDER = ("overdue", "in_progress", "open", "done", "dropped")


def render_commitments(sheet: Sheet) -> str:
    """All promises: the overdue first, then what is open, kept, dropped."""
    groups: dict[str, list[tuple[Incident, Action]]] = {name: [] for name in _ORDER}
    today = sheet.language.local_day(sheet.history.now)
    incidents = (course.incident for course in sheet.history.courses)
    for incident, action, overdue in promises(incidents, today):
        groups["overdue" if overdue else action.status].append((incident, action))
    counts = ", ".join(sheet.t(f"commitments.n_{name}", n=len(found)) for name, found in groups.items() if found)
    body: list[object] = [sheet.t("commitments.lead"), counts or sheet.t("commitments.nothing")]
    for name, found in groups.items():
        body += _group(sheet, name, found)
    description = sheet.t("commitments.description", site=sheet.history.settings.name)
    return sheet.page(sheet.t("commitments.title"), body, description=description, **sheet.present())


def _group(sheet: Sheet, name: str, found: list[tuple[Incident, Action]]) -> Iterator[object]:
    if not found:
        return
    shown = found[:CLOSED] if name in ("done", "dropped") else found
    items = [action_item(sheet, action, name, _source(sheet, incident)) for incident, action in shown]
    yield f"## {sheet.t(f'action.{name}')}"
    yield fill('<ul class="actions">\n{}\n</ul>', joined(items))
    if len(shown) < len(found):
        yield sheet.t("commitments.older", n=len(found) - len(shown))


def _source(sheet: Sheet, incident: Incident) -> Markup:
    return sheet.html("commitments.from", link=sheet.title(incident))


def action_item(sheet: Sheet, action: Action, name: str, source: Markup | str = "") -> Markup:
    """One promise with its state, who sees to it and by when."""
    facts: list[object] = [fill('<span class="tag">{}</span>', sheet.t(f"action.{name}"))]
    facts += [sheet.t(f"action_type.{action.type}")] if action.type else []
    facts += [sheet.html("action.owner", owner=sheet.line(action.owner))] if action.owner else []
    facts += [sheet.t("action.due", day=sheet.language.day(action.due, "medium"))] if action.due else []
    facts += [sheet.t("action.done_at", day=sheet.language.day(action.done_at, "medium"))] if action.done_at else []
    facts += [source] if source else []
    reason = fill("<p>{} {}</p>", sheet.t("action.reason"), sheet.inline(action.reason)) if action.reason else ""
    html = '<li class="action status-{}">{}<p class="meta">{}</p>{}</li>'
    return fill(html, name, sheet.inline(action.text), joined(facts, " · "), reason)
