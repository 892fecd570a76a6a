"""Addresses that feeds had on an earlier site, and what can be wrong with them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.addresses import TAKEN
from generator.guesses import closest, did_you_mean
from generator.problems import Mistyped, Problem, wrong
from generator.sentences import either, say
from generator.yaml_source import Document

_OLD = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")


def old_address(path: str) -> str:
    """What follows the domain in an old address. Nothing in it has a meaning of its own to a host."""
    if not _OLD.fullmatch(path):
        hint = say("Write what follows the domain, like /blog/feed.xml: letters, digits and . _ ~ - between slashes")
        raise wrong(say("'{path}' is not the address of an old feed", path=path[:60]), hint)
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
            hint = did_you_mean(feed, known) or say("Write it like {example}", example=either([known[0], known[-1]]))
            hint = document.set_right(where, Mistyped(feed, closest(feed, known)), hint)
            yield document.problem(where, say("there is no feed '{feed}'", feed=feed[:60]), hint)
        if bare in known or _first_part(bare, languages) in TAKEN:
            yield document.problem(where, say("'{path}' is an address of this site", path=old), say("Leave it out"))
        if bare in seen:
            yield document.problem(where, say("'{name}' is listed twice", name=old), say("Keep one of the two"))
        seen.add(bare)


def _first_part(address: str, languages: Sequence[str]) -> str:
    """The first part of an address below the root of its language."""
    first, _, rest = address.partition("/")
    return rest.partition("/")[0] if first in languages else first
