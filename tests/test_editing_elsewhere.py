"""Where there is no terminal: the schema on disk, the first line of a record, templates to fill in."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.records import parse_record, read_records
from generator.schema import FIRST_LINE, SCHEMA, render_schema
from generator.settings import Settings, read_settings
from generator.templates import build_templates, new_file_link
from tests.admin import NAME, OPEN, Admin
from tests.builders import settings as invented
from tests.kept import Golden
from tests.statuspage import SUMMARY

ROOT = Path(__file__).parent.parent
OURS = ROOT / "incidents"
OUTDATED = f"warning: incidents/{SCHEMA}:1:1: "
ANSWERS = {
    "title": "Dashboard nicht erreichbar", "at": "2026-03-02 09:05", "text": "Wir kümmern uns.",
    "next_update": "2026-03-02 10:00", "start": "2026-03-02 22:00", "end": "2026-03-02 23:00",
}  # fmt: skip


@pytest.fixture(scope="module")
def ours() -> Settings:
    settings, _ = read_settings(ROOT / "mkdocs.yml")
    assert settings
    return settings


class TestSchema:
    """`incidents schema`"""

    def test_ours_is_of_today(self, ours: Settings, golden: Golden) -> None:
        """A field, a component or a language that is added changes it; `incidents schema` rewrites it."""
        golden(render_schema(ours), OURS / SCHEMA)

    def test_our_records_name_it(self) -> None:
        """In their first line, as editors look for it."""
        records = list(OURS.glob("*.yml"))
        assert len(records) >= 5
        assert [path.name for path in records if not path.read_text(encoding="utf-8").startswith(FIRST_LINE)] == []

    @pytest.mark.parametrize("command", [
        ("new", "Dashboard nicht erreichbar", "-c", "dashboard=major_outage"),
        ("maintenance", "Größere Datenbank", "--from", "22:00", "--to", "+1h"),
        ("notice", "Rechnungen", "-m", "Ab Mai im Dashboard."),
    ])  # fmt: skip
    def test_a_new_record_names_it(self, admin: Admin, command: tuple[str, ...]) -> None:
        """Where there is one; a name of nothing would only make an editor complain."""
        admin.do(*command, "--id", "without")
        admin.do("schema")
        admin.do(*command, "--id", "with")
        assert "yaml-language-server" not in admin.text("without")
        assert admin.text("with") == FIRST_LINE + admin.text("without")

    def test_an_imported_record_names_it(self, tmp_path: Path) -> None:
        """A later import puts it into those that came before the schema."""
        saved = tmp_path / "incidents.json"
        saved.write_text(json.dumps(SUMMARY), encoding="utf-8")
        site = Admin(tmp_path / "site")
        again = ("import", "statuspage", str(saved), "--to", str(site.folder))
        site.do(*again)
        site.do("schema")
        assert "2 renewed" in site.do(*again)
        texts = [text.decode() for name, text in site.files.items() if name != SCHEMA]
        assert all(text.startswith(f"{FIRST_LINE}# Imported from ") for text in texts)
        assert "0 renewed" in site.do(*again)

    def test_check_says_when_it_is_outdated(self, admin: Admin) -> None:
        """And by which command it is renewed; without one it says nothing."""
        assert OUTDATED not in admin.do("check")
        admin.do("schema")
        assert OUTDATED not in admin.do("check")
        config = admin.config.read_text(encoding="utf-8")
        admin.config.write_text(config.replace("id: demo", "id: tour"), encoding="utf-8")
        assert f"{OUTDATED}editors are told what no longer holds" in (told := admin.do("check"))
        assert "Run: incidents schema" in told
        assert admin.try_to("check", "--strict").exit_code == 1
        admin.do("schema")
        assert OUTDATED not in admin.do("check")

    def test_it_is_no_record(self, admin: Admin) -> None:
        """It lies among the records, and the site passes over it and the templates."""
        before = admin.site()
        admin.do("schema", "--templates")
        assert len(admin.files) == 4
        assert admin.site() == before

    def test_it_goes_elsewhere_if_so_asked(self, admin: Admin) -> None:
        """Then records do not name it."""
        file = admin.folder / "schemas" / "record.json"
        assert str(file) in admin.do("schema", "--to", str(file))
        assert file.read_text(encoding="utf-8").startswith('{\n "$schema": "http://json-schema.org/draft-07/schema#"')
        assert admin.files == {}

    def test_it_speaks_german(self, admin: Admin) -> None:
        """As all commands on records do."""
        assert f"{SCHEMA} ist geschrieben." in admin.do("--language", "de", "schema")


def _filled(text: str) -> str:
    """A template with every empty field filled in."""
    state = "under_maintenance" if "kind: maintenance" in text else "major_outage"

    def answer(field: re.Match[str]) -> str:
        return f"{field[0]} {ANSWERS.get(field[1], state)}"

    return re.sub(r"^[ -]*(?!timeline|scheduled|components)([a-z_-]+):$", answer, text, flags=re.MULTILINE)


SITES = ["mkdocs.yml", "tests/records/demo.yml"]


@pytest.mark.parametrize("config", SITES)
@pytest.mark.parametrize("kind", ["incident", "maintenance", "notice"])
class TestTemplates:
    """`incidents schema --templates`, for our site and an invented one in three languages."""

    def text(self, kind: str, config: str) -> tuple[str, Settings]:
        settings, _ = read_settings(ROOT / config)
        assert settings
        return build_templates(settings, FIRST_LINE)[f"_{kind}.yml"], settings

    def test_filled_in_it_is_a_record(self, kind: str, config: str) -> None:
        """Of its kind, with all that the site needs."""
        text, settings = self.text(kind, config)
        incident, problems = parse_record("name", "name.yml", _filled(text).encode(), settings)
        assert [str(problem) for problem in problems] == []
        assert incident
        assert incident.kind == kind

    def test_forgotten_it_publishes_nothing(self, kind: str, config: str) -> None:
        """Copied under a record's name as it is, each empty field is a problem with its line, and nothing else is."""
        text, settings = self.text(kind, config)
        _, problems = parse_record("name", "name.yml", text.encode(), settings)
        assert {problem.field.rpartition(".")[2] for problem in problems} >= {"title", "at", "text"}
        assert {problem.message for problem in problems} == {"nothing is written here"}

    def test_it_fits_a_telephone(self, kind: str, config: str) -> None:
        """Short, and no line is wider than the others."""
        lines = self.text(kind, config)[0].splitlines()
        assert len(lines) < 40
        assert max(map(len, lines)) <= 100


def test_our_templates_are_of_today(ours: Settings, golden: Golden) -> None:
    """With today's components and words; --update-golden rewrites them."""
    for name, text in build_templates(ours, FIRST_LINE).items():
        golden(text, OURS / name)


def test_a_template_that_somebody_changed_stays(admin: Admin) -> None:
    """Those that are missing are put beside it."""
    admin.write("_incident", "# mine\n")
    assert "incidents/_incident.yml is there already; it stays as it is." in admin.do("schema", "--templates")
    assert admin.text("_incident") == "# mine\n"
    assert (admin.folder / "incidents" / "_notice.yml").exists()


def test_templates_are_no_records(ours: Settings) -> None:
    """The folder reads as if they were not there."""
    assert {incident.id for incident in read_records(OURS, ours).incidents} == {
        path.stem for path in OURS.glob("[!_]*.yml")
    }


@pytest.mark.parametrize("source", [
    "https://github.com/example/status/blob/main/", "https://github.com/example/status/tree/main",
])  # fmt: skip
def test_github_begins_a_record_with_the_template(source: str, admin: Admin) -> None:
    """The link opens its editor with a name to complete, which no record may have, and the text."""
    settings = invented(source=source)
    text = build_templates(settings)["_incident.yml"]
    link = urlsplit(new_file_link(settings, text))
    assert link._replace(query="").geturl() == "https://github.com/example/status/new/main"
    asked = parse_qs(link.query)
    assert asked["value"] == [text]
    [name] = asked["filename"]
    assert name.startswith("incidents/")
    _, problems = parse_record(Path(name).stem, name, OPEN.encode(), settings)
    assert "Rename it" in problems[0].hint


@pytest.mark.parametrize("source", [None, "https://git.example.com/status/src/branch/main/"])
def test_other_hosts_have_no_such_link(source: str | None) -> None:
    """Nothing is guessed."""
    assert new_file_link(invented(source=source), "x") == ""


def test_the_links_are_printed(admin: Admin) -> None:
    """To be kept as bookmarks on a telephone."""
    config = admin.config.read_text(encoding="utf-8")
    admin.config.write_text(f"{config}    source: https://github.com/example/status/blob/main/\n", encoding="utf-8")
    told = admin.do("schema", "--templates")
    assert told.count("  https://github.com/example/status/new/main?filename=") == 3


def test_what_has_a_first_line_goes_on_as_before(admin: Admin) -> None:
    """Later commands add their lines below it."""
    admin.do("schema")
    admin.do("new", "Dashboard nicht erreichbar", "-c", "dashboard=major_outage")
    admin.do("resolve")
    assert admin.text(NAME).startswith(FIRST_LINE + "title: ")
    assert admin.record(NAME).timeline[-1].status == "resolved"
