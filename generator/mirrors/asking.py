"""All addresses of a site and the local folder, looked at side by side."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from generator.addresses import MANIFEST
from generator.mirrors.answers import Place, Silence
from generator.mirrors.explaining import explain
from generator.mirrors.gathering import look_at
from generator.mirrors.seen import Seen


@dataclass(frozen=True)
class Looked:
    """What was seen at each address, in their order, and in the folder, if a site lies there."""

    places: tuple[Seen, ...]
    local: Seen | None


def fetch_mirrors(addresses: tuple[str, ...], folder: Path, full: bool, timeout: float) -> Looked:
    """Look at a site at all its addresses, at all its files if `full`; after `timeout` seconds with what was heard."""
    return asyncio.run(_look(addresses, folder, full, timeout))


async def _look(addresses: tuple[str, ...], folder: Path, full: bool, timeout: float) -> Looked:
    from generator.mirrors.fetching import PATIENCE, Folder, websites  # only when needed: HTTP takes its time to load

    here = [Folder(str(folder), folder)] if (folder / MANIFEST).is_file() else []
    async with websites(addresses, min(PATIENCE, timeout)) as sites:
        looks = (_patiently(site, [*here, *sites], full, timeout) for site in sites)
        seen = await asyncio.gather(*looks)
    local = await look_at(here[0], True) if here else None
    return Looked(tuple(seen), local)


async def _patiently(place: Place, places: list[Place], full: bool, timeout: float) -> Seen:
    try:
        async with asyncio.timeout(timeout):
            seen = await look_at(place, full)
            return await explain(seen, seen.manifest, [other for other in places if other is not place])
    except TimeoutError:
        return Seen(place.name, silence=Silence("slow", f"{timeout:g} s"))
