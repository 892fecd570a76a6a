"""The calendar of maintenance, read back by two readers: one event a window, which moves when the window does."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from ical.calendar import Calendar as Read
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as Seen
from icalendar import Calendar

from generator.calendar import render_calendar
from generator.history import build_history
from generator.language import language
from generator.model import Incident
from generator.project import read_project
from tests.builders import entry, history, maintenance, outage, utc
from tests.built import SITES

NOW = utc("2026-03-05 12:00")
TOLD = entry("2026-03-02 10:00", "scheduled", {"shop": "under_maintenance"}, text="We *move* the shop, briefly;\nsoon.")
MOVED = entry("2026-03-04 09:00", "scheduled", text="A day later.")
CALLED_OFF = entry("2026-03-05 11:00", "cancelled", text="Not at all.")
WINDOW = ("2026-03-10 20:00", "2026-03-10 22:00")
LATER = ("2026-03-11 20:00", "2026-03-11 22:00")


def rendered(incidents: Iterable[Incident], now: datetime = NOW, code: str = "en", **more: Any) -> str:
    found = history(incidents, now, **more)
    return render_calendar(found, language(code, found.settings.zone)).decode()


def read(text: str) -> Any:
    return Calendar.from_ical(text)


def events(incidents: Iterable[Incident], now: datetime = NOW, **more: Any) -> Any:
    return read(rendered(incidents, now, **more)).events


def the_event(*timeline: Any, window: tuple[Any, Any] = WINDOW, now: datetime = NOW, **more: Any) -> Any:
    (found,) = events([maintenance(timeline or (TOLD,), *window)], now, **more)
    return found


def second_reader(text: str) -> Read:
    """A reader that refuses what the standard does."""
    return IcsCalendarStream.calendar_from_ics(text)


def test_a_window_is_an_event_with_all_that_a_phone_shows() -> None:
    """Title, time, what it concerns, what was said and where to read on; nobody's own time is taken by it."""
    found = the_event()
    assert (found["summary"], found.start, found.end) == ("It broke", utc(WINDOW[0]), utc(WINDOW[1]))
    assert found["description"] == (
        "Concerns: Shop\n\nWe move the shop, briefly; soon.\n\nhttps://status.invented.example/incidents/one/"
    )
    assert found["url"] == "https://status.invented.example/incidents/one/"
    assert found.categories == ["Maintenance", "Shop"]
    assert (found["status"], found["transp"], found["sequence"]) == ("CONFIRMED", "TRANSPARENT", 0)


def test_a_window_that_moves_and_is_called_off_stays_one_event() -> None:
    """Whoever subscribed sees it move: the same UID, a sequence that grows, then a cancellation in words, too."""
    steps = [
        (utc("2026-03-02 12:00"), [TOLD], WINDOW),
        (utc("2026-03-04 12:00"), [TOLD, MOVED], LATER),
        (utc("2026-03-05 12:00"), [TOLD, MOVED, CALLED_OFF], LATER),
    ]
    seen: dict[str | None, Seen] = {}
    for now, timeline, window in steps:
        for event in second_reader(rendered([maintenance(timeline, *window)], now)).events:
            known = seen.get(event.uid)
            assert known is None or event.sequence > known.sequence  # type: ignore[operator]
            assert known is None or event.dtstamp > known.dtstamp
            seen[event.uid] = event
    assert list(seen) == ["one@status.invented.example"]
    last = seen["one@status.invented.example"]
    assert (last.start, last.end, last.sequence) == (utc(LATER[0]), utc(LATER[1]), 2)
    assert last.status == "CANCELLED"
    assert last.summary == "Cancelled: It broke"


def test_nothing_but_the_record_changes_an_event() -> None:
    """Not the title, the language, the address of the site or the day on which it is built."""
    record = maintenance([TOLD], *WINDOW, title={"en": "Broken", "de": "Kaputt"})
    uids = {
        the_event()["uid"],
        *(found["uid"] for code in ("en", "de") for found in events([record], code=code)),
        *(
            found["uid"]
            for found in events([record], url="https://b.example/", feed_authority="status.invented.example")
        ),
    }
    assert uids == {"one@status.invented.example"}
    assert rendered([record]) == rendered([record], NOW + timedelta(days=1))


def test_every_date_is_of_the_record() -> None:
    """A program that compares stamps is not told of a change that is none."""
    found = the_event(TOLD, MOVED)
    assert found["created"].dt == utc("2026-03-02 10:00")
    assert found["dtstamp"].dt == found["last-modified"].dt == utc("2026-03-04 09:00")


@pytest.mark.parametrize(
    ("window", "status"),
    [
        (WINDOW, "CONFIRMED"),
        (("2026-03-10", "2026-03-11"), "CONFIRMED"),
        (("~2026-03-10 20:00", "2026-03-10 22:00"), "TENTATIVE"),
        (("2026-03-10 20:00", {"after": "2026-03-10 22:00"}), "TENTATIVE"),
    ],
)
def test_a_vague_window_is_tentative(window: tuple[Any, Any], status: str) -> None:
    """Until somebody says that it has begun."""
    assert the_event(window=window)["status"] == status
    begun = entry("2026-03-10 20:05", "in_progress")
    assert the_event(TOLD, begun, window=window, now=utc("2026-03-10 21:00"))["status"] == "CONFIRMED"


def test_days_are_whole_days() -> None:
    """A window of which only the days are known fills them, and the day after is the first one without."""
    found = the_event(window=("2026-03-10", "2026-03-11"))
    assert (found.start, found.end) == (date(2026, 3, 10), date(2026, 3, 12))
    half = the_event(window=("2026-03-10 20:00", "2026-03-11"))
    assert (half.start, half.end) == (utc("2026-03-10 20:00"), utc("2026-03-12 00:00"))


def test_what_is_over_ends_when_it_did() -> None:
    """As told, sooner or later than planned; what was never told of, or overruns, as planned."""
    after, begun = utc("2026-03-12 12:00"), entry("2026-03-10 20:05", "in_progress")
    done = entry("2026-03-10 21:10", "completed")
    assert the_event(TOLD, begun, done, now=after).end == utc("2026-03-10 21:10")
    assert the_event(TOLD, now=after).end == the_event(TOLD, begun, now=after).end == utc(WINDOW[1])


def test_advice_is_given_while_it_holds() -> None:
    """Before and during the work, not afterwards."""
    told = TOLD | {"advice": "Save **first**."}
    assert "Our advice: Save first." in the_event(told)["description"]
    assert "advice" not in the_event(told, CALLED_OFF)["description"]


def test_an_end_that_is_its_beginning_is_left_out() -> None:
    """An event may not end as it begins."""
    assert "DTEND" not in the_event(window=(WINDOW[0], WINDOW[0]))


def test_only_maintenance_of_a_year_is_in_it() -> None:
    """Soonest first; no incident, no notice, nothing that ended a year ago."""
    begun = [entry("2025-01-01 10:00", "scheduled")]
    records = [
        maintenance([TOLD], *WINDOW, id="next"),
        maintenance(begun, "2025-03-06 10:00", "2025-03-06 12:00", id="kept"),
        maintenance(begun, "2025-03-05 10:00", "2025-03-05 12:00", id="gone"),
        outage("2026-03-05 10:00", id="down"),
    ]
    assert [event["uid"].split("@")[0] for event in events(records)] == ["kept", "next"]


def test_programs_are_told_the_name_the_zone_and_when_to_look_again() -> None:
    """In the properties of the standard and in those that Apple, Google and Outlook know from before."""
    found = read(rendered([], code="de"))
    assert found["name"] == found["x-wr-calname"] == "Invented Status: Wartungen"
    assert found["x-wr-timezone"] == "Europe/Berlin"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n" in found.to_ical()


def test_a_text_without_this_language_says_which_it_is_in() -> None:
    """The title at least."""
    assert the_event(code="de")["summary"].params["LANGUAGE"] == "en"


def test_what_is_written_is_escaped_and_folded() -> None:
    """No text of a record begins a line of its own, and no line is longer than 75 octets."""
    hostile = "A;B,C\\n\\D äöü€😀" * 9
    text = rendered([maintenance([TOLD | {"text": hostile}], *WINDOW, title="END:VEVENT;X=1,2")])
    assert text.count("END:VEVENT\r\n") == 1
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")
    assert hostile in read(text).events[0]["description"]
    assert second_reader(text).events[0].summary == "END:VEVENT;X=1,2"


@pytest.mark.parametrize("name", SITES)
def test_both_readers_agree_on_the_calendars_of_the_sites(name: str) -> None:
    """In every language: the same events at the same times."""
    config, now = SITES[name]
    project = read_project(config)
    found = build_history(project.records, project.settings, now)
    for code in project.settings.languages:
        text = render_calendar(found, language(code, project.settings.zone)).decode()
        ours = [(event["uid"], event.start, event.end, event["sequence"]) for event in read(text).events]
        theirs = [(event.uid, event.start, event.end, event.sequence) for event in second_reader(text).events]
        assert ours == theirs
        assert len(ours) == found.count(found.courses)["maintenance"]
