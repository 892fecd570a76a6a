"""Starting the programs of others that carry the files."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from generator.deploying.failing import DeployError

_SHOWN = 600
"""So many characters of what a program complained of are told: its last words say why."""


def run(
    *command: str, given: str | None = None, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> str:
    """What a program prints, started without a shell in a folder, with `given` as its input.

    Raises:
        DeployError: it is not installed, or it failed; with its last words.
    """
    try:
        done = subprocess.run(
            (found(command[0]), *command[1:]), input=given, cwd=folder, env=environment,
            capture_output=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError as error:
        raise DeployError("program", program=command[0], words=error.strerror or str(error)) from error
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip())[-_SHOWN:]
        raise DeployError("program", program=command[0], words=words or "?", code=done.returncode)
    return done.stdout


def found(program: str) -> str:
    """Where a program lies.

    Raises:
        DeployError: nowhere.
    """
    path = shutil.which(program)
    if path is None:
        raise DeployError("no_program", program=program)
    return path
