"""A published site held against the same site built again: from the commit, and for the instant, that it names."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from generator.mirrors.answers import Place, Silence
from generator.mirrors.choosing import handed_out
from generator.mirrors.explaining import explain
from generator.mirrors.gathering import look_at_files, look_at_papers
from generator.mirrors.judging import Finding, in_files, reached
from generator.mirrors.seen import Seen
from generator.provenance import Build, Manifest


@dataclass(frozen=True)
class Verified:
    """What of a site at an address is not as it was built again."""

    seen: Seen
    files: int
    """Files that were built again and that a reader can ask for."""
    findings: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    """What may explain them."""

    @property
    def is_equal(self) -> bool:
        return not self.findings


def fetch_papers(url: str, timeout: float) -> Seen:
    """What the site at an address says of itself, within so many seconds."""
    return asyncio.run(_papers(url, timeout))


async def _papers(url: str, timeout: float) -> Seen:
    from generator.mirrors.fetching import PATIENCE, websites  # only when needed: HTTP takes its time to load

    async with websites((url,), min(PATIENCE, timeout)) as (site,):
        return await look_at_papers(site)


def verify(published: Seen, rebuilt: Path, timeout: float) -> Verified:
    """Fetch every file of a published site and hold it against the folder where it was built again."""
    return asyncio.run(_verify(published, rebuilt, timeout))


async def _verify(published: Seen, rebuilt: Path, timeout: float) -> Verified:
    from generator.mirrors.fetching import Folder

    here = Folder(str(rebuilt), rebuilt)
    again = await look_at_papers(here)
    if not again.manifest or not again.build:
        raise ValueError(rebuilt)
    seen = await _files(published, again.manifest, here, timeout)
    found = [*reached(seen, {}), *in_files(seen), *_listed(published.manifest, again.manifest)]
    # Under whatever type: the bytes are those of the commit.
    typed = [finding for finding in found if finding.what == "file.type"]
    findings = tuple(finding for finding in found if finding not in typed)
    remarks = (*_remarks(published.build, again.build), *typed)
    return Verified(seen, len(handed_out(again.manifest)), findings, remarks)


async def _files(published: Seen, manifest: Manifest, here: Place, timeout: float) -> Seen:
    from generator.mirrors.fetching import PATIENCE, websites

    async with websites((published.name,), min(PATIENCE, timeout)) as (site,):
        try:
            async with asyncio.timeout(timeout):
                seen = await look_at_files(published, site, manifest, full=True)
                return await explain(seen, manifest, [here])
        except TimeoutError:
            return Seen(published.name, published.build, silence=Silence("slow", f"{timeout:g} s"))


def _listed(published: Manifest | None, again: Manifest) -> list[Finding]:
    """What a reader cannot ask for, and what was not built again: here the published manifest is all there is."""
    theirs, ours = published.files if published else {}, again.files
    hidden = ours.keys() - set(handed_out(again))
    found = [Finding("altered", "again.added", {"path": path}) for path in sorted(theirs.keys() - ours.keys())]
    differ = (path for path in sorted(hidden) if theirs.get(path) != ours[path])
    return found + [Finding("altered", "again.differs", {"path": path}) for path in differ]


def _remarks(published: Build | None, again: Build) -> list[Finding]:
    if not published:
        return []
    found = [Finding("current", "dirty")] if published.dirty else []
    for name in sorted(published.made_with.keys() | again.made_with.keys()):
        there, here = (build.made_with.get(name, "–") for build in (published, again))
        if there != here:
            found.append(Finding("current", "again.version", {"name": name, "there": there, "here": here}))
    return found
