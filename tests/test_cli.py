"""The command `incidents`, driven as its user drives it: in a folder, with arguments, reading what it prints."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.publish.tree import MARKER
from tests.builders import SETTINGS

SOUND = """\
title: {de: Dashboard nicht erreichbar, en: Dashboard unreachable}
timeline:
  - at: 2021-07-17 09:05
    status: investigating
    components: {dashboard: major_outage}
    text: {de: Wir prüfen das., en: We are looking into it.}
"""
BROKEN = SOUND.replace("dashboard: major", "dashbord: major")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one sound record, and the working directory in it."""
    (tmp_path / "mkdocs.yml").write_text(SETTINGS + "theme: {name: material, font: false}\nplugins: []\n")
    (tmp_path / "incidents").mkdir()
    write(tmp_path, "2021-07-17-dns", SOUND)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / "incidents" / f"{name}.yml").write_text(text, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


AS_OF = ("--as-of", "2021-07-17 10:00")


class TestBuild:
    """`incidents build`"""

    def test_says_what_it_built_and_where_to_look(self, folder: Path) -> None:
        """The last lines count records, pages and seconds, and give the address to open."""
        result = run("build", *AS_OF)
        assert result.exit_code == 0, result.output
        built, opened = result.stdout.splitlines()
        assert built.startswith("Built 1 record, ")
        assert "pages in" in built
        assert built.endswith("seconds.")
        assert f"{(folder / 'site' / 'index.html').as_uri()}" in opened
        assert (folder / "site" / "en" / "incidents" / "2021-07-17-dns" / "index.html").is_file()

    def test_twice_gives_the_same_bytes(self, folder: Path) -> None:
        """Same records, same settings, same instant: the same files."""
        run("build", "--to", "one", *AS_OF)
        run("build", "--to", "two", *AS_OF)
        assert tree(folder / "one") == tree(folder / "two") != {}

    def test_takes_the_instant_from_source_date_epoch(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Builds elsewhere set the clock this way; --as-of means the same."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1626508800")  # 2021-07-17 10:00 in Berlin
        run("build", "--to", "one")
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
        run("build", "--to", "two", *AS_OF)
        assert tree(folder / "one") == tree(folder / "two") != {}

    def test_a_broken_record_publishes_nothing(self, folder: Path) -> None:
        """The last good site stays as it is, and every problem is told in one line."""
        run("build", *AS_OF)
        before = tree(folder / "site")
        write(folder, "2021-07-18-second", BROKEN)
        result = run("build", *AS_OF)
        assert result.exit_code == 1
        assert "incidents/2021-07-18-second.yml:5:18: timeline[0].components.dashbord: " in result.stderr
        assert "there is no component 'dashbord' → components: {dashboard: major_outage}" in result.stderr
        assert "--keep-going" in result.stderr
        assert tree(folder / "site") == before

    def test_keep_going_publishes_the_rest_and_names_the_broken_one(self, folder: Path) -> None:
        """An incident that may be going on is never dropped silently."""
        resolved = SOUND + "  - {at: 2021-07-17 09:30, status: resolved, text: Vorbei.}\n"
        write(folder, "2021-07-17-dns", resolved)
        write(folder, "2021-07-17-second", BROKEN.replace("Dashboard nicht", "Kasse nicht"))
        result = run("build", "--keep-going", *AS_OF)
        assert result.exit_code == 0
        assert "dashbord" in result.stderr
        page = (folder / "site" / "index.html").read_text(encoding="utf-8")
        assert "Kasse nicht erreichbar" in page
        assert "incidents/2021-07-17-second.yml" in page
        assert "Alles läuft" not in page
        missing = folder / "site" / "incidents" / "2021-07-17-second" / "index.html"
        assert "Kasse nicht erreichbar" in missing.read_text(encoding="utf-8")

    def test_keep_going_survives_a_link_to_the_broken_record(self, folder: Path) -> None:
        """A hand-written page may name the record that is broken now; its address still leads somewhere."""
        (folder / "docs" / "de").mkdir(parents=True)
        (folder / "docs" / "de" / "warum.md").write_text("# Warum\n\n[Darum](incidents/2021-07-17-second.md)\n")
        write(folder, "2021-07-17-second", BROKEN)
        assert run("build", "--keep-going", *AS_OF).exit_code == 0

    def test_a_time_that_cannot_be_read_is_no_traceback(self, folder: Path) -> None:
        """A slip in --as-of is told like any other."""
        result = run("build", "--as-of", "gestern")
        assert result.exit_code == 1
        assert "'gestern' is not a date with a time" in result.stderr

    def test_missing_settings_say_so(self, folder: Path) -> None:
        """Run in the wrong folder, the command says which file it misses."""
        (folder / "mkdocs.yml").unlink()
        result = run("build")
        assert result.exit_code == 1
        assert "mkdocs.yml:1:1: " in result.stderr

    def test_never_touches_a_folder_of_somebody_else(self, folder: Path) -> None:
        """`--to` with the wrong folder deletes nothing."""
        (folder / "photos").mkdir()
        (folder / "photos" / "cat.jpg").write_bytes(b"cat")
        result = run("build", "--to", "photos", *AS_OF)
        assert result.exit_code == 1
        assert "photos" in result.stderr
        assert tree(folder / "photos") == {"cat.jpg": b"cat"}

    def test_a_page_with_a_taken_name_is_refused(self, folder: Path) -> None:
        """A hand-written page cannot hide a generated one by accident."""
        (folder / "docs" / "de").mkdir(parents=True)
        (folder / "docs" / "de" / "uptime.md").write_text("# Meine\n")
        result = run("build", *AS_OF)
        assert result.exit_code == 1
        assert "docs/de/uptime.md:1:1: the address /uptime is taken" in result.stderr

    def test_hand_written_pages_are_part_of_the_site(self, folder: Path) -> None:
        """They are built with the others, linked at the foot, and may replace the imprint."""
        (folder / "docs" / "de").mkdir(parents=True)
        (folder / "docs" / "de" / "warum.md").write_text("# Warum es diese Seite gibt\n\nDarum.\n", encoding="utf-8")
        (folder / "docs" / "de" / "imprint.md").write_text("# Impressum\n\nVon Hand.\n")
        assert run("build", *AS_OF).exit_code == 0
        assert "Darum." in (folder / "site" / "warum" / "index.html").read_text(encoding="utf-8")
        assert "Von Hand." in (folder / "site" / "imprint" / "index.html").read_text(encoding="utf-8")
        assert 'href="./warum/"' in (folder / "site" / "index.html").read_text(encoding="utf-8")

    def test_works_as_a_program(self, folder: Path) -> None:
        """Started from a shell, with the locale of a bare machine."""
        command = [sys.executable, "-m", "generator", "build", *AS_OF]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C"})
        assert done.returncode == 0, done.stderr
        assert (folder / "site" / MARKER).exists()


class TestCheck:
    """`incidents check`"""

    def test_is_quiet_when_all_is_well(self, folder: Path) -> None:
        """No problem, no warning: exit 0."""
        result = run("check", *AS_OF)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "All records are sound.\n"

    def test_tells_every_problem_of_every_file(self, folder: Path) -> None:
        """Two broken files, one run."""
        write(folder, "a", BROKEN)
        write(folder, "b", "title: Ausfall: DNS\n")
        result = run("check", *AS_OF)
        assert result.exit_code == 1
        files = dict.fromkeys(line.split(":")[0] for line in result.stdout.splitlines())
        assert list(files) == ["incidents/a.yml", "incidents/b.yml"]

    def test_says_in_time_that_the_contact_for_weak_points_expires(self, folder: Path) -> None:
        """With the line of the settings where the day is to be changed."""
        settings = f"{SETTINGS}    security: {{contact: [mailto:me@example.net], expires: 2021-07-20}}\n"
        (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
        result = run("check", *AS_OF)
        assert "warning: mkdocs.yml:15:" in result.stdout
        assert "extra.status.security.expires: this day is near, 3 days from now." in result.stdout

    def test_warnings_fail_only_when_strict(self, folder: Path) -> None:
        """A missing translation is worth a word, not a refusal."""
        write(folder, "2021-07-17-dns", SOUND.replace(", en: We are looking into it.", ""))
        result = run("check", *AS_OF)
        assert result.exit_code == 0
        assert result.stdout.startswith("warning: incidents/2021-07-17-dns.yml:")
        assert run("check", "--strict", *AS_OF).exit_code == 1

    def test_as_json(self, folder: Path) -> None:
        """For programs: one list, every part of a problem by name."""
        assert json.loads(run("check", "--format", "json", *AS_OF).stdout) == []
        write(folder, "a", BROKEN)
        (problem,) = json.loads(run("check", "--format", "json", *AS_OF).stdout)
        assert problem | {"message": "", "hint": ""} == {
            "file": "incidents/a.yml", "line": 5, "column": 18, "field": "timeline[0].components.dashbord",
            "message": "", "hint": "", "severity": "error",
        }  # fmt: skip

    def test_as_annotations(self, folder: Path) -> None:
        """For GitHub's pull requests: the line at fault carries the message."""
        write(folder, "a", BROKEN)
        result = run("check", "--format", "github", *AS_OF)
        assert result.stdout.startswith("::error file=incidents/a.yml,line=5,col=18::timeline[0].components.dashbord: ")
        assert result.exit_code == 1

    def test_asks_for_what_the_imprint_lacks(self, folder: Path) -> None:
        """Nothing is made up; what is missing is asked for by name."""
        config = (folder / "mkdocs.yml").read_text()
        (folder / "mkdocs.yml").write_text(config.replace("street: Weg 1, ", ""))
        result = run("check", *AS_OF)
        assert result.exit_code == 0
        assert "the imprint lacks street" in result.stdout


class TestRender:
    """`incidents render`"""

    def test_writes_sources_for_any_builder(self, folder: Path) -> None:
        """Markdown, static files and a configuration that plain MkDocs builds strictly."""
        result = run("render", "out", *AS_OF)
        assert result.exit_code == 0
        assert "mkdocs build -f out/de.yml" in result.stdout
        text = (folder / "out" / "de" / "incidents" / "2021-07-17-dns.md").read_text(encoding="utf-8")
        assert "\n# Dashboard nicht erreichbar\n" in text
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "out/en.yml", "-d", str(folder / "built")]
        subprocess.run(mkdocs, check=True, capture_output=True)
        assert (folder / "built" / "incidents" / "2021-07-17-dns" / "index.html").is_file()


def test_help_names_every_command() -> None:
    """`incidents --help` is where a stranger begins."""
    output = run("--help").output
    assert all(f"  {name} " in output for name in ("build", "check", "render", "serve"))


def test_a_source_date_epoch_beyond_the_calendar_is_no_traceback(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the environment is told like any other."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 30)
    result = run("build")
    assert result.exit_code == 1
    assert "SOURCE_DATE_EPOCH" in result.stderr


def test_a_hand_written_page_that_is_not_utf_8_is_named(folder: Path) -> None:
    """The page is named, and nothing is published."""
    (folder / "docs" / "de").mkdir(parents=True)
    (folder / "docs" / "de" / "kasse.md").write_bytes("# Überblick\n".encode("latin-1"))
    result = run("build", *AS_OF)
    assert result.exit_code == 1
    assert "kasse.md" in result.stderr
    assert not (folder / "site").exists()


@pytest.mark.parametrize(
    "name", ["de/uptime.md", "de/uptime/index.md", "de/README.md", "de/en.md", "en/history/mine.md"]
)
def test_check_tells_of_a_page_whose_address_is_taken(folder: Path, name: str) -> None:
    """What build would trip over is a problem like any other, found by check."""
    path = folder / "docs" / name
    path.parent.mkdir(parents=True)
    path.write_text("# Meine\n")
    result = run("check", *AS_OF)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"docs/{name}:1:1: the address /")


@pytest.mark.parametrize("target", ["/", "x" * 300, "docs/de/site", "incidents/site"])
def test_a_target_that_cannot_be_is_told(folder: Path, target: str) -> None:
    """The root of the disk, a name too long, a folder among the sources."""
    result = run("build", "--to", target, *AS_OF)
    assert result.exit_code == 1
    assert "Choose another" in result.stderr


def test_keep_going_names_what_looks_like_a_record(folder: Path) -> None:
    """A record with the wrong ending or in a folder may tell of something going on."""
    (folder / "incidents" / "kasse.yaml").write_text(SOUND)
    (folder / "incidents" / "lager.yml.txt").write_text(SOUND)
    result = run("build", "--keep-going", *AS_OF)
    assert result.exit_code == 0
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "(incidents/kasse.yaml)" in page
    assert "lager.yml.txt" in page


def test_a_page_may_link_to_a_record_that_is_not_known_yet(folder: Path) -> None:
    """Built as of a time before the record, the site still builds, and the address says that there is nothing."""
    (folder / "docs" / "de").mkdir(parents=True)
    (folder / "docs" / "de" / "warum.md").write_text("# Warum\n\n[Darum](incidents/2021-07-17-dns.md)\n")
    assert run("build", "--as-of", "2021-01-01 10:00").exit_code == 0
    page = (folder / "site" / "incidents" / "2021-07-17-dns" / "index.html").read_text(encoding="utf-8")
    assert "Dashboard nicht" not in page
