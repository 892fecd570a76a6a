"""In which order files are uploaded where that cannot be done in one step.

A page goes up after all that it loads, what leads to a page after the page, and the sentence about now comes last:
whoever reads in the middle of an upload sees the old site, then the new one, and no hole in either.
"""

from collections.abc import Collection

from generator.addresses import BUILD, MANIFEST

_PICTURES = (".css", ".js", ".svg", ".png", ".webp", ".jpg", ".jpeg", ".ico", ".woff2")


def steps(paths: Collection[str], languages: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Paths below the site's root in groups, each to be complete before the next begins.

    What pages load; pages; what leads to them (feeds, files for programs); the front pages of all `languages` with
    build.json. The manifest is none of them: it is uploaded when all else, deletions included, is done.
    """
    fronts = {"index.html", BUILD, *(f"{code}/index.html" for code in languages)}
    groups: tuple[list[str], ...] = ([], [], [], [])
    for path in sorted(set(paths) - {MANIFEST}):
        groups[_group(path, fronts)].append(path)
    return tuple(tuple(group) for group in groups if group)


def _group(path: str, fronts: Collection[str]) -> int:
    if path in fronts:
        return 3
    if path.endswith(".html"):
        return 1
    return 0 if path.endswith(_PICTURES) else 2
