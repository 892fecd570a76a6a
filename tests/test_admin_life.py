"""The outage of 17 July 2021 by the commands, from the first hint to a correction, and what readers saw of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser

from generator.editing import Draft, parse_draft
from generator.project import read_project
from tests.admin import Admin, admin_in

ROOT = Path(__file__).parents[1]
NAME = "2021-07-17-dns"
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
HANDWRITTEN = (ROOT / "incidents" / f"{NAME}.yml").read_text(encoding="utf-8")
TITLE = "Dashboard und Buchungssystem nicht erreichbar"
DOWN = "Zurzeit ausgefallen: Dashboard und Buchungssystem."
PARTLY = "Zurzeit teilweise gestört: Dashboard und Buchungssystem."
FINE = "Alles läuft."
NO_BOOKINGS = "Bitte vorerst keine neuen Buchungen anlegen"
SECOND_DOMAIN = "Nur über die zweite Domain erreichbar"


@dataclass(frozen=True)
class Minute:
    """What is typed at a time of that day, and what the site says right after it."""

    clock: str
    command: tuple[str, ...]
    headline: str
    items: int
    """Messages in the feed."""
    newest: str
    """What the newest message is called, before the title."""
    standing: tuple[str, ...] = ()
    """Advice and limits on the front page."""


MINUTES = (
    Minute("09:12", ("new", "--id", NAME), DOWN, 1, "Wir suchen den Fehler"),
    Minute("09:14", ("update",), DOWN, 1, "Wir suchen den Fehler"),
    Minute("09:20", ("update",), DOWN, 2, "Wir suchen den Fehler"),
    Minute("09:26", ("update",), DOWN, 2, "Wir suchen den Fehler"),
    Minute("09:34", ("update",), DOWN, 2, "Wir suchen den Fehler"),
    Minute("09:41", ("update",), DOWN, 2, "Wir suchen den Fehler"),
    Minute("09:52", ("update",), DOWN, 3, "Fehler gefunden"),
    Minute("10:01", ("update",), DOWN, 3, "Fehler gefunden"),
    Minute("10:10", ("update",), DOWN, 4, "Fehler gefunden"),
    Minute("10:32", ("update",), PARTLY, 5, "Wir beobachten", (SECOND_DOMAIN,)),
    Minute("10:36", ("update",), PARTLY, 6, "Wir beobachten", (SECOND_DOMAIN, NO_BOOKINGS)),
    Minute("10:41", ("update",), PARTLY, 7, "Wir beobachten", (SECOND_DOMAIN, NO_BOOKINGS)),
    Minute("11:20", ("resolve",), FINE, 8, "Behoben"),
    Minute("15:00", ("update", NAME), FINE, 9, "Behoben"),
)
"""An entry of the hand-written record each. When most of them were made is not on record; these times are invented."""


def in_both(option: str, text: dict[str, str]) -> Iterator[str]:
    for code, words in text.items():
        yield from (option, f"{code}={words}")


def options(entry: dict[str, Any]) -> Iterator[str]:
    """An entry of the hand-written record as an admin would type it."""
    for name, option in (("text", "-m"), ("advice", "--advice"), ("restriction", "--restriction")):
        yield from in_both(option, entry.get(name, {}))
    for component, state in entry.get("components", {}).items():
        yield from ("-c", f"{component}={state}")
    if "kind" in entry:
        yield from ("--kind", entry["kind"])
    if entry.get("status") not in (None, "resolved"):
        yield from ("-s", entry["status"])
    if "at" in entry:
        yield from ("--at", in_brackets(entry["at"]))


def in_brackets(moment: Any) -> str:
    """`{between: [09:00, 09:15], told: {…}}`: today's times need no date."""
    if isinstance(moment, dict):
        return "{" + ", ".join(f"{name}: {in_brackets(value)}" for name, value in moment.items()) + "}"
    if isinstance(moment, list):
        return f"[{', '.join(map(in_brackets, moment))}]"
    return str(moment).removeprefix("2021-07-17 ")


def feed(admin: Admin, name: str = "de/history.rss") -> list[Any]:
    return list(feedparser.parse(str(admin.site()[name])).entries)


def live_through(minute: Minute, entry: dict[str, Any], title: tuple[str, ...], worker: Admin) -> None:
    """One minute: the command is typed, and the site is looked at."""
    worker.clock = f"2021-07-17 {minute.clock}"
    worker.do(*minute.command, *title, *options(entry))
    front = str(worker.site()["de/index.md"])
    assert f'<h1 class="headline">{minute.headline}</h1>' in front, minute.clock
    assert tuple(words for words in (SECOND_DOMAIN, NO_BOOKINGS) if words in front) == minute.standing, minute.clock
    entries = feed(worker)
    assert (len(entries), entries[0].title) == (minute.items, f"{minute.newest}: {TITLE}"), minute.clock
    assert minute.headline in worker.do("--language", "de", "at", minute.clock)


def review(worker: Admin, told: Draft) -> str:
    """The record with the questions answered in the words of the hand-written one, and without times nobody noted."""
    worker.do("--language", "de", "review")
    text = worker.text(NAME)
    assert "# Wie sicher sind wir: known, suspected oder unknown?" in text
    text = text[: text.index("\n# Was ist denen passiert")]
    for minute, entry in zip(MINUTES, told.data["timeline"], strict=True):
        if "at" not in entry:
            text, count = re.subn(rf"  - at: 2021-07-17 {minute.clock}\n    ", "  - ", text)
            assert count == 1
    written = [name for name in told.fields if name not in ("title", "timeline", "published")]
    return text + "".join("".join(told.lines[told.fields[name] : told.end_of(name)]) for name in written)


def test_the_life_of_an_outage(tmp_path: Path) -> None:
    """Minute by minute merchants read the state and what to do, and subscribers hear of what is news.

    Reviewed and published, the record is the one written by hand, comments aside; corrected, it says so.
    """
    told = parse_draft(HANDWRITTEN, f"incidents/{NAME}.yml")
    worker = admin_in(tmp_path, SETTINGS)
    title = tuple(f"{code}={words}" for code, words in told.data["title"].items())
    for number, (minute, entry) in enumerate(zip(MINUTES, told.data["timeline"], strict=True)):
        live_through(minute, entry, () if number else title, worker)
    worker.clock = "2021-07-17 18:00"
    worker.write(NAME, review(worker, told))
    worker.do("publish", "--at", "2021-07-17")
    project = read_project(ROOT / "mkdocs.yml")
    written = next(incident for incident in project.records.incidents if incident.id == NAME)
    assert worker.record(NAME) == written
    assert feed(worker)[0].title == f"Der ganze Bericht: {TITLE}"
    worker.clock = "2021-07-19 09:00"
    worker.do("correct", "-m", "Die Uhrzeit war falsch.", "-m", "en=The time was wrong.")
    assert worker.record(NAME).model_copy(update={"corrections": ()}) == written
    assert feed(worker)[0].title == f"Korrektur: {TITLE}"
    assert feed(worker, "en/history.rss")[0].title.startswith("Correction: ")
    assert "Die Uhrzeit war falsch." in str(worker.site()[f"de/incidents/{NAME}.md"])
