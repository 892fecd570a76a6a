"""What a new site has to know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answers:
    """How the new site is called and what it reports on; texts as they are published."""

    name: str
    """The company."""
    url: str
    languages: tuple[str, ...]
    time_zone: str
    components: tuple[tuple[str, str], ...]
    """Each with its id and its name."""
    independent_of: tuple[str, ...] = ()
