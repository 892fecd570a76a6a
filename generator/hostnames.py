"""Names of hosts: as ASCII, under which registered domain, below what. Needs no network.

The Public Suffix List says where a registered domain begins; its copy comes with the library. Its private section
tells the tenants of one provider apart: `a.netlify.app` and `b.netlify.app` are two domains.
"""

import re
from functools import cache
from ipaddress import ip_address

import idna
from publicsuffixlist import PublicSuffixList

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?", re.ASCII)


def ascii_host(name: str) -> str | None:
    """A host in small ASCII letters (`tür.example`: `xn--tr-xka.example`), or an IP address; None if it is neither."""
    bare = name.strip().rstrip(".").removeprefix("[").removesuffix("]")
    if is_address(bare):
        return str(ip_address(bare))
    try:
        plain = bare.lower() if bare.isascii() else idna.encode(bare, uts46=True).decode()
    except idna.IDNAError:
        return None
    labels = plain.split(".")
    sound = len(plain) <= 253 and all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels)
    return plain if sound and len(labels) > 1 else None


def is_address(host: str) -> bool:
    """Whether a host is an IP address, IPv4 or IPv6."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _suffixes(private: bool) -> PublicSuffixList:
    return PublicSuffixList(only_icann=not private)


def registered_domain(host: str) -> str:
    """The domain that somebody registered, tenants of a provider told apart; the host itself if it is no such thing."""
    return _registered(host, private=True)


def provider_domain(host: str) -> str:
    """The domain that somebody registered at a registry: `netlify.app` for each of its tenants."""
    return _registered(host, private=False)


def _registered(host: str, private: bool) -> str:
    found = None if is_address(host) else _suffixes(private).privatesuffix(host)
    return found or host


def is_suffix(name: str) -> bool:
    """Whether a name is one that registries sell names below, such as `de` or `co.uk`."""
    return not is_address(name) and _suffixes(private=False).publicsuffix(name) == name


def top_level(host: str) -> str:
    """The last label; nothing for an IP address."""
    return "" if is_address(host) else host.rpartition(".")[2]


def is_below(host: str, domain: str) -> bool:
    """Whether a host is the domain or lies below it. Nothing lies below an IP address."""
    return host == domain or (not is_address(host) and host.endswith(f".{domain}"))
