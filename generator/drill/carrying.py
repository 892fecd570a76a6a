"""Checks of the way out: can the site be built here, and published from here, when the usual way is gone?"""

from collections.abc import Iterator, Sequence

from generator.drill.hosts import git_hosts, without_git_hosts, without_host
from generator.drill.means import Means
from generator.drill.steps import Step, done, failed, unchecked


def check_ways_without_host(means: Means) -> Iterator[Step]:
    """There is a target at another host, and it would take the site now."""
    yield from _ways(means, without_host(means.settings), "no_other_host")


def check_ways_without_git_host(means: Means) -> Iterator[Step]:
    """There is a target that needs no git host, and it would take the site now."""
    yield from _ways(
        means, without_git_hosts(means.settings, git_hosts(means.settings, means.origins())), "no_way_but_git"
    )


def check_ways(means: Means) -> Iterator[Step]:
    """Every target would take the site now, from this laptop."""
    yield from _ways(means, list(means.settings.status.targets), "no_target")


def _ways(means: Means, names: Sequence[str], without: str) -> Iterator[Step]:
    if not names:
        yield failed(without if means.settings.status.targets else "no_target")
    for name in names:
        why = means.refusal(name)
        yield done("way", target=name) if why is None else failed("way", target=name, why=why)


def check_build(means: Means) -> Iterator[Step]:
    """The site can be built from this folder, without any network."""
    built = means.build()
    if built.why:
        yield failed("build", why=built.why)
        return
    yield done("build")
    yield done("network") if built.without_network else unchecked("network")


def check_repository(means: Means) -> Iterator[Step]:
    """What is online can be built from this folder: the commit is here, not at the git host alone."""
    revision = next((seen.revision for seen in means.addresses() if seen.revision), None)
    holds = means.holds(revision) if revision else None
    if revision is None or holds is None:
        yield unchecked("repository")
    elif holds:
        yield done("repository", revision=revision[:10])
    else:
        yield failed("repository", revision=revision[:10])
