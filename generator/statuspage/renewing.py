"""What a new import may write: a record that somebody edited since the last one is left alone."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_SEAL = re.compile(r"\A(?:#.*\n)?# Imported from .*, seal ([0-9a-f]{12})\.\n(?:#.*\n)*")
EXPLAINED = "# As long as the seal fits the text below, a later import may renew this file; edited, it is left alone.\n"


def seal(source: str, text: str, first_line: str = "") -> str:
    """`text` below a comment that says where it is from, and by which a change is noticed.

    `first_line` is a comment for editors, above the others.
    """
    return f"{first_line}# Imported from {source}, seal {_fingerprint(text)}.\n{EXPLAINED}{text}"


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _is_untouched(text: str) -> bool:
    match = _SEAL.match(text)
    return match is not None and match[1] == _fingerprint(text[match.end() :])


@dataclass(frozen=True)
class Sorted:
    """Paths of an import by what becomes of them."""

    new: tuple[str, ...]
    renewed: tuple[str, ...]
    same: tuple[str, ...]
    edited: tuple[str, ...]
    """Differing from the import, and changed by hand: left as they are."""

    @property
    def to_write(self) -> tuple[str, ...]:
        return self.new + self.renewed


def sort_out(files: Mapping[str, str], there: Mapping[str, bytes]) -> Sorted:
    """Compare what an import brings with what lies there already, both by path."""
    new = tuple(path for path in files if path not in there)
    same = tuple(path for path in files if there.get(path) == files[path].encode())
    others = [path for path in files if path not in new and path not in same]
    renewed = tuple(path for path in others if _is_untouched(there[path].decode(errors="replace")))
    return Sorted(new, renewed, same, tuple(path for path in others if path not in renewed))


def read_there(folder: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """What lies at `paths` below a folder. What is no file that can be read counts as changed by hand."""
    return {path: _content(folder / path) for path in paths if (folder / path).exists() or (folder / path).is_symlink()}


def _content(path: Path) -> bytes:
    try:
        return b"" if path.is_symlink() else path.read_bytes()
    except OSError:
        return b""
