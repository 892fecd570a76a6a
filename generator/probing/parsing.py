"""What HTML and CSS have a browser fetch by itself, and where they lead."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import tinycss2
from lxml import etree, html

from generator.hostnames import ascii_host

LOADING = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "video": ("src", "poster"),
    "audio": ("src",), "track": ("src",), "iframe": ("src",), "frame": ("src",), "embed": ("src",),
    "object": ("data",), "input": ("src",), "image": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"),
    "use": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"), "body": ("background",),
}  # fmt: skip
"""Elements and the attributes that name what they load; `link` is told by its `rel`."""
RELATIONS = frozenset((
    "stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload", "prefetch",
    "preconnect", "dns-prefetch", "prerender",
))  # fmt: skip
MAX_CSS = 200_000
"""Characters; more is cut off, and told."""
_REFRESH = re.compile(r"^\s*\d*[.\d]*\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.IGNORECASE)
_IMAGE_SETS = frozenset(("image-set", "-webkit-image-set", "url", "src"))


@dataclass(frozen=True)
class Links:
    """Addresses as they are written: things, style sheets, other pages, a redirect; `base` is what they start from."""

    things: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    refresh: str | None = None
    base: str = ""
    mail: tuple[str, ...] = ()
    """Domains that the page has mail sent to."""


def parse_page(body: bytes) -> Links:
    """What a page in HTML loads. Whatever is no HTML loads nothing."""
    try:
        root = html.document_fromstring(body, parser=html.HTMLParser(recover=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return Links()
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    sheets = [e.get("href", "") for e in elements if "stylesheet" in _relations(e)]
    things = [address for element in elements for address in _loaded(element)]
    pages = [e.get("href", "") for e in elements if e.tag == "a"]
    bases = [e.get("href", "") for e in elements if e.tag == "base"]
    refreshes = [e.get("content", "") for e in elements if e.get("http-equiv", "").strip().lower() == "refresh"]
    styles = [e.text or "" if e.tag == "style" else f"a{{{e.get('style', '')}}}" for e in elements]
    things += parse_styles("\n".join(style for style in styles if style != "a{}"))
    return Links(_kept(things), _kept(sheets), _kept(pages), _refresh(refreshes), next(iter(bases), ""), _mail(pages))


def _mail(pages: Iterable[str]) -> tuple[str, ...]:
    written = (page.partition(":")[2].partition("?")[0] for page in pages if page.lower().startswith("mailto:"))
    hosts = (ascii_host(unquote(address).rpartition("@")[2]) for address in written)
    return tuple(dict.fromkeys(host for host in hosts if host))


def _kept(addresses: Iterable[str]) -> tuple[str, ...]:
    """Each address once, without those that carry what they name."""
    plain = (address.strip() for address in addresses)
    return tuple(dict.fromkeys(a for a in plain if a and not a.lower().startswith(("data:", "blob:", "about:", "#"))))


def _relations(element: etree._Element) -> frozenset[str]:
    return frozenset(element.get("rel", "").lower().split()) if element.tag == "link" else frozenset()


def _loaded(element: etree._Element) -> Iterator[str]:
    """What one element loads, style sheets aside."""
    if _relations(element) & RELATIONS and "stylesheet" not in _relations(element):
        yield element.get("href", "")
        yield from _candidates(element.get("imagesrcset", ""))
    for attribute in LOADING.get(str(element.tag), ()):
        value = element.get(attribute, "")
        yield from _candidates(value) if attribute == "srcset" else (value,)


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses in `a.png 1x, b.png 2x`."""
    for candidate in srcset.split(","):
        yield from candidate.split()[:1]


def _refresh(contents: Iterable[str]) -> str | None:
    """Where `<meta http-equiv=refresh content="0; url=…">` leads."""
    matches = (_REFRESH.match(content) for content in contents)
    return next((match[1].strip() for match in matches if match), None)


def parse_styles(css: str) -> tuple[str, ...]:
    """What a style sheet loads: every url(), every @import, every picture of an image-set()."""
    found: list[str] = []
    waiting = deque(tinycss2.parse_component_value_list(css[:MAX_CSS], skip_comments=True))
    importing = False
    while waiting:
        token = waiting.popleft()
        found += _addressed(token, importing)
        begins = token.type == "at-keyword" and token.lower_value == "import"
        importing = begins or (importing and token.type == "whitespace")
        waiting.extendleft(reversed(getattr(token, "content", None) or getattr(token, "arguments", None) or ()))
    return _kept(found)


def _addressed(token: Any, importing: bool) -> list[str]:
    """The addresses that one token holds: of an import a text is one, too."""
    if token.type == "url" or (importing and token.type == "string"):
        return [token.value]
    if token.type == "function" and token.lower_name in _IMAGE_SETS:
        return [argument.value for argument in token.arguments if argument.type == "string"]
    return []
