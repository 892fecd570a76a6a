"""What an import did, in words for the person who asked for it."""

from collections.abc import Iterator

from generator.statuspage.building import Import
from generator.statuspage.renewing import Sorted

SHOWN = 10
"""How many names of files are listed."""


def render_account(found: Import, done: Sorted) -> str:
    """The files by what became of them, and what could not be expressed: a line each."""
    return "\n".join([*_files(done), *_losses(found), *_missing(found)])


def _files(done: Sorted) -> Iterator[str]:
    counts = (("new", done.new), ("renewed", done.renewed), ("as they were", done.same))
    yield "Files: " + ", ".join(f"{len(paths)} {what}" for what, paths in counts) + "."
    if done.edited:
        yield "Edited since, and left alone (delete one to have it imported anew):"
        yield from (f"  {path}" for path in done.edited[:SHOWN])
        if len(done.edited) > SHOWN:
            yield f"  … and {len(done.edited) - SHOWN} more"


def _losses(found: Import) -> Iterator[str]:
    if found.losses:
        yield "What a record cannot hold, and what was read with some freedom:"
        yield from (f"  {loss}" for loss in found.losses)


def _missing(found: Import) -> Iterator[str]:
    if found.missing:
        yield "Nothing was written: mkdocs.yml lacks components. Add them below extra.status.components, import again:"
        yield found.missing
