"""What a host has done to a file: the bytes that should be there, held against those that are. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from generator.mirrors.seen import Change

_INSERTED = ("script", "iframe", "img", "link", "meta", "style", "form", "object", "embed", "noscript", "base")
_ADDRESS = ("src", "href", "data", "action")
_HIDDEN_MAIL = (b"/cdn-cgi/l/email-protection", b"data-cfemail")
_SHOWN = 60
"""Characters of a piece that is shown."""


def changes(expected: bytes | None, found: bytes, is_html: bool) -> tuple[Change, ...]:
    """What was done to a file; `expected` is None where nobody knows what it should be."""
    if expected is None:
        return tuple(_foreign(found)) if is_html else ()
    if expected.startswith(found):
        return (Change("cut", f"{len(found)} / {len(expected)}"),)
    if _unbroken(found) == _unbroken(expected):
        return (Change("line_ends"),)
    if is_html and _collapsed(found) == _collapsed(expected):
        return (Change("blanks"),)
    return tuple(_in_page(expected, found) if is_html else ()) or (_first_difference(expected, found),)


def _unbroken(content: bytes) -> bytes:
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n")


def _collapsed(content: bytes) -> bytes:
    """Without the blanks that no reader of a page sees, and without comments."""
    return re.sub(rb"\s+", b"", re.sub(rb"<!--.*?-->", b"", content, flags=re.DOTALL))


class _Elements(HTMLParser):
    """The elements of a page that load something, and the addresses of its links, in their order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.loading: list[tuple[str, str]] = []
        self.links: list[str] = []
        self._inline = ""
        self.feed(page.decode("utf-8", "replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a":
            self.links.append(values.get("href") or "")
        elif tag in _INSERTED:
            address = next((values[name] for name in _ADDRESS if values.get(name)), None)
            self._inline = tag if tag in ("script", "style") and not address else ""
            if not self._inline:
                self.loading.append((tag, address or ""))

    def handle_data(self, data: str) -> None:
        if self._inline:
            self.loading.append((self._inline, _short(data)))
            self._inline = ""


def _in_page(expected: bytes, found: bytes) -> Iterator[Change]:
    """What was put into a page, taken from it, or rewritten in it."""
    before, after = _Elements(expected), _Elements(found)
    had, has = Counter(before.loading), Counter(after.loading)
    yield from (Change("inserted", f"<{tag}> {_short(what)}".strip()) for tag, what in has - had)
    yield from (Change("removed", f"<{tag}> {_short(what)}".strip()) for tag, what in had - has)
    if any(mark in found and mark not in expected for mark in _HIDDEN_MAIL):
        yield Change("mail")
    elif rewritten := _rewritten(before.links, after.links):
        yield Change("links", rewritten)


def _rewritten(before: list[str], after: list[str]) -> str:
    """The first link whose address was changed: `a/index.html → a/`. Nothing where none was."""
    if len(before) != len(after):
        return ""
    return next((f"{_short(old)} → {_short(new)}" for old, new in zip(before, after, strict=True) if old != new), "")


def _foreign(found: bytes) -> Iterator[Change]:
    """What no page of ours has: scripts in the page itself or from elsewhere; an end that is missing."""
    if not found.rstrip().endswith(b"</html>"):
        yield Change("cut", str(len(found)))
    for tag, what in _Elements(found).loading:
        if tag == "script" and (what.startswith(("http:", "https:", "//", "/cdn-cgi/", "/.netlify/")) or " " in what):
            yield Change("inserted", f"<{tag}> {_short(what)}")
    if any(mark in found for mark in _HIDDEN_MAIL):
        yield Change("mail")


def _first_difference(expected: bytes, found: bytes) -> Change:
    """From where on the two differ: line and what stands there instead."""
    pairs = zip(expected, found, strict=False)
    place = next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(expected), len(found)))
    line = expected.count(b"\n", 0, place) + 1
    start = max(0, place - 10)
    was, has = (_short(content[start : start + 200].decode("utf-8", "replace")) for content in (expected, found))
    return Change("text", f"{line}: {was} → {has}")


def _short(text: str) -> str:
    """One line of printable characters, cut."""
    line = "".join(char if char.isprintable() else "�" for char in " ".join(text.split()))
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
