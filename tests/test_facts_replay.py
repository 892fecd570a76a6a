"""What could be read at an earlier instant: before, during and after."""

from typing import Any

from generator.facts import course, known_at, status_of
from generator.model import Incident
from tests.builders import entry, incident, utc

REVIEW: dict[str, Any] = {
    "summary": "It was over soon.",
    "impact": {"severity": "critical"},
    "detection": {"by": "staff"},
    "cause": {"certainty": "known"},
    "actions": [{"text": "Better alarms"}],
    "lessons": {"lucky": ["It was night"]},
    "explanations": [{"term": "DNS", "text": "The telephone book"}],
    "technical": "Port 53",
    "mitigations": [{"text": "Restarted"}],
}


def record(**more: Any) -> Incident:
    timeline = [
        entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"}),
        entry(None, "identified"),
        entry("2026-03-02 11:00", "resolved"),
    ]
    return incident(timeline, **more)


def test_before_its_first_entry_nothing_is_known() -> None:
    """A record does not tell of the future."""
    assert known_at(record(), utc("2026-03-02 09:59")) is None


def test_while_it_lasts_only_what_was_told_is_known() -> None:
    """An entry without a time comes with the dated one after it; the impact goes on."""
    now = utc("2026-03-02 10:30")
    known = known_at(record(), now)
    assert known
    assert [told.status for told in known.timeline] == ["investigating"]
    assert status_of(course(known, now)) == "investigating"


def test_from_its_last_entry_on_all_of_it_is_known() -> None:
    """To the minute."""
    whole = record(**REVIEW)
    assert known_at(whole, utc("2026-03-02 11:00")) == whole


def test_a_course_ends_where_what_is_known_does() -> None:
    """Whether the record was cut before or not."""
    now = utc("2026-03-02 10:30")
    known = known_at(record(), now)
    assert known
    assert course(record(), now).events == course(known, now).events


def test_the_post_mortem_is_known_when_it_appears() -> None:
    """Until then the timeline is all there is."""
    whole = record(published="2026-03-04 12:00", **REVIEW)
    known = known_at(whole, utc("2026-03-04 11:59"))
    assert known
    assert len(known.timeline) == 3
    assert not any(getattr(known, name) for name in (*REVIEW, "published"))
    assert known_at(whole, utc("2026-03-04 12:00")) == whole


def test_a_post_mortem_dated_by_its_day_appears_after_the_last_entry() -> None:
    """Not at midnight, when nothing had happened yet."""
    whole = record(published="2026-03-02", **REVIEW)
    known = known_at(whole, utc("2026-03-02 10:30"))
    assert known
    assert known.summary is None
    assert known_at(whole, utc("2026-03-02 11:00")) == whole


def test_corrections_are_known_when_they_are_made() -> None:
    """One by one."""
    days = ("2026-03-05 09:00", "2026-03-06 09:00")
    whole = record(corrections=[{"at": day, "text": "It was the other disk"} for day in days])
    known = [known_at(whole, utc(f"2026-03-0{day} 12:00")) for day in (4, 5, 6)]
    assert [len(found.corrections) for found in known if found] == [0, 1, 2]


def test_what_helped_is_known_when_it_was_done() -> None:
    """Where that is on record."""
    whole = record(mitigations=[{"at": "2026-03-02 10:40", "text": "A second address"}, {"text": "A mail"}])
    known = [known_at(whole, utc(f"2026-03-02 {clock}")) for clock in ("10:30", "10:40")]
    assert [len(found.mitigations) for found in known if found] == [1, 2]
