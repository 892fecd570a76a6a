"""One incident or maintenance of a Statuspage as the data of a record, field by field."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from generator.model import FINAL_STATUSES, INCIDENT_STATUSES, MAINTENANCE_STATUSES, STATUSES_OF, Kind
from generator.sentences import say
from generator.statuspage.shapes import KEPT_ID, Affected, Incident, Update
from generator.statuspage.writing import Writer
from generator.yaml_text import InOneLine

Entry = dict[str, Any]


def shown_at(update: Update) -> datetime:
    """The instant that readers see beside an update (UTC)."""
    return update.display_at or update.created_at


def in_order(incident: Incident) -> list[Update]:
    """The updates, oldest first. Of two at the same time the one that the source holds for older comes first."""
    updates = list(incident.incident_updates)
    if len(updates) < 2:
        return updates
    first, last = shown_at(updates[0]), shown_at(updates[-1])
    if first > last or (first == last and updates[0].incident_id):
        updates.reverse()
    return sorted(updates, key=shown_at)


def translate(incident: Incident, writer: Writer) -> dict[str, Any]:
    """The data of the record, in the order of the field reference. What it cannot hold is noted as a loss."""
    kind = _kind(incident, writer)
    updates = [update for update in in_order(incident) if update.status != "postmortem"]
    entries = [entry for update in updates for entry in _entries(update, incident, kind, writer)]
    entries = entries or [_bare(incident, kind, writer)]
    if kind != "notice":
        _name_components(entries, incident, writer)
        _complete(entries, incident, kind, writer)
    published, told = _postmortem(incident, writer)
    entries += [{"at": published, "kind": "finding", "text": text} for text in told[1:]]
    record: dict[str, Any] = {} if kind == "incident" else {"kind": kind}
    record["title"] = writer.line(incident.name)
    record |= {"summary": told[0]} if told else {}
    record |= _started(incident, kind, writer) | {"timeline": entries}
    if incident.impact != "maintenance":
        record["impact"] = {"severity": incident.impact}
    record |= _window(incident, writer) if kind == "maintenance" else {}
    return record | ({"published": published} if told else {})


def _kind(incident: Incident, writer: Writer) -> Kind:
    if incident.scheduled_for and incident.scheduled_until:
        return "maintenance"
    statuses = {incident.status, *(update.status for update in incident.incident_updates)}
    planned = incident.impact == "maintenance" or bool(statuses & set(MAINTENANCE_STATUSES))
    if planned:
        writer.losses.note(
            "incident.impact", say("a maintenance without its window is kept as something else"), incident.id
        )
    return "incident" if statuses & {*INCIDENT_STATUSES, "postmortem"} or not planned else "notice"


def _entries(update: Update, incident: Incident, kind: Kind, writer: Writer) -> Iterator[Entry]:
    """An update as an entry; a text that is too long for one goes on in a second."""
    texts = writer.prose(update.body or "", incident.id)
    entry: Entry = {"at": writer.time(shown_at(update))}
    if update.status in STATUSES_OF[kind]:
        entry["status"] = update.status
    elif update.status != "update":
        why = say("'{status}' does not go with this kind of record", status=update.status)
        writer.losses.note("update.status", why, incident.id)
    states = InOneLine(_states(update, incident, kind, writer))
    entry |= {"components": states} if states else {}
    entry |= {"text": texts[0]} if texts else {}
    entry |= {"id": update.id} if KEPT_ID.fullmatch(update.id) else {}
    if not (texts or states or "status" in entry):
        writer.losses.note("update", say("it says nothing"), incident.id)
        return
    yield entry
    for text in texts[1:]:
        yield {"at": entry["at"], "kind": "finding", "text": text}


def _states(update: Update, incident: Incident, kind: Kind, writer: Writer) -> dict[str, str]:
    """Component id to the state it is in from now on."""
    affected = update.affected_components or ()
    if affected and kind == "notice":
        writer.losses.note("update.affected_components", say("a notice changes no component"), incident.id)
        return {}
    return {name: item.new_status for item in affected for name in writer.naming.ids(item, incident.id)}


def _postmortem(incident: Incident, writer: Writer) -> tuple[str, list[Any]]:
    """When the post-mortem appeared, and its text: from its update, else from fields of its own."""
    at, body = max([incident.created_at, *map(shown_at, incident.incident_updates)]), incident.postmortem_body or ""
    at = max(at, incident.postmortem_published_at or at)
    for update in incident.incident_updates:
        if update.status == "postmortem":
            at, body = shown_at(update), update.body or ""
    return writer.time(at), writer.prose(body, incident.id)


def _name_components(entries: list[Entry], incident: Incident, writer: Writer) -> None:
    """What archives say of the incident as a whole holds from its first entry on."""
    given = [item for item in incident.components if isinstance(item, Affected)]
    named = {name for entry in entries for name in entry.get("components", ())}
    states = {name: item.new_status for item in given for name in writer.naming.ids(item, incident.id)}
    if states and not named:
        entries[0] = _in_their_order(entries[0] | {"components": InOneLine(states)})
    for item in incident.components:
        if not isinstance(item, Affected) and item.id not in named:
            why = say("named by the incident, but no update says in which state it was")
            writer.losses.note("incident.components", why, incident.id)


def _in_their_order(entry: Entry) -> Entry:
    """The fields in the order in which records have them."""
    order = ("at", "kind", "status", "components", "text", "id")
    return {name: entry[name] for name in order if name in entry} | entry


def _complete(entries: list[Entry], incident: Incident, kind: Kind, writer: Writer) -> None:
    """The status that the incident has, where its updates do not say so."""
    told = [entry["status"] for entry in entries if "status" in entry]
    status = "resolved" if incident.status == "postmortem" and kind == "incident" else incident.status
    if status not in STATUSES_OF[kind] or status in told[-1:]:
        return
    if status in FINAL_STATUSES and not FINAL_STATUSES & set(told[-1:]):
        entries.append({"at": writer.time(_end(incident)), "status": status})
    elif told:
        why = say("'{status}', but its last update says '{last}'", status=status, last=told[-1])
        writer.losses.note("incident.status", why, incident.id)
    else:
        entries[0] = _in_their_order(entries[0] | {"status": status})


def _end(incident: Incident) -> datetime:
    """When an incident was over (UTC), as well as the answer tells."""
    updates = (shown_at(update) for update in incident.incident_updates if update.status != "postmortem")
    return max([incident.resolved_at or incident.updated_at or incident.created_at, *updates])


def _bare(incident: Incident, kind: Kind, writer: Writer) -> Entry:
    """For an incident without any update: that it was there."""
    at = writer.time(incident.created_at)
    if incident.status in STATUSES_OF[kind]:
        return {"at": at, "status": incident.status}
    return {"at": at, "text": writer.line(incident.name)}


def _started(incident: Incident, kind: Kind, writer: Writer) -> dict[str, str]:
    """When impact began, where that is earlier than the first update."""
    first = min(map(shown_at, incident.incident_updates), default=incident.created_at)
    started = incident.started_at
    if started is None or kind != "incident" or started.replace(microsecond=0) >= first.replace(microsecond=0):
        return {}
    return {"started": writer.time(started)}


def _window(incident: Incident, writer: Writer) -> dict[str, dict[str, str]]:
    begin, end = incident.scheduled_for, incident.scheduled_until
    if begin is None or end is None:
        return {}
    return {"scheduled": {"start": writer.time(begin), "end": writer.time(end)}}
