"""The same commit and SOURCE_DATE_EPOCH give the same bytes, whatever the machine.

`make reproducible PYTHONS=.venv-other/bin/python` does it with another interpreter, too, in which the locked versions
and this project are installed: `INTO=.venv-other PYTHON=… sh tools/set-up requirements.lock`. Without that, it is the
one that runs the tests.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from tests.built import SITES
from tests.repositories import commit, git
from tests.tiny_site import fingerprint

ROOT = Path(__file__).parents[1]
PYTHONS = [str(Path(name).absolute()) for name in os.environ.get("PYTHONS", "").split()] or [sys.executable]
"""Absolute, because each build runs in a folder of its own; unresolved, because of virtual environments."""
SOURCES = {
    "velorent": ("mkdocs.yml", "docs", "incidents"),
    "demo": ("tests/records/demo.yml", "tests/records/docs", "tests/records/valid"),
}
"""What each site is built from, its settings first."""


def checkout(name: str, folder: Path, order: Callable[[list[Path]], list[Path]] = list) -> Path:
    """A copy of a site's sources, its files made in a certain order. Returns the settings."""
    settings = ROOT / SOURCES[name][0]
    found = [
        path
        for source in SOURCES[name]
        if (ROOT / source).exists()
        for path in [ROOT / source, *(ROOT / source).rglob("*")]
    ]
    for path in order(sorted(path for path in found if path.is_file())):
        copy = folder / path.relative_to(settings.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return folder / settings.name


def build(
    python: str, config: Path, name: str, *options: str, umask: int = 0o022, **environment: str
) -> dict[str, str]:
    """Build a site as a process of its own in a machine of its own kind. Returns what lies in it."""
    epoch = str(int(SITES[name][1].timestamp()))
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME")}
    whole = kept | {"SOURCE_DATE_EPOCH": epoch, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | environment
    command = [python, "-m", "generator", "--config", config.name, "build", *options]
    done = subprocess.run(
        command, cwd=config.parent, env=whole, umask=umask, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return fingerprint(config.parent / "site")


def wrong_zones(folder: Path) -> Path:
    """The time zones of a machine that nobody has kept up to date: Berlin is where Tokyo should be."""
    target = folder / "Europe" / "Berlin"
    target.parent.mkdir(parents=True)
    target.write_bytes((files("tzdata.zoneinfo") / "Asia" / "Tokyo").read_bytes())
    return folder


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", SITES)
def test_two_machines_give_the_same_bytes(name: str, python: str, tmp_path: Path) -> None:
    """Another folder, language, time zone, hash seed, umask, number of cores, order and age of the files.

    One has the repository, the other only its files and the name of the commit.
    """
    first = checkout(name, tmp_path / "one")
    git(first.parent, "init", "--quiet")
    (first.parent / ".gitignore").write_text("/site/\n/.site.lock\n", encoding="utf-8")
    revision = commit(first.parent)
    one = build(sys.executable, first, name, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    second = checkout(name, tmp_path / "größer, weiter" / "two", lambda found: found[::-1])
    for path in second.parent.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    other = build(
        python, second, name, "--revision", revision, umask=0o077,
        TZ="Pacific/Kiritimati", LC_ALL="C", LANG="tr_TR.UTF-8", PYTHONHASHSEED="4242", PYTHON_CPU_COUNT="1",
        PYTHONTZPATH=str(wrong_zones(tmp_path / "zones")), HOME=str(tmp_path), COLUMNS="20",
    )  # fmt: skip
    assert {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)} == set()
    assert f'"revision": "{revision}"' in (first.parent / "site" / "build.json").read_text(encoding="utf-8")
