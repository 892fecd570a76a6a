"""The addresses of one site: its own and its mirrors', how each is written, and what makes one of little use."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from generator.problems import Mistyped, Problem, wrong
from generator.sentences import Sentence, say
from generator.yaml_source import Document

_SITE = re.compile(r"https?://[^\s/\"'<>?#]+/(?:[^\s\"'<>?#]*/)?")


def is_site_address(url: str) -> bool:
    """Whether pages can be found below it: `https://status.example.net/`, with a slash at the end."""
    return bool(_SITE.fullmatch(url))


def mirror_address(url: str) -> str:
    """The address of a mirror; a slash that is missing at its end is added."""
    whole = url if url.endswith("/") else f"{url}/"
    if not is_site_address(whole):
        hint = say("Write it like {example}, without ? and what follows", example="https://status.example.org/")
        plain = f"{url.partition('?')[0].partition('#')[0].rstrip('/')}/"
        meant = plain if is_site_address(plain) else ""
        raise wrong(say("'{text}' is not the address of a site", text=url[:60]), hint, Mistyped(url, meant))
    return whole


def spoken(url: str) -> str:
    """An address as people note it down: `status.example.org`, `example.org/status`."""
    return url.partition("://")[2].rstrip("/")


def host_of(url: str) -> str:
    """The host of an address in small letters; nothing where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def fallen_with(url: str, independent_of: Sequence[str]) -> str | None:
    """The domain whose outage takes an address along, of those that it has to survive."""
    host = host_of(url)
    return next((name for name in independent_of if host == name or host.endswith(f".{name}")), None)


def mirror_problems(
    document: Document, at: tuple[str, ...], url: object, mirrors: Sequence[str], independent_of: Sequence[str]
) -> Iterator[Problem]:
    """Warnings: mirrors that are gone together with the site, with each other, or with what is reported on.

    `url` is what the settings say of the site's own address.
    """
    hosts = [host_of(url) if isinstance(url, str) else ""]
    for index, mirror in enumerate(mirrors):
        for message, hint in _faults(mirror, hosts, independent_of):
            yield document.problem((*at, index), message, hint, severity="warning")
        hosts.append(host_of(mirror))


def _faults(mirror: str, earlier: Sequence[str], independent_of: Sequence[str]) -> Iterator[tuple[Sentence, Sentence]]:
    host = host_of(mirror)
    if host == earlier[0]:
        what = say("'{host}' is the site itself, a mirror is somewhere else", host=host)
        yield what, say("Name another host, or delete the line")
    elif host in earlier:
        yield say("'{host}' stands here twice: both are gone when one is", host=host), say("Keep one of the two")
    if name := fallen_with(mirror, independent_of):
        what = say("'{host}' is gone when '{name}' is, and the site must be independent of that", host=host, name=name)
        yield what, say("Put the mirror under another domain")
