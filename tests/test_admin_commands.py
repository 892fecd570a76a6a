"""The commands on records, driven as an admin drives them: what they write, what they say, what they refuse."""

from pathlib import Path

import pytest

from tests.admin import NAME, OPEN, OVER, Admin, editor


class TestNew:
    """`incidents new`"""

    def test_one_line_makes_a_record(self, admin: Admin) -> None:
        """Time, status and name need not be said; file, text and what to do next are shown."""
        said = admin.do("new", "Dashboard nicht erreichbar", "-c", "dashboard=major_outage")
        assert admin.text(NAME) == OPEN
        assert f"incidents/{NAME}.yml is new." in said
        assert OPEN in said
        assert "incidents update" in said
        assert "incidents build" in said
        assert f"incidents announce {NAME}\n" in said

    def test_everything_an_entry_tells_can_be_said(self, admin: Admin) -> None:
        """Uncertain times, other languages, advice: as the record would say it."""
        admin.do(
            "new", "Weg", "en=Gone", "--id", "weg", "--started", "{before: 9:50, told: {de: in aller Früh}}",
            "--at", "~10:00", "-s", "identified", "-c", "dashboard=major_outage,booking=partial_outage",
            "-m", "Wir suchen: alles.", "-m", "en=We are looking.", "--advice", "Bitte warten.",
            "--restriction", "Nur lesen.", "--available-at", "https://example.org/", "--next-update", "+30m",
        )  # fmt: skip
        assert (
            admin.text("weg")
            == """\
title:
  de: Weg
  en: Gone
started:
  before: 2026-03-02 09:50
  told:
    de: in aller Früh
timeline:
  - at: ~2026-03-02 10:00
    status: identified
    components: {dashboard: major_outage, booking: partial_outage}
    text:
      de: 'Wir suchen: alles.'
      en: We are looking.
    advice: Bitte warten.
    restriction: Nur lesen.
    available_at: https://example.org/
    next_update: 2026-03-02 10:35
"""
        )

    def test_the_same_title_twice_makes_two_records(self, admin: Admin) -> None:
        """Nothing is overwritten."""
        for _ in range(2):
            admin.do("new", "Weg", "-c", "dashboard=major_outage")
        assert sorted(admin.files) == ["2026-03-02-weg-2.yml", "2026-03-02-weg.yml"]

    def test_it_is_named_by_the_day_it_tells_of(self, admin: Admin) -> None:
        """A record that is written the morning after."""
        admin.do("new", "Weg", "--at", "2026-03-01 23:10")
        assert list(admin.files) == ["2026-03-01-weg.yml"]

    def test_quotation_marks_may_be_forgotten(self, admin: Admin) -> None:
        """Words in a row are the title."""
        admin.do("new", "Dashboard", "nicht", "erreichbar", "-c", "dashboard=major_outage")
        assert admin.text(NAME) == OPEN

    @pytest.mark.parametrize(
        ("arguments", "answer"),
        [
            (["Weg", "-c", "dashbord=major_outage"], "→ components: {dashboard: major_outage}"),
            (["Weg", "-c", "dashboard"], "Write -c dashboard=major_outage"),
            (["Weg", "-s", "kaputt"], "'kaputt' is not possible here"),
            (["Weg", "--at", "gestern"], "'gestern' is not a date with a time"),
            (["Weg", "--at", "{between: [9:00"], "A bracket is opened here and not closed"),
            (["Weg", "--id", "Nicht Gut"], "the file's name cannot be part of an address"),
            (["Weg", "-m", "fr=Parti"], "This site has no language 'fr', it has de, en."),
            (["Weg", "-m", "<b>Weg</b>"], "raw HTML is not allowed"),
            (["en=Gone", "en=Away"], "There are two texts in 'en'"),
            ([], "Say what it is called"),
        ],
    )
    def test_slips_are_explained_and_nothing_is_written(self, admin: Admin, arguments: list[str], answer: str) -> None:
        """The strict reader has the last word before the disk is touched."""
        assert answer.lower() in admin.fail("new", *arguments).lower()

    def test_an_id_that_is_taken_is_refused(self, during: Admin) -> None:
        """Even that of a record which cannot be read."""
        during.write(NAME, "title: [")
        assert "There already is a record" in during.fail("new", "Dashboard", "--id", NAME)

    def test_the_editor_has_the_last_word(self, admin: Admin, tmp_path: Path) -> None:
        """What is saved there is what is written."""
        admin.environment["EDITOR"] = editor(tmp_path, "text = text.replace('Weg', 'Fort')")
        admin.do("new", "Weg", "--edit")
        assert "title: Fort\n" in admin.text("2026-03-02-weg")

    def test_words_from_the_editor_are_kept_though_they_are_unsound(self, admin: Admin, tmp_path: Path) -> None:
        """They are laid aside under a name that the site ignores."""
        admin.environment["EDITOR"] = editor(tmp_path, "text += 'sumary: Lang und mühsam getippt.\\n'")
        result = admin.try_to("new", "Weg", "--edit")
        assert result.exit_code == 1
        assert "→ summary: Lang" in result.stderr
        assert list(admin.files) == ["_2026-03-02-weg.yml"]
        assert "mühsam" in admin.text("_2026-03-02-weg")
        assert "is kept in incidents/_2026-03-02-weg.yml" in result.stderr


class TestUpdate:
    """`incidents update`"""

    def test_without_id_it_is_the_one_that_is_open(self, during: Admin) -> None:
        """The new lines are shown with their place, and are the only change."""
        said = during.do("update", "-s", "identified", "-m", "Ein voller Datenträger.", "--next-update", "11:00")
        new = (
            "  - at: 2026-03-02 10:25\n    status: identified\n    text: Ein voller Datenträger.\n"
            "    next_update: 2026-03-02 11:00\n"
        )
        assert during.text(NAME) == OPEN + new
        assert f"incidents/{NAME}.yml has new lines from line 6 on:\n\n{new}" in said

    def test_what_is_told_late_stands_where_it_belongs(self, during: Admin) -> None:
        """An earlier time is sorted in, not refused."""
        during.do("update", "-m", "Zweites.")
        during.do("update", "-m", "Erstes.", "--at", "10:15", "--kind", "finding")
        assert [entry.kind for entry in during.record(NAME).timeline] == ["update", "finding", "update"]

    def test_several_open_ones_are_a_question(self, during: Admin) -> None:
        """Without a terminal they are listed, and a part of the name is enough to say which."""
        during.do("new", "Kasse steht", "-c", "booking=partial_outage")
        answer = during.fail("update", "-m", "x")
        assert "2026-03-02-kasse-steht" in answer
        assert NAME in answer
        during.do("update", "kasse", "-m", "Neues.")
        assert "Neues." in during.text("2026-03-02-kasse-steht")

    @pytest.mark.parametrize("name", [NAME, f"incidents/{NAME}.yml", "dashboard"])
    def test_a_record_is_named_as_is_convenient(self, during: Admin, name: str) -> None:
        """By its id, its file, or a part of it."""
        during.do("update", name, "-m", "Neues.")
        assert during.text(NAME) == OPEN + "  - at: 2026-03-02 10:25\n    text: Neues.\n"

    def test_names_that_fit_none_or_several(self, during: Admin) -> None:
        """Both are said with the names there are."""
        during.do("new", "Kasse steht", "-c", "booking=partial_outage")
        assert f"There is no record 'shop'. The newest ones: 2026-03-02-kasse-steht, {NAME}" in during.fail(
            "update", "shop", "-m", "x"
        )
        assert "'2026' may be any of" in during.fail("update", "2026", "-m", "x")

    def test_when_nothing_is_open(self, after: Admin) -> None:
        """It says so, and how to begin something new or to name what is over."""
        assert "Nothing is going on." in after.fail("update", "-m", "x")
        after.do("update", NAME, "-m", "Noch etwas.", "--kind", "communication")
        assert after.text(NAME).startswith(OVER)

    def test_the_maintenance_to_come_can_have_news(self, admin: Admin) -> None:
        """When nothing is open, it is meant."""
        admin.do("maintenance", "Umzug", "--from", "22:00", "--to", "+1h", "-c", "dashboard")
        admin.do("update", "-m", "Es bleibt dabei.")
        assert "Es bleibt dabei." in admin.text("2026-03-02-umzug")

    def test_it_has_to_say_something(self, during: Admin) -> None:
        """A promise of more alone is no news."""
        assert 'Say what is new: -m "…"' in during.fail("update", "--next-update", "+1h")

    def test_a_broken_record_is_not_touched(self, during: Admin) -> None:
        """Its problems are told with their lines, to be corrected first."""
        during.write(NAME, OPEN + "    advise: Warten\n")
        answer = during.fail("update", NAME, "-m", "x")
        assert f"incidents/{NAME}.yml:6:5: timeline[0].advise: " in answer
        assert "Correct this first" in answer

    def test_a_broken_record_may_be_the_one_that_is_open(self, during: Admin) -> None:
        """Not finding it among the sound ones, the command says what is wrong with it."""
        during.write(NAME, OPEN + "    advise: Warten\n")
        assert "timeline[0].advise" in during.fail("update", "-m", "x")

    def test_an_entry_in_the_future_is_worth_a_word(self, during: Admin) -> None:
        """It is written as it was asked for, and shown when its time has come."""
        assert "this lies in the future" in during.try_to("update", "-m", "x", "--at", "+1h").stderr

    def test_records_may_relate_to_others(self, during: Admin) -> None:
        """A record that names another is sound when that one is there."""
        during.write("2026-03-01-earlier", OVER.replace("03-02", "03-01"))
        during.write(NAME, OPEN + "related: [2026-03-01-earlier]\n")
        during.do("update", "-m", "Neues.")
        assert during.record(NAME).related == ("2026-03-01-earlier",)


class TestTheEnd:
    """`incidents resolve`, `review`, `publish`, `correct`"""

    def test_resolving_needs_no_words(self, during: Admin) -> None:
        """All components run again, and the next command is named."""
        said = during.do("resolve")
        assert during.text(NAME) == OPEN + "  - at: 2026-03-02 10:25\n    status: resolved\n"
        assert "incidents review" in said
        assert f"incidents announce {NAME}\n" in said

    def test_what_is_over_is_not_resolved_again(self, after: Admin) -> None:
        """A slip in the name of a record ends nothing twice."""
        assert "is over already" in after.fail("resolve", NAME)

    def test_a_maintenance_is_called_off_or_completed(self, admin: Admin) -> None:
        """Before it begins it can only be called off."""
        admin.do("maintenance", "Umzug", "--from", "22:00", "--to", "+1h", "-c", "dashboard")
        assert "has not begun yet" in admin.fail("resolve")
        admin.do("resolve", "--cancel", "-m", "Der Umzug fällt aus.")
        assert admin.record("2026-03-02-umzug").timeline[-1].status == "cancelled"
        admin.do("maintenance", "Kabel", "--from", "+1h", "--to", "+1h", "-c", "dashboard")
        admin.clock = "2026-03-02 11:30"
        admin.do("resolve")
        assert admin.record("2026-03-02-kabel").timeline[-1].status == "completed"

    def test_an_incident_is_not_called_off(self, during: Admin) -> None:
        """That is for what was planned."""
        assert "Only a maintenance can be called off" in during.fail("resolve", "--cancel")

    def test_a_notice_has_no_end(self, admin: Admin) -> None:
        """There is nothing to resolve in it."""
        admin.do("notice", "Neues", "-m", "Ab Mai.")
        assert "A notice has no end" in admin.fail("resolve", "neues")

    def test_review_asks_once(self, after: Admin) -> None:
        """The questions are comments behind what stands there; asked again, they are counted."""
        assert "has 6 new questions" in after.do("review")
        text = after.text(NAME)
        assert text.startswith(OVER + "\n# What happened, in two sentences, to those who read this?\n# summary:\n")
        assert "has 6 questions to answer, as before" in after.do("review")
        assert after.text(NAME) == text

    def test_review_in_german(self, after: Admin) -> None:
        """The admin's language is that of the locale."""
        after.environment["LANG"] = "de_DE.UTF-8"
        assert "hat 6 neue Fragen." in after.do("review")
        assert "# Haben unsere eigenen Warnungen angeschlagen: yes oder no?" in after.text(NAME)

    def test_publishing_dates_the_report(self, after: Admin) -> None:
        """It says what the report still leaves open, and how to correct it later."""
        said = after.do("publish")
        assert after.text(NAME) == OVER + "published: 2026-03-02 12:00\n"
        assert "says nothing yet of: summary, impact, detection, cause, mitigations, actions." in said
        assert "incidents correct" in said

    def test_a_day_is_enough(self, after: Admin) -> None:
        """A report may have appeared on a day of which nobody knows the hour."""
        after.do("publish", "--at", "2026-03-02")
        assert after.text(NAME).endswith("published: 2026-03-02\n")

    def test_what_is_open_or_published_is_not_published(self, during: Admin) -> None:
        """An open incident has no report, and no report appears twice."""
        assert "is still going on" in during.fail("publish")
        during.write(NAME, OVER + "published: 2026-03-02 11:00\n")
        during.clock = "2026-03-02 12:00"
        assert "has been published already" in during.fail("publish", NAME)
        assert "no incident that lacks a report" in during.fail("publish")

    def test_corrections_are_dated(self, after: Admin) -> None:
        """The newest report is meant; each correction stands below the one before it."""
        after.do("publish")
        after.do("correct", "-m", "Es war 10:06.")
        after.clock = "2026-03-03 09:00"
        after.do("correct", "-m", "Es war doch 10:05.", "-m", "en=It was 10:05 after all.")
        assert after.text(NAME) == OVER + (
            "published: 2026-03-02 12:00\n"
            "corrections:\n"
            "  - at: 2026-03-02 12:00\n    text: Es war 10:06.\n"
            "  - at: 2026-03-03 09:00\n    text:\n      de: Es war doch 10:05.\n      en: It was 10:05 after all.\n"
        )

    def test_nothing_unpublished_is_corrected(self, after: Admin) -> None:
        """Before it appears the text itself is put right."""
        assert "No report has been published yet" in after.fail("correct", "-m", "x")
        assert "has not been published yet" in after.fail("correct", NAME, "-m", "x")


class TestMaintenanceAndNotice:
    """`incidents maintenance`, `incidents notice`"""

    def test_a_maintenance_is_announced(self, admin: Admin) -> None:
        """Components named without a state are under maintenance; the record is named by the day it begins."""
        said = admin.do(
            "maintenance", "Neue Kassen", "--from", "2026-03-09 22:00", "--to", "+90m",
            "-c", "dashboard", "-c", "booking=degraded_performance", "-m", "Wir tauschen die Kassen.",
        )  # fmt: skip
        assert (
            admin.text("2026-03-09-neue-kassen")
            == """\
kind: maintenance
title: Neue Kassen
scheduled:
  start: 2026-03-09 22:00
  end: 2026-03-09 23:30
timeline:
  - at: 2026-03-02 10:05
    status: scheduled
    components: {dashboard: under_maintenance, booking: degraded_performance}
    text: Wir tauschen die Kassen.
"""
        )
        assert "incidents resolve 2026-03-09-neue-kassen --cancel" in said

    def test_it_needs_its_window(self, admin: Admin) -> None:
        """Both ends of it, the later one last."""
        assert "Say when" in admin.fail("maintenance", "Neue Kassen", "--from", "22:00")
        answer = admin.fail("maintenance", "X", "--from", "2026-03-09 22:00", "--to", "2026-03-08")
        assert "the maintenance ends before it begins" in answer

    def test_a_notice_is_news(self, admin: Admin) -> None:
        """It has a title and a text."""
        admin.do("notice", "Neue Rechnungen", "-m", "Ab Mai im Dashboard.")
        assert admin.text("2026-03-02-neue-rechnungen") == (
            "kind: notice\ntitle: Neue Rechnungen\ntimeline:\n"
            "  - at: 2026-03-02 10:05\n    text: Ab Mai im Dashboard.\n"
        )
        assert 'Say what is new: -m "…"' in admin.fail("notice", "Neue Rechnungen")
