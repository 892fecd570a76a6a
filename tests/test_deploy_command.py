"""`incidents deploy`, as an admin gives it: from the built folder to targets of the settings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.admin import Admin
from tests.test_deploying import OLD, build, files_of

TARGETS = """\
    targets:
      one: {kind: folder, place: {folder}/one}
      two: {kind: folder, place: {folder}/nowhere/two}
      netlify: {kind: netlify, place: example-status}
      cloudflare: {kind: cloudflare, place: example}
"""
Program = Callable[[str, str], Path]


@pytest.fixture
def site(admin: Admin) -> Path:
    """A built site, and settings that name targets."""
    with admin.config.open("a") as settings:
        settings.write(TARGETS.replace("{folder}", str(admin.folder)))
    return build(admin.folder / "site", OLD)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Makes a program of this name that does what the script says; gives the file that its arguments are put into."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")

    def make(name: str, script: str) -> Path:
        log = folder / f"{name}.log"
        (folder / name).write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {log}\n{script}\n')
        (folder / name).chmod(0o755)
        return log

    return make


def deploy(admin: Admin, *arguments: str) -> str:
    return admin.do("deploy", "--from", str(admin.folder / "site"), *arguments)


def test_one_target(admin: Admin, site: Path) -> None:
    """The site lies there, and the command says so."""
    assert deploy(admin, "one") == "one: the site is published, 8 files.\n"
    assert files_of(admin.folder / "one") == files_of(site)


def test_a_target_that_fails_does_not_keep_the_others_back(admin: Admin, site: Path) -> None:
    """On a bad day, one host is down: the other one gets the site, and the command fails."""
    result = admin.try_to("deploy", "--from", str(site), "two", "one")
    assert result.exit_code == 1
    assert f"two: not published. There is no folder {admin.folder / 'nowhere'}" in result.stderr
    assert files_of(admin.folder / "one") == files_of(site)


def test_german(admin: Admin, site: Path) -> None:
    """The sentences are in the admin's language."""
    admin.environment["LANG"] = "de_DE.UTF-8"
    result = admin.try_to("deploy", "--from", str(site), "two")
    assert "two: nicht veröffentlicht. Es gibt keinen Ordner" in result.stderr
    assert "Die Seiten sind veröffentlicht, 8 Dateien." in deploy(admin, "one")


def test_which_target(admin: Admin, site: Path) -> None:
    """With several in the settings, none is taken by chance; an unknown one is told with those there are."""
    unsaid = admin.try_to("deploy")
    assert unsaid.exit_code == 1
    assert "one, two, netlify, cloudflare" in unsaid.stderr
    assert "There is no target 'three'" in admin.try_to("deploy", "three").stderr


def test_no_target(admin: Admin) -> None:
    """Settings without targets are told what to add."""
    assert "targets" in admin.try_to("deploy").stderr


def test_netlify(admin: Admin, site: Path, program: Program) -> None:
    """Netlify's program gets the folder and the site, and does not build anything itself."""
    log = program("netlify", "ls -a")
    deploy(admin, "netlify")
    said = log.read_text().split()
    assert said == ["deploy", "--prod", "--no-build", "--dir", str(site.resolve()), "--site", "example-status"]


def test_cloudflare(admin: Admin, site: Path, program: Program) -> None:
    """Cloudflare's program gets the folder, the project and the branch that is its production."""
    log = program("wrangler", "")
    deploy(admin, "cloudflare")
    said = log.read_text().split()
    assert said[:4] == ["pages", "deploy", str(site.resolve()), "--project-name"]
    assert said[4:] == ["example", "--branch", "main", "--commit-dirty=true"]


def test_what_a_host_complains_of_is_told(admin: Admin, site: Path, program: Program) -> None:
    """The last words of a program that fails are those that say why."""
    program("netlify", "echo 'Error: not authorized' >&2; exit 1")
    result = admin.try_to("deploy", "--from", str(site), "netlify")
    assert result.stderr == "netlify: not published. netlify says: Error: not authorized\n"


def test_a_missing_program_is_named(admin: Admin, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop without Netlify's program: the sentence says what to install."""
    monkeypatch.setenv("PATH", str(admin.folder))
    assert "The program netlify is not installed here." in admin.try_to("deploy", "--from", str(site), "netlify").stderr


@pytest.mark.parametrize("name", ["one", "netlify", "cloudflare"])
def test_a_dry_run_publishes_nothing(admin: Admin, site: Path, program: Program, name: str) -> None:
    """It asks each host whether it knows us, and leaves everything as it is."""
    logs = [program("netlify", ""), program("wrangler", "")]
    assert "could be published there now" in deploy(admin, "--dry-run", name)
    assert not (admin.folder / "one").exists()
    assert not any("deploy" in log.read_text().split() for log in logs if log.exists())


def test_a_password_in_the_settings_is_a_problem(admin: Admin) -> None:
    """Settings are read by everyone who can read the repository."""
    with admin.config.open("a") as settings:
        settings.write("    targets: {pages: {kind: git, place: 'https://me:secret@git.example.net/x.git'}}\n")
    result = admin.try_to("check")
    assert result.exit_code == 1
    assert "a password does not belong into the settings" in result.stdout
