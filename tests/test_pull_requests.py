"""What looks after a record before it is published: annotations, the workflow of pull requests, hooks, previews."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.problems import Problem
from generator.report import render_report
from generator.sentences import say
from tests.admin import NAME, OPEN, Admin, admin_in

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
HOOKS = ROOT / ".pre-commit-hooks.yaml"
BROKEN = OPEN.replace("dashboard: major", "dashbord: major")


def program(name: str) -> Path:
    """A program of the developers' environment."""
    return Path(sys.executable).with_name(name)


def run(*command: str | Path, at: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=at, env=environment or None, capture_output=True, text=True, timeout=120
    )


class TestAnnotations:
    """`incidents check --format github`"""

    def test_nothing_in_it_ends_it_early(self) -> None:
        """A line end, a percent sign, and in a file's name colon and comma, are escaped; the text keeps those two."""
        problem = Problem("incidents/a:b,c%d\n.yml", 3, 7, "title", say("a: b, 100 %\nx"), say("Write: y"))
        assert render_report([problem], "github") == (
            "::error file=incidents/a%3Ab%2Cc%25d%0A.yml,line=3,col=7::title: a: b, 100 %25 x. Write: y"
        )

    def test_a_hostile_file_cannot_give_commands(self, admin: Admin) -> None:
        """Whatever a record says, each line of the answer is one annotation of ours."""
        admin.write(
            NAME, OPEN.replace("title: Dashboard", 'title: "x\\n::add-mask::y\\r\\n::stop-commands::z"\nt\u0085')
        )
        lines = admin.try_to("check", "--format", "github").stdout.splitlines()
        assert lines
        assert all(line.startswith(("::error file=incidents/", "::warning file=")) for line in lines)

    @pytest.mark.parametrize("inside", ["", "status", "teams/status"])
    def test_paths_begin_at_the_top_of_the_repository(
        self, inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Wherever in it mkdocs.yml lies; else GitHub shows the annotation at no line."""
        (tmp_path / inside).mkdir(parents=True, exist_ok=True)
        admin_in(tmp_path / inside).write(NAME, BROKEN)
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
        monkeypatch.chdir(tmp_path / inside)
        by_workspace = CliRunner().invoke(main, ["check", "--format", "github"]).stdout
        monkeypatch.delenv("GITHUB_WORKSPACE")
        monkeypatch.chdir(tmp_path)
        command = ["--config", str(Path(inside, "mkdocs.yml")), "check", "--format", "github"]
        assert by_workspace == CliRunner().invoke(main, command).stdout
        file = (Path(inside) / "incidents" / f"{NAME}.yml").as_posix()
        assert by_workspace.startswith(f"::error file={file},line=5,col=18::timeline[0].components.dashbord: ")
        assert (tmp_path / file).is_file()

    def test_broken_settings_are_annotated_too(self, admin: Admin) -> None:
        """They keep every record from being read."""
        admin.config.write_text("site_name: x\n", encoding="utf-8")
        assert (
            "::error file=mkdocs.yml,line=1,col=1::extra.status: " in admin.try_to("check", "--format", "github").stdout
        )


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
class TestWorkflows:
    """`.github/workflows/`"""

    def read(self, workflow: Path) -> Any:
        return yaml.load(workflow.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    def test_it_is_one(self, workflow: Path) -> None:
        """By the schema that GitHub's workflows have in public, with a time limit for every job."""
        for schema in ("vendor.github-workflows", "custom.github-workflows-require-timeout"):
            done = run(program("check-jsonschema"), "--builtin-schema", schema, workflow)
            assert done.returncode == 0, done.stdout

    def test_actions_of_others_are_pinned(self, workflow: Path) -> None:
        """To a commit, with its version beside it: a tag can be moved."""
        used = re.findall(r"uses: (.*)", workflow.read_text(encoding="utf-8"))
        assert used
        assert [line for line in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []

    def test_it_may_do_little(self, workflow: Path) -> None:
        """It reads, and no two runs of it go on at a time; the code of a pull request gets no secrets."""
        told = self.read(workflow)
        assert told["permissions"] == {"contents": "read"}
        assert "cancel-in-progress" in told["concurrency"]
        assert "pull_request_target" not in told["on"]
        assert "pull_request" not in told["on"] or "secrets." not in workflow.read_text(encoding="utf-8")

    def test_nothing_of_a_pull_request_is_put_into_a_script(self, workflow: Path) -> None:
        """A title or a branch could be a command."""
        steps = [step for job in self.read(workflow)["jobs"].values() for step in job["steps"]]
        assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []


def test_every_pull_request_is_checked_with_annotations() -> None:
    """Of whatever files; by commands that there are."""
    told = yaml.load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert told["on"] == {"pull_request": ""}
    *_, install, check = told["jobs"]["check"]["steps"]
    assert run("make", "--dry-run", *install["run"].split()[1:]).returncode == 0
    words = shlex.split(check["run"].removeprefix(".venv/bin/"))
    assert words == ["incidents", "check", "--format", "github"]


def test_two_versions_of_python_build_the_same() -> None:
    """The oldest that the project runs on is one of them; the other is set up where the comparison looks for it."""
    told = yaml.load((ROOT / ".github/workflows/reproducible.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    _, pythons, other, compare = told["jobs"]["reproducible"]["steps"]
    oldest, newer = pythons["with"]["python-version"].split()
    assert f">={oldest}" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f" PYTHON=python{newer} " in other["run"]
    venv = other["run"].split()[0].removeprefix("INTO=")
    assert compare["run"] == f"make reproducible PYTHON=python{oldest} PYTHONS={venv}/bin/python"


class TestHooks:
    """`.pre-commit-hooks.yaml`"""

    def hooks(self) -> dict[str, dict[str, Any]]:
        return {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}

    def test_they_are_ones(self) -> None:
        """By pre-commit's own word; each begins a command that there is."""
        assert run(program("pre-commit"), "validate-manifest", HOOKS).returncode == 0
        assert isinstance(main, click.Group)
        for hook in self.hooks().values():
            assert hook["entry"].split()[0] == "incidents"
            assert hook["entry"].split()[1] in main.commands
            assert hook["pass_filenames"] is False  # one record may relate to another: all are read

    def commit(self, admin: Admin, *hooks: str) -> subprocess.CompletedProcess[str]:
        """Commit everything in the admin's folder, with these hooks of ours, run from this checkout."""
        shim = admin.folder / ".bin" / "incidents"
        shim.parent.mkdir(exist_ok=True)
        shim.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
        local = [
            self.hooks()[hook] | {"language": "system", "entry": f".bin/{self.hooks()[hook]['entry']}"}
            for hook in hooks
        ]
        config = {"repos": [{"repo": "local", "hooks": local}]}
        (admin.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        home = {"HOME": str(admin.folder / ".home"), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        if not (admin.folder / ".git").exists():
            run("git", "init", "--quiet", at=admin.folder, **home)
        run("git", "add", "--all", at=admin.folder, **home)
        return run(program("pre-commit"), "run", at=admin.folder, **home)

    def test_a_broken_record_is_not_committed(self, admin: Admin) -> None:
        """Its problem is told with its line; a sound one passes."""
        admin.write(NAME, BROKEN)
        refused = self.commit(admin, "incidents-check")
        assert refused.returncode == 1
        assert f"incidents/{NAME}.yml:5:18: timeline[0].components.dashbord: " in refused.stdout
        admin.write(NAME, OPEN)
        assert self.commit(admin, "incidents-check").returncode == 0

    def test_other_settings_bring_their_schema(self, admin: Admin) -> None:
        """The first try writes it and stops, as pre-commit does with what was changed; the second passes."""
        admin.do("schema")
        config = admin.config.read_text(encoding="utf-8")
        assert self.commit(admin, "incidents-schema").returncode == 0
        admin.config.write_text(config.replace("id: demo", "id: tour"), encoding="utf-8")
        assert self.commit(admin, "incidents-schema").returncode == 1
        assert self.commit(admin, "incidents-schema").returncode == 0
        assert '"tour"' in (admin.folder / "incidents" / "record.schema.json").read_text(encoding="utf-8")
