"""What was found: for each dimension a verdict, with the evidence as data that any language can tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from generator.declared import FAILURES, Dimension

Verdict = Literal["separate", "sound", "unknown", "weak", "shared"]
"""In the order of what they mean. `sound` and `weak` are said of one side alone, where nothing can be shared."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
PASSED: frozenset[Verdict] = frozenset(("separate", "sound"))
"""Nothing else counts as passed: what could not be found out least of all."""
Severity = Literal["failure", "warning"]


@dataclass(frozen=True)
class Fact:
    """A piece of evidence: `tool.independence.fact.<key>` is its sentence, `values` is what is put in."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


def fact(key: str, **values: object) -> Fact:
    """A fact with its values as text; of several values the text has them all, in order."""
    return Fact(key, tuple((name, _text(value)) for name, value in values.items()))


def _text(value: object) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, set | frozenset) else str(value)


@dataclass(frozen=True)
class Finding:
    """One dimension between one address of the site and one thing watched, or of one of them alone.

    `site` is the host of the site, or the one that the finding is about; `watched` is empty where there is none.
    """

    dimension: Dimension
    site: str
    watched: str
    verdict: Verdict
    severity: Severity
    evidence: tuple[Fact, ...]

    @property
    def passed(self) -> bool:
        return self.verdict in PASSED


class Judged(Protocol):
    """A finding of this run, or one that was kept."""

    @property
    def verdict(self) -> Verdict: ...
    @property
    def severity(self) -> Severity: ...


def severity_of(dimension: Dimension) -> Severity:
    return "failure" if dimension in FAILURES else "warning"


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The one that says most against independence."""
    return max(verdicts, key=VERDICTS.index)


def exit_status(findings: Iterable[Judged], strict: bool = False) -> int:
    """0 if nothing that must be separate is shared or unknown; 1 if something is shared; 2 if only unknown.

    Strict counts the warnings, too. Without any finding nothing has been shown: 2.
    """
    all_found = tuple(findings)
    counted = [found.verdict for found in all_found if strict or found.severity == "failure"]
    if "shared" in counted or "weak" in counted:
        return 1
    return 2 if "unknown" in counted or not all_found else 0
