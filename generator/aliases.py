"""Addresses that feeds had on an earlier site, and what can be wrong with them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.addresses import TAKEN
from generator.problems import Problem, did_you_mean, wrong
from generator.yaml_source import Document

_OLD = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")


def old_address(path: str) -> str:
    """What follows the domain in an old address. Nothing in it has a meaning of its own to a host."""
    if not _OLD.fullmatch(path):
        hint = "Write what follows the domain, like /blog/feed.xml: letters, digits and . _ ~ - between slashes"
        raise wrong(f"'{path[:60]}' is not the address of an old feed", hint)
    return path


def alias_problems(
    document: Document, at: tuple[str, ...], aliases: Mapping[str, str], feeds: Sequence[str], languages: Sequence[str]
) -> Iterator[Problem]:
    """Each of `aliases` leads to a feed that there is, and none of them is an address of this site.

    `feeds` are the paths below the root of a language.
    """
    known = [*feeds, *(f"{code}/{path}" for code in languages[1:] for path in feeds)]
    seen = set[str]()
    for old, feed in aliases.items():
        where, bare = (*at, old), old.strip("/")
        if feed not in known:
            hint = did_you_mean(feed, known) or f"Write it like {known[0]} or {known[-1]}"
            yield document.problem(where, f"there is no feed '{feed[:60]}'", hint)
        if bare in known or _first_part(bare, languages) in TAKEN:
            yield document.problem(where, f"'{old}' is an address of this site", "Leave it out")
        if bare in seen:
            yield document.problem(where, f"'{old}' is listed twice", "Keep one of the two")
        seen.add(bare)


def _first_part(address: str, languages: Sequence[str]) -> str:
    """The first part of an address below the root of its language."""
    first, _, rest = address.partition("/")
    return rest.partition("/")[0] if first in languages else first
