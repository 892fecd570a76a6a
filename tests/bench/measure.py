"""One cold build as a process of its own: seconds of each step, processor time, memory."""

import json
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.api.v1 import render_own
from generator.history import build_history
from generator.language import language
from generator.project import read_project
from generator.site import render_for_programs
from tests.bench.invented import NOW

_STEP = "… "


@dataclass(frozen=True)
class Measured:
    """What a build took. Times are in seconds; memory, in MB, is the most that any of its processes held."""

    steps: dict[str, float]
    wall: float
    own_cpu: float
    mkdocs_cpu: float
    memory: float

    @property
    def cpu(self) -> float:
        return self.own_cpu + self.mkdocs_cpu

    @property
    def cores(self) -> float:
        """How many cores were at work while MkDocs was."""
        return self.mkdocs_cpu / next(took for step, took in self.steps.items() if step.startswith("MkDocs"))


def build(project: Path, site: Path) -> Measured:
    """Build a project into a new folder. Raises RuntimeError if that fails."""
    command = [sys.executable, "-m", "tests.bench.child", "--config", str(project / "mkdocs.yml"),
               "build", "--to", str(site), "--as-of", f"{NOW:%Y-%m-%dT%H:%MZ}"]  # fmt: skip
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8") as process:
        lines = [(time.monotonic() - started, line.strip()) for line in process.stderr or ()]
    wall = time.monotonic() - started
    if process.returncode:
        raise RuntimeError("\n".join(line for _, line in lines))
    used = json.loads(lines[-1][1])
    own, children = used["cpu"]
    return Measured(_steps(lines, wall), wall, own, children, max(used["memory"]))


def for_programs(project: Path) -> float:
    """Processor time, in seconds, to render what programs read of a project, in all its languages."""
    found = read_project(project / "mkdocs.yml")
    history = build_history(found.records, found.settings, NOW)
    words = [language(code, found.settings.zone) for code in found.settings.languages]
    began = time.process_time()
    render_own(history)
    for each in words:
        render_for_programs(history, each)
    return time.process_time() - began


def _steps(lines: Iterable[tuple[float, str]], wall: float) -> dict[str, float]:
    """Each step with its seconds: until the next one began. Its name is what it told, up to the first figure."""
    begun = [(0.0, "starting, reading")]
    begun += [(at, line.removeprefix(_STEP)) for at, line in lines if line.startswith(_STEP)]
    ends = [*(at for at, _ in begun[1:]), wall]
    return {_name(words): end - at for (at, words), end in zip(begun, ends, strict=True)}


def _name(words: str) -> str:
    return " ".join(word for word in words.split() if not word[0].isdigit())
