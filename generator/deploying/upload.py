"""What is carried: the files that the manifest of a built site names, no more, no less, no other."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.deploying.failing import DeployError
from generator.deploying.order import MANIFEST


@dataclass(frozen=True)
class Upload:
    """A built folder and the paths in it that are published, its manifest among them."""

    folder: Path
    paths: frozenset[str]
    languages: tuple[str, ...]


def read_upload(folder: Path, languages: Sequence[str]) -> Upload:
    """The site in a folder, compared with its own manifest byte for byte.

    Raises:
        DeployError: there is none, or a file is missing or was changed after the build.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        wanted = json.loads(text)["files"]
    except (OSError, ValueError, LookupError, TypeError):
        raise DeployError("no_site", folder=folder) from None
    changed = [path for path in sorted(wanted) if _sum_of(folder / path) != wanted[path]["sha256"]]
    if changed:
        raise DeployError("changed", file=changed[0], n=len(changed))
    return Upload(folder, frozenset(wanted) | {MANIFEST}, tuple(languages))


def paths_in(manifest: str) -> frozenset[str]:
    """The paths that a manifest names; none where it cannot be read: then nothing is known to be ours."""
    try:
        files = json.loads(manifest)["files"]
    except (ValueError, LookupError, TypeError):
        return frozenset()
    return frozenset(path for path in files if isinstance(path, str) and _is_inside(path))


def _is_inside(path: str) -> bool:
    """Deleting goes by such a list, so it may name nothing outside the folder, and no line of its own."""
    return bool(path) and not path.startswith(("/", "#", ";")) and "\n" not in path and ".." not in path.split("/")


def _sum_of(file: Path) -> str | None:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
