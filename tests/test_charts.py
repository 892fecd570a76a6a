"""The pictures show what the facts say, and say in words what they show."""

import re
from datetime import date, timedelta

from lxml import html

from generator.charts import course_chart, day_bars, share_bar, year_at_a_glance
from generator.facts import Day, course
from generator.language import language
from tests.builders import BERLIN, entry, incident, outage, outline_of, utc

EN = language("en", BERLIN)
NOW = utc("2026-03-05 12:00")


def days(count: int, *incidents: object, since: str = "2026-01-01 00:00") -> list[Day]:
    """The last local days until now, as some records leave the shop."""
    found = outline_of(incidents, NOW, since=utc(since))  # type: ignore[arg-type]
    last = date(2026, 3, 5)
    return list(found.days(last - timedelta(days=count - 1), last, BERLIN))


def test_there_is_one_bar_a_day() -> None:
    """Healthy days are lower than bad ones, days without data smallest: colour is not alone."""
    tree = html.fromstring(day_bars(days(90, outage("2026-03-01 10:00", "2026-03-01 11:00")), EN, "Shop"))
    bars = tree.findall(".//rect")
    assert len(bars) == 90
    heights = {bar.get("class"): int(bar.get("height")) for bar in bars}
    assert heights["s-major_outage"] > heights["s-operational"] > heights["s-no_data"]
    assert sum(bar.get("class") == "s-no_data" for bar in bars) == 26


def test_a_bad_day_says_so_when_pointed_at() -> None:
    """The bar of a bad day carries its date and its worst state."""
    tree = html.fromstring(day_bars(days(90, outage("2026-03-01 10:00", "2026-03-01 11:00")), EN, "Shop"))
    assert [title.text for title in tree.findall(".//title")] == ["1 March 2026: Down"]


def test_a_day_that_may_have_been_fine_is_uncertain() -> None:
    """Nobody knows on which of two days it began: the first is drawn as uncertain."""
    unsure = outage({"between": ["2026-03-01 10:00", "2026-03-02 10:00"]}, "2026-03-02 11:00")
    tree = html.fromstring(day_bars(days(90, unsure), EN, "Shop"))
    classes = [bar.get("class") for bar in tree.findall(".//rect") if "major" in bar.get("class")]
    assert classes == ["s-major_outage s-uncertain", "s-major_outage"]


def test_a_year_at_a_glance_has_a_cell_for_each_day() -> None:
    """365 cells in weeks from Monday to Sunday, of three sizes; the label counts the bad days."""
    picture = year_at_a_glance(days(365, outage("2026-03-01 10:00", "2026-03-03 11:00")), EN, "Shop")
    paths = html.fromstring(picture).findall(".//path")
    cells = {path.get("class"): path.get("d").count("M") for path in paths}
    assert sum(cells.values()) == 365
    assert cells["s-major_outage"] == 3
    assert "Not everything ran on 3 days" in picture
    rows = {float(match) for path in paths for match in re.findall(r"M[\d.]+ ([\d.]+)", path.get("d"))}
    assert min(rows) >= 0
    assert max(rows) < 7


def test_a_share_bar_is_as_long_as_its_share() -> None:
    """A third of the incidents is a third of the width."""
    assert 'width="33.33%"' in share_bar(1 / 3)


def test_the_course_shows_certain_and_uncertain_time() -> None:
    """What is certain fills its lane, what is only possible shares it, paler."""
    told = [
        entry({"between": ["2026-03-01 10:00", "2026-03-01 11:00"]}, "investigating", {"shop": "major_outage"}),
        entry("2026-03-01 12:00", "resolved"),
    ]
    picture = course_chart(course(incident(told), NOW), {"shop": "Shop"}, EN)
    bars = html.fromstring(picture).findall(".//rect")
    certain = [bar for bar in bars if bar.get("class") == "s-major_outage"]
    possible = [bar for bar in bars if bar.get("class") == "s-major_outage s-uncertain"]
    assert [float(bar.get("height")) for bar in certain] == [24]
    assert [float(bar.get("height")) for bar in possible] == [12]
    assert float(certain[0].get("width").rstrip("%")) > 40


def test_the_course_of_a_finished_record_does_not_depend_on_now() -> None:
    """A picture that grew with every build would change pages that are finished."""
    told = [
        entry("2026-03-01 10:00", "investigating", {"shop": "major_outage"}),
        entry({"after": "2026-03-01 11:00"}, "resolved"),
    ]
    record = incident(told)
    pictures = {course_chart(course(record, now), {"shop": "Shop"}, EN) for now in (NOW, utc("2027-01-01 00:00"))}
    assert len(pictures) == 1
