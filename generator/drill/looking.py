"""A drill's look at the world: mirrors, names, targets, a build, the repository. Nothing is published or sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from generator import probing
from generator.declared import FAILURES, Dependence, Dimension
from generator.deploying import DeployError, rehearse
from generator.drill.means import Apart, Built, Seen
from generator.elsewhere import host_of
from generator.independence import Finding, Question, judge, tell
from generator.language import Language
from generator.mirrors import Judged, fetch_mirrors
from generator.mirrors import judge as judge_mirrors
from generator.mirrors import tell as tell_of_mirror
from generator.publish import rehearse_build
from generator.repository import has_commit, read_remotes
from generator.settings import Settings

_CARRYING: frozenset[Dimension] = (FAILURES - {"certificate", "key"}) | {"hoster", "network"}
"""What falls together when a host does: one certificate for two hosts does not, one company does."""
_FRONT = "index.html"
_TOLD = 3
"""Pieces of evidence in one sentence; the commands that look more closely tell the rest."""


@dataclass
class Looking:
    """The world as it is at `now` (UTC), asked for `timeout` seconds at a time; each answer is kept."""

    config: Path
    settings: Settings
    words: Language
    now: datetime
    timeout: float
    has_password: bool
    _refusals: dict[str, str | None] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.config.parent

    def addresses(self) -> Sequence[Seen]:
        """As `Means` has it, and so are the others."""
        return self._addresses

    @cached_property
    def _addresses(self) -> tuple[Seen, ...]:
        looked = fetch_mirrors(self.settings.addresses, self.home / "site", False, self.timeout)
        stale_after = timedelta(hours=int(self.settings.status.stale_after))
        judged = judge_mirrors(looked.places, looked.local, self.settings.url, self.now, stale_after)
        return tuple(map(self._seen, judged))

    def _seen(self, judged: Judged) -> Seen:
        """The page itself is there only where the site says of what build it is: a parked domain answers, too."""
        build = judged.seen.build
        has_page = all(finding.values.get("path") != _FRONT for finding in judged.findings)
        answers = build is not None and "unreachable" not in judged.verdicts and has_page
        why = _few(tell_of_mirror(finding, self.words) for finding in judged.findings)
        return Seen(judged.seen.name, answers, judged.is_current, why, build.revision if build else None)

    def apart(self, sites: Sequence[str], fallen: Sequence[str], as_mirrors: bool) -> Mapping[str, Apart]:
        asked = Question(tuple(sites), tuple(fallen), (), Dependence(), Dependence())
        findings = judge(probing.gather(asked, self.now, probing.Manner(total=self.timeout)), self.now)
        counted = [found for found in findings if found.watched and found.dimension in
                   (_CARRYING if as_mirrors else FAILURES)]  # fmt: skip
        return {site: self._apart([found for found in counted if found.site == host_of(site)]) for site in sites}

    def _apart(self, findings: Sequence[Finding]) -> Apart:
        shared = [found for found in findings if found.verdict in ("shared", "weak")]
        unknown = [found for found in findings if found.verdict == "unknown"]
        facts = dict.fromkeys(fact for found in shared or unknown for fact in found.evidence)
        why = _few(tell(fact, self.words) for fact in facts)
        return Apart("failed" if shared else "unchecked" if unknown or not findings else "done", why)

    def refusal(self, target: str) -> str | None:
        if target not in self._refusals:
            self._refusals[target] = self._ask(target)
        return self._refusals[target]

    def _ask(self, target: str) -> str | None:
        try:
            rehearse(self.settings.status.targets[target])
        except DeployError as error:
            return self.words(f"tool.deploy.failed.{error.reason}", **error.values)
        return None

    def build(self) -> Built:
        return self._built

    @cached_property
    def _built(self) -> Built:
        tried = rehearse_build(self.config, self.words.code)
        return Built(tried.why, tried.without_network)

    def holds(self, revision: str) -> bool | None:
        return has_commit(self.home, revision)

    def origins(self) -> Sequence[str]:
        return read_remotes(self.home)


def _few(sentences: Iterable[str]) -> str:
    told = [sentence.rstrip(".") for sentence in sentences]
    return "; ".join([*told[:_TOLD], *(["…"] if len(told) > _TOLD else [])])
