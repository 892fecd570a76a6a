"""Findings as lines for a terminal, in the admin's language."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from generator.declared import DIMENSIONS, Dimension
from generator.independence.findings import VERDICTS, Fact, Finding, exit_status, worst
from generator.language import Language

WIDTH = 100
INDENT = " " * 12
MOST = 6
"""Facts of one kind to a dimension; how many more there are is told."""
_SECONDS = frozenset(("seconds", "ttl"))


def render_findings(
    findings: Iterable[Finding], words: Language, accepted: Mapping[str, str], strict: bool = False
) -> str:
    """A paragraph for each dimension, then the sum and what it means; `accepted` has reasons by dimension."""
    found = tuple(findings)
    lines = [line for name in DIMENSIONS for line in _dimension(name, found, words, accepted)]
    counted = Counter(finding.verdict for finding in found)
    say = words(f"tool.independence.status.{exit_status(found, strict)}")
    note = f" {words('tool.independence.strict')}" if strict else ""
    return "\n".join([*lines, "", words("tool.independence.sum", **{v: counted[v] for v in VERDICTS}), say + note])


def _dimension(
    name: Dimension, findings: tuple[Finding, ...], words: Language, accepted: Mapping[str, str]
) -> Iterator[str]:
    """The worst verdict over all pairs, with the facts that speak for it."""
    mine = [found for found in findings if found.dimension == name]
    if not mine:
        return
    verdict = worst(found.verdict for found in mine)
    severity = "failure" if any(found.severity == "failure" and not found.passed for found in mine) else "warning"
    title = words(f"tool.independence.dimension.{name}")
    note = "" if verdict in ("separate", "sound") else f" – {words(f'tool.independence.severity.{severity}')}"
    yield f"{words(f'tool.independence.verdict.{verdict}'):<{len(INDENT)}}{title}{note}"
    yield from _facts((fact for found in _worst_first(mine) for fact in found.evidence), words)
    if verdict in ("shared", "weak"):
        key = "accepted" if name in accepted else "advice_label"
        reason = accepted.get(name) or words(f"tool.independence.advice.{name}")
        yield from _wrapped(f"{words(f'tool.independence.{key}')} {reason}")


def _worst_first(findings: list[Finding]) -> list[Finding]:
    """What matters most first; where something is wrong, what is well is left out."""
    sorted_ = sorted(findings, key=lambda found: -VERDICTS.index(found.verdict))
    return [found for found in sorted_ if not found.passed] or sorted_


def _facts(facts: Iterable[Fact], words: Language) -> Iterator[str]:
    """Each fact once, and of many of a kind the first few."""
    told: Counter[str] = Counter()
    for fact in dict.fromkeys(facts):
        told[fact.key] += 1
        if told[fact.key] <= MOST:
            yield from _wrapped(tell(fact, words))
    rest = sum(max(0, count - MOST) for count in told.values())
    if rest:
        yield INDENT + words("tool.independence.more", n=rest)


def tell(fact: Fact, words: Language) -> str:
    """A fact as a sentence; what is counted in seconds is told as a duration."""
    values = {name: words.duration(float(value)) if name in _SECONDS else value for name, value in fact.values}
    return words(f"tool.independence.fact.{fact.key}", **values)


def _wrapped(text: str) -> list[str]:
    printable = "".join(c if c.isprintable() else "�" for c in text)
    return textwrap.wrap(printable, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT,
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip
