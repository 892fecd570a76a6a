"""A branch that a git host shows as pages: GitHub, GitLab, Codeberg. One push changes everything at once.

The branch gets a new commit on top of what it has. No file is touched in this folder's own repository or its index.
"""

import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from generator.addresses import MANIFEST
from generator.deploying.programs import run
from generator.deploying.upload import Upload, paths_in

NO_JEKYLL = ".nojekyll"
"""Without this file GitHub leaves out what begins with a dot or an underscore: `.well-known` with it."""
_AS_IT_IS = ("core.autocrlf=false", "core.attributesFile=/dev/null", "core.fsmonitor=false", "core.fileMode=false")
"""What an admin's own settings could do to the bytes of a page."""


def upload(site: Upload, place: str, branch: str) -> str:
    """Push the site as a new commit on the branch; give its id. What nobody of ours put there stays.

    Raises:
        DeployError: git failed, or somebody else pushed meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix="incidents-deploy-") as scratch:
        run("git", "init", "--quiet", "--bare", scratch)
        git = _Git(Path(scratch), site.folder)
        parent = git.fetch(place, branch)
        git.stage(site.paths, parent)
        tree = git("write-tree").strip()
        if parent and tree == git("rev-parse", f"{parent}^{{tree}}").strip():
            return parent
        commit = git("commit-tree", tree, *(("-p", parent) if parent else ()), "-m", "Publish the site").strip()
        git("push", "--quiet", place, f"{commit}:refs/heads/{branch}")
        return commit


def rehearse(place: str, branch: str) -> None:
    """Look whether the repository can be read and its branch be pushed to, and change nothing.

    Raises:
        DeployError: it cannot.
    """
    run("git", "ls-remote", place, f"refs/heads/{branch}")


class _Git:
    """git over a bare repository of its own, with the built site as its work tree."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.options = [part for setting in _AS_IT_IS for part in ("-c", setting)]
        whose = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                 for what, value in (("NAME", "incidents deploy"), ("EMAIL", "incidents@localhost"))}  # fmt: skip
        bare = {name: value for name, value in os.environ.items() if name not in _LEADING_ASTRAY}
        ours = {"GIT_DIR": str(folder), "GIT_WORK_TREE": str(site.resolve()), "GIT_LITERAL_PATHSPECS": "1"}
        self.environment = whose | bare | ours

    def __call__(self, *arguments: str, given: str | None = None) -> str:
        return run("git", *self.options, *arguments, given=given, environment=self.environment)

    def fetch(self, place: str, branch: str) -> str:
        """The commit at the tip of the branch; nothing where there is no such branch yet."""
        if not self("ls-remote", place, f"refs/heads/{branch}").strip():
            return ""
        self("fetch", "--quiet", "--depth=1", place, f"refs/heads/{branch}")
        return self("rev-parse", "FETCH_HEAD").strip()

    def stage(self, paths: Collection[str], parent: str) -> None:
        """Have the index hold what the next commit shall."""
        if parent:
            self("read-tree", parent)
            self._forget(self._ours_in(parent) - set(paths))
        self("add", "--force", "--pathspec-from-file=-", "--pathspec-file-nul", given=_joined(paths))
        empty = self("hash-object", "-w", "--stdin", given="").strip()
        self("update-index", "--add", "--cacheinfo", f"100644,{empty},{NO_JEKYLL}")

    def _ours_in(self, parent: str) -> frozenset[str]:
        listed = self("ls-tree", "--name-only", parent, MANIFEST).strip()
        return paths_in(self("show", f"{parent}:{MANIFEST}")) if listed else frozenset()

    def _forget(self, paths: Collection[str]) -> None:
        if paths:
            self("update-index", "--force-remove", "-z", "--stdin", given=_joined(paths))


_LEADING_ASTRAY = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"))
"""What git itself sets while it runs a hook."""


def _joined(paths: Collection[str]) -> str:
    return "".join(f"{path}\0" for path in sorted(paths))
