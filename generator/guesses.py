"""What was meant by a word that is not known: a name with a slip in it, or its German."""

from collections.abc import Iterable
from difflib import get_close_matches

from generator.sentences import NOTHING, Sentence, say

_IN_GERMAN = {
    "abgesagt": "cancelled", "abgeschlossen": "completed", "abhilfe": "mitigations", "angekündigt": "announced",
    "art": "kind type", "ausfall": "major_outage", "auswirkung": "impact", "begann": "started",
    "beginn": "started start", "begriff": "term", "behoben": "resolved", "bekannt": "known", "beleg": "evidence",
    "beobachtung": "monitoring", "berichtigungen": "corrections", "bestätigt": "confirmed", "datenverlust": "data_loss",
    "datum": "at", "eingeschränkt": "degraded_performance", "einschränkung": "restriction", "empfehlung": "advice",
    "ende": "end", "entdeckung": "detection", "erkannt": "identified", "erkennung": "detection",
    "erklärungen": "explanations", "erledigt": "done", "erledigt_am": "done_at", "false": "no", "folge": "impact",
    "frist": "due", "fällig": "due", "gelöst": "resolved", "geplant": "scheduled", "gering": "minor",
    "gestört": "partial_outage", "gewissheit": "certainty", "grund": "reason", "gruppe": "group", "hinweis": "notice",
    "hoch": "major", "ja": "yes", "kategorie": "category", "keine": "none", "komponenten": "components",
    "korrekturen": "corrections", "kritisch": "critical", "kunde": "customer", "kunden": "customers",
    "langsam": "degraded_performance", "lehren": "lessons", "läuft": "in_progress operational", "massnahmen": "actions",
    "maßnahmen": "actions", "mitarbeiter": "staff", "name": "name term", "nein": "no", "nächste_meldung": "next_update",
    "offen": "open", "ok": "operational", "personendaten": "personal_data", "rat": "advice", "schwere": "severity",
    "sprachen": "languages", "stand": "status", "störung": "incident partial_outage", "teilausfall": "partial_outage",
    "titel": "title", "true": "yes", "unbekannt": "unknown", "ursache": "cause", "verlauf": "timeline",
    "vermutet": "suspected", "vermutungen": "hypotheses", "verworfen": "rejected dropped",
    "veröffentlicht": "published", "vorfall": "incident", "wann": "at", "wartung": "maintenance under_maintenance",
    "zeit": "at", "zeitzone": "time_zone", "zusammenfassung": "summary", "zuständig": "owner",
}  # fmt: skip
"""The words that come to a German admin's mind first, and what may be meant by them."""
MAX_NAMES = 25


def closest(word: str, known: Iterable[str]) -> str:
    """The one of the known names that was most likely meant; empty when none is close."""
    names = sorted(known)
    plain = word[:60].strip().lower().replace(" ", "_").replace("-", "_")
    german = [name for name in _IN_GERMAN.get(plain, "").split() if name in names]
    longer = [name for name in names if len(plain) > 3 and name.startswith(plain)]
    return next(iter(german or get_close_matches(plain, names, n=1, cutoff=0.6) or longer), "")


def not_possible(word: str, known: Iterable[str]) -> tuple[Sentence, Sentence]:
    """What is said of a word where only the `known` ones are possible."""
    return say("'{word}' is not possible here", word=word[:60]), did_you_mean(word, known)


def did_you_mean(word: str, known: Iterable[str]) -> Sentence:
    """A hint for a mistyped `word`: the closest of `known`; all of them when none is close."""
    names = sorted(known)
    meant = closest(word, names)
    if meant:
        return say("Did you mean '{name}'?", name=meant)
    return say("Possible here: {names}", names=", ".join(names)) if 0 < len(names) <= MAX_NAMES else NOTHING
