"""What is carried: the files that the manifest of a built site names, no more, no less, no other."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.addresses import MANIFEST
from generator.deploying.failing import DeployError
from generator.mirrors.gathering import is_listed
from generator.provenance import Listed, Manifest


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
        wanted = Manifest.model_validate_json((folder / MANIFEST).read_bytes()).files
    except (OSError, ValueError):
        raise DeployError("no_site", folder=folder) from None
    changed = [path for path in sorted(wanted) if not _is_as_built(folder / path, wanted[path])]
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


def _is_as_built(file: Path, listed: Listed) -> bool:
    try:
        return is_listed(file.read_bytes(), listed)
    except OSError:
        return False
