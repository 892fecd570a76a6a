"""The hand-written files in `docs/`: read, and held against the addresses of generated pages."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from generator.addresses import BUILD, MANIFEST, METRICS, REPLACEABLE, TAKEN, address_of
from generator.problems import Problem
from generator.sentences import say

Files = Mapping[str, bytes]
"""Path below `docs/<language>/` to content."""


def read_own_pages(folder: Path, languages: tuple[str, ...]) -> dict[str, Files]:
    """What lies below `<folder>/<language>/`, per language; hidden files and links are left out."""
    return {language: dict(_files(folder / language)) for language in languages}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), path.read_bytes()


def added_pages(files: Files) -> dict[str, bytes]:
    """The pages that a publisher adds, by address: those that replace a generated one are not among them."""
    pages = {address_of(name): content for name, content in files.items() if name.endswith(".md")}
    return {address: content for address, content in pages.items() if address not in REPLACEABLE}


def page_problems(pages: Mapping[str, Files]) -> Iterator[Problem]:
    """Hand-written pages that cannot be published: at an address that is taken, or not UTF-8."""
    first, *others = pages
    for code, files in pages.items():
        for name, content in files.items():
            yield from _address_problems(f"docs/{code}/{name}", name, others if code == first else ())
            if name.endswith(".md"):
                yield from _encoding_problems(f"docs/{code}/{name}", content)


def _address_problems(file: str, name: str, others: Collection[str]) -> Iterator[Problem]:
    """`others` are the languages whose folders lie where this one's pages do."""
    is_page = name.endswith(".md")
    first = (address_of(name) if is_page else name).partition("/")[0]
    taken = first in TAKEN if is_page else first in (BUILD, MANIFEST) or name.startswith(f"{METRICS}/")
    if taken or first in others:
        message = say("the address /{name} is taken by a generated page", name=first)
        yield Problem(file, 1, 1, "", message, say("Give it another name"))


def _encoding_problems(file: str, content: bytes) -> Iterator[Problem]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        yield Problem(file, line, 1, "", say("the file is not UTF-8"), say("Save it as UTF-8"))
