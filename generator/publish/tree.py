"""The mapping of a site, written to disk as the files it names."""

import stat
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from generator.publish.errors import PublishError, explained
from generator.sentences import say

Content = str | bytes
MARKER = ".incident-pages"
"""Marks a published site, whose folder is swapped as a whole."""
SOURCES_MARKER = ".incident-pages-sources"
"""Marks a folder of sources and lists what we wrote there; nothing else in it is ever touched."""


def write_tree(site: Mapping[str, Content], folder: Path) -> None:
    """Write the site's Markdown and static files into a folder, for any builder to take over.

    The folder may be missing, empty or made by an earlier call: then files that the site no longer
    has are removed. A marker file lists what we wrote, so files of anybody else are never touched.

    Raises:
        PublishError: somebody else's folder or file is in the way, a path leaves the folder,
            or the disk refuses.
    """
    try:
        earlier = _claimed(folder)
        _refuse_strangers(site, folder, earlier)
        stale = earlier - set(site)
        # Listed before they are written: what a killed run leaves behind is still known as ours.
        _write_marker(folder, earlier | set(site))
        lay_out(site, folder)
        _remove(folder, stale)
        _write_marker(folder, site)
    except OSError as error:
        raise explained(error) from error


def lay_out(site: Mapping[str, Content], folder: Path) -> None:
    """Write every file of the site below a folder, making the folders it needs."""
    made: set[Path] = set()
    for key, content in site.items():
        path = inside(folder, key)
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def inside(folder: Path, key: str) -> Path:
    """The path of a key below a folder; a key that could lead out of it is refused."""
    pure = PurePosixPath(key)
    unclean = not pure.parts or "\\" in key or "\0" in key or str(pure) != key
    if unclean or pure.is_absolute() or ".." in pure.parts:
        raise PublishError(
            say("The path {path} does not stay inside the site.", path=repr(key)), say("This is a fault of ours.")
        )
    return folder / pure


def _claimed(folder: Path) -> set[str]:
    """What an earlier call wrote here; refuses a folder that is somebody else's."""
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / SOURCES_MARKER
    if marker.is_file():
        return set(marker.read_text(encoding="utf-8").splitlines())
    if any(folder.iterdir()):
        raise PublishError(
            say("{folder} holds files that were not made by this command.", folder=folder),
            say("Choose an empty folder, or a new one."),
        )
    return set()


def _refuse_strangers(site: Iterable[str], folder: Path, earlier: set[str]) -> None:
    for key in site:
        path = inside(folder, key)
        if key not in earlier and (path.exists() or path.is_symlink()):
            raise PublishError(
                say("{path} was not made by this command.", path=path), say("Move it away, then try again.")
            )
        refuse_links(path, folder)


def refuse_links(path: Path, folder: Path) -> None:
    """A link on the way would let us write outside the folder."""
    for step in (path, *path.parents):
        if step == folder:
            return
        if step.is_symlink():
            raise PublishError(
                say("{path} is a link to another place.", path=step), say("Move it away, then try again.")
            )


def _write_marker(folder: Path, keys: Iterable[str]) -> None:
    (folder / SOURCES_MARKER).write_text("".join(f"{key}\n" for key in sorted(keys)), encoding="utf-8")


def _remove(folder: Path, keys: Iterable[str]) -> None:
    """Remove files of ours, and the folders that this leaves empty."""
    for key in keys:
        path = inside(folder, key)
        refuse_links(path.parent, folder)
        path.unlink(missing_ok=True)
        remove_empty(path.parents, folder)


def remove_empty(parents: Iterable[Path], folder: Path) -> None:
    """Remove the parents of what is gone, from the innermost outwards, that are empty now and lie below `folder`."""
    for parent in parents:
        if parent == folder or not _is_empty(parent):
            break
        parent.rmdir()


def _is_empty(folder: Path) -> bool:
    try:
        return stat.S_ISDIR(folder.lstat().st_mode) and not any(folder.iterdir())
    except FileNotFoundError:
        return False
