"""Which files of a site are asked for: all that a host hands out, or those that matter most and a few more."""

from pathlib import PurePosixPath

from generator.addresses import CALENDAR, FEEDS, FRONT, METRICS, NEWS, SCRIPT, STATUSPAGE_API, STYLE, SUBSCRIBE
from generator.provenance import Manifest

NOT_HANDED_OUT = ("_headers", "_redirects")
"""Files that hosts read themselves."""
SAMPLE = 20
_KEY = (
    f"{FRONT}index.html", "404.html", f"{SUBSCRIBE}index.html", f"{STATUSPAGE_API}summary.json", CALENDAR, METRICS,
    STYLE, SCRIPT, *(feed.path for feed in FEEDS),
)  # fmt: skip


def handed_out(manifest: Manifest) -> list[str]:
    """The paths of all files that a reader can ask for; hidden files many hosts leave out."""
    return [path for path in manifest.files if path not in NOT_HANDED_OUT and not _is_hidden(path)]


def chosen(manifest: Manifest, full: bool) -> list[str]:
    """The paths to ask for: in every language what people and programs open first, and some others.

    Those others are the ones with the lowest digests: the same ones at every place, and other ones as soon as they
    change.
    """
    every = handed_out(manifest)
    if full:
        return every
    key = [path for path in every if path in _KEY or _below_language(path, manifest) in _KEY]
    rest = sorted(set(every) - set(key), key=lambda path: (manifest.files[path].sha256, path))
    return [*key, *rest[:SAMPLE]]


def _is_hidden(path: str) -> bool:
    first, *_ = PurePosixPath(path).parts
    return first.startswith(".") and first != ".well-known"


def _below_language(path: str, manifest: Manifest) -> str | None:
    """A path below the folder of a further language; None where it lies in no such folder."""
    first, _, rest = path.partition("/")
    return rest if f"{first}/{NEWS.path}" in manifest.files else None
