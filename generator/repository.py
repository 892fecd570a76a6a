"""The git repository that a folder lies in, as far as a site is concerned: asked, never changed."""

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

REVISION = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
"""The full name of a commit, SHA-1 or SHA-256."""
PATIENCE = 60.0
"""Seconds that git may take."""
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")


class NoRepository(Exception):  # noqa: N818 - named for what it tells
    """There is no repository here, or no git, or not that revision. The text is git's own word on it."""


@dataclass(frozen=True)
class Revision:
    """A commit, and whether what lies in the folder differs from it."""

    name: str
    dirty: bool


def read_revision(folder: Path, sources: Sequence[Path]) -> Revision | None:
    """The commit that a folder stands at; None without git, a repository or a commit.

    `dirty` is: a file that git knows was changed, or among `sources` lies one it does not know, ignored or not, unless
    its name says that no build reads it.
    """
    try:
        name = _git(folder, "rev-parse", "--verify", "HEAD^{commit}").decode().strip()
        changed = _git(folder, "status", "--porcelain", "--untracked-files=no", "--ignore-submodules=none")
        paths = [str(path.resolve()) for path in sources if path.exists()]
        strangers = _git(folder, "ls-files", "-z", "--others", "--", *paths).decode(errors="replace") if paths else ""
    except NoRepository:
        return None
    read = [path for path in strangers.split("\0") if path and Path(path).name[0] not in "._"]
    return Revision(name, bool(changed.strip() or read))


def read_root(folder: Path) -> Path:
    """The topmost folder of the repository. Raises NoRepository."""
    return Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).removesuffix("\n"))


def read_tree(folder: Path, revision: str) -> bytes:
    """All files of a commit as a tar archive. Raises NoRepository: it is not here, for one."""
    if not REVISION.fullmatch(revision):
        raise NoRepository(f"'{revision[:80]}' is not the full name of a commit")
    return _git(read_root(folder), "archive", "--format=tar", revision)


def has_commit(folder: Path, revision: str) -> bool | None:
    """Whether a commit is here; None where there is no repository."""
    try:
        read_root(folder)
    except NoRepository:
        return None
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except NoRepository:
        return False
    return True


def read_remotes(folder: Path) -> list[str]:
    """The addresses that the repository is pushed to; none without one."""
    try:
        told = _git(folder, "remote", "--verbose").decode(errors="replace")
    except NoRepository:
        return []
    rows = (line.split() for line in told.splitlines())
    return list(dict.fromkeys(row[1] for row in rows if len(row) > 2 and row[2] == "(push)"))


def _git(folder: Path, *arguments: str) -> bytes:
    # What a hook of git has set would lead us to its repository instead of ours.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *_SAFE, "-C", str(folder), *arguments],  # noqa: S607 - git is where the user has it
            capture_output=True, env=environment, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoRepository(str(error)) from error
    if done.returncode:
        raise NoRepository(done.stderr.decode(errors="replace").strip())
    return done.stdout
