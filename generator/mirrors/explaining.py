"""By what an altered file was altered: the file as it should be is looked for where it is right."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from generator.mirrors.answers import Answer, Place
from generator.mirrors.comparing import changes
from generator.mirrors.gathering import is_listed
from generator.mirrors.seen import FaultyFile, Seen
from generator.provenance import Listed, Manifest


async def explain(seen: Seen, manifest: Manifest | None, others: Sequence[Place]) -> Seen:
    """The same with the changes of the files that are not as a manifest says.

    `others` are all places that may have them as they should be.
    """
    listed = manifest.files if manifest else {}
    explained = (_explained(file, listed.get(file.path), others) for file in seen.faulty)
    return replace(seen, faulty=tuple(await asyncio.gather(*explained)))


async def _explained(file: FaultyFile, listed: Listed | None, others: Sequence[Place]) -> FaultyFile:
    if not file.content or not listed:
        return file
    expected = await _right_one(file.path, listed, others)
    found = changes(expected, file.content, file.path.endswith(".html"))
    fault = "cut" if any(change.what == "cut" for change in found) else file.fault
    return replace(file, fault=fault, changes=found, content=b"")


async def _right_one(path: str, listed: Listed, places: Sequence[Place]) -> bytes | None:
    """The file as the manifest describes it, from the first place that has it."""
    for place in places:
        answer = await place.get(path, listed.size)
        if isinstance(answer, Answer) and answer.is_there and is_listed(answer.content, listed):
            return answer.content
    return None
