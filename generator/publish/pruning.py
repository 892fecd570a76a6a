"""Leaving out what the theme brings along and no page uses, and saying whose folder this is."""

import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from generator.publish.styles import Classes, trim
from generator.publish.tree import MARKER, remove_empty

_SCRIPTS = "assets/javascripts"
_STYLES = "assets/stylesheets"
_SINGLE = ("assets/images", _STYLES)
_SENTENCE = "Made by incident-pages. Every build replaces this whole folder: keep nothing of your own in it.\n"


def prune(parts: Mapping[Path, Collection[str]]) -> None:
    """Remove the theme's scripts, styles and pictures that no page mentions, all source maps, and rules of no use.

    `parts` are the built folders of all languages, each with the files of the site itself, which stay as they are.
    The languages share one stylesheet, so it keeps what any of them uses.
    """
    classes = Classes()
    for output, own in parts.items():
        _remove_unused(output, own, classes)
    # The theme's scripts put their classes together as they run: nobody can tell which.
    if not any((output / _SCRIPTS).is_dir() for output in parts):
        _trim_styles(parts, classes.names())


def mark(site: Path) -> None:
    """Say in the folder that it is ours, so that the next build may replace it."""
    (site / MARKER).write_text(_SENTENCE, encoding="utf-8")


def _remove_unused(output: Path, own: Collection[str], classes: Classes) -> None:
    for found in list(output.glob("assets/**/*.map")):
        if found.relative_to(output).as_posix() not in own:
            found.unlink()
    for path in _unused(output, list(_candidates(output, own)), classes):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        remove_empty(path.parents, output)


def _candidates(output: Path, own: Collection[str]) -> Iterator[Path]:
    # The scripts load each other by names that no page mentions, so they stay or go together.
    if (output / _SCRIPTS).is_dir() and not any(key.startswith(f"{_SCRIPTS}/") for key in own):
        yield output / _SCRIPTS
    for folder in _SINGLE:
        for path in (output / folder).glob("*"):
            if path.is_file() and path.relative_to(output).as_posix() not in own:
                yield path


def _unused(output: Path, candidates: list[Path], classes: Classes) -> list[Path]:
    """The candidates that no page mentions. Each file is read once: what it says of classes is noted on the way."""
    left = {path: path.relative_to(output).as_posix().encode() for path in candidates}
    for path in output.rglob("*"):
        if path.suffix == ".html":
            page = path.read_bytes()
            left = {candidate: name for candidate, name in left.items() if name not in page}
            classes.add_page(page)
        elif path.suffix in (".js", ".mjs") and not any(map(path.is_relative_to, candidates)):
            classes.add_script(path.read_bytes())
    return list(left)


def _trim_styles(parts: Mapping[Path, Collection[str]], classes: Collection[str]) -> None:
    for output, own in parts.items():
        for path in (output / _STYLES).glob("*.css"):
            if path.relative_to(output).as_posix() not in own:
                path.write_bytes(trim(path.read_bytes(), classes))
