"""Who carries what: which targets fall together with a host."""

import re
from collections.abc import Sequence

from generator import elsewhere
from generator.settings import Settings
from generator.targets import Target

_SCP = re.compile(r"(?:[^/@:]+@)?([^/@:]{2,}):(?!//)")
_OWN_NAME = {"netlify": "{place}.netlify.app", "cloudflare": "{place}.pages.dev"}
"""Where these hosts show what is published there, unless the settings say another address."""


def host_of(place: str) -> str:
    """The host in an address, or in git's short form `git@host:path`; nothing for a folder."""
    short = None if "://" in place else _SCP.match(place)
    return short[1].lower() if short else elsewhere.host_of(place)


def git_hosts(settings: Settings, origins: Sequence[str] = ()) -> tuple[str, ...]:
    """Where the repository lies: as the settings say, and by the addresses that it is pushed to."""
    declared = settings.status.independence.site.git_host or ""
    named = [host_of(place) for place in (settings.status.source or "", *origins)]
    return tuple(dict.fromkeys(filter(None, [declared if "." in declared else "", *named])))


def shown_at(target: Target) -> str:
    """The host where a target is read; nothing where nobody says."""
    if target.address:
        return host_of(target.address)
    return _OWN_NAME.get(target.kind, "").format(place=target.place)


def without_host(settings: Settings) -> list[str]:
    """The targets that are left when the host of the site's own address is gone."""
    targets = settings.status.targets
    site = host_of(settings.url)
    carrying = {name for name, target in targets.items() if shown_at(target) == site}
    companies = {targets[name].kind for name in carrying} & _OWN_NAME.keys()
    return [name for name, target in targets.items() if name not in carrying and target.kind not in companies]


def without_git_hosts(settings: Settings, hosts: Sequence[str]) -> list[str]:
    """The targets that are left when hosts of repositories are gone."""
    targets = settings.status.targets.items()
    return [name for name, target in targets if target.kind != "git" or host_of(target.place) not in hosts]
