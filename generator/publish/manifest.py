"""The list of all files of a finished site, written into it."""

import hashlib
from pathlib import Path

from generator.addresses import MANIFEST
from generator.provenance import Listed, render_manifest


def add_manifest(site: Path) -> None:
    """Write `manifest.json` into a finished folder. Nothing in the folder may change after that."""
    (site / MANIFEST).write_bytes(render_manifest(read_listed(site)).encode())


def read_listed(site: Path) -> dict[str, Listed]:
    """Every file below a folder but its manifest, by path with slashes."""
    paths = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: _listed(path.read_bytes()) for name, path in paths.items() if name != MANIFEST}


def _listed(content: bytes) -> Listed:
    return Listed(size=len(content), sha256=hashlib.sha256(content).hexdigest())
