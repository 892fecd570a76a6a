"""The way in from Statuspage: what becomes of pages, components, incidents and maintenance."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.project import read_project
from generator.statuspage import build_import
from tests.statuspage import (
    MAINTENANCE,
    OUTAGE,
    PAGE,
    SHOP,
    SUMMARY,
    TILL,
    TOURS,
    affected,
    answer,
    component,
    imported,
    incident,
    record,
    settings_of,
    update,
    why,
)

RECORD = """\
title: Shop & till do not answer
started: 2026-03-02 10:05:29
timeline:
  - at: 2026-03-02 10:05:30
    status: investigating
    components: {shopshopshop: major_outage, tilltilltill: operational}
    text: 'We are looking into it: the shop does not answer.'
    id: one000000000

  - at: 2026-03-02 11:00
    status: monitoring
    components: {shopshopshop: partial_outage}
    text: |-
      It runs again, **slowly**.

      Please see [our help](https://status.bikeshed.example/help).

      - no orders
      - no tours
    id: two000000000

  - at: 2026-03-02 12:31:07
    status: resolved
    components: {shopshopshop: operational, tilltilltill: operational}
    text: Everything runs.
    id: three0000000
impact:
  severity: major
"""


class TestRecords:
    """Incidents and maintenance become records."""

    def test_an_incident_as_a_person_would_have_typed_it(self) -> None:
        """Local times, ids kept, states per update, HTML as Markdown; a comment tells where it is from."""
        head, _, text = (
            build_import([answer(SUMMARY)], None, "en").files["incidents/outage000000.yml"].partition("title:")
        )
        assert "title:" + text == RECORD
        assert "https://status.bikeshed.example/incidents/outage000000" in head
        assert "https://stspg.example/outage000000" in head
        assert all(line.startswith("#") for line in head.splitlines())

    def test_a_maintenance_keeps_its_window(self) -> None:
        """Around the night in which the clocks go forward, too."""
        found = record(imported(scheduled_maintenances=[MAINTENANCE]), "moving")
        assert found["kind"] == "maintenance"
        assert found["scheduled"] == {"start": "2026-03-29 01:30", "end": "2026-03-29 03:30"}
        assert [entry["status"] for entry in found["timeline"]] == ["scheduled", "in_progress"]
        assert found["timeline"][1]["components"] == {TILL: "under_maintenance"}
        assert "impact" not in found

    def test_the_hour_that_comes_twice_has_its_offset(self) -> None:
        told = [update("two", "2026-10-25T01:10:00", "resolved", "Over."),
                update("one", "2026-10-25T00:10:00", "investigating", "Begun.")]  # fmt: skip
        times = [entry["at"] for entry in record(imported(incident("night", "Night", told)), "night")["timeline"]]
        assert times == ["2026-10-25 02:10+02:00", "2026-10-25 02:10+01:00"]

    def test_a_post_mortem_is_published_with_its_text(self) -> None:
        """As an update, or in fields of its own."""
        told = [update("three", "2026-03-04T09:00:00", "postmortem", "It was the <b>disk</b>."),
                update("two", "2026-03-02T10:00:00", "resolved", "Over."),
                update("one", "2026-03-02T09:00:00", "investigating", "Begun.")]  # fmt: skip
        apart = {"postmortem_body": "It was the disk.", "postmortem_published_at": "2026-03-04T09:00:00Z"}
        found = imported(incident("one", "A", told), incident("two", "B", told[1:], **apart))
        for name, text in (("one", "It was the **disk**."), ("two", "It was the disk.")):
            whole = record(found, name)
            assert (whole["summary"], whole["published"]) == (text, "2026-03-04 10:00")
            assert [entry["status"] for entry in whole["timeline"]] == ["investigating", "resolved"]

    def test_the_newest_form_of_an_incident_counts(self) -> None:
        """The same incident in answers of several days: whatever comes first, the newest is imported."""
        told = [update("two", "2026-03-02T10:00:00", "resolved", "Over."),
                update("one", "2026-03-02T09:00:00", "investigating", "Begun.")]  # fmt: skip
        early, late = incident("one", "Down", told[1:]), incident("one", "Was down", told)
        answers = [answer(SUMMARY), answer([early], "a.json"), answer([late], "b.json")]
        one, other = (build_import(order, None, "en").files for order in (answers, answers[::-1]))
        assert one == other
        assert "title: Was down" in one["incidents/one000000000.yml"]

    def test_an_end_that_no_update_tells_is_told(self) -> None:
        """Else the record would stay open for ever."""
        told = [update("one", "2026-03-02T09:00:00", "investigating", "Begun.")]
        found = incident("one", "Down", told, status="resolved", resolved_at="2026-03-02T10:00:00.000Z")
        assert record(imported(found), "one")["timeline"][-1] == {"at": "2026-03-02 11:00", "status": "resolved"}

    def test_an_incident_without_updates_is_still_a_record(self) -> None:
        assert record(imported(incident("one", "Down", [])), "one")["timeline"] == [
            {"at": "2026-03-02 10:05", "status": "investigating"}
        ]

    def test_a_text_too_long_for_an_entry_goes_on_in_the_next(self) -> None:
        """Not a word is lost."""
        body = "<br /><br />".join(f"Paragraph {number} " + "word " * 300 for number in range(20))
        found = imported(incident("one", "Long", [update("one", "2026-03-02T09:00:00", "resolved", body)]))
        texts = [entry["text"] for entry in record(found, "one")["timeline"]]
        assert len(texts) > 1
        assert " ".join(" ".join(texts).split()) == " ".join(body.replace("<br /><br />", " ").split())
        assert any("continued" in reason for reason in why(found)["body"])

    def test_an_incident_alone_is_read_whatever_is_around_it(self) -> None:
        """Beside its page or without it, or as a webhook sends it: beside what else it tells."""
        alone = incident("alone", "Down", [update("one", "2026-03-02T09:00:00", "resolved", "Over.")])
        bare = {"id": PAGE["id"], "status_indicator": "none"}
        for around in ({}, {"page": PAGE}, {"meta": {}, "page": bare}):
            data = around | {"incident": alone}
            found = build_import([answer(SUMMARY), answer(data, "alone.json")], None, "en")
            assert record(found, "alone")["title"] == "Down"

    def test_what_an_incident_alone_lacks_is_told(self) -> None:
        """Nothing is accepted and left out in silence."""
        found = build_import([answer(SUMMARY), answer({"page": PAGE, "incident": {"id": "x"}}, "a.json")], None, "en")
        assert {problem.file for problem in found.problems} == {"a.json"}


class TestArchives:
    """Archives of history pages know less: states per incident, components by name, no ids of updates."""

    UPDATES = (
        {"id": "update_1", "status": "investigating", "body": "Begun.",
         "created_at": "2026-03-02T09:00:00.000Z", "displayed_at": None},
        {"id": "update_0", "status": "update", "body": "Still looking.",
         "created_at": "2026-03-02T09:00:00.000Z", "displayed_at": None},
    )  # fmt: skip

    def archived(self, name: str) -> dict[str, object]:
        return {
            "id": "archived0000", "name": "Down", "status": "investigating", "impact": "minor",
            "created_at": "2026-03-02T09:00:00.000Z", "updated_at": "2026-03-02T09:00:00.000Z", "resolved_at": None,
            "started_at": None, "shortlink": "https://stspg.example/x", "incident_updates": self.UPDATES,
            "components": [{"code": name.lower().replace(" ", "_"), "name": name, "old_status": "operational",
                            "new_status": "degraded_performance"}],
        }  # fmt: skip

    @pytest.mark.parametrize(("name", "ids"), [
        ("Till", [TILL]), ("Shop and Tours", [SHOP, TOURS]), ("and Tours", [TOURS]), ("Old shed", ["old-shed"]),
    ])  # fmt: skip
    def test_components_are_found_by_their_names(self, name: str, ids: list[str]) -> None:
        """By one name, by several in one; a name nobody lists becomes a component of its own, at the end."""
        found = imported(self.archived(name))
        entries = record(found, "archived")["timeline"]
        assert entries[0]["components"] == dict.fromkeys(ids, "degraded_performance")
        assert [entry["text"] for entry in entries] == ["Begun.", "Still looking."]
        assert not any("id" in entry or "components" in entry for entry in entries[1:])
        assert {known.id for known in settings_of(found).components} >= set(ids)

    def test_a_maintenance_without_its_window_is_said_to_be_something_else(self) -> None:
        found = imported(self.archived("Till") | {"impact": "maintenance"})
        assert "kind" not in record(found, "archived")
        assert "incident.impact" in why(found)


class TestSettings:
    """The page becomes settings."""

    def test_a_new_folder_gets_the_page_as_it_was(self) -> None:
        """Name, address, time zone; components in the order and the groups of the page."""
        settings = settings_of(imported())
        assert (settings.name, settings.url) == ("Bike Shed", "https://status.bikeshed.example/")
        assert settings.status.time_zone == "Europe/Berlin"
        assert settings.authority == "status.bikeshed.example"
        assert settings.status.statuspage_id == "pagepagepage"
        shown = [(c.id, c.name.root["en"], c.group and c.group.root["en"]) for c in settings.components]
        assert shown == [(SHOP, "Shop", None), (TOURS, "Tours", "At the counter"), (TILL, "Till", "At the counter")]
        assert settings.components[0].description.root["en"] == "Where bikes are **rented**"
        assert str(settings.status.components[2].since) == "2025-05-01"

    def test_a_component_that_only_an_incident_knows_is_listed_last(self) -> None:
        gone = affected("gonegonegone", "Fax", "operational", "major_outage")
        told = [update("one", "2026-03-02T09:00:00", "investigating", "Begun.", gone)]
        found = imported(incident("one", "Fax down", told))
        assert record(found, "one")["timeline"][0]["components"] == {"gonegonegone": "major_outage"}
        assert settings_of(found).components[-1].name.root["en"] == "Fax"
        assert "component" in why(found)

    def test_the_newest_name_of_a_component_counts(self) -> None:
        older = component(SHOP, "Old shop", updated_at="2020-01-01T00:00:00.000Z")
        found = build_import([answer(SUMMARY), answer({"components": [older]}, "z.json")], None, "en")
        assert settings_of(found).components[0].name.root["en"] == "Shop"


class TestLosses:
    """What a record cannot hold is counted and told, with its reason and the first places."""

    def test_nothing_is_lost_without_a_word(self) -> None:
        told = [
            update("two", "2026-03-02T10:00:00", "resolved", "Over.", tweet_id="12", deliver_notifications=False,
                   created_at="2026-03-02T11:00:00.000Z", updated_at="2026-03-03T11:00:00.000Z", mood="sour"),
            update("one", "2026-03-02T09:00:00", "investigating", "Begun.", display_at="2026-03-02T09:00:00.123Z"),
        ]  # fmt: skip
        found = imported(incident(
            "one", "Down", told, started_at="2026-03-02T09:30:00.000Z", created_at="2026-03-02T08:00:00.000Z",
            updated_at="2026-03-05T09:00:00.000Z", monitoring_at="2026-03-02T09:40:00.000Z",
            reminder_intervals="[3, 6]", components=[component(SHOP, "Shop")],
        ))  # fmt: skip
        assert set(why(found)) == {
            "component.id", "incident.components", "incident.created_at", "incident.monitoring_at",
            "incident.reminder_intervals", "incident.started_at", "incident.updated_at",
            "update.created_at", "update.deliver_notifications", "update.display_at", "update.mood",
            "update.tweet_id", "update.updated_at",
        }  # fmt: skip

    def test_what_was_not_over_is_named(self) -> None:
        """An old answer may be all there is of an incident that ended long ago: the page would call it open."""
        told = [update("one", "2026-03-02T09:00:00", "investigating", "Begun.")]
        assert "not over" in why(imported(incident("one", "Down", told)))["incident.status"][0]

    def test_what_a_record_holds_is_no_loss(self) -> None:
        assert set(why(imported(OUTAGE | {"started_at": "2026-03-02T09:05:29.000Z"}))) == {"component.id"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder with a saved answer in it."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "summary.json").write_bytes(answer(SUMMARY).content)
    return folder


class TestCommand:
    """`incidents import statuspage`"""

    def test_founds_a_site_without_problems(self, tmp_path: Path, saved: Path) -> None:
        """What was imported is read, and the command says what could not be expressed."""
        result = run("import", "statuspage", str(saved), "--to", str(tmp_path / "site"))
        assert result.exit_code == 0, result.output
        assert "3 new" in result.stdout
        assert "component.id, once" in result.stdout
        assert set(tree(tmp_path / "site")) == {
            "mkdocs.yml", "incidents/outage000000.yml", "incidents/moving000000.yml",
        }  # fmt: skip
        assert read_project(tmp_path / "site" / "mkdocs.yml").errors == ()

    def test_twice_changes_nothing(self, tmp_path: Path, saved: Path) -> None:
        run("import", "statuspage", str(saved), "--to", str(tmp_path / "site"))
        before = tree(tmp_path / "site")
        result = run("import", "statuspage", str(saved / "summary.json"), "--to", str(tmp_path / "site"))
        assert result.exit_code == 0
        assert "0 new, 0 renewed, 2 as they were" in result.stdout
        assert tree(tmp_path / "site") == before

    def test_renews_what_nobody_touched_and_leaves_what_somebody_edited(self, tmp_path: Path, saved: Path) -> None:
        """News of the old page arrive until one's own words stand in the record."""
        site = tmp_path / "site"
        run("import", "statuspage", str(saved), "--to", str(site))
        edited = site / "incidents" / "outage000000.yml"
        edited.write_text(
            edited.read_text(encoding="utf-8") + "lessons: {lucky: [It was a Sunday.]}\n", encoding="utf-8"
        )
        news = SUMMARY | {
            "incidents": [OUTAGE | {"name": "Renamed"}],
            "scheduled_maintenances": [MAINTENANCE | {"name": "Renamed"}],
        }
        (saved / "summary.json").write_bytes(answer(news).content)
        result = run("import", "statuspage", str(saved), "--to", str(site))
        assert "incidents/outage000000.yml" in result.stdout
        assert "Renamed" not in edited.read_text(encoding="utf-8")
        assert "title: Renamed" in (site / "incidents" / "moving000000.yml").read_text(encoding="utf-8")

    def test_tells_what_the_settings_lack_and_writes_nothing(self, tmp_path: Path, saved: Path) -> None:
        """The comments and the order in a mkdocs.yml are somebody's work. Added as told, the import goes on."""
        site = tmp_path / "site"
        run("import", "statuspage", str(saved), "--to", str(site))
        config, lines = site / "mkdocs.yml", (site / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
        place = lines.index(f"      - id: {TILL}")
        config.write_text("\n".join(lines[:place] + lines[place + 4 :]) + "\n", encoding="utf-8")
        for file in (site / "incidents").iterdir():
            file.unlink()
        before = tree(site)
        result = run("import", "statuspage", str(saved), "--to", str(site))
        assert result.exit_code == 1
        assert tree(site) == before
        told = result.stdout.partition("import again:\n")[2].rstrip("\n").splitlines()
        assert told == lines[place : place + 4]
        config.write_text("\n".join(lines[:place] + told + lines[place + 4 :]) + "\n", encoding="utf-8")
        assert run("import", "statuspage", str(saved), "--to", str(site)).exit_code == 0
        assert read_project(config).errors == ()

    def test_texts_name_their_language_where_it_is_not_the_first(self, tmp_path: Path, saved: Path) -> None:
        """In a German site, what is English is said to be."""
        site = tmp_path / "site"
        run("import", "statuspage", str(saved), "--to", str(site))
        config = site / "mkdocs.yml"
        german = config.read_text(encoding="utf-8").replace("      - en\n", "      - de\n      - en\n")
        config.write_text(german, encoding="utf-8")
        result = run("--config", str(config), "import", "statuspage", str(saved))
        assert "2 renewed" in result.stdout
        incidents = {found.id: found for found in read_project(config).records.incidents}
        assert incidents["outage000000"].title.root == {"en": "Shop & till do not answer"}
        refused = run("--config", str(config), "import", "statuspage", str(saved), "--language", "fr")
        assert refused.exit_code == 1
        assert "no language 'fr'" in refused.output
