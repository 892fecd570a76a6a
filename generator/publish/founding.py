"""The folder of a new site: all of its files, or none; and nothing that is there already is touched."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.publish.errors import PublishError, explained
from generator.publish.tree import Content, lay_out
from generator.sentences import say

_MAY_BE_THERE = {".git"}


def read_occupants(folder: Path) -> list[str]:
    """What keeps a new site from being made in a folder, by name: a repository's own `.git` does not.

    The folder may be missing. Raises PublishError when it is none, or cannot be read.
    """
    try:
        if folder.is_symlink() and not folder.exists():
            raise PublishError(
                say("{folder} is a link to nowhere.", folder=folder), say("Choose an empty folder, or a new one.")
            )
        there = folder.iterdir() if folder.exists() else ()
        return sorted(path.name for path in there if path.name not in _MAY_BE_THERE)
    except OSError as error:
        raise explained(error) from error


def found_site(files: Mapping[str, Content], folder: Path) -> None:
    """Write a new site into a folder that is missing, empty, or an empty git repository.

    Raises PublishError when something is there, or the disk refuses; then the folder is as it was.
    """
    if read_occupants(folder):
        raise PublishError(say("{folder} is not empty.", folder=folder), say("Choose an empty folder, or a new one."))
    is_there = folder.exists()
    place = folder if is_there else folder.absolute().parent
    unfinished = place / f".{folder.absolute().name}.unfinished"
    try:
        place.mkdir(parents=True, exist_ok=True)
        unfinished.mkdir()
    except OSError as error:
        raise explained(error) from error
    try:
        lay_out(files, unfinished)
        if is_there:
            _move_all(unfinished, folder)
        else:
            unfinished.rename(folder)
    except OSError as error:
        raise explained(error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _move_all(made: Path, folder: Path) -> None:
    """Move what was made up into the folder itself; what fails half-way is taken back."""
    moved: list[Path] = []
    try:
        for path in sorted(made.iterdir()):
            target = folder / path.name
            path.rename(target)
            moved.append(target)
    except BaseException:
        for path in moved:
            path.rename(made / path.name)
        raise
