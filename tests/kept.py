"""Texts that are kept as golden files: compared with them, or written anew when a change is meant."""

from collections.abc import Callable
from pathlib import Path

Golden = Callable[[str, Path], None]
"""What the fixture `golden` gives: `golden(text, path)`."""


def compare(text: str, path: Path, update: bool) -> None:
    """Hold a text against its golden file; with `update` write it there first."""
    if update:
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path.name} is missing; look at `pytest --update-golden` and commit what it writes"
    assert text == path.read_text(encoding="utf-8")
