"""The dimensions in which two sites can hang together, and what the settings declare because no network shows it."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from generator.guesses import did_you_mean
from generator.model import Part
from generator.problems import wrong
from generator.sentences import say
from generator.texts import Prose

Between = Literal[
    "domain", "zone", "delegation", "cname", "address", "certificate", "key", "loads", "redirects",
    "tld", "registry", "nameservers", "network", "hoster", "ca", "caa", "hsts", "mail",
    "git_host", "ci", "login", "registrar",
]  # fmt: skip
"""What the site and something watched may share."""
Alone = Literal["resolver", "answers", "lame", "negative_ttl", "dnssec", "expiry"]
"""What may be wrong with one side by itself, so that it falls without the other, or that deceives this check."""
Dimension = Literal[Between, Alone]
BETWEEN: tuple[Between, ...] = get_args(Between)
ALONE: tuple[Alone, ...] = get_args(Alone)
DIMENSIONS: tuple[Dimension, ...] = (*BETWEEN, *ALONE)
FAILURES: frozenset[Dimension] = frozenset(BETWEEN[: BETWEEN.index("tld")])
"""What must not be shared; sharing any of the others is worth a warning."""
Declared = Literal["git_host", "ci", "login", "registrar"]
DECLARED: tuple[Declared, ...] = get_args(Declared)


def _dimension(name: str) -> str:
    if name not in DIMENSIONS:
        raise wrong(say("there is no dimension '{name}'", name=name[:40]), did_you_mean(name, DIMENSIONS))
    return name


class Dependence(Part):
    """What one side needs that no look at the network tells. Left out: not stated, and so never taken as separate."""

    git_host: str | None = Field(None, description="who keeps its repository, such as github.com")
    ci: str | None = Field(None, description="whose machines build and deploy it")
    login: str | None = Field(None, description="whose accounts open the way to publish it")
    registrar: str | None = Field(None, description="through whom its domain is registered")


class Independence(Part):
    """`extra.status.independence`: what `incidents independence` cannot see by itself."""

    site: Dependence = Field(Dependence(), description="what this site needs")
    watched: Dependence = Field(Dependence(), description="what the things watched need")
    accepted: dict[Annotated[str, AfterValidator(_dimension)], Prose] = Field(
        {}, description="a dimension that is shared: why that is accepted"
    )
