"""The commands that tell what is on record, in the admin's language."""

import re

import pytest

from tests.admin import NAME, OPEN, OVER, Admin
from tests.builders import SETTINGS

REPORT = """\
summary: Das Dashboard war eine Dreiviertelstunde lang nicht zu erreichen. Buchen ging die ganze Zeit.
impact:
  text: |
    Es gab:

    - kein Dashboard
    - keine Listen
  data_loss: no
detection: {alerting_fired: no}
cause: {certainty: unknown}
"""
PROMISES = """\
actions:
  - text: Aufräumen.
    status: done
    done_at: 2026-03-02
  - text: Zweite Leitung.
    due: 2026-04-30
  - text: Warnen.
    due: 2026-03-01
"""


class TestTelling:
    """`incidents list`, `show`, `promises`, `at`"""

    def test_the_list_marks_what_is_going_on(self, after: Admin) -> None:
        """Newest first; --open leaves out what is over."""
        after.do("new", "Kasse steht", "-c", "booking=partial_outage")
        everything = after.do("list")
        assert everything == (
            "2026-03-02! Investigating: 2026-03-02-kasse-steht\n            Kasse steht\n"
            f"2026-03-02  Resolved: {NAME}\n            Dashboard nicht erreichbar\n"
        )
        assert after.do("list", "--open") == "".join(everything.splitlines(keepends=True)[:2])

    def test_the_list_names_what_cannot_be_read(self, during: Admin) -> None:
        """It may be the one that is open."""
        during.write("2026-03-02-broken", "title: [")
        assert during.do("list", "--open").startswith("? 2026-03-02-broken cannot be read")

    def test_an_empty_list_says_so(self, admin: Admin) -> None:
        """Nothing on record, nothing open, nothing promised."""
        assert admin.do("list") == "Nothing has been recorded yet.\n"
        assert admin.do("list", "--open") == "Nothing is going on, and no maintenance is planned.\n"
        assert admin.do("promises") == "We have not promised anything here yet.\n"
        assert admin.do("promises", "--overdue") == "No promise is overdue.\n"

    def test_show_tells_the_whole_record(self, after: Admin) -> None:
        """Its course and its report, in lines that fit a terminal."""
        after.write(NAME, OVER + REPORT)
        assert (
            after.do("show", "dashboard")
            == """\
Dashboard nicht erreichbar
Resolved, 2 March 2026, 10:05, to 10:50

Course of events
----------------

2 March 2026, 10:05 · Investigating
  Dashboard: Down

2 March 2026, 10:50 · Resolved

What happened?
--------------
  Das Dashboard war eine Dreiviertelstunde lang nicht zu erreichen. Buchen ging
  die ganze Zeit.

What it meant for you
---------------------
  Es gab:

  - kein Dashboard
  - keine Listen
  Was any data lost? No.

How we noticed
--------------
  Did our monitoring raise the alarm? No.

Cause
-----
  The cause is not known.
"""
        )

    def test_show_says_why_a_record_cannot_be_shown(self, admin: Admin) -> None:
        """It is broken, or nothing of it is to be read yet."""
        admin.write("2026-03-02-broken", "title: [")
        assert "incidents/2026-03-02-broken.yml:1" in admin.fail("show", "broken")
        admin.write("2026-04-01-later", OPEN.replace("2026-03-02", "2026-04-01"))
        assert "lies in the future" in admin.fail("show", "later")

    def test_promises_with_the_overdue_first(self, after: Admin) -> None:
        """Each with its day and its record; --overdue shows no other."""
        after.write(NAME, OVER + PROMISES)
        said = after.do("promises")
        assert re.findall(r"^(\w+).*?: (?:.*)$", said, re.MULTILINE) == ["Overdue", "Open", "Done"]
        assert after.do("promises", "--overdue") == (f"Overdue, by 1 March 2026: {NAME}\n            Warnen.\n")

    def test_at_replays_what_the_site_said(self, during: Admin) -> None:
        """Headline, states, what was going on with its newest word and what still held, the promise of more."""
        news = ("-m", "Wir haben es.", "-s", "identified", "--advice", "Bitte warten.")
        during.do("update", *news, "--next-update", "+30m")
        during.do("update", "-m", "Gleich.", "--at", "10:35")
        during.do("resolve", "--at", "10:50")
        during.clock = "2026-03-02 12:00"
        assert during.do("at", "10:40").splitlines() == [
            "Down at the moment: Dashboard.",
            "As of Monday, 2 March 2026, 10:40",
            "",
            "Dashboard: Down",
            "Buchungssystem: Operational",
            "Homepage: Operational",
            "Demoinstanz: Operational",
            "",
            f"Dashboard nicht erreichbar ({NAME})",
            "Identified, since 2 March 2026, 10:05",
            "Our advice: Bitte warten.",
            "2 March 2026, 10:35",
            "  Gleich.",
        ]
        assert "Next update promised by: 2 March 2026, 10:55" in during.do("at", "2026-03-02 10:30")
        assert during.do("at", "10:00").startswith("Everything is running.")
        assert "nichts" not in during.do("at", "10:00")

    def test_at_shows_what_is_planned(self, admin: Admin) -> None:
        """The maintenance to come, with its beginning."""
        admin.do("maintenance", "Umzug", "--from", "22:00", "--to", "+1h", "-c", "dashboard")
        assert "Planned maintenance: 2 March 2026, 22:00\nUmzug (2026-03-02-umzug)" in admin.do("at", "10:05")

    def test_at_needs_a_time(self, admin: Admin) -> None:
        """What cannot be understood is told like any other slip."""
        assert "'neulich' is not a date with a time" in admin.fail("at", "neulich")


class TestLanguage:
    """The admin's language, and settings that cannot be used."""

    @pytest.mark.parametrize(
        ("arguments", "environment", "words"),
        [
            ([], {"LANG": "de_DE.UTF-8"}, "Zurzeit ist nichts im Gange."),
            ([], {"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, "Nothing is going on."),
            ([], {"LANG": "fr_FR.UTF-8"}, "Nothing is going on."),
            ([], {"LANG": ""}, "Nothing is going on."),
            (["--language", "de"], {}, "Zurzeit ist nichts im Gange."),
        ],
    )
    def test_the_tool_speaks_the_language_of_its_admin(
        self, admin: Admin, arguments: list[str], environment: dict[str, str], words: str
    ) -> None:
        """That of the locale, or the one asked for; English where it is none of ours."""
        admin.environment |= environment
        result = admin.try_to(*arguments, "update", "-m", "x")
        assert result.exit_code == 1
        assert result.stderr.startswith(words)

    def test_settings_that_cannot_be_used(self, admin: Admin) -> None:
        """Their problems are told, and nothing is changed."""
        admin.config.write_text(SETTINGS.replace("Europe/Berlin", "Europe/Belrin"), encoding="utf-8")
        answer = admin.fail("new", "Weg")
        assert "there is no time zone 'Europe/Belrin'" in answer
        assert "Nothing was changed." in answer
