"""A kept result in short: a row for each dimension, what the whole says, and what it says nothing of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from generator.declared import DIMENSIONS, Dimension
from generator.independence.findings import PASSED, Verdict, exit_status, worst
from generator.independence.questioning import Question
from generator.independence.result import KeptFact, KeptFinding, Result

LASTS = timedelta(days=30)
"""A result that is older says little: names, networks and certificates move."""
Standing = Literal["stands", "falls", "unclear"]
_STANDINGS: tuple[Standing, ...] = ("stands", "falls", "unclear")
_TELLING = ("url", "target", "name", "alias", "zone", "high", "ip", "prefix", "domain", "owner", "host")
"""Of the values of a fact the one that names what it is about, the most exact first."""
_IN_FORM = {"tld": ".{}", "system": "AS{}", "value": "{}"}
_DIGESTS = frozenset(("same_fingerprint", "same_key"))
_UNDECLARED = frozenset(("undeclared", "no_mail"))


@dataclass(frozen=True)
class Row:
    """A dimension over all pairs: the worst verdict, and the findings that led to it."""

    dimension: Dimension
    verdict: Verdict
    findings: tuple[KeptFinding, ...]

    @property
    def passed(self) -> bool:
        return self.verdict in PASSED

    @property
    def fatal(self) -> bool:
        """Whether the site falls with what it watches, or whether it does cannot be ruled out."""
        return not self.passed and any(found.severity == "failure" for found in self.findings)

    @property
    def undeclared(self) -> bool:
        """Whether it is not known only because the settings do not say it."""
        missing = tuple(self._facts(missing=True))
        return bool(missing) and all(fact.fact in _UNDECLARED for fact in missing)

    @property
    def names(self) -> tuple[str, ...]:
        """What is shared or weak, or what did not answer: hosts, networks, companies; maybe none."""
        facts = self._facts(missing=self.verdict == "unknown")
        return tuple(dict.fromkeys(name for fact in facts if (name := _name(fact))))

    def _facts(self, missing: bool) -> Iterator[KeptFact]:
        for found in self.findings:
            for fact in found.evidence:
                if (fact.fact.startswith("unknown_") or fact.fact in _UNDECLARED) == missing:
                    yield fact


def _name(fact: KeptFact) -> str:
    if fact.fact.startswith("unknown_"):
        return fact.values.get("what", "")
    if fact.fact in _DIGESTS:
        return ""  # a row of figures tells readers nothing
    for name, form in _IN_FORM.items():
        if name in fact.values:
            return form.format(fact.values[name])
    return next((fact.values[name] for name in _TELLING if name in fact.values), "")


def summarize(result: Result) -> tuple[Row, ...]:
    """A row for each dimension that was looked at, in their order."""
    return tuple(row for name in DIMENSIONS if (row := _row(name, result)))


def _row(name: Dimension, result: Result) -> Row | None:
    mine = [found for found in result.findings if found.dimension == name]
    if not mine:
        return None
    verdict = worst(found.verdict for found in mine)
    return Row(name, verdict, tuple(found for found in mine if found.verdict == verdict))


def uncovered(result: Result, asked: Question) -> tuple[str, ...]:
    """Addresses and hosts that were entered in the settings after the result, which says nothing of them."""
    return tuple(name for name in (*asked.sites, *asked.watched) if name not in (*result.sites, *result.watched))


def standing(result: Result, asked: Question) -> Standing:
    """Whether the site stands when what is watched has fallen, as far as it was seen."""
    found = _STANDINGS[exit_status(result.findings)]
    return "unclear" if found == "stands" and uncovered(result, asked) else found


def is_old(result: Result, now: datetime) -> bool:
    """Whether a result says little at `now` (UTC), because it is from so long ago."""
    return now - result.instant > LASTS
