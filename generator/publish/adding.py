"""Sources that an import adds to a folder of somebody's own: each file whole, and nothing else touched."""

from collections.abc import Mapping
from pathlib import Path

from generator.publish.errors import PublishError, explained
from generator.publish.tree import inside, refuse_links
from generator.sentences import say


def add_sources(files: Mapping[str, str], folder: Path) -> None:
    """Write texts by path below a folder, which may be missing. Other files in it stay as they are.

    Raises:
        PublishError: a path leaves the folder or leads over a link, or the disk refuses. What was written
            before that is whole; the same call completes it.
    """
    try:
        for key, text in files.items():
            path = inside(folder, key)
            refuse_links(path, folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}.unfinished")
            _refuse_anything(unfinished)
            unfinished.write_text(text, encoding="utf-8", newline="\n")
            unfinished.replace(path)
    except OSError as error:
        raise explained(error) from error


def _refuse_anything(path: Path) -> None:
    """A killed import leaves a plain file under this name; anything else is somebody's trap or mistake."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise PublishError(say("{path} is in the way.", path=path), say("Move it away, then try again."))
