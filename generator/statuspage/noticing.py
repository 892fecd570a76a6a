"""What a Statuspage states beside what a record can hold, noted field by field."""

from collections.abc import Iterator
from datetime import datetime

from generator.model import FINAL_STATUSES
from generator.sentences import Sentence, say
from generator.statuspage.losses import Losses
from generator.statuspage.shapes import KEPT_ID, Component, Incident, Page, Shape, Update
from generator.statuspage.translating import in_order, shown_at

_SAID_ELSEWHERE = frozenset(("incident_id", "page_id", "group_id", "scheduled_remind_prior"))


def note_losses(incident: Incident, losses: Losses) -> None:
    """Note what of `incident` its record will not say."""
    for field, why in _of_incident(incident):
        losses.note(f"incident.{field}", why, incident.id)
    for update in incident.incident_updates:
        for field, why in _of_update(update):
            losses.note(f"update.{field}", why, incident.id)
    _note_unknown("incident", incident, incident.id, losses)


def _of_incident(incident: Incident) -> Iterator[tuple[str, Sentence]]:
    updates = in_order(incident)
    first = shown_at(updates[0]) if updates else incident.created_at
    if _differ(incident.created_at, first):
        yield "created_at", say("a record begins with its first entry")
    if incident.started_at and _seconds(incident.started_at) > _seconds(first):
        yield "started_at", say("it lies after the first update, impact cannot begin later than it is told of")
    if incident.updated_at and updates and _differ(incident.updated_at, max(map(shown_at, updates))):
        yield "updated_at", say("a record is as new as its newest entry")
    if incident.status not in (*FINAL_STATUSES, "postmortem", "scheduled"):
        yield "status", say("not over in the last answer that tells of it: add its end, if it is over by now")
    for field, status in (("monitoring_at", "monitoring"), ("resolved_at", "resolved")):
        told, stated = [shown_at(u) for u in updates if u.status == status], getattr(incident, field)
        if stated and all(_differ(stated, instant) for instant in told):
            yield field, say("no update says '{status}' at that time", status=status)


def _of_update(update: Update) -> Iterator[tuple[str, Sentence]]:
    if update.display_at and _differ(update.display_at, update.created_at):
        yield "created_at", say("an entry has the time that readers saw (display_at)")
    if update.updated_at and _differ(update.updated_at, update.created_at):
        yield "updated_at", say("it was edited after it was published; what was changed is not told")
    if update.deliver_notifications is False:
        yield "deliver_notifications", say("it was published without telling subscribers; feeds hold every update")
    if update.status == "postmortem":
        yield "id", say("a post-mortem is no entry of the timeline; a new id is made")
    if not KEPT_ID.fullmatch(update.id):
        yield "id", say("no id of Statuspage's, but of an archive; a new one is made")
    if shown_at(update).microsecond:
        yield "display_at", say("a record has no milliseconds")


def note_losses_of_component(component: Component, losses: Losses) -> None:
    """Note what of `component` the settings will not say."""
    if component.only_show_if_degraded:
        losses.note("component.only_show_if_degraded", say("every component is always shown"), component.id)
    if component.group:
        losses.note("component.id", say("a group is known by its name; programs get a new id for it"), component.id)
    if component.group and component.description:
        losses.note("component.description", say("a group has no description"), component.id)
    _note_unknown("component", component, component.id, losses)


def note_losses_of_page(page: Page, losses: Losses) -> None:
    """Note what of `page` the settings will not say."""
    if page.id and not KEPT_ID.fullmatch(page.id):
        losses.note("page.id", say("no id of Statuspage's; a new one is made"), page.id)
    _note_unknown("page", page, page.id or page.name, losses)


def _note_unknown(kind: str, found: Shape, place: str, losses: Losses) -> None:
    """Fields that we do not know, and that say something."""
    for name, value in (found.model_extra or {}).items():
        if value not in (None, "", [], {}, False) and name not in _SAID_ELSEWHERE:
            losses.note(f"{kind}.{name[:40]}", say("no field of a record or of the settings holds this"), place)
    for update in found.incident_updates if isinstance(found, Incident) else ():
        _note_unknown("update", update, place, losses)


def _seconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)


def _differ(one: datetime, other: datetime) -> bool:
    return _seconds(one) != _seconds(other)
