"""The running tool as a wheel, so that a new site can carry it along: from its own files, without any network.

A wheel is a zip file with a list of what is in it, see packaging.python.org/specifications/binary-distribution-format/.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_KIND = b"Wheel-Version: 1.0\nGenerator: incident-pages\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_ANY_DAY = (2020, 2, 2, 0, 0, 0)
"""Zip files want a date; with always the same one, the same files give the same bytes."""


def wheel_name(name: str, version: str) -> str:
    """Its file name: `incident_pages-0.1.0-py3-none-any.whl`."""
    return f"{name.replace('-', '_')}-{version}-py3-none-any.whl"


def build_wheel(files: Mapping[str, bytes], about: Mapping[str, bytes], name: str, version: str) -> bytes:
    """A wheel of pure Python, from the package's files and those `about` it (METADATA, entry points, licences)."""
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    inside = dict(sorted(files.items())) | {f"{folder}/{file}": about[file] for file in sorted(about)}
    inside[f"{folder}/WHEEL"] = _KIND
    listed = [f"{file},sha256={_digest(content)},{len(content)}\n" for file, content in inside.items()]
    inside[f"{folder}/RECORD"] = "".join([*listed, f"{folder}/RECORD,,\n"]).encode()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as wheel:
        for file, content in inside.items():
            entry = ZipInfo(file, _ANY_DAY)
            entry.external_attr = 0o100644 << 16
            wheel.writestr(entry, content, ZIP_DEFLATED)
    return packed.getvalue()


def _digest(content: bytes) -> str:
    """As a wheel's list has it: without the padding."""
    return urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
