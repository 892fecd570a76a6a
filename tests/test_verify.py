"""`incidents verify`: what is published is what the repository says, or it is told what differs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.publish import PublishError, rebuilt
from tests.builders import SETTINGS
from tests.mirror_hosts import NOW, Host, replaced, start, with_manifest
from tests.repositories import commit, git, repository

EPOCH = "1772366400"  # 2026-03-01 12:00 UTC


@dataclass
class Published:
    """A repository and a site that was built from it."""

    folder: Path
    host: Host
    revision: str

    def build(self) -> None:
        """Build the site, and put it where it is served."""
        done = invoke(
            "--config", str(self.folder / "mkdocs.yml"), "build", "--to", str(self.folder / "site"), "--keep-going"
        )
        assert done.exit_code == 0, done.output
        paths = [path for path in (self.folder / "site").rglob("*") if path.is_file()]
        self.host.files = {path.relative_to(self.folder / "site").as_posix(): path.read_bytes() for path in paths}

    def run(self, *options: str, language: str = "en", folder: Path | None = None) -> Result:
        config = str((folder or self.folder) / "mkdocs.yml")
        return invoke("--config", config, "--language", language, "verify", self.host.url, *options)

    def told(self) -> dict[str, Any]:
        """What it says to programs."""
        result = self.run("--format", "json")
        told: dict[str, Any] = json.loads(result.stdout)
        assert result.exit_code == (0 if told["equal"] else 1)
        return told

    def found(self) -> list[tuple[str, str]]:
        return [(finding["what"], finding["path"]) for finding in self.told()["findings"]]


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"SOURCE_DATE_EPOCH": EPOCH, "LC_ALL": "C"}, catch_exceptions=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Built once, published as it is; each test has a host of its own."""
    folder = tmp_path_factory.mktemp("repository")
    host = Host({})
    server = start(host)
    published = Published(folder, host, repository(folder, SETTINGS.replace("https://status.example.net/", host.url)))
    published.build()
    yield published
    server.shutdown()
    server.server_close()


@pytest.fixture
def published(built: Published) -> Iterator[Published]:
    """The site as it was built; afterwards it is so again, and so is the repository."""
    files, treat, revision = dict(built.host.files), built.host.treat, built.revision
    yield built
    built.host.files, built.host.treat, built.revision = files, treat, revision
    git(built.folder, "reset", "--quiet", "--hard", revision)


def test_what_was_built_from_the_commit_is_equal(published: Published) -> None:
    """Every file that a reader can ask for was fetched and compared."""
    told = published.told()
    assert (told["equal"], told["findings"], told["remarks"]) == (True, [], [])
    assert told["revision"] == published.revision
    assert told["files"] > 50
    assert told["files"] + 4 == len(published.host.files)  # manifest, _headers, _redirects, our mark


def test_what_the_repository_says_today_does_not_count(published: Published) -> None:
    """The commit that the site names is built again, whatever was done since; and it is said in one sentence."""
    path = published.folder / "incidents" / "2021-07-17-dns.yml"
    before = path.read_bytes()
    path.write_text(path.read_text("utf-8").replace("Dashboard", "Kasse"), encoding="utf-8")
    result = published.run(language="de")
    path.write_bytes(before)
    assert result.stdout.startswith(f"{published.host.url} ist, was Commit {published.revision[:10]} ergibt: alle ")
    assert result.exit_code == 0


def test_a_page_that_was_changed_is_named(published: Published) -> None:
    """And by what; nothing else differs. That the manifest was changed along does not help."""
    changed = replaced("Dashboard unreachable", "All is well")(
        published.host, "", (200, {}, published.host.files["en/index.html"])
    )
    published.host.files["en/index.html"] = changed[2] if changed else b""
    assert published.found() == [("file.altered", "en/index.html")]
    published.host.files = with_manifest(published.host.files)
    text = published.run().stdout
    assert "is not what commit" in text
    assert "en/index.html has been altered" in text
    assert "All is well" in text


def test_files_that_were_added_or_removed_are_named(published: Published) -> None:
    """Those that are listed; what nobody links or lists, nobody can find."""
    del published.host.files["feed.json"]
    published.host.files = with_manifest(
        {**published.host.files, "pay-here/index.html": b"<html></html>", "_headers": b"/*\n"}
    )
    found = [("file.missing", "feed.json"), ("again.added", "pay-here/index.html"), ("again.differs", "_headers")]
    assert published.found() == found


def test_other_versions_explain_a_difference(published: Published) -> None:
    """They are named beside what differs."""
    build = json.loads(published.host.files["build.json"])
    build["made_with"] |= {"mkdocs": "1.5.0"}
    published.host.files = with_manifest({**published.host.files, "build.json": json.dumps(build).encode()})
    told = published.told()
    assert [finding["path"] for finding in told["findings"]] == ["build.json"]
    (remark,) = told["remarks"]
    assert (remark["what"], remark["name"], remark["there"]) == ("again.version", "mkdocs", "1.5.0")


def test_a_site_that_does_not_name_its_commit_cannot_be_built_again(published: Published) -> None:
    """Nothing is claimed of it then."""
    build = json.loads(published.host.files["build.json"]) | {"revision": None}
    published.host.files["build.json"] = json.dumps(build).encode()
    result = published.run()
    assert result.exit_code == 1
    assert "does not say which commit" in result.stderr


def test_a_commit_that_is_not_here_is_asked_for(published: Published, tmp_path: Path) -> None:
    """In another repository, or before it was fetched."""
    repository(tmp_path)
    git(tmp_path, "commit", "--quiet", "--amend", "-m", "Another one")
    result = published.run(folder=tmp_path)
    assert result.exit_code == 1
    assert published.revision in result.stderr
    assert "git fetch" in result.stderr


def test_a_site_that_is_gone_is_told_like_a_mirror(published: Published) -> None:
    """With the reason."""
    published.host.treat = lambda *_: (503, {}, b"")
    result = published.run()
    assert result.exit_code == 1
    assert "UNREACHABLE" in result.stdout
    assert "503" in result.stdout


def test_what_is_no_address_is_refused(published: Published) -> None:
    """With the form that it should have."""
    result = invoke("--config", str(published.folder / "mkdocs.yml"), "verify", "status.example.org")
    assert result.exit_code == 1
    assert "https://status.example.org/" in result.stderr


def test_a_dirty_build_is_compared_and_explained(published: Published) -> None:
    """With what the commit gives: the difference is what was never committed."""
    path = published.folder / "incidents" / "2021-07-17-dns.yml"
    before = path.read_bytes()
    path.write_text(path.read_text("utf-8").replace("We are looking", "They are looking"), encoding="utf-8")
    published.build()
    path.write_bytes(before)
    told = published.told()
    assert "en/index.html" in [finding["path"] for finding in told["findings"]]
    assert [remark["what"] for remark in told["remarks"]] == ["dirty"]


def test_a_build_that_left_out_a_record_is_built_so_again(published: Published) -> None:
    """The broken record is in the commit, and the page says so."""
    path = published.folder / "incidents" / "broken.yml"
    path.write_text("title: [\n", encoding="utf-8")
    published.revision = commit(published.folder)
    published.build()
    told = published.told()
    assert (told["equal"], told["revision"]) == (True, published.revision)


def test_the_program_of_the_commit_is_taken(published: Published, tmp_path: Path) -> None:
    """A repository that holds the program, too, is built by the one of that commit; here it only complains."""
    repository(tmp_path, SETTINGS)
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "__init__.py").touch()
    (tmp_path / "generator" / "__main__.py").write_text(
        "import sys\nsys.exit('I am of that commit')\n", encoding="utf-8"
    )
    build = json.loads(published.host.files["build.json"]) | {"revision": commit(tmp_path)}
    published.host.files["build.json"] = json.dumps(build).encode()
    result = published.run(folder=tmp_path)
    assert result.exit_code == 1
    assert "I am of that commit" in result.stderr


def test_packages_that_no_commit_holds_are_borrowed(tmp_path: Path) -> None:
    """The program of the form lies where npm has put it. Here the build only says what it finds."""
    repository(tmp_path, SETTINGS)
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "__init__.py").touch()
    (tmp_path / "generator" / "__main__.py").write_text("import sys\nsys.exit(open('tools/node_modules/x').read())\n")
    revision = commit(tmp_path)
    (tmp_path / "tools" / "node_modules").mkdir(parents=True)
    (tmp_path / "tools" / "node_modules" / "x").write_text("I am installed")
    config = tmp_path / "mkdocs.yml"
    with (
        pytest.raises(PublishError, match="I am installed"),
        rebuilt(config, revision, NOW, False, ["tools/node_modules"]),
    ):
        pass
