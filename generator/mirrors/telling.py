"""What was found at each address, as lines for people or as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from generator.language import Language, iso
from generator.mirrors.judging import Finding, Judged
from generator.mirrors.seen import Seen
from generator.mirrors.verifying import Verified

_SHOWN = 10
"""Findings of one kind that are told one by one."""


def render_mirrors(judged: Sequence[Judged], local: Judged | None, words: Language) -> str:
    """A paragraph for each place: what it is, when it was built, and all that is wrong there."""
    return "\n\n".join(_place(found, words) for found in [*judged, *([local] if local else [])])


def _place(judged: Judged, words: Language) -> str:
    verdicts = words.together([words(f"tool.mirrors.verdict.{verdict}") for verdict in judged.verdicts])
    lines = [words("pair", a=judged.seen.name, b=verdicts), *(f"  {line}" for line in _summary(judged.seen, words))]
    return "\n".join([*lines, *(f"  {line}" for line in _found(judged.findings, words)),
                      *(f"  {line}" for line in _found(judged.remarks, words))])  # fmt: skip


def _summary(seen: Seen, words: Language) -> Iterator[str]:
    if seen.build:
        revision = (seen.build.revision or "")[:10] or words("tool.mirrors.no_revision")
        yield words("tool.mirrors.built", time=words.instant(seen.build.built_at, "medium"), revision=revision)
    if seen.manifest:
        form = "all_checked" if seen.checked == seen.files else "checked"
        yield words(f"tool.mirrors.{form}", n=seen.checked, files=seen.files)


def _found(findings: Iterable[Finding], words: Language) -> Iterator[str]:
    """Each finding as a sentence; of many of a kind the first, and how many more there are."""
    told: dict[str, int] = {}
    for finding in findings:
        told[finding.what] = told.get(finding.what, 0) + 1
        if told[finding.what] <= _SHOWN:
            yield tell(finding, words)
    yield from (words("tool.mirrors.more", n=n - _SHOWN) for n in told.values() if n > _SHOWN)


def tell(finding: Finding, words: Language) -> str:
    """A finding as a sentence."""
    values = {name: _shown(name, value, words) for name, value in finding.values.items()}
    said = words(f"tool.mirrors.{finding.what}", **values)
    changes = finding.values.get("changes")
    if not isinstance(changes, list) or not changes:
        return said
    told = "; ".join(words(f"tool.mirrors.change.{change['what']}", detail=change["detail"]) for change in changes)
    return words("pair", a=said, b=told)


def _shown(name: str, value: object, words: Language) -> object:
    if isinstance(value, datetime):
        return words.instant(value, "medium")
    return words.duration(value) if name == "seconds" and isinstance(value, int | float) else value


def render_json(judged: Sequence[Judged], local: Judged | None) -> str:
    """The same for programs, as reference/mirrors.md describes it."""
    told = {"addresses": [_data(found) for found in judged], "local": _data(local) if local else None}
    return json.dumps(told, ensure_ascii=False, indent=1)


def render_verified(verified: Verified, words: Language) -> str:
    """Whether a site is what its commit gives; else what differs, and what may explain it."""
    build = verified.seen.build
    revision, n = (build.revision or "")[:10] if build else "", verified.files
    form = "equal" if verified.is_equal else "differs"
    said = words(f"tool.verify.{form}", site=verified.seen.name, revision=revision, n=n)
    found = [*_found(verified.findings, words), *_found(verified.remarks, words)]
    return "\n".join([said, *(f"  {line}" for line in found)])


def render_verified_json(verified: Verified) -> str:
    build = verified.seen.build
    told = {
        "address": verified.seen.name,
        "equal": verified.is_equal,
        "revision": build.revision if build else None,
        "built_at": iso(build.built_at) if build else None,
        "files": verified.files,
        "findings": [_finding(finding) for finding in verified.findings],
        "remarks": [_finding(finding) for finding in verified.remarks],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _data(judged: Judged) -> dict[str, object]:
    seen, build = judged.seen, judged.seen.build
    return {
        "address": seen.name,
        "verdict": judged.verdicts[0],
        "verdicts": judged.verdicts,
        "built_at": iso(build.built_at) if build else None,
        "changed_at": iso(build.changed_at) if build and build.changed_at else None,
        "revision": build.revision if build else None,
        "files": seen.files,
        "checked": seen.checked,
        "findings": [_finding(finding) for finding in judged.findings],
        "remarks": [_finding(finding) for finding in judged.remarks],
    }


def _finding(finding: Finding) -> dict[str, object]:
    values = {name: iso(value) if isinstance(value, datetime) else value for name, value in finding.values.items()}
    return {"verdict": finding.verdict, "what": finding.what, **values}
