"""A file that is being written, held by one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.publish.errors import PublishError
from generator.sentences import say


@contextmanager
def unfinished(path: Path) -> Iterator[tuple[int, Path]]:
    """An open file beside `path`, to be filled and moved into its place; gives its descriptor and where it lies.

    Whoever wants to write the same file waits until this is done, for as long as writing takes. The system lets go of
    it when its holder is killed. What was not moved into place is removed.

    Raises PublishError when something of another kind is in its way, and OSError.
    """
    made = path.with_name(f".{path.name}.unfinished")
    descriptor = _claim(made)
    try:
        yield descriptor, made
    finally:
        if _is_at(descriptor, made):
            made.unlink()
        os.close(descriptor)


def _claim(made: Path) -> int:
    while True:
        _refuse_anything(made)
        descriptor = os.open(made, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            # Whoever held it before may have moved it away meanwhile: that one is finished, and not ours.
            if _is_at(descriptor, made):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _refuse_anything(path: Path) -> None:
    """A killed command leaves a plain file under this name; anything else is somebody's trap or mistake."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise PublishError(say("{path} is in the way.", path=path), say("Move it away, then try again."))
