"""What a published site says of itself: `build.json`, when it was built from what, and `manifest.json`, its files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from generator.facts import newest_change
from generator.history import History
from generator.language import iso
from generator.repository import REVISION, read_revision

_MAKERS = (
    "incident-pages", "babel", "feedgen", "font-source-sans-pro", "icalendar", "markdown", "markupsafe", "mkdocs",
    "mkdocs-material", "pillow", "tinycss2", "tzdata",
)  # fmt: skip
"""What the bytes of a site depend on, beside its sources: programs, typeface, time zones."""


def _whole_seconds(instant: object) -> object:
    return instant.astimezone(UTC).replace(microsecond=0) if isinstance(instant, datetime) else instant


Instant = Annotated[AwareDatetime, BeforeValidator(_whole_seconds), PlainSerializer(iso)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Paper(BaseModel):
    """Frozen. A later version may say more: what is not known here is not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    format: Literal[1] = Field(1, description="the form of this file")


class Build(Paper):
    """`build.json`. Nothing in it is of the machine: the same sources at the same instant say the same."""

    site: str = Field(description="the address that the site calls its own, the same on each mirror")
    built_at: Instant = Field(description="the instant it shows, in UTC")
    changed_at: Instant | None = Field(None, description="when a record last said something new; null without any")
    revision: Annotated[str, Field(pattern=f"^{REVISION.pattern}$")] | None = Field(
        None, description="the commit it was built from; null where nothing told it"
    )
    dirty: bool = Field(False, description="whether the sources differed from that commit")
    unreadable: int = Field(0, ge=0, description="records that could not be read and were left out")
    made_with: dict[str, str] = Field({}, description="our tool and what it builds with, each with its version")


class Listed(BaseModel):
    """One file of the site."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    size: int = Field(ge=0, description="bytes")
    sha256: Digest = Field(description="the SHA-256 of its bytes, in hexadecimal")


class Manifest(Paper):
    """`manifest.json`: every file of the published folder but itself."""

    files: dict[str, Listed] = Field(description="path below the site's root to size and SHA-256")


@dataclass(frozen=True)
class Origin:
    """What a site is built from, and with what."""

    revision: str | None = None
    dirty: bool = False
    made_with: Mapping[str, str] = field(default_factory=dict)


def read_origin(config: Path, records: str, revision: str | None = None) -> Origin:
    """What is known of the sources beside a `mkdocs.yml`, whose records lie in the folder `records`.

    A `revision` that is given is taken for what the sources are; else git is asked, if there is a repository.
    """
    if revision:
        return Origin(revision, False, read_makers())
    found = read_revision(config.parent, [config, config.parent / "docs", config.parent / records])
    return Origin(found.name, found.dirty, read_makers()) if found else Origin(made_with=read_makers())


def read_makers() -> dict[str, str]:
    """Our tool and the packages that shape a site, each with its version."""
    found = {}
    for name in _MAKERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a checkout that nobody has installed
            continue
    return found


NOT_TOLD = Origin()


def build_of(history: History, origin: Origin) -> Build:
    """What the site at `history.now` says of its build."""
    return Build(
        site=history.settings.url,
        built_at=history.now,
        changed_at=max(map(newest_change, history.courses), default=None),
        revision=origin.revision,
        dirty=origin.dirty,
        unreadable=len(history.unreadable),
        made_with=dict(origin.made_with),
    )


def render_build(build: Build) -> str:
    return build.model_dump_json(indent=1) + "\n"


def render_manifest(files: Mapping[str, Listed]) -> str:
    """A file a line, sorted by path: what two builds differ in, `diff` shows at once."""
    sorted_ = Manifest(files=dict(sorted(files.items())))
    lines = ",\n".join(f"  {_quoted(path)}: {listed.model_dump_json()}" for path, listed in sorted_.files.items())
    return f'{{\n "format": {sorted_.format},\n "files": {{\n{lines}\n }}\n}}\n'


def _quoted(path: str) -> str:
    return json.dumps(path, ensure_ascii=False)
