"""A folder on this machine, or on a disk that is mounted here: the root of a web server, changed in one step."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from generator.addresses import MANIFEST
from generator.deploying.failing import DeployError
from generator.deploying.upload import Upload, paths_in
from generator.publish.lock import locked
from generator.publish.swap import put_back, swap_in


def upload(site: Upload, place: str) -> None:
    """Make the folder hold the site, in one step. What nobody of ours put there stays.

    Raises:
        DeployError: the folder cannot be written, with what it held as it was.
        PublishError: somebody else publishes into it at this moment.
    """
    target = Path(place).expanduser().resolve()
    rehearse(place)
    stage = target.with_name(f".{target.name}.deploy.incident-pages")
    aside = target.with_name(f".{target.name}.old.incident-pages")
    try:
        with locked(target.with_name(f".{target.name}.lock")):
            put_back(target, aside)
            _clear(stage)
            _fill(stage, site, target)
            swap_in(stage, target, aside)
            _clear(stage)
            _clear(aside)
    except OSError as error:
        raise DeployError("folder", folder=place, words=error.strerror or str(error)) from error


def rehearse(place: str) -> None:
    """Look whether the folder can be replaced, and change nothing.

    Raises:
        DeployError: it holds a site of somebody else, or its parent is missing.
    """
    target = Path(place).expanduser().resolve()
    if not target.parent.is_dir():
        raise DeployError("no_parent", folder=target.parent)
    if target.exists() and not target.is_dir():
        raise DeployError("no_folder", folder=target)
    if target.is_dir() and any(target.glob("*.html")) and not (target / MANIFEST).is_file():
        raise DeployError("stranger", folder=target)


def _fill(stage: Path, site: Upload, target: Path) -> None:
    """The site's files, and those of others that lie in the target."""
    stage.mkdir()
    # Web servers run as somebody else, who has to be able to look inside.
    stage.chmod(target.stat().st_mode & 0o7777 if target.is_dir() else 0o755)
    for path in sorted(site.paths):
        _copy(site.folder / path, stage / path)
    for path in _of_others(target, site):
        _copy(target / path, stage / path)


def _of_others(target: Path, site: Upload) -> Iterator[str]:
    if not target.is_dir():
        return
    manifest = target / MANIFEST
    ours = paths_in(manifest.read_text(encoding="utf-8")) if manifest.is_file() else frozenset[str]()
    for file in target.rglob("*"):
        path = file.relative_to(target).as_posix()
        if (file.is_symlink() or file.is_file()) and path not in ours | site.paths:
            yield path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target, follow_symlinks=False)


def _clear(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
