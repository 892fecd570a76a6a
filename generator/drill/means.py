"""What a drill looks with: `looking` asks the world, tests invent it. Nothing here publishes or sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.drill.steps import State
from generator.settings import Settings


@dataclass(frozen=True)
class Seen:
    """The site at one address. `why` says in the admin's language what is wrong there."""

    address: str
    answers: bool = True
    fresh: bool = True
    why: str = ""
    revision: str | None = None
    """The commit it was built from, as it says itself."""


@dataclass(frozen=True)
class Apart:
    """Whether an address stands when something else has fallen, and what shows it."""

    state: State
    why: str = ""


@dataclass(frozen=True)
class Built:
    """A build on trial. `why`: the last words of one that failed."""

    why: str = ""
    without_network: bool = True
    """Whether it was kept from any network."""


class Means(Protocol):
    """Each answer is found out once, however often it is asked for."""

    @property
    def settings(self) -> Settings:
        """The settings of the site."""

    @property
    def home(self) -> Path:
        """The folder with the settings."""

    @property
    def has_password(self) -> bool:
        """Whether the environment has the password of the mail server."""

    def addresses(self) -> Sequence[Seen]:
        """The site at each of its addresses, its own first."""

    def apart(self, sites: Sequence[str], fallen: Sequence[str], as_mirrors: bool) -> Mapping[str, Apart]:
        """For each address of `sites` whether it stands without the hosts `fallen`.

        `as_mirrors`: not even the same hoster or network may carry both.
        """

    def refusal(self, target: str) -> str | None:
        """Why the site could not be published to a target now, in words; None if it could."""

    def build(self) -> Built:
        """Build the site into a folder that is gone afterwards."""

    def holds(self, revision: str) -> bool | None:
        """Whether the repository here has a commit; None where there is no repository."""

    def origins(self) -> Sequence[str]:
        """The addresses that the repository here is pushed to."""
