"""A record as it could be read at an earlier instant: what came later is taken out."""

from datetime import datetime

from generator.facts.events import visible
from generator.model import Incident, Update

_REVIEW = ("summary", "detection", "cause", "lessons", "technical", "impact", "published")


def known_at(incident: Incident, now: datetime) -> Incident | None:
    """The record as it could be read at `now`; None before anything of it was known."""
    entries = tuple(entry for _, entry in visible(incident, now))
    if not entries:
        return None
    changes: dict[str, object] = {
        "timeline": entries,
        "corrections": tuple(c for c in incident.corrections if c.at.nominal <= now),
        "mitigations": tuple(m for m in incident.mitigations if not m.at or m.at.nominal <= now),
    }
    if _appears_later(incident, entries, now):
        changes |= dict.fromkeys(_REVIEW) | dict.fromkeys(("mitigations", "actions", "explanations"), ())
    return incident.model_copy(update=changes)


def _appears_later(incident: Incident, entries: tuple[Update, ...], now: datetime) -> bool:
    """A post-mortem dated by its day alone appears after the last entry at the earliest."""
    if not incident.published:
        return False
    return incident.published.nominal > now or len(entries) < len(incident.timeline)
