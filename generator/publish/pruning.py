"""Leaving out what the theme brings along and no page uses, and saying whose folder this is."""

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from generator.publish.tree import MARKER

_SCRIPTS = "assets/javascripts"
_SINGLE = ("assets/images", "assets/stylesheets")
_SENTENCE = "Made by incident-pages. Every build replaces this whole folder: keep nothing of your own in it.\n"


def prune(output: Path, own: Collection[str]) -> None:
    """Remove the theme's scripts, styles and pictures that no page mentions, and all source maps.

    `own` are the files of the site itself, which stay in any case.
    """
    for found in list(output.glob("assets/**/*.map")):
        if found.relative_to(output).as_posix() not in own:
            found.unlink()
    for path in _unused(output, _candidates(output, own)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def mark(site: Path) -> None:
    """Say in the folder that it is ours, so that the next build may replace it."""
    (site / MARKER).write_text(_SENTENCE, encoding="utf-8")


def _candidates(output: Path, own: Collection[str]) -> Iterator[Path]:
    # The scripts load each other by names that no page mentions, so they stay or go together.
    if (output / _SCRIPTS).is_dir() and not any(key.startswith(f"{_SCRIPTS}/") for key in own):
        yield output / _SCRIPTS
    for folder in _SINGLE:
        for path in (output / folder).glob("*"):
            if path.is_file() and path.relative_to(output).as_posix() not in own:
                yield path


def _unused(output: Path, candidates: Iterator[Path]) -> list[Path]:
    left = {path: path.relative_to(output).as_posix().encode() for path in candidates}
    for page in output.glob("**/*.html"):
        if not left:
            break
        text = page.read_bytes()
        left = {path: name for path, name in left.items() if name not in text}
    return list(left)
