"""The bad day, scene by scene: what is gone, and what is looked at then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from generator.drill.carrying import (
    check_build,
    check_repository,
    check_ways,
    check_ways_without_git_host,
    check_ways_without_host,
)
from generator.drill.keeping import check_contacts, check_paper, check_recipients
from generator.drill.means import Means
from generator.drill.standing import (
    check_accounts,
    check_git_host,
    check_mirrors,
    check_mirrors_apart,
    check_pages,
    check_watched,
)
from generator.drill.steps import Step

Name = Literal["domain", "host", "git-host", "ci", "laptop"]
NAMES: tuple[Name, ...] = get_args(Name)
Check = Callable[[Means], Iterator[Step]]
SCENES: dict[Name, tuple[Check, ...]] = {
    "domain": (check_pages, check_watched, check_accounts),
    "host": (check_mirrors, check_mirrors_apart, check_ways_without_host),
    "git-host": (check_git_host, check_repository, check_ways_without_git_host),
    "ci": (check_build, check_ways),
    "laptop": (check_contacts, check_recipients, check_paper),
}
"""From what fell first in July 2021 to the evening when nothing is left but a laptop."""


@dataclass(frozen=True)
class Scene:
    """A scene that was played."""

    name: Name
    steps: tuple[Step, ...]

    @property
    def has_failed(self) -> bool:
        return any(step.state == "failed" for step in self.steps)


def play(name: Name, means: Means) -> Scene:
    """Look at all that a scene asks for."""
    return Scene(name, tuple(step for check in SCENES[name] for step in check(means)))
