"""Checks of what readers see: does the page stand, is a mirror fresh, do they share what falls?"""

from collections.abc import Iterator

from generator.drill.hosts import git_hosts, host_of
from generator.drill.means import Means
from generator.drill.steps import Step, done, failed, unchecked


def check_pages(means: Means) -> Iterator[Step]:
    """Every address of the site answers with the page."""
    for seen in means.addresses():
        if seen.answers:
            yield done("page", address=seen.address)
        else:
            yield failed("page", address=seen.address, why=seen.why)


def check_watched(means: Means) -> Iterator[Step]:
    """No address of the site needs what it reports on, not even for its name to be found."""
    watched = means.settings.status.independent_of
    if not watched:
        yield failed("nothing_watched")
        return
    addresses = (means.settings.url, *means.settings.status.mirrors)
    for address, found in means.apart(addresses, watched, False).items():
        yield Step("apart", found.state, {"address": address, "fallen": ", ".join(watched), "why": found.why})


def check_accounts(_means: Means) -> Iterator[Step]:
    """Nobody can see from here where a host sends the mail for a forgotten password."""
    yield unchecked("accounts")


def check_mirrors(means: Means) -> Iterator[Step]:
    """There is a mirror, and it shows what the site does."""
    _, *mirrors = means.addresses()
    if not mirrors:
        yield failed("no_mirror")
    for seen in mirrors:
        if seen.answers and seen.fresh:
            yield done("mirror", address=seen.address)
        else:
            yield failed("mirror", address=seen.address, why=seen.why)


def check_mirrors_apart(means: Means) -> Iterator[Step]:
    """No mirror hangs on the host of the site itself."""
    mirrors, host = means.settings.status.mirrors, host_of(means.settings.url)
    for address, found in (means.apart(mirrors, (host,), True) if mirrors else {}).items():
        yield Step("mirror_apart", found.state, {"address": address, "fallen": host, "why": found.why})


def check_git_host(means: Means) -> Iterator[Step]:
    """Some address of the site stands without the host of the repository."""
    hosts = git_hosts(means.settings, means.origins())
    if not hosts:
        yield unchecked("no_git_host")
        return
    addresses = (means.settings.url, *means.settings.status.mirrors)
    found = means.apart(addresses, hosts, True)
    stands = [address for address, apart in found.items() if apart.state == "done"]
    values = {"addresses": ", ".join(stands or found), "fallen": ", ".join(hosts)}
    if stands:
        yield done("page_without_git_host", **values)
        return
    why = "; ".join(dict.fromkeys(apart.why for apart in found.values() if apart.why))
    is_open = any(apart.state == "unchecked" for apart in found.values())
    yield (unchecked if is_open else failed)("page_without_git_host", **values, why=why)
