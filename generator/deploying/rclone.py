"""Any remote that rclone knows: S3 and its like, SFTP, WebDAV, another folder.

Files go up one by one, so their order matters, and somebody may pull the plug in between. What is under way is noted
at the target in `deploying.json`: who finds that note goes on, and knows which files may be left over.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.addresses import MANIFEST
from generator.deploying.failing import DeployError
from generator.deploying.order import steps
from generator.deploying.programs import run
from generator.deploying.upload import Upload, paths_in

NOTE = "deploying.json"
_NO_FOLDER = 3
"""rclone's exit code for a folder that is not there."""
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class _Remote:
    """A folder on a remote. `how` are the options that tell rclone when a file there is the one that is here."""

    place: str
    how: tuple[str, ...] = ()
    check: tuple[str, ...] = ()

    def path(self, name: str) -> str:
        return self.place + name if self.place.endswith((":", "/")) else f"{self.place}/{name}"

    def paths_named_in(self, name: str) -> frozenset[str]:
        """The paths that a list at the target names; none where there is no such list."""
        found = _listed("--files-only", "--include", f"/{name}", self.place)
        return paths_in(run("rclone", "cat", self.path(name))) if found else frozenset()


def upload(site: Upload, place: str, progress: Progress) -> None:
    """Make the remote folder hold the site. What nobody of ours put there stays.

    Raises:
        DeployError: rclone failed, or what is there afterwards is not what is here.
    """
    remote = _known(_Remote(place))
    before = _left_there(remote)
    note = json.dumps({"files": sorted(before | site.paths)})
    run("rclone", "rcat", remote.path(NOTE), given=note)
    for group in steps(site.paths, site.languages):
        progress("upload", len(group))
        _copy(site.folder, remote, group)
    gone = before - site.paths - {MANIFEST}
    if gone:
        progress("delete", len(gone))
        _delete(remote, gone)
    _copy(site.folder, remote, (MANIFEST,))
    progress("compare", len(site.paths))
    _compare(site, remote)
    run("rclone", "deletefile", remote.path(NOTE))


def rehearse(place: str) -> None:
    """Look whether the remote answers, and change nothing.

    Raises:
        DeployError: it does not.
    """
    _listed("--max-depth", "1", place)


def _listed(*arguments: str) -> str:
    """What lies at a remote, one path a line; nothing where there is no such folder yet."""
    try:
        return run("rclone", "lsf", *arguments).strip()
    except DeployError as error:
        if error.values.get("code") == _NO_FOLDER:
            return ""
        raise


def _known(remote: _Remote) -> _Remote:
    """With hashes a file that is there already is left alone; without, size and time would be all that is compared."""
    try:
        features = json.loads(run("rclone", "backend", "features", remote.place))
    except ValueError:
        features = {}
    if features.get("Hashes"):
        return replace(remote, how=("--checksum",))
    return replace(remote, how=("--ignore-times",), check=("--download",))


def _left_there(remote: _Remote) -> frozenset[str]:
    """All that earlier uploads put there, whether they were finished or not."""
    return remote.paths_named_in(MANIFEST) | remote.paths_named_in(NOTE)


def _copy(site: Path, remote: _Remote, paths: Sequence[str]) -> None:
    run("rclone", "copy", *remote.how, "--files-from-raw", "-", str(site), remote.place, given=_lines(paths))


def _delete(remote: _Remote, paths: Collection[str]) -> None:
    run("rclone", "delete", "--files-from-raw", "-", remote.place, given=_lines(sorted(paths)))


def _compare(site: Upload, remote: _Remote) -> None:
    try:
        run("rclone", "check", "--one-way", *remote.check, "--files-from-raw", "-", str(site.folder), remote.place,
            given=_lines(sorted(site.paths)))  # fmt: skip
    except DeployError as error:
        raise DeployError("differs", words=error.values.get("words", "")) from error


def _lines(paths: Iterable[str]) -> str:
    return "".join(f"{path}\n" for path in paths)
