"""Sources written into a folder of somebody's own: each file whole or not at all, and nothing else touched."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.publish.claiming import unfinished
from generator.publish.errors import PublishError, explained
from generator.publish.tree import inside, refuse_links
from generator.sentences import say

_ANYBODY_WRITES = 0o222


def add_sources(files: Mapping[str, str], folder: Path) -> None:
    """Write texts by path below a folder, which may be missing. Other files in it stay as they are.

    Raises:
        PublishError: a path leaves the folder or leads over a link, a file is protected, or the disk refuses.
            What was written before that is whole; the same call completes it.
    """
    for key, text in files.items():
        _write(folder, key, text, lambda _: True)


def replace_source(key: str, text: str, folder: Path, before: str | None) -> bool:
    """Write one text, unless its file no longer holds what it held `before` (None: there was no file).

    Of two that write at once the later one gets False and has written nothing, so that no words are lost.
    Raises PublishError as `add_sources` does.
    """
    expected = None if before is None else before.encode("utf-8")
    return _write(folder, key, text, lambda path: (path.read_bytes() if path.exists() else None) == expected)


def _write(folder: Path, key: str, text: str, may_be_written: Callable[[Path], bool]) -> bool:
    try:
        path = inside(folder, key)
        refuse_links(path, folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished(path) as (descriptor, made):
            if not may_be_written(path):
                return False
            _fill(descriptor, text, path)
            made.replace(path)
        return True
    except OSError as error:
        raise explained(error) from error


def _fill(descriptor: int, text: str, path: Path) -> None:
    """Put the text on the disk, with the permissions of the file that it replaces."""
    if path.exists():
        mode = path.stat().st_mode & 0o7777
        if not mode & _ANYBODY_WRITES:
            protected = say("{path} is protected from writing.", path=path)
            raise PublishError(protected, say("Allow it: chmod u+w {path}", path=path))
        os.fchmod(descriptor, mode)
    with open(descriptor, "wb", closefd=False) as file:
        file.truncate(0)
        file.write(text.encode("utf-8"))
    # Without this a power cut after the replacement may leave an empty file.
    os.fsync(descriptor)
