"""Invented records: an invented company, about 1 kB each, 200 a year, the newest ones of today."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
PER_YEAR = 200
"""A site with more records is one that has been there for longer, so 5,000 are twenty-five years."""
ONGOING, PLANNED = 2, 2
_COMPONENTS = ("shop", "orders", "tours", "payments", "invoices", "api")
_STATES = ("degraded_performance", "partial_outage", "major_outage")
_THINGS = (
    ("Bestellseite", "order page"), ("Rechnungen", "invoices"), ("Tourenplanung", "route planning"),
    ("Kartenzahlung", "card payments"), ("Lieferzeiten", "delivery times"), ("Anmeldung", "sign-in"),
)  # fmt: skip
_WHY = (
    ("ein abgelaufenes Zertifikat", "an expired certificate"), ("ein voller Speicher", "a full disk"),
    ("eine falsche Einstellung", "a wrong setting"), ("ein Ausfall beim Rechenzentrum", "an outage of the data centre"),
)  # fmt: skip


def write_project(folder: Path, count: int) -> None:
    """A folder with settings and `count` records. The same every time."""
    (folder / "incidents").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_settings(), encoding="utf-8")
    for name, text in records(count):
        (folder / "incidents" / f"{name}.yml").write_text(text, encoding="utf-8")


def _settings() -> str:
    """The settings of the site at the root, with components of our own."""
    root = Path(__file__).parents[2] / "mkdocs.yml"
    before, _, _ = root.read_text(encoding="utf-8").partition("extra:\n")
    named = "".join(f"      - {{id: {name}, name: {name.title()}}}\n" for name in _COMPONENTS)
    return (
        f"{before}extra:\n  status:\n    time_zone: Europe/Berlin\n    languages: [de, en]\n"
        f"    components:\n{named}    publisher: {{name: Erfunden}}\n"
    )


def records(count: int) -> Iterator[tuple[str, str]]:
    """Name and YAML of every record, newest first."""
    chance = random.Random(count)
    step = timedelta(days=365.25 / PER_YEAR)
    for index in range(count):
        if index < PLANNED:
            begin = NOW + timedelta(days=2 + index)
        else:
            begin = NOW - timedelta(minutes=50) - (index - PLANNED) * step - timedelta(minutes=chance.randrange(1440))
        begin = begin.replace(minute=begin.minute // 5 * 5, second=0, microsecond=0)
        kind = "maintenance" if index < PLANNED or (index > PLANNED + ONGOING and index % 8 == 0) else "incident"
        text = _maintenance(chance, begin) if kind == "maintenance" else _incident(chance, begin, index)
        yield f"{begin:%Y-%m-%d}-{kind}-{index:05}", text


def _incident(chance: random.Random, begin: datetime, index: int) -> str:
    """An outage with its post-mortem; the first ones after the planned maintenance are still going on."""
    (german, english), (warum, why) = chance.choice(_THINGS), chance.choice(_WHY)
    name, state = chance.choice(_COMPONENTS), chance.choice(_STATES)
    end = begin + timedelta(minutes=chance.randrange(20, 400))
    about = "~" if chance.random() < 0.2 else ""
    over = _over(chance, end, why, warum) if index >= PLANNED + ONGOING else ""
    return f"""\
title: {{de: {german} gestört ({index}), en: Trouble with {english} ({index})}}
summary:
  de: Eine Zeit lang waren die {german} nicht oder nur langsam zu erreichen. Daten gingen keine verloren.
  en: For a while the {english} could not be reached, or only slowly. No data was lost.
timeline:
  - at: {about}{_at(begin)}
    status: investigating
    components: {{{name}: {state}}}
    text:
      de: Händler*innen melden uns, dass es mit {german} hakt. Wir suchen den Grund.
      en: Merchants tell us of trouble with {english}. We are looking for the reason.
{over}"""


def _over(chance: random.Random, end: datetime, why: str, warum: str) -> str:
    due = end + timedelta(days=30)
    done = f"done\n    done_at: {due:%Y-%m-%d}" if due < NOW else "open"
    return f"""\
  - at: {_at(end)}
    status: resolved
    text: {{de: Es läuft alles wieder wie gewohnt., en: Everything works again as it should.}}
impact: {{data_loss: no, personal_data: no}}
cause:
  certainty: known
  text: {{de: Schuld war {warum}., en: The reason was {why}.}}
actions:
  - text: {{de: Eine Warnung warnt künftig vorher., en: From now on an alert tells us in time.}}
    due: {due:%Y-%m-%d}
    status: {done}
published: {_at(end + timedelta(hours=20))}
"""


def _maintenance(chance: random.Random, begin: datetime) -> str:
    end, name = begin + timedelta(hours=2), chance.choice(_COMPONENTS)
    return f"""\
kind: maintenance
title: {{de: Wartung der Datenbank, en: Maintenance of the database}}
summary:
  de: Wir ziehen die Datenbank auf neue Rechner um. In dieser Zeit sind Bestellungen nicht möglich; wer in der
    Zeit etwas eilig braucht, ruft uns bitte an.
  en: We move the database to new machines. Orders are not possible meanwhile; whoever needs something in a
    hurry is asked to call us.
scheduled: {{start: {_at(begin)}, end: {_at(end)}}}
timeline:
  - at: {_at(begin - timedelta(days=4))}
    status: scheduled
    components: {{{name}: under_maintenance}}
    text:
      de: Die Wartung ist geplant. Angefangene Bestellungen bleiben erhalten, verschickt werden sie danach.
      en: The maintenance is planned. Orders that were begun are kept, and are sent afterwards.
    advice:
      de: Bitte schließen Sie dringende Bestellungen vorher ab.
      en: Please complete urgent orders before it begins.
"""


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M}Z"
