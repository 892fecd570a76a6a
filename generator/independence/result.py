"""A whole run as JSON: what `--format json` prints, and what is kept, dated, as `independence/2026-11-22.json`."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from generator.declared import Dimension
from generator.independence.findings import Fact, Finding, Severity, Verdict
from generator.model import WebAddress

FOLDER = "independence"
"""Where results are kept, beside mkdocs.yml."""
MAX_BYTES = 4_000_000
_ADDRESS = re.compile(r"(?<![\w:.])[0-9a-f]*(?:[:.][0-9a-f]*){2,}(?![\w:])")
_FORM = "%Y-%m-%dT%H:%M:%SZ"


def _instant(text: str) -> str:
    datetime.strptime(text, _FORM).replace(tzinfo=UTC)
    return text


class _Kept(BaseModel):
    """A piece of a result: frozen, every field in it, and no other."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class KeptFact(_Kept):
    """A piece of evidence."""

    fact: str = Field(description="which fact; reference/independence.md lists them")
    values: dict[str, str] = Field({}, description="what it is about, as text")

    @classmethod
    def of(cls, fact: Fact) -> Self:
        return cls(fact=fact.key, values=dict(fact.values))


class KeptFinding(_Kept):
    """One dimension between an address of the site and something watched, or of one host alone."""

    dimension: Dimension = Field(description="what was compared, or looked at")
    site: str = Field(description="the host of the site; where nothing is compared, the one that was looked at")
    watched: str | None = Field(None, description="the host that it was compared with")
    verdict: Verdict = Field(description="separate or shared; of one host alone sound or weak; or unknown")
    severity: Severity = Field(description="failure where it must be separate, else warning")
    evidence: tuple[KeptFact, ...] = Field((), description="what shows it")

    @classmethod
    def of(cls, found: Finding) -> Self:
        evidence = tuple(KeptFact.of(fact) for fact in found.evidence)
        return cls(dimension=found.dimension, site=found.site, watched=found.watched or None,
                   verdict=found.verdict, severity=found.severity, evidence=evidence)  # fmt: skip


class Result(_Kept):
    """What `incidents independence` found in one run."""

    checked: Annotated[str, AfterValidator(_instant)] = Field(description="when, in UTC")
    sites: tuple[WebAddress, ...] = Field(description="the site's addresses; the first one is site_url")
    watched: tuple[str, ...] = Field(description="what the site has to be independent of")
    exit_status: int = Field(ge=0, le=2, description="what the command ended with")
    findings: tuple[KeptFinding, ...] = Field(description="in the order of the dimensions")

    @property
    def instant(self) -> datetime:
        """When it was checked, in UTC."""
        return datetime.strptime(self.checked, _FORM).replace(tzinfo=UTC)


def build_result(
    now: datetime, sites: Iterable[str], watched: Iterable[str], status: int, findings: Iterable[Finding]
) -> Result:
    """A run of that instant (UTC); `status` is what the command ends with."""
    checked = now.astimezone(UTC).strftime(_FORM)
    kept = tuple(KeptFinding.of(found) for found in findings)
    return Result(checked=checked, sites=tuple(sites), watched=tuple(watched), exit_status=status, findings=kept)


def render_result(result: Result) -> str:
    """The run as JSON, every field in it, with a line break at the end."""
    return json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def without_private_addresses(result: Result) -> Result:
    """The run as it may be published: an address of a private network would tell of the machine that asked."""
    return result.model_copy(update={"findings": tuple(_public(found) for found in result.findings)})


def _public(found: KeptFinding) -> KeptFinding:
    return found.model_copy(update={"evidence": tuple(_public_fact(fact) for fact in found.evidence)})


def _public_fact(fact: KeptFact) -> KeptFact:
    values = {name: _ADDRESS.sub(_masked, value) for name, value in fact.values.items()}
    return fact.model_copy(update={"values": values})


def _masked(word: re.Match[str]) -> str:
    try:
        return "(private)" if ip_address(word[0]).is_private else word[0]
    except ValueError:
        return word[0]


def result_file(result: Result) -> str:
    """The file that a run is kept in, seen from mkdocs.yml; its name is the day in UTC."""
    return f"{FOLDER}/{result.instant:%Y-%m-%d}.json"


def render_schema() -> str:
    """The JSON Schema of a run."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(head | Result.model_json_schema(mode="serialization"), ensure_ascii=False, indent=1) + "\n"
