"""An admin at work: a folder with settings, a clock that stands still, and what the commands answer."""

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main
from generator.model import Incident
from generator.project import read_project
from generator.site import Site, build_site
from tests.builders import BERLIN, SETTINGS

NAME = "2026-03-02-dashboard-nicht-erreichbar"
OPEN = """\
title: Dashboard nicht erreichbar
timeline:
  - at: 2026-03-02 10:05
    status: investigating
    components: {dashboard: major_outage}
"""
OVER = OPEN + "  - at: 2026-03-02 10:50\n    status: resolved\n"
"""A record while it is open, and when it is over."""


@dataclass
class Admin:
    """Works in `folder`; `told` is what the last command said."""

    folder: Path
    clock: str = "2026-03-02 10:05"
    """By the clock on the wall in Berlin."""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.clock).replace(tzinfo=BERLIN).astimezone(UTC)

    @property
    def config(self) -> Path:
        return self.folder / "mkdocs.yml"

    @property
    def whole_environment(self) -> dict[str, str]:
        bare = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "VISUAL", "EDITOR"), "")
        clock = {"SOURCE_DATE_EPOCH": str(int(self.now.timestamp()))}
        return bare | {"LANG": "en_GB.UTF-8"} | clock | self.environment

    def try_to(self, *arguments: str) -> Result:
        """The answer to a command, whatever it is."""
        command = ("--config", str(self.config), *arguments)
        return CliRunner().invoke(main, command, env=self.whole_environment, catch_exceptions=False)

    def do(self, *arguments: str) -> str:
        """What a command says that does what it is asked to."""
        result = self.try_to(*arguments)
        assert result.exit_code == 0, result.output
        return result.stdout

    def fail(self, *arguments: str) -> str:
        """What a command says that refuses, having changed nothing."""
        before = self.files
        result = self.try_to(*arguments)
        assert result.exit_code == 1, result.output
        assert self.files == before
        return result.stderr

    @property
    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "incidents").iterdir()}

    def text(self, name: str) -> str:
        return (self.folder / "incidents" / f"{name}.yml").read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.folder / "incidents" / f"{name}.yml").write_text(text, encoding="utf-8")

    def record(self, name: str) -> Incident:
        """A record as the site reads it; all of them are sound."""
        project = read_project(self.config)
        assert [str(problem) for problem in project.errors] == []
        return next(incident for incident in project.records.incidents if incident.id == name)

    def site(self) -> Site:
        """The site as it is built now."""
        project = read_project(self.config)
        assert [str(problem) for problem in project.errors] == []
        return build_site(project.records, project.settings, self.now)


def admin_in(folder: Path, settings: str = SETTINGS) -> Admin:
    """An admin with an empty folder of records."""
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "incidents").mkdir()
    return Admin(folder)


def editor(folder: Path, script: str) -> str:
    """An $EDITOR that does to the file what a line of Python does to `text`."""
    program = folder / "editor.py"
    lines = ("import pathlib, sys", "path = pathlib.Path(sys.argv[1])", "text = path.read_text(encoding='utf-8')",
             script, "path.write_text(text, encoding='utf-8')")  # fmt: skip
    program.write_text("\n".join(lines), encoding="utf-8")
    return f"{sys.executable} {program}"
