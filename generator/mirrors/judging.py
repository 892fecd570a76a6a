"""What is to be said of each place: current, stale, incomplete, altered, unreachable, and why. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from generator.addresses import BUILD
from generator.mirrors.seen import FaultyFile, Seen
from generator.provenance import Build

Verdict = Literal["current", "stale", "incomplete", "altered", "unreachable"]
VERDICTS: tuple[Verdict, ...] = ("unreachable", "altered", "incomplete", "stale", "current")
"""The worst first."""
APART = timedelta(hours=1)
"""By how much builds of the same sources may differ: hosts that build by themselves never do so at one time."""
AHEAD = timedelta(minutes=15)
"""By how much a clock may be wrong."""
_OF_A_FILE: dict[str, Verdict] = {"missing": "incomplete", "cut": "incomplete", "silent": "incomplete"}


@dataclass(frozen=True)
class Finding:
    """One thing found at a place. `what` is the key of its sentence, `values` is put in: instants, seconds, texts."""

    verdict: Verdict
    what: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """A place with all that was found there; nothing found is what makes it current."""

    seen: Seen
    findings: tuple[Finding, ...]
    remarks: tuple[Finding, ...] = ()
    """What is worth a word and no fault."""

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        found = {finding.verdict for finding in self.findings}
        return tuple(verdict for verdict in VERDICTS if verdict in found) or ("current",)

    @property
    def is_current(self) -> bool:
        return not self.findings


def judge(places: Sequence[Seen], local: Seen | None, site: str, now: datetime, stale_after: timedelta) -> list[Judged]:
    """The addresses of the site that calls itself `site`: held against the newest of them and against each other.

    A page older than `stale_after` is too old even where all are. The `local` folder proves what a build consists of;
    it may be older or newer than what is published.
    """
    builds = [seen.build for seen in places if seen.build and seen.build.built_at <= now + AHEAD]
    hosts = {urlsplit(seen.name).hostname: seen.name for seen in places}
    judged = []
    for index, seen in enumerate(places):
        findings = [*reached(seen, hosts), *_aged(seen, builds, now, stale_after), *in_files(seen)]
        earlier = [*([local] if local else []), *places[:index]]
        findings += [*_of_another(seen, site), *_unlike(seen, earlier)]
        judged.append(Judged(seen, tuple(findings), tuple(_remarks(seen))))
    return judged


def reached(seen: Seen, hosts: dict[str | None, str]) -> Iterator[Finding]:
    """Whether it answers at all, and by itself."""
    if seen.silence:
        yield Finding("unreachable", f"silence.{seen.silence.reason}", {"detail": seen.silence.detail})
    elif seen.status:
        yield Finding("unreachable", "status", {"status": seen.status})
    led = next((hop for hop in seen.hops if urlsplit(hop).hostname in hosts), None)
    if led and urlsplit(led).hostname != urlsplit(seen.name).hostname:
        yield Finding("unreachable", "leads_to_another", {"to": led})


def _aged(seen: Seen, builds: Sequence[Build], now: datetime, stale_after: timedelta) -> Iterator[Finding]:
    build = seen.build
    if not build:
        return
    if build.built_at > now + AHEAD:
        yield Finding("altered", "from_the_future", {"built": build.built_at})
        return
    newest, news = max(builds, key=_age), max(builds, key=_news)
    late = (newest.built_at - build.built_at).total_seconds()
    if _news(build) < _news(news):
        values: dict[str, object] = {"newest": news.changed_at, "changed": build.changed_at}
        yield Finding("stale", "news_missing" if build.changed_at else "all_news_missing", values)
    if late > APART.total_seconds() or (late > 0 and build.revision != newest.revision):
        yield Finding("stale", "older", {"seconds": late, "built": build.built_at, "newest": newest.built_at})
    elif now - build.built_at > stale_after:
        yield Finding("stale", "too_old", {"seconds": (now - build.built_at).total_seconds(), "built": build.built_at})


def _age(build: Build) -> datetime:
    return build.built_at


def _news(build: Build) -> datetime:
    return build.changed_at or datetime.min.replace(tzinfo=UTC)


def in_files(seen: Seen) -> Iterator[Finding]:
    for file in seen.faulty:
        yield _of_file(file)
    if seen.build and not seen.manifest and not (seen.faulty or seen.silence or seen.status):
        yield Finding("altered", "manifest_unsound")


def _of_another(seen: Seen, site: str) -> Iterator[Finding]:
    if seen.build and seen.build.site != site:
        yield Finding("altered", "another_site", {"site": seen.build.site})


def _of_file(file: FaultyFile) -> Finding:
    verdict = _OF_A_FILE.get(file.fault, "altered")
    form = f"file.{file.fault}_page" if file.fault == "missing" and file.detail == "page" else f"file.{file.fault}"
    changes = [{"what": change.what, "detail": change.detail} for change in file.changes]
    return Finding(verdict, form, {"path": file.path, "detail": file.detail, "changes": changes})


def _unlike(seen: Seen, others: Sequence[Seen]) -> Iterator[Finding]:
    """Files that another place lists otherwise although it has the same build: one of the two has been altered."""
    twin = next((other for other in others if _is_same_build(seen, other)), None)
    if not twin or not seen.manifest or not twin.manifest:
        return
    mine, theirs = seen.manifest.files, twin.manifest.files
    values: dict[str, object] = {"than": twin.name}
    for path in sorted(theirs.keys() - mine.keys()):
        yield Finding("incomplete", "unlisted", {"path": path} | values)
    for path in sorted(mine.keys() - theirs.keys()):
        yield Finding("altered", "added", {"path": path} | values)
    for path in sorted(mine.keys() & theirs.keys()):
        if mine[path] != theirs[path]:
            yield Finding("altered", "listed_otherwise", {"path": path} | values)


def _is_same_build(one: Seen, other: Seen) -> bool:
    if not one.build or not other.build:
        return False
    return (one.build.built_at, one.build.revision) == (other.build.built_at, other.build.revision)


def _remarks(seen: Seen) -> Iterator[Finding]:
    if seen.hops:
        yield Finding("current", "leads_to", {"to": seen.hops[-1].removesuffix(BUILD)})
    if seen.build and seen.build.dirty:
        yield Finding("current", "dirty")
    if seen.build and seen.build.unreadable:
        yield Finding("current", "unreadable", {"n": seen.build.unreadable})
