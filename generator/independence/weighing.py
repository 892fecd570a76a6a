"""Evidence on a pair of scales: what speaks against independence, what is open, what speaks for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.hostnames import is_below, is_suffix, provider_domain, registered_domain
from generator.independence.evidence import Host, Unknown, Zone
from generator.independence.findings import Fact, Severity, Verdict, fact


@dataclass(frozen=True)
class Weight:
    """What one dimension shows between two hosts, or of one alone."""

    against: tuple[Fact, ...] = ()
    open: tuple[Fact, ...] = ()
    speaking_for: tuple[Fact, ...] = ()
    mild: bool = False
    """Whether what is shared is worth a warning alone, in a dimension that must be separate."""

    def verdict(self, alone: bool = False) -> Verdict:
        """What is shared outweighs all; what is open outweighs everything that speaks for independence."""
        if self.against:
            return "weak" if alone else "shared"
        if self.open or not self.speaking_for:
            return "unknown"
        return "sound" if alone else "separate"

    def severity(self, usual: Severity) -> Severity:
        return "warning" if self.mild and self.against else usual

    @property
    def evidence(self) -> tuple[Fact, ...]:
        """What there is to say, the heaviest first; nothing consoling beside something shared."""
        return (*self.against, *self.open) if self.against else (*self.open, *self.speaking_for)


def weigh(
    against: Iterable[Fact] = (), opened: Iterable[Fact] = (), speaking_for: Iterable[Fact] = (), mild: bool = False
) -> Weight:
    """Facts on the scales, each once."""
    heavy, unclear, light = (tuple(dict.fromkeys(facts)) for facts in (against, opened, speaking_for))
    return Weight(heavy, unclear, light, mild)


def unknown(what: str, why: Unknown) -> Fact:
    """That something could not be found out."""
    return fact(f"unknown_{why.reason}", what=what, detail=why.detail)


def territory(watched: Host) -> tuple[str, ...]:
    """The names below which everything falls with a watched host: its registered domain and its zone."""
    zone = watched.zones[0] if watched.zones else None
    apex = (zone.apex,) if isinstance(zone, Zone) and not is_suffix(zone.apex) else ()
    return tuple(dict.fromkeys((registered_domain(watched.name), *apex)))


def unclear(watched: Host) -> list[Fact]:
    """What is not known of that: a provider's tenant falls with the provider's zone, and only DNS tells which it is."""
    zone = watched.zones[0] if watched.zones else None
    tenant = provider_domain(watched.name) != registered_domain(watched.name)
    return [unknown(watched.name, zone)] if tenant and isinstance(zone, Unknown) else []


def fallen_into(name: str, watched: Host) -> str | None:
    """The name of the watched host's that `name` is below; None if it is below none of them."""
    return next((above for above in territory(watched) if is_below(name, above)), None)
