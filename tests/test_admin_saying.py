"""What is typed on the command line, as the fields of a record."""

from datetime import UTC, datetime
from typing import Any

import pytest

from generator.editing import Refused, Told, build_entry, gathered, moment_of, new_id, new_record, text_of, window_of
from generator.settings import Settings
from tests.builders import BERLIN

NOW = datetime(2026, 3, 2, 9, 5, 42, tzinfo=UTC)
"""Five past ten by Berlin's clock."""


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("10:15", "2026-03-02 10:15"),
        ("~9:50", "~2026-03-02 09:50"),
        ("22:00", "2026-03-02 22:00"),
        ("23:50", "2026-03-01 23:50"),
        ("-20m", "2026-03-02 09:45"),
        ("-1d", "2026-03-01 10:05"),
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01 09:05+02:00", "2026-03-01 09:05+02:00"),
        ("yesterday", "yesterday"),
        ("25:71", "2026-03-01 25:71"),
        ("+", "+"),
        ("{between: [9:00, 9:15], told: kurz nach 9:00}",
         {"between": ["2026-03-02 09:00", "2026-03-02 09:15"], "told": "kurz nach 9:00"}),
        ("{before: 9:15}", {"before": "2026-03-02 09:15"}),
    ],
)  # fmt: skip
def test_when_it_happened(typed: str, written: Any) -> None:
    """A bare time is of today, or of yesterday late at night; a distance counts from now; the rest stays as typed."""
    assert moment_of(typed, NOW, BERLIN) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("+30m", "2026-03-02 10:35"),
        ("+1h30m", "2026-03-02 11:35"),
        ("+2d", "2026-03-04 10:05"),
        ("10:45", "2026-03-02 10:45"),
        ("10:05", "2026-03-02 10:05"),
        ("9:00", "2026-03-03 09:00"),
    ],
)
def test_when_there_will_be_more(typed: str, written: str) -> None:
    """What lies ahead is never in the past: a time that is over today is one of tomorrow."""
    assert moment_of(typed, NOW, BERLIN, ahead=True) == written


def test_the_hour_that_comes_twice_carries_its_offset() -> None:
    """When the clocks go back, the time of now is written so that it can be read in one way alone."""
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert moment_of("+0m", twice, BERLIN) == "2026-10-25 02:30+01:00"


def test_a_distance_across_a_clock_change_is_the_time_that_passes() -> None:
    """In the night in which the clocks go forward, half an hour is half an hour."""
    before = datetime(2026, 3, 29, 0, 45, tzinfo=UTC)
    assert moment_of("+30m", before, BERLIN, ahead=True) == "2026-03-29 03:15"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ([], ""),
        (["Hallo"], "Hallo"),
        (["de=Hallo"], "Hallo"),
        (["en=Hello", "Hallo"], {"de": "Hallo", "en": "Hello"}),
        (["en=Hello"], {"en": "Hello"}),
        (["a=b"], "a=b"),
        (["xy=z"], "xy=z"),
        (["Zeile eins  \r\nZeile zwei\u200b"], "Zeile eins\nZeile zwei"),
    ],
)
def test_texts_name_their_language(typed: list[str], text: Any) -> None:
    """Plain words are in the site's first language; others begin with their code."""
    assert text_of(typed, ("de", "en")) == text


@pytest.mark.parametrize(
    ("typed", "reason"), [(["fr=Salut"], "no_such_language"), (["Hallo", "de=Servus"], "language_twice")]
)
def test_languages_that_cannot_be(typed: list[str], reason: str) -> None:
    """A language the site does not have, or two texts in one, is refused by name."""
    with pytest.raises(Refused) as refused:
        text_of(typed, ("de", "en"))
    assert refused.value.reason == reason


def test_quotation_marks_may_be_forgotten() -> None:
    """Words in a row are one text, up to the next language."""
    assert gathered(["Shop", "ist", "weg", "en=Shop", "is gone"]) == ["Shop ist weg", "en=Shop is gone"]


def test_an_entry_has_the_order_of_the_model(settings: Settings) -> None:
    """Whatever the order of the options; without a time it happens now."""
    told = Told(
        next_update="+30m",
        text=["x"],
        components=["booking=operational, dashboard = major_outage"],
        status="identified",
    )
    entry = build_entry(told, settings, NOW)
    assert list(entry.items()) == [
        ("at", "2026-03-02 10:05"),
        ("status", "identified"),
        ("components", {"booking": "operational", "dashboard": "major_outage"}),
        ("text", "x"),
        ("next_update", "2026-03-02 10:35"),
    ]


def test_a_component_needs_its_state_unless_one_is_meant(settings: Settings) -> None:
    """In a maintenance it is under maintenance; elsewhere nothing is guessed."""
    told = Told(components=["dashboard"])
    entry = build_entry(told, settings, NOW, "under_maintenance")
    assert entry["components"] == {"dashboard": "under_maintenance"}
    with pytest.raises(Refused) as refused:
        build_entry(told, settings, NOW)
    assert refused.value.reason == "no_state"


@pytest.mark.parametrize(
    ("start", "end", "window"),
    [
        ("22:00", "+90m", ("2026-03-02 22:00", "2026-03-02 23:30")),
        ("22:00", "1:00", ("2026-03-02 22:00", "2026-03-03 01:00")),
        ("2026-04-01 22:00", "23:30", ("2026-04-01 22:00", "2026-04-01 23:30")),
        ("9:00", "2026-03-03 10:00", ("2026-03-03 09:00", "2026-03-03 10:00")),
        ("soon", "+1h", ("soon", "2026-03-02 11:05")),
    ],
)
def test_a_window_ends_after_it_begins(settings: Settings, start: str, end: str, window: tuple[str, str]) -> None:
    """Its end is counted from its beginning."""
    assert tuple(window_of(start, end, settings, NOW).values()) == window


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Dashboard nicht erreichbar", "2026-03-02-dashboard-nicht-erreichbar"),
        ("Störung für Händler*innen in der Straße", "2026-03-02-stoerung-fuer-haendler-innen-in-der-strasse"),
        ("Café: «déjà vu»", "2026-03-02-cafe-deja-vu"),
        ("Авария", "2026-03-02"),
        ("taken", "2026-03-02-taken-3"),
    ],
)
def test_a_record_is_named_by_day_and_title(title: str, name: str) -> None:
    """Umlauts are spelled out, accents dropped; a name that is taken gets a number."""
    taken = {"2026-03-02-taken", "2026-03-02-taken-2"}
    assert new_id(NOW.date(), title, taken) == name


def test_a_long_title_is_cut_between_words() -> None:
    """The name stays short enough to be an address."""
    assert new_id(NOW.date(), "wort " * 50, ()) == "2026-03-02" + "-wort" * 13
    assert len(new_id(NOW.date(), "x" * 300, ())) <= 80


def test_a_new_record_may_begin_with_a_line_for_editors() -> None:
    """What is empty is left out; a first line stays first."""
    assert new_record({"title": "A", "started": None}, "# for editors\n") == "# for editors\ntitle: A\n"
