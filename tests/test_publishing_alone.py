"""Publishing with nobody at a keyboard: the workflow of GitHub, the pipeline of GitLab, and the scripts they run."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.admin import Admin
from tests.test_deploy_command import TARGETS
from tests.test_deploying import OLD, build, files_of
from tests.test_pull_requests import program, run

ROOT = Path(__file__).parent.parent
Program = Callable[..., Path]
KEY = "-----BEGIN KEY-----\nsecret\n-----END KEY-----"


def workflow() -> Any:
    return yaml.load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def pipeline() -> Any:
    return yaml.load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


class TestGitHub:
    """`.github/workflows/publish.yml`"""

    def test_when(self) -> None:
        """At each push to the main branch, every day, and when asked."""
        assert set(workflow()["on"]) == {"push", "schedule", "workflow_dispatch"}
        assert workflow()["on"]["push"] == {"branches": ["main"]}
        (cron,) = (entry["cron"] for entry in workflow()["on"]["schedule"])
        assert re.fullmatch(r"[1-9]\d? \d+ \* \* \*", cron)

    def test_an_upload_is_never_broken_off(self) -> None:
        """The next one waits."""
        assert workflow()["concurrency"] == {"group": "publish", "cancel-in-progress": "false"}

    def test_keys_are_given_to_the_step_that_publishes(self) -> None:
        """What is installed to build the site never sees them."""
        steps = [step for job in workflow()["jobs"].values() for step in job["steps"]]
        assert "secrets." not in str({key: value for key, value in workflow().items() if key != "jobs"})
        assert [step["run"] for step in steps if "secrets." in str(step)] == ["sh tools/publish"]

    def test_only_the_job_that_keeps_it_awake_may_do_more_than_read(self) -> None:
        """It may enable workflows, and it builds nothing."""
        more = {name: job["permissions"] for name, job in workflow()["jobs"].items() if "permissions" in job}
        assert more == {"stay-awake": {"contents": "read", "actions": "write"}}


class TestGitLab:
    """`.gitlab-ci.yml`"""

    def test_it_is_a_pipeline(self) -> None:
        """By the schema that GitLab publishes."""
        done = run(program("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", ROOT / ".gitlab-ci.yml")
        assert done.returncode == 0, done.stdout

    def test_it_does_what_github_does(self) -> None:
        """The same commands publish; merge requests are checked and get no keys."""
        jobs = pipeline()
        here = [step["run"] for step in workflow()["jobs"]["publish"]["steps"] if "run" in step]
        assert jobs["publish"]["script"] == here
        assert jobs["publish"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
        assert "merge_request" in str(jobs["check"]["rules"])
        assert jobs["publish"]["resource_group"]


@pytest.mark.parametrize(
    "script", [*workflow()["jobs"]["publish"]["steps"], *workflow()["jobs"]["stay-awake"]["steps"]]
)
def test_the_scripts_are_there(script: dict[str, str]) -> None:
    """Each step runs a target of the Makefile or a script of ours."""
    words = script.get("run", "make site").split()
    assert words[0] in ("make", "sh")
    assert words[1] == "site" or (ROOT / words[1]).is_file()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Makes programs that take the place of real ones, each noting how it was called."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")

    def make(name: str, script: str = "") -> Path:
        log = folder / f"{name}.log"
        (folder / name).write_text(f'#!/bin/sh\necho "$@" >> {log}\n{script}\n')
        (folder / name).chmod(0o755)
        return log

    return make


@pytest.fixture
def scripts(admin: Admin, programs: Program) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs one of the scripts in the admin's folder, with the command of this checkout."""
    run_it = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"'
    programs("incidents", f'[ "$1" = mirrors ] && {{ ${{MIRRORS:-true}}; exit; }}\n{run_it}')

    def run_script(name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        ours = {"INCIDENTS": "incidents", "LANG": "C.UTF-8", "PAUSES": "0 0"}
        return subprocess.run(
            ["/bin/sh", str(ROOT / "tools" / name), *arguments], cwd=admin.folder, capture_output=True, text=True,
            timeout=120, env=os.environ | ours | environment, check=False,
        )  # fmt: skip

    return run_script


Scripts = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(admin: Admin) -> Path:
    return build(admin.folder / "site", OLD)


def name_targets(admin: Admin, text: str = TARGETS) -> None:
    with admin.config.open("a") as settings:
        settings.write(text.replace("{folder}", str(admin.folder)))


def test_without_targets_nothing_is_published(admin: Admin, site: Path, scripts: Scripts) -> None:
    """Who lets the host build needs neither programs nor keys, and gets no red cross every day."""
    assert scripts("carriers").returncode == 0
    done = scripts("publish")
    assert done.returncode == 0
    assert "nothing is published from here" in done.stdout


def test_each_target_is_published(admin: Admin, site: Path, scripts: Scripts, programs: Program) -> None:
    """One that fails leaves the others be, and the run is red."""
    name_targets(admin)
    netlify, wrangler = programs("netlify"), programs("wrangler")
    done = scripts("publish")
    assert done.returncode == 1
    assert "two: not published" in done.stderr
    assert files_of(admin.folder / "one") == files_of(site)
    assert netlify.read_text().startswith("deploy --prod")
    assert wrangler.read_text().startswith("pages deploy")


@pytest.mark.parametrize(("answers", "code", "asked"), [("true", 0, 1), ("second", 0, 2), ("false", 1, 3)])
def test_every_address_has_to_show_it(
    admin: Admin, site: Path, scripts: Scripts, programs: Program, tmp_path: Path, answers: str, code: int, asked: int
) -> None:
    """At once or a little later; what stays stale makes the run red."""
    name_targets(admin, "    targets: {one: {kind: folder, place: {folder}/one}}\n")
    log = tmp_path / "programs" / "incidents.log"
    programs("second", f'[ "$(grep -c mirrors "{log}")" = 2 ]')
    done = scripts("publish", MIRRORS=answers)
    assert done.returncode == code, done.stderr
    assert log.read_text().splitlines().count("mirrors") == asked


def test_what_carries_is_installed(admin: Admin, scripts: Scripts, programs: Program, tmp_path: Path) -> None:
    """In exactly the versions named, and only what the targets need."""
    name_targets(admin)
    npm = programs("npm")
    assert scripts("carriers").returncode == 0
    installed = npm.read_text().splitlines()
    assert len(installed) == 2
    assert all(re.search(r"(netlify-cli|wrangler)@\d+\.\d+\.\d+$", line) for line in installed)


def test_keys_lie_in_no_file_afterwards(admin: Admin, site: Path, scripts: Scripts, programs: Program) -> None:
    """They are given to rclone and ssh in files that only we can read, and that are gone when it is done."""
    name_targets(admin, "    targets: {bucket: {kind: rclone, place: 'bucket:'}}\n")
    seen = programs(
        "rclone", 'ls -l "$RCLONE_CONFIG" "${GIT_SSH_COMMAND#ssh -i }" >&2; cat "$RCLONE_CONFIG" >&2; exit 1'
    )
    temporary = admin.folder / "temporary"
    temporary.mkdir()
    done = scripts("publish", RCLONE_CONF="[bucket]\ntype = memory", DEPLOY_KEY=KEY, TMPDIR=str(temporary))
    assert done.returncode == 1
    assert seen.exists()
    assert "type = memory" in done.stderr
    assert "-rw-------" in done.stderr
    assert list(temporary.iterdir()) == []
    assert "secret" not in done.stdout + done.stderr


@pytest.mark.parametrize(("days", "warned"), [(0, False), (44, False), (45, True), (59, True)])
def test_quiet_days_are_noticed(days: int, warned: bool, scripts: Scripts, programs: Program) -> None:
    """The count begins anew each day, and from the 45th on the run says that it may end."""
    gh = programs("gh", f'case "$*" in *commits*) date -u -d "{days} days ago" +%Y-%m-%dT%H:%M:%SZ ;; esac')
    done = scripts("stay-awake", "publish.yml", GITHUB_REPOSITORY="owner/name")
    assert done.returncode == 0, done.stderr
    assert (f"::warning title=Daily builds may end::No commit for {days} days" in done.stdout) == warned
    assert "--method PUT repos/owner/name/actions/workflows/publish.yml/enable" in gh.read_text()
