"""MkDocs at work: one process a language, side by side, none of which outlives us."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import TracebackType

from generator.publish import child
from generator.publish.errors import PublishError, explained
from generator.sentences import say

_MESSAGE = re.compile(r"(?:WARNING|ERROR|CRITICAL) ")
_REFUSED = re.compile(rf"^{child.REFUSED} (\d+) (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Job:
    """One language's build: its config file and the folder that MkDocs fills."""

    language: str
    config: Path
    output: Path


@dataclass
class _Children:
    """The running builds, ended together when the body ends in any way."""

    environment: dict[str, str]
    keep_open: tuple[int, ...]
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    closed: bool = False
    guard: Lock = field(default_factory=Lock)

    def __enter__(self) -> "_Children":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.guard:
            self.closed = True
            for process in self.running:
                process.kill()

    def run(self, job: Job) -> str:
        """Build one language to its end. Returns what MkDocs said if it failed, else nothing."""
        with self.guard:
            if self.closed:
                return ""
            process = self._start(job)
            self.running.append(process)
        with process:
            said = process.stdout.read() if process.stdout else ""
            return "" if process.wait() == 0 else said or f"MkDocs ended with code {process.returncode}."

    def _start(self, job: Job) -> subprocess.Popen[str]:
        # -P: our own folder must not hide modules of the standard library.
        command = [sys.executable, "-P", child.__file__, str(job.config), str(job.output)]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=self.environment,
            pass_fds=self.keep_open,
        )


def run_mkdocs(jobs: Sequence[Job], now: datetime, keep_open: Sequence[int] = ()) -> None:
    """Build every language strictly, side by side: as many at a time as there are cores, two at least.

    `now` is the instant that sitemaps carry. `keep_open` are descriptors (the lock) that the children share.

    Raises:
        PublishError: with MkDocs' own warnings and errors of every language that failed.
    """
    workers = max(2, os.cpu_count() or 1)
    with (
        ThreadPoolExecutor(workers) as pool,
        _Children(_environment(now), tuple(keep_open)) as children,
    ):
        outcomes = list(pool.map(children.run, jobs))
    failed = {job.language: said for job, said in zip(jobs, outcomes, strict=True) if said}
    if failed:
        raise _failure(failed)


def _environment(now: datetime) -> dict[str, str]:
    return os.environ | {
        "SOURCE_DATE_EPOCH": str(int(now.timestamp())),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",  # Material's word on the engine's future: not news in every build
    }


def _failure(failed: dict[str, str]) -> PublishError:
    for said in failed.values():
        if refused := _REFUSED.search(said):
            number = int(refused[1])
            return explained(OSError(number, os.strerror(number), refused[2] or None))
    lines = [say("  {item}", item=f"{language}: {line}") for language, said in failed.items() for line in _gist(said)]
    what, advice = say("MkDocs could not build the site:"), say("Put this right, then build again.")
    return PublishError(what, advice, details=lines)


def _gist(said: str) -> list[str]:
    """MkDocs' warnings and errors, which name the page; without any, the end of what it said."""
    lines = said.strip().splitlines()
    return [line for line in lines if _MESSAGE.match(line)] or lines[-20:]
