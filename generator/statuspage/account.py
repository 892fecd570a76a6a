"""What an import did, in words for the person who asked for it."""

from collections.abc import Iterator

from generator.sentences import Sentence, say
from generator.statuspage.building import Import
from generator.statuspage.renewing import Sorted

SHOWN = 10
"""How many names of files are listed."""


def build_account(found: Import, done: Sorted) -> Iterator[Sentence]:
    """The files by what became of them, and what could not be expressed: a line each."""
    yield from _files(done)
    yield from _losses(found)
    yield from _missing(found)


def _files(done: Sorted) -> Iterator[Sentence]:
    new, renewed, same = len(done.new), len(done.renewed), len(done.same)
    yield say("Files: {new} new, {renewed} renewed, {same} as they were.", new=new, renewed=renewed, same=same)
    if done.edited:
        yield say("Edited since, and left alone (delete one to have it imported anew):")
        yield from (say("  {item}", item=path) for path in done.edited[:SHOWN])
        if len(done.edited) > SHOWN:
            yield say("  … and {n} more", n=len(done.edited) - SHOWN)


def _losses(found: Import) -> Iterator[Sentence]:
    if found.losses:
        yield say("What a record cannot hold, and what was read with some freedom:")
        yield from (say("  {item}", item=loss.sentence) for loss in found.losses)


def _missing(found: Import) -> Iterator[Sentence]:
    if found.missing:
        yield say("Nothing was written: mkdocs.yml lacks components.")
        yield say("Add them below extra.status.components, import again:")
        yield say("{item}", item=found.missing)
