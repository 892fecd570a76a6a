"""Looking at a site: what it says of itself, and whether its files are as it says."""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeVar

from generator.addresses import BUILD, MANIFEST
from generator.mirrors.answers import Answer, Place, Silence
from generator.mirrors.choosing import chosen
from generator.mirrors.seen import FaultyFile, Seen
from generator.provenance import Build, Listed, Manifest, Paper

NOWHERE = "there-is-no-such-page-here/"
"""An address that no site has: some hosts answer anything with a page."""
_MOST_OF_A_PAPER, _MOST = 32_000_000, 64_000_000
"""Bytes that are read of `build.json` and `manifest.json`, and of any other file."""
_MORE = 1_000_000
"""Bytes beyond its size that are read of a file: what a host has put into it."""
_KEPT = 20
"""Altered files whose bytes are kept, to find out what was done to them."""
_GONE = (404, 410)
_TYPES = {
    ".html": {"text/html"}, ".css": {"text/css"}, ".svg": {"image/svg+xml"}, ".png": {"image/png"},
    ".js": {"text/javascript", "application/javascript", "application/x-javascript"},
}  # fmt: skip
"""What browsers insist on. Programs take feeds and JSON of any type but that of a page."""
PaperT = TypeVar("PaperT", bound=Paper)


@dataclass(frozen=True)
class _Ground:
    """What the files of one place are held against."""

    place: Place
    manifest: Manifest
    nowhere: bytes | None
    """What is answered, as if it were there, to what is not."""


async def look_at(place: Place, full: bool) -> Seen:
    """The site at a place, held against its own manifest; with all its files, or only with a choice of them."""
    seen = await look_at_papers(place)
    return await look_at_files(seen, place, seen.manifest, full) if seen.manifest else seen


async def look_at_papers(place: Place) -> Seen:
    """What the site at a place says of itself."""
    seen, build = await _paper(Seen(place.name), place, BUILD, Build)
    if seen.silence or seen.status or not build:
        return seen
    seen, manifest = await _paper(replace(seen, build=build), place, MANIFEST, Manifest)
    return replace(seen, manifest=manifest if manifest and all(map(_is_inside, manifest.files)) else None)


async def look_at_files(seen: Seen, place: Place, manifest: Manifest, full: bool) -> Seen:
    """The same with all of its files that are not as a manifest says, be it its own or another."""
    ground = _Ground(place, manifest, await _answer_to_nothing(place))
    paths = chosen(manifest, full)
    found = await asyncio.gather(*(_look_at_file(ground, path) for path in paths))
    faulty = tuple(_forget(sorted(filter(None, found), key=lambda file: file.path)))
    return replace(seen, checked=len(paths), faulty=(*seen.faulty, *faulty))


async def _paper(seen: Seen, place: Place, path: str, model: type[PaperT]) -> tuple[Seen, PaperT | None]:
    """One of the two files that a site says of itself; without it, what was seen says why."""
    answer = await place.get(path, _MOST_OF_A_PAPER)
    if isinstance(answer, Silence):
        return replace(seen, silence=answer), None
    seen = replace(seen, hops=seen.hops or answer.hops)
    if not answer.is_there and answer.status not in _GONE:
        return replace(seen, status=answer.status), None
    try:
        return seen, model.model_validate_json(answer.content if answer.is_there else b"")
    except ValueError:  # which pydantic raises
        detail = "page" if answer.is_there and answer.is_page else ""
        fault = "missing" if detail or not answer.is_there else "altered" if answer.whole else "cut"
        return replace(seen, faulty=(FaultyFile(path, fault, detail),)), None  # type: ignore[arg-type]


def _is_inside(path: str) -> bool:
    """Whether a path of a manifest leads to a file below the site, and nowhere else."""
    pure = PurePosixPath(path)
    return str(pure) == path and bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts


async def _answer_to_nothing(place: Place) -> bytes | None:
    answer = await place.get(NOWHERE, _MOST)
    return answer.content if isinstance(answer, Answer) and answer.is_there else None


async def _look_at_file(ground: _Ground, path: str) -> FaultyFile | None:
    """What is wrong with a file, if anything is."""
    listed = ground.manifest.files[path]
    answer = await ground.place.get(path, min(listed.size + _MORE, _MOST))
    if isinstance(answer, Silence):
        return FaultyFile(path, "silent", f"{answer.reason}: {answer.detail}".strip(": "))
    # Hosts answer the page for what is not there with that very status, under its own address, too.
    if not answer.is_there and path.rpartition("/")[2] != "404.html":
        return FaultyFile(path, "missing" if answer.status in _GONE else "status", str(answer.status))
    return _held_against(ground, path, listed, answer)


def _held_against(ground: _Ground, path: str, listed: Listed, answer: Answer) -> FaultyFile | None:
    if is_listed(answer.content, listed):
        return _wrong_type(path, answer)
    if ground.nowhere is not None and answer.content == ground.nowhere:
        return FaultyFile(path, "missing", "page")
    if not answer.whole and len(answer.content) < listed.size:
        return FaultyFile(path, "cut", f"{len(answer.content)} / {listed.size}")
    return FaultyFile(path, "altered", f"{len(answer.content)} / {listed.size}", answer.content)


def is_listed(content: bytes, listed: Listed) -> bool:
    """Whether a file has the size and the digest that a manifest gives it."""
    return len(content) == listed.size and hashlib.sha256(content).hexdigest() == listed.sha256


def _wrong_type(path: str, answer: Answer) -> FaultyFile | None:
    """The right bytes under a type that browsers make something else of."""
    if answer.media_type is None:
        return None
    wanted = _TYPES.get(PurePosixPath(path).suffix)
    is_right = answer.media_type in wanted if wanted else answer.media_type != "text/html" or answer.is_page
    return None if is_right else FaultyFile(path, "type", answer.media_type)


def _forget(files: Iterable[FaultyFile]) -> Iterable[FaultyFile]:
    """Without the bytes of all but the first altered files: a site may have thousands."""
    for number, file in enumerate(files):
        yield file if number < _KEPT else replace(file, content=b"")
