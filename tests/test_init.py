"""`incidents init`: a site of one's own, from a few answers."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from generator.project import read_project, read_warnings
from generator.publish import PublishError, found_site
from generator.records import parse_record
from generator.settings import Settings, read_settings
from generator.starting import read_local_zone, read_tool
from generator.starting.tool import requirement_of
from tests.admin import Admin
from tests.builders import utc
from tests.test_admin_questions import Terminal, terminals

__all__ = ["terminals"]
ROOT = Path(__file__).parent.parent
NOTICE = "incidents/2026-03-02-diese-seite-ist-neu.yml"
VELORENT = re.compile("velo.?rent|velo\\.", re.IGNORECASE)


@pytest.fixture
def newcomer(tmp_path: Path) -> Admin:
    """An admin who has no site yet: a new one comes to lie in `folder`."""
    return Admin(tmp_path / "our-status", environment={"LANG": "de_DE.UTF-8", "TZ": "Europe/Berlin"})


def begin(admin: Admin, *options: str) -> str:
    return admin.do("init", str(admin.folder), *options)


def settings_of(admin: Admin) -> Settings:
    settings, problems = read_settings(admin.config)
    assert settings, problems
    return settings


def text_of(admin: Admin, name: str) -> str:
    return (admin.folder / name).read_text(encoding="utf-8")


def all_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _sources(folder: Path) -> list[str]:
    return [name for name in all_files(folder) if "__pycache__" not in name]


class TestSite:
    """What lies in the new folder."""

    def test_it_has_everything(self, newcomer: Admin) -> None:
        """Settings, pages, records with templates and schema, what builds it here and at hosts, and the tool."""
        begin(newcomer)
        wheel = next((newcomer.folder / "vendor").iterdir()).name
        assert all_files(newcomer.folder) == sorted([
            ".github/workflows/check.yml", ".github/workflows/publish.yml", ".gitignore", ".gitlab-ci.yml", "Makefile",
            "README.md", "docs/de/about.md", NOTICE, "incidents/_example.yml", "incidents/_incident.yml",
            "incidents/_maintenance.yml", "incidents/_notice.yml", "incidents/record.schema.json", "mkdocs.yml",
            "netlify.toml", "reference/fields.md", "requirements.lock", "requirements.txt", "tools/carriers",
            "tools/form/package-lock.json", "tools/form/package.json",
            "tools/publish", "tools/set-up", "tools/stay-awake", f"vendor/{wheel}",
        ])  # fmt: skip

    @pytest.mark.parametrize("spoken", ["de", "en"])
    @pytest.mark.parametrize("languages", ["de", "en", "fr", "de,en", "fr,de", "en,de,fr"])
    def test_it_is_sound(self, spoken: str, languages: str, newcomer: Admin) -> None:
        """In every language; only the imprint is still to be completed, and the example is a whole report."""
        newcomer.do("--language", spoken, "init", str(newcomer.folder), "--languages", languages)
        project = read_project(newcomer.config)
        warnings = read_warnings(project, newcomer.config, newcomer.now)
        assert [problem.field for problem in (*project.problems, *warnings)] == ["extra.status.publisher"]
        assert project.settings.languages == tuple(languages.split(","))
        (notice,) = project.records.incidents
        assert notice.kind == "notice"
        example, problems = parse_record(
            "x", "x.yml", text_of(newcomer, "incidents/_example.yml").encode(), project.settings
        )
        assert problems == []
        assert example
        assert example.published

    def test_it_is_built_without_a_warning(self, newcomer: Admin) -> None:
        """By a strict build of the whole site; the example and the templates are no part of it."""
        begin(newcomer, "--languages", "de,en", "--component", "Kasse", "--independent-of", "example.com")
        newcomer.do("build", "--to", str(newcomer.folder / "site"))
        front = text_of(newcomer, "site/index.html")
        assert "Diese Seite ist neu" in front
        assert "Kasse" in front
        assert (newcomer.folder / "site/en/about/index.html").is_file()
        assert not list((newcomer.folder / "site").glob("incidents/*example*"))

    @pytest.mark.parametrize(
        "name",
        ['Müller: "Rad & Tat" 🚲', "O'Neill #1", "- x", "{a: b}", "no", "*x* _x_ [a](b)", "<script>alert(1)</script>",
         "12:30", "x" * 80, "a\nb: c", "% & @ `", "日本"],
    )  # fmt: skip
    def test_no_name_breaks_it(self, name: str, newcomer: Admin) -> None:
        """Whatever YAML would take it for, it is published as it was typed, on one line."""
        begin(newcomer, "--name", name, "--component", name, "--component", f"{name} 2", "--languages", "de,en")
        settings = settings_of(newcomer)
        told = " ".join(name.split())
        assert settings.name == f"{told} Status"
        assert settings.status.publisher.name == told
        assert [part.name.root["en"] for part in settings.components] == [told, f"{told} 2"]
        assert not read_project(newcomer.config).errors

    def test_components_get_ids_of_their_names(self, newcomer: Admin) -> None:
        """Each another one, also where a name has no letter for an address; named twice is named once."""
        names = ["Web-Shop", "Web Shop", "Öffentliche Lüftung", "日本", "中国", "Web-Shop", "x" * 70]
        begin(newcomer, *(part for name in names for part in ("--component", name)))
        ids = [component.id for component in settings_of(newcomer).components]
        assert ids == ["web-shop", "web-shop-2", "oeffentliche-lueftung", "service", "service-2", "x" * 37]

    def test_nothing_in_it_is_ours(self, newcomer: Admin) -> None:
        """No name and no address of the company that this product began with."""
        begin(newcomer, "--languages", "de,en,fr")
        names = [name for name in all_files(newcomer.folder) if name.rpartition(".")[2] not in ("whl", "lock")]
        names.remove("reference/fields.md")
        assert [name for name in names if VELORENT.search(text_of(newcomer, name))] == []

    def test_an_unknown_address_is_answered_in_each_language(self, newcomer: Admin) -> None:
        """By Netlify; the first language's page is found without a rule."""
        begin(newcomer, "--languages", "fr,de,en")
        told = tomllib.loads(text_of(newcomer, "netlify.toml"))
        assert [(rule["from"], rule["to"], rule["status"]) for rule in told["redirects"]] == [
            ("/de/*", "/de/404.html", 404), ("/en/*", "/en/404.html", 404),
        ]  # fmt: skip
        ours = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))
        assert {**told, "redirects": 0} == {**ours, "redirects": 0}

    def test_one_language_needs_no_rule_for_others(self, newcomer: Admin) -> None:
        begin(newcomer)
        assert "redirects" not in tomllib.loads(text_of(newcomer, "netlify.toml"))

    def test_the_same_answers_give_the_same_site(self, newcomer: Admin, tmp_path: Path) -> None:
        """At the same moment, byte for byte, the tool included."""
        begin(newcomer)
        again = Admin(tmp_path / "again" / "our-status", environment=newcomer.environment)
        begin(again)
        for name in all_files(newcomer.folder):
            assert (newcomer.folder / name).read_bytes() == (again.folder / name).read_bytes(), name


class TestCommands:
    """What the workflows, hosts and the README of a new site run."""

    def steps(self, newcomer: Admin) -> list[str]:
        found: list[str] = []
        for name in (".github/workflows/check.yml", ".github/workflows/publish.yml"):
            jobs: dict[str, Any] = yaml.safe_load(text_of(newcomer, name))["jobs"]
            found += [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
        pipeline = yaml.safe_load(text_of(newcomer, ".gitlab-ci.yml"))
        found += [line for job in pipeline.values() if "script" in job for line in job["script"]]
        host = tomllib.loads(text_of(newcomer, "netlify.toml"))
        found += [host["build"]["command"], *(context["command"] for context in host["context"].values())]
        return found + re.findall(r"^make .*?(?=  )", text_of(newcomer, "README.md"), re.MULTILINE)

    def test_each_is_there(self, newcomer: Admin) -> None:
        """Targets of the Makefile, scripts beside it, commands of the tool."""
        begin(newcomer)
        steps = self.steps(newcomer)
        assert len(steps) > 10
        for step in steps:
            words = step.split()
            if words[0] == "make":
                dry = ["make", "--dry-run", *words[1:]]
                done = subprocess.run(dry, cwd=newcomer.folder, capture_output=True, text=True, check=False)
                assert done.returncode == 0, done.stderr
            else:
                assert words[0] == ".venv/bin/incidents" or (newcomer.folder / words[1]).is_file(), step

    def test_a_preview_is_kept_from_search_engines_as_ours_is(self, newcomer: Admin) -> None:
        begin(newcomer)
        recipe = re.compile(r"^preview:.*\n\t(.*)", re.MULTILINE)
        ours = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert recipe.findall(text_of(newcomer, "Makefile")) == recipe.findall(ours) != []

    def test_what_is_ours_is_the_same(self, newcomer: Admin) -> None:
        """Links lead to our own files: there is one text of each."""
        begin(newcomer)
        linked = list((ROOT / "generator/starting/same").rglob("*"))
        names = [path.relative_to(ROOT / "generator/starting/same").as_posix() for path in linked if path.is_file()]
        assert len(names) >= 8
        for name in names:
            assert (newcomer.folder / name).read_bytes() == (ROOT / name).read_bytes()
            assert (ROOT / "generator/starting/same" / name).is_symlink()


class TestTool:
    """Where the new site gets the tool from."""

    HERE = "file:///home/me/incident-pages"

    @pytest.mark.parametrize(
        ("origin", "expected"),
        [
            (None, "incident-pages==1.2"),
            ({"url": "https://x.example/y.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
             "incident-pages @ git+https://x.example/y.git@abc"),
            ({"url": "https://x.example/y", "vcs_info": {"vcs": "git", "commit_id": "abc"}, "subdirectory": "tool"},
             "incident-pages @ git+https://x.example/y@abc#subdirectory=tool"),
            ({"url": "https://x.example/y.whl", "archive_info": {"hashes": {"sha256": "abc"}}},
             "incident-pages @ https://x.example/y.whl#sha256=abc"),
            ({"url": "https://x.example/y.whl", "archive_info": {}}, None),
            ({"url": HERE, "dir_info": {"editable": True}}, None),
            ({"url": f"{HERE}.whl", "archive_info": {"hashes": {"sha256": "abc"}}}, None),
            ({"url": "ssh://git@x.example/y", "vcs_info": {"vcs": "git", "commit_id": "abc"}}, None),
        ],
    )  # fmt: skip
    def test_from_where_the_running_one_came(self, origin: dict[str, Any] | None, expected: str | None) -> None:
        """As its installer noted, if others can get it there, without a key; else it is carried along."""
        assert requirement_of("1.2", origin) == expected

    def test_a_checkout_is_carried_along_whole(self, newcomer: Admin, tmp_path: Path) -> None:
        """As a wheel that pip installs by its checksum, without a network; it can make a site once more."""
        tool = read_tool()
        assert tool
        if not tool.files:
            pytest.skip("the tool that runs these tests comes from an index or a git host")
        begin(newcomer)
        assert text_of(newcomer, "requirements.txt") == f"{tool.requirement}\n"
        pip = [
            sys.executable,
            "-m",
            "pip",
            "-q",
            "install",
            "--no-deps",
            "--no-index",
            "--no-compile",
            "--target",
            "../installed",
        ]
        subprocess.run([*pip, "-r", "requirements.txt"], cwd=newcomer.folder, check=True)
        installed = tmp_path / "installed"
        assert all_files(installed / "generator/starting") == _sources(ROOT / "generator/starting")
        again = [sys.executable, "-m", "generator", "init", "../again", "--yes"]
        subprocess.run(again, cwd=installed, check=True, capture_output=True, env=newcomer.whole_environment)
        wheel = next(iter(tool.files))
        assert (tmp_path / "again" / wheel).read_bytes() == (newcomer.folder / wheel).read_bytes()

    def test_the_admin_may_say_otherwise(self, newcomer: Admin) -> None:
        """Then nothing is carried."""
        begin(newcomer, "--tool", "incident-pages @ git+https://x.example/y@abc")
        assert text_of(newcomer, "requirements.txt") == "incident-pages @ git+https://x.example/y@abc\n"
        assert not (newcomer.folder / "vendor").exists()


class TestAnswers:
    """Options and questions."""

    def test_without_any_the_likely_holds(self, newcomer: Admin) -> None:
        """The folder's name, the admin's language and zone, one component."""
        begin(newcomer)
        settings = settings_of(newcomer)
        assert settings.name == "our-status Status"
        assert settings.languages == ("de",)
        assert settings.status.time_zone == "Europe/Berlin"
        assert [component.id for component in settings.components] == ["website"]

    def test_an_address_is_understood_as_it_is_typed(self, newcomer: Admin) -> None:
        """Without https:// and slash; what it must survive, with them."""
        begin(newcomer, "--url", "status.example.org", "--independent-of", "https://Shop.example.com/x, example.net")
        settings = settings_of(newcomer)
        assert settings.url == "https://status.example.org/"
        assert settings.status.independent_of == ("shop.example.com", "example.net")

    def test_an_address_that_falls_with_the_rest_is_told(self, newcomer: Admin) -> None:
        """It may be meant, for a beginning."""
        said = begin(newcomer, "--url", "status.example.com", "--independent-of", "example.com")
        assert "site_url: ‚status.example.com‘" in said

    @pytest.mark.parametrize(
        ("option", "value", "answer"),
        [
            ("--time-zone", "Berlin", "Europe/Berlin"),
            ("--time-zone", "Europe/Vieena", "Europe/Vienna"),
            ("--languages", "de,eng", "languages: [de, en]"),
            ("--languages", "", "languages"),
            ("--url", "http://x y/", "https://status.example.net/"),
            ("--independent-of", "a b", "example.com"),
            ("--name", "", ""),
            ("--name", "x" * 81, "81"),
        ],
    )
    def test_what_cannot_be_is_refused(self, option: str, value: str, answer: str, newcomer: Admin) -> None:
        """With the option, and with what was probably meant; nothing is made."""
        result = newcomer.try_to("init", str(newcomer.folder), option, value)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"{option}: ") or option == "--languages"
        assert answer in result.stderr
        assert not newcomer.folder.exists()

    def test_questions_in_german(self, newcomer: Admin, terminals: list[Terminal]) -> None:
        """One a line, asked again where the answer is none; Enter takes what stands in brackets."""
        terminal = Terminal(newcomer, "init", str(newcomer.folder))
        terminals.append(terminal)
        terminal.answer("Wie heißt Ihr Unternehmen? [our-status]: ", 'Bäckerei "Süß"')
        terminal.answer("Unter welcher Adresse erscheint die Seite?", "")
        terminal.answer("Möglich: de, en, fr [de]: ", "de, xx")
        terminal.read_until("‚xx‘")
        terminal.answer("Möglich: de, en, fr [de]: ", "de, en")
        terminal.answer("In welcher Zeitzone? [Europe/Berlin]: ", "Wien")
        terminal.read_until("Wien")
        terminal.answer("In welcher Zeitzone? [Europe/Berlin]: ", "Europe/Vienna")
        terminal.answer("Worüber berichtet sie? Namen, mit Komma dazwischen [Website]: ", "Laden, Bestellungen")
        terminal.answer("Welche Domains dürfen ausfallen", "baeckerei.example")
        code, said = terminal.end()
        assert code == 0
        assert "ist angelegt" in said
        assert f"cd {newcomer.folder}" in said
        settings = settings_of(newcomer)
        assert settings.status.publisher.name == 'Bäckerei "Süß"'
        assert settings.languages == ("de", "en")
        assert settings.status.time_zone == "Europe/Vienna"
        assert [component.id for component in settings.components] == ["laden", "bestellungen"]
        assert settings.status.independent_of == ("baeckerei.example",)
        assert "# Die Einstellungen der Seite" in text_of(newcomer, "mkdocs.yml")
        assert text_of(newcomer, "README.md").startswith("# Unsere Statusseite")

    def test_questions_in_english_about_what_the_options_leave_open(
        self, newcomer: Admin, terminals: list[Terminal]
    ) -> None:
        """And in English whatever the locale says, if so asked."""
        options = ("--name", "X", "--languages", "en", "--component", "Shop", "--time-zone", "Europe/London")
        terminal = Terminal(newcomer, "--language", "en", "init", str(newcomer.folder), *options)
        terminals.append(terminal)
        terminal.answer("At which address will the site appear?", "x-status.example")
        terminal.answer("Which domains may fail without taking it along?", "")
        code, said = terminal.end()
        assert code == 0
        assert "is made" in said
        assert settings_of(newcomer).url == "https://x-status.example/"
        assert text_of(newcomer, "README.md").startswith("# Our status page")

    def test_yes_asks_nothing(self, newcomer: Admin, terminals: list[Terminal]) -> None:
        """Not even at a terminal."""
        terminal = Terminal(newcomer, "init", str(newcomer.folder), "--yes")
        terminals.append(terminal)
        assert terminal.end()[0] == 0
        assert newcomer.config.is_file()


class TestFolder:
    """All or nothing, and nothing of anybody else."""

    def test_one_that_holds_something_is_left_alone(self, newcomer: Admin) -> None:
        """Its name is told."""
        newcomer.folder.mkdir()
        (newcomer.folder / "mine.txt").write_text("mine", encoding="utf-8")
        result = newcomer.try_to("init", str(newcomer.folder))
        assert result.exit_code == 1
        assert "mine.txt" in result.stderr
        assert all_files(newcomer.folder) == ["mine.txt"]

    def test_a_second_time_is_refused(self, newcomer: Admin) -> None:
        begin(newcomer)
        before = text_of(newcomer, "mkdocs.yml")
        assert newcomer.try_to("init", str(newcomer.folder), "--name", "Other").exit_code == 1
        assert text_of(newcomer, "mkdocs.yml") == before

    def test_a_file_is_no_folder(self, newcomer: Admin) -> None:
        newcomer.folder.write_text("x", encoding="utf-8")
        assert newcomer.try_to("init", str(newcomer.folder)).exit_code == 2
        assert newcomer.folder.read_text(encoding="utf-8") == "x"

    @pytest.mark.parametrize("inside", ["", ".git/HEAD"])
    def test_an_empty_one_or_an_empty_repository_is_taken(self, inside: str, newcomer: Admin) -> None:
        """The repository's own files stay."""
        newcomer.folder.mkdir()
        if inside:
            (newcomer.folder / ".git").mkdir()
            (newcomer.folder / inside).write_text("ref", encoding="utf-8")
        begin(newcomer)
        assert newcomer.config.is_file()
        assert not inside or text_of(newcomer, inside) == "ref"
        assert list(newcomer.folder.parent.glob(".*")) == list(newcomer.folder.glob(".*.unfinished")) == []

    @pytest.mark.parametrize("is_there", [True, False])
    def test_a_failure_leaves_nothing(self, is_there: bool, tmp_path: Path) -> None:
        """Here a file stands where a folder is needed, in the middle of the work."""
        folder = tmp_path / "site"
        if is_there:
            folder.mkdir()
        with pytest.raises(PublishError):
            found_site({"a": "1", "b": "2", "b/c": "3"}, folder)
        assert folder.exists() == is_there
        assert all_files(tmp_path) == []
        assert list(tmp_path.rglob(".*")) == []

    def test_what_fails_while_it_is_moved_in_is_taken_back(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The folder is empty again, as it was."""
        rename = Path.rename

        def failing(path: Path, target: Path) -> Path:
            if path.name == "c" and target.parent == tmp_path:
                raise OSError(28, "full")
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", failing)
        with pytest.raises(PublishError):
            found_site({"a": "1", "b/x": "2", "c": "3"}, tmp_path)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("clock", "home"),
    [("Europe/Vienna", "Europe/Vienna"), (":Asia/Tokyo", "Asia/Tokyo"), ("UTC", None), ("Etc/UTC", None), ("x", None)],
)
def test_the_machines_zone_is_taken_for_home_unless_it_is_a_servers(clock: str, home: str | None) -> None:
    """Servers run on UTC, wherever their admins live."""
    assert read_local_zone({"TZ": clock}) == home


def test_the_first_notice_says_when_it_was_written(newcomer: Admin) -> None:
    """By the clock of the new site, to the minute, and the components are reported on from that day on."""
    begin(newcomer, "--time-zone", "Asia/Tokyo")
    assert "at: 2026-03-02 18:05" in text_of(newcomer, NOTICE)
    assert [part.since for part in settings_of(newcomer).components] == [utc("2026-03-01 15:00")]
    assert json.loads(text_of(newcomer, "incidents/record.schema.json"))["definitions"]


def test_an_installed_tool_has_every_file_that_a_new_site_needs(tmp_path: Path) -> None:
    """Also those whose names begin with a dot, which are easily left out of a package."""
    source = tmp_path / "source"
    shutil.copytree(ROOT / "generator", source / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "man", source / "man")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = [sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*build, "-w", ".", "./source"], cwd=tmp_path, check=True)
    packed = ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    begun = [name.removeprefix("generator/starting/") for name in packed if name.startswith("generator/starting/")]
    assert sorted(begun) == _sources(ROOT / "generator/starting")
