"""What a site says of itself: `build.json`, when it was built from what, and `manifest.json`, which files it has."""

import hashlib
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.history import build_history
from generator.project import read_project
from generator.provenance import Build, Manifest, Origin, build_of, read_makers, read_origin, render_build
from generator.publish import publish
from generator.repository import NoRepository, read_root, read_tree
from generator.site import build_site
from tests.builders import history
from tests.built import SITES, Built
from tests.repositories import commit, git, repository
from tests.tiny_site import LANGUAGES, NOW, tiny_site

each_site = pytest.mark.parametrize("name", SITES)


# build.json


@each_site
def test_the_build_says_when_the_newest_word_is_from(name: str, sites: dict[str, Built]) -> None:
    """Beside the instant it was built for, and the address that every mirror names."""
    site = sites[name]
    build = Build.model_validate_json((site.folder / "build.json").read_bytes())
    assert (build.site, build.built_at, build.unreadable) == (site.url, site.now, 0)
    assert build.changed_at
    assert build.changed_at <= build.built_at


def test_a_site_without_records_has_no_newest_word() -> None:
    """Which is told as null, not as the time of the build."""
    told = json.loads(render_build(build_of(history((), NOW), Origin())))
    assert (told["changed_at"], told["revision"], told["dirty"]) == (None, None, False)


def test_the_build_is_told_to_the_second() -> None:
    """In UTC, in the one form that all our files for programs have."""
    assert json.loads(render_build(build_of(history((), NOW), Origin())))["built_at"].endswith(":00Z")
    assert Build(site="x", built_at=NOW + timedelta(microseconds=7)).built_at == NOW


def test_the_build_names_what_it_was_made_with() -> None:
    """So that who builds it again knows why bytes differ. Nothing of the machine is among it, not even its Python."""
    makers = read_makers()
    assert {"incident-pages", "mkdocs", "mkdocs-material", "pillow"} <= set(makers)
    assert "python" not in makers


def test_records_that_were_left_out_are_counted(tmp_path: Path) -> None:
    """Who builds it again has to leave them out, too."""
    repository(tmp_path)
    (tmp_path / "incidents" / "broken.yml").write_text("title: [", encoding="utf-8")
    project = read_project(tmp_path / "mkdocs.yml")
    assert build_of(build_history(project.records, project.settings, NOW), Origin()).unreadable == 1


# The revision


def origin(folder: Path) -> Origin:
    return read_origin(folder / "mkdocs.yml", "incidents")


def test_the_commit_is_named(tmp_path: Path) -> None:
    """In full, and clean as long as nothing differs from it."""
    name = repository(tmp_path)
    assert origin(tmp_path) == Origin(name, False, read_makers())


@pytest.mark.parametrize(
    "path", ["mkdocs.yml", "incidents/2021-07-17-dns.yml", "incidents/new.yml", "incidents/x.tmp", "docs/de/new.md"]
)
def test_sources_that_are_in_no_commit_are_dirty(path: str, tmp_path: Path) -> None:
    """A file changed, one added, even one that git is told to ignore: the build reads it all the same."""
    repository(tmp_path)
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    with (tmp_path / path).open("a", encoding="utf-8") as file:
        file.write("\n# More\n")
    assert origin(tmp_path).dirty


@pytest.mark.parametrize("path", ["notes.txt", "site/index.html", "incidents/_2026-draft.yml", "incidents/.x.swp"])
def test_what_no_build_reads_does_not_make_it_dirty(path: str, tmp_path: Path) -> None:
    """Else the same commit would say one thing here and another there."""
    repository(tmp_path)
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("mine", encoding="utf-8")
    assert not origin(tmp_path).dirty


def test_without_a_repository_the_commit_is_not_told(tmp_path: Path) -> None:
    """Nor made up. A repository without a commit is as good as none; without git there is none either."""
    assert origin(tmp_path).revision is None
    git(tmp_path, "init", "--quiet")
    assert origin(tmp_path).revision is None


def test_without_git_the_commit_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare container builds the site all the same."""
    repository(tmp_path)
    monkeypatch.setenv("PATH", os.devnull)
    assert origin(tmp_path).revision is None


def test_the_commit_may_be_told(tmp_path: Path) -> None:
    """Where the sources came without their repository."""
    assert read_origin(tmp_path / "mkdocs.yml", "incidents", "a" * 40).revision == "a" * 40


def test_a_hook_of_git_does_not_lead_to_its_own_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git tells its hooks by the environment which repository they run in."""
    mine, other = repository(tmp_path / "mine"), repository(tmp_path / "other", "site_name: Other\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    assert mine != other
    assert origin(tmp_path / "mine").revision == mine


def test_a_commit_is_read_whole(tmp_path: Path) -> None:
    """From wherever in the repository; what was done since is not in it."""
    name = repository(tmp_path)
    (tmp_path / "incidents" / "later.yml").write_text("title: x\n", encoding="utf-8")
    commit(tmp_path)
    content = read_tree(tmp_path / "incidents", name)
    assert b"2021-07-17-dns.yml" in content
    assert b"later.yml" not in content
    assert read_root(tmp_path / "incidents") == tmp_path.resolve()


@pytest.mark.parametrize("name", ["0" * 40, "HEAD", "--output=x", ""])
def test_a_commit_that_is_not_there_is_refused(name: str, tmp_path: Path) -> None:
    """And so is whatever else another site may write in its place."""
    repository(tmp_path)
    with pytest.raises(NoRepository):
        read_tree(tmp_path, name)


# manifest.json


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


@each_site
def test_the_manifest_lists_every_file_but_itself(name: str, sites: dict[str, Built]) -> None:
    """Hidden ones, those for the host, and build.json, too; with size and SHA-256, sorted by path."""
    folder = sites[name].folder
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    del paths["manifest.json"]
    contents = {path: file.read_bytes() for path, file in paths.items()}
    told = manifest(folder)["files"]
    assert told == {
        path: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in contents.items()
    }
    assert list(told) == sorted(told)
    assert {"build.json", "_headers", ".incident-pages"} <= told.keys()


def test_the_manifest_has_a_line_for_each_file(sites: dict[str, Built]) -> None:
    """What two builds differ in can be seen with `diff`; whatever a path holds, it is sound JSON."""
    text = (sites["demo"].folder / "manifest.json").read_text(encoding="utf-8")
    files = Manifest.model_validate_json(text).files
    assert len(text.splitlines()) == len(files) + 5


def test_every_site_has_a_manifest(tmp_path: Path) -> None:
    """Whatever it was built from; a path may hold anything that a disk takes."""
    strange = 'de/assets/a "b" ü.png'
    publish(tiny_site(more={strange: b"x"}), LANGUAGES, tmp_path / "site", NOW)
    assert 'assets/a "b" ü.png' in manifest(tmp_path / "site")["files"]


def test_only_build_and_manifest_tell_when_a_calm_site_was_built_from_which_commit() -> None:
    """A commit that changes no record changes one file of the mapping; the manifest follows from it."""
    config, now = SITES["demo"]
    project = read_project(config)
    one, other = (build_site(project.records, project.settings, now, origin=Origin(name * 40)) for name in "ab")
    assert {path for path in one if one[path] != other[path]} == {"de/build.json"}
