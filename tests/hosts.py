"""How Netlify and Cloudflare Pages read `_headers`, as small as their documentation tells it.

They agree on the form of the file and differ in what a pattern matches. What happens where two rules that match set the
same header is told in different ways (joined, sent twice, the last one): so we never let it happen.
"""

import re
from collections.abc import Callable

from tests.browser import Headers

MAX_RULES, MAX_LINE = 100, 2000
"""Cloudflare Pages leaves out what goes beyond. Netlify names no limit."""


def netlify(pattern: str) -> str:
    """A regular expression: a last `*` stands for the folder and all in it, a slash at the end makes no difference."""
    if pattern == "/*":
        return ".*"
    folder, _, last = pattern.rpartition("/")
    if last == "*":
        return rf"{_starred(folder)}(/.*)?"
    return rf"{_starred(pattern.rstrip('/'))}/?"


def cloudflare(pattern: str) -> str:
    """A regular expression: `*` stands for anything, all else for itself."""
    return _starred(pattern)


def _starred(pattern: str) -> str:
    return ".*".join(map(re.escape, pattern.split("*")))


HOSTS: dict[str, Callable[[str], str]] = {"Netlify": netlify, "Cloudflare Pages": cloudflare}


def sent(rules: Headers, path: str, host: str) -> list[tuple[str, str]]:
    """Every header that a host's rules ask for at a path (`/history/`), in the order of the file."""
    matching = (headers for pattern, headers in rules if re.fullmatch(HOSTS[host](pattern), path))
    return [pair for headers in matching for pair in headers.items()]
