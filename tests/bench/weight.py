"""What a page weighs: gzipped, alone and with everything it loads. In bytes."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

_LOADS = re.compile(r"<(?:link|img|script)\b[^>]*>")
_TO = re.compile(r'(?:href|src)="([^"]+)"')


def gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def with_all_it_loads(page: Path) -> int:
    """The page, its stylesheets, scripts and pictures, each counted once."""
    return gzipped(page) + sum(gzipped(file) for file in set(loaded(page)))


def loaded(page: Path) -> Iterator[Path]:
    """The files that a browser fetches to show a page, itself left out; one may come twice."""
    for tag in _LOADS.findall(page.read_text(encoding="utf-8")):
        target = _TO.search(tag)
        if target and not (tag.startswith("<link") and not re.search(r'rel="(?:stylesheet|icon)"', tag)):
            yield (page.parent / target[1]).resolve(strict=True)


def heaviest(site: Path) -> tuple[int, str]:
    """The heaviest page by itself, and its address."""
    pages = sorted(site.rglob("*.html"), key=lambda path: path.stat().st_size)[-20:]
    return max((gzipped(path), path.relative_to(site).parent.as_posix()) for path in pages)
