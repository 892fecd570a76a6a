"""Putting a finished folder in the place of the published one, in one step where the system can."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux, renameat2(2)
_RENAME_SWAP = 2  # macOS, renamex_np(2)
_UNABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def swap_in(new: Path, target: Path, aside: Path) -> None:
    """Make `new` the target. What was published before lies at `aside` or `new` afterwards, to be deleted.

    All three lie on one disk. Raises OSError with the target as it was.
    """
    flush(new)
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        replace_in_two_steps(new, target, aside)
    _flush_folder(target.parent)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, so that each name exists at every moment. False: this disk cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        code = libc.renamex_np(bytes(one), bytes(other), _RENAME_SWAP)
    elif hasattr(libc, "renameat2"):
        code = libc.renameat2(_AT_FDCWD, bytes(one), _AT_FDCWD, bytes(other), _RENAME_EXCHANGE)
    else:
        return False
    if code == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def replace_in_two_steps(new: Path, target: Path, aside: Path) -> None:
    """For disks that cannot exchange: for a moment there is no target. What fails half-way is put back."""
    target.rename(aside)
    try:
        new.rename(target)
    except BaseException:
        aside.rename(target)
        raise


def put_back(target: Path, aside: Path) -> None:
    """After a kill between those two steps, the last good site is the one that was moved aside."""
    if aside.is_dir() and not target.exists():
        aside.rename(target)


def flush(folder: Path) -> None:
    """Have all written files reach the disk, so that a power cut after the swap leaves no empty ones."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        os.sync()
        return
    # One call for the disk: a call for each of ten thousand files takes far longer.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if libc.syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
