"""How a new site gets the tool: from where the running one came, else along with the site itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from generator.starting.wheel import build_wheel, wheel_name

NAME = "incident-pages"
_PACKAGE = Path(__file__).parents[1]
_OF_THIS_MACHINE = {"RECORD", "WHEEL", "INSTALLER", "REQUESTED", "direct_url.json"}
"""What an installer notes of its own work, or a wheel has anew."""


@dataclass(frozen=True)
class Tool:
    """A line for pip's `requirements.txt`, and the files of the site that it speaks of."""

    requirement: str
    files: Mapping[str, bytes]


def read_tool() -> Tool | None:
    """The tool that is running; None when it was never installed, so that nobody knows its version."""
    try:
        installed = distribution(NAME)
    except PackageNotFoundError:
        return None
    origin = json.loads(installed.read_text("direct_url.json") or "null")
    requirement = requirement_of(installed.version, origin)
    return Tool(requirement, {}) if requirement else _carried(installed)


def requirement_of(version: str, origin: Mapping[str, Any] | None) -> str | None:
    """What pip installs once more from the same place; None where nobody else can get it from there.

    `origin` is what an installer noted, see packaging.python.org/specifications/direct-url/; None: an index.
    """
    if origin is None:
        return f"{NAME}=={version}"
    url, below = str(origin["url"]), f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
    if not url.startswith("https://"):
        return None
    if "vcs_info" in origin:
        return f"{NAME} @ {origin['vcs_info']['vcs']}+{url}@{origin['vcs_info']['commit_id']}{below}"
    digest = origin.get("archive_info", {}).get("hashes", {}).get("sha256")
    return f"{NAME} @ {url}#sha256={digest}" if digest else None


def _carried(installed: Distribution) -> Tool:
    """The tool as a wheel in the site's own folder."""
    name = wheel_name(NAME, installed.version)
    wheel = build_wheel(_read_package(), _read_about(installed), NAME, installed.version)
    digest = hashlib.sha256(wheel).hexdigest()
    return Tool(f"./vendor/{name} --hash=sha256:{digest}", {f"vendor/{name}": wheel})


def _read_package() -> dict[str, bytes]:
    """Every file of this package, as it is running."""
    files = (path for path in _PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(_PACKAGE.parent).as_posix(): path.read_bytes() for path in files}


def _read_about(installed: Distribution) -> dict[str, bytes]:
    """METADATA, entry points, licences: what lies in its `.dist-info`."""
    listed = [file for file in installed.files or () if file.parts[0].endswith(".dist-info")]
    inner = {"/".join(file.parts[1:]): file for file in listed}
    return {name: Path(str(file.locate())).read_bytes() for name, file in inner.items() if name not in _OF_THIS_MACHINE}
