"""Saved answers of a Statuspage, from a file or a folder."""

import stat
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Problem, cannot_read
from generator.sentences import say

MAX_BYTES = 64 * 1024 * 1024
"""Far beyond any page's whole history; what is larger is something else."""
MAX_FILES = 5_000


@dataclass(frozen=True)
class Answer:
    """What a Statuspage answered: the name of the file or the address, and the bytes."""

    name: str
    content: bytes


def read_answers(source: Path) -> tuple[list[Answer], list[Problem]]:
    """Read a saved answer, or every `.json` in a folder and the folders in it, in the order of their names.

    What cannot be read becomes a problem. Links to other places are not followed.
    """
    if not source.is_dir():
        found = [_read(source, source.name)]
    else:
        paths = sorted(path for path in source.rglob("*.json") if not _is_hidden(path.relative_to(source)))
        if not paths:
            return [], [
                Problem(str(source), 1, 1, "", say("no .json lies in this folder"), say("Name the saved answers"))
            ]
        if len(paths) > MAX_FILES:
            message = say("there are more than {most} files in this folder", most=MAX_FILES)
            return [], [Problem(str(source), 1, 1, "", message, say("Name a smaller folder"))]
        found = [_read(path, path.relative_to(source).as_posix()) for path in paths]
    return [a for a in found if isinstance(a, Answer)], [p for p in found if isinstance(p, Problem)]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read(path: Path, name: str) -> Answer | Problem:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return Problem(name, 1, 1, "", say("this is not a plain file"), say("Name the file itself"))
        if status.st_size > MAX_BYTES:
            return too_large(name)
        return Answer(name, path.read_bytes())
    except OSError as error:
        return Problem(name, 1, 1, "", *cannot_read(error))


def too_large(name: str) -> Problem:
    """The problem of an answer beyond `MAX_BYTES`."""
    message = say("this has more than {most} MB", most=MAX_BYTES // 1024 // 1024)
    return Problem(name, 1, 1, "", message, say("This is no answer of a Statuspage"))
