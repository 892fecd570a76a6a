"""A build on trial: into a folder that is gone afterwards, kept from the network where the system can do that."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import generator

_HOME = Path(generator.__file__).parents[1]
_ALONE = ("unshare", "--user", "--map-root-user", "--net")
"""Starts a program in a network namespace of its own, where nothing is connected. Linux only."""
PATIENCE = 900.0
"""Seconds that a build may take."""
_SHOWN = 600
"""So many characters of what a build complained of are told: its last words say why."""


@dataclass(frozen=True)
class Rehearsal:
    """How a build went. `why` holds its last words if it failed, in the language of `code`."""

    why: str
    without_network: bool


def rehearse_build(config: Path, code: str) -> Rehearsal:
    """Build the site that `config` describes, and keep nothing of it; `code` is the language to complain in."""
    apart = _can_be_alone()
    command = (sys.executable, "-m", "generator", "--config", str(config.resolve()), "--language", code)
    environment = os.environ | {"PYTHONPATH": str(_HOME)}
    with tempfile.TemporaryDirectory(prefix="incident-pages-") as folder:
        try:
            done = subprocess.run(
                (*(_ALONE if apart else ()), *command, "build", "--to", f"{folder}/site"), cwd=folder, env=environment,
                capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return Rehearsal(str(error), apart)
    return Rehearsal((done.stderr.strip()[-_SHOWN:] or "?") if done.returncode else "", apart)


def _can_be_alone() -> bool:
    try:
        return not subprocess.run((*_ALONE, "true"), capture_output=True, timeout=10, check=False).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False
