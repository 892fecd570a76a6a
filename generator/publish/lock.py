"""One builder at a time: a lock that the system takes back by itself when its holder ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.publish.errors import PublishError
from generator.sentences import say

_GRACE = 5.0  # seconds


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """Hold the lock file while the body runs; gives its descriptor, for children to keep it held too.

    Raises:
        PublishError: another process builds here. We do not wait for it.
    """
    # The file stays: removing it would let two builders lock two files of the same name.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _take(descriptor)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> None:
    end = time.monotonic() + _GRACE
    while not _try(descriptor):
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
        # A killed builder's children keep the lock for the moment that they need to end.
        if _alive(holder) or time.monotonic() > end:
            nobody, somebody = (say("Another build of this site is running."),
                                say("Another build of this site is running (process {id}).", id=holder))  # fmt: skip
            raise PublishError(somebody if holder else nobody, say("Wait until it is done, then try again."))
        time.sleep(0.05)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
