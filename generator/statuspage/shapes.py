"""Statuspage's objects as its API v2 answers with them, and as archives made of its history pages keep them.

Every field that matters is typed; what else stands there is kept aside, so that it can be reported.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AliasChoices,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from generator.model import State
from generator.moments import YEARS


def _written_out(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("a time is written out, like 2021-07-17T09:05:00Z")
    return value


def _in_our_years(instant: datetime) -> datetime:
    if instant.year not in YEARS:
        raise ValueError(f"the year lies outside of {YEARS[0]} to {YEARS[-1]}")
    return instant


KEPT_ID = re.compile(r"[a-z0-9]{12}", re.ASCII)
"""What our own API passes on as an id of Statuspage's."""
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,40}$")]
"""Twelve of them, as far as anybody has seen. Ids become names of files: nothing else may stand in one."""
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

Instant = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_our_years)]
"""A time with its offset."""


class Shape(BaseModel):
    """An object of Statuspage's. Fields that it does not know are in `model_extra`."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Page(Shape):
    """The page as a whole."""

    id: str | None = None
    name: Name
    url: str = ""
    time_zone: str = "Etc/UTC"
    updated_at: Instant | None = None


class Affected(Shape):
    """What an update does to a component. `code` is the component's id; in archives, a word made of its name."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    name: Name
    old_status: State
    new_status: State


class Component(Shape):
    """A component or, with `group`, a group of them."""

    id: Id
    name: Name
    status: State | None = None
    description: str | None = None
    position: int = 0
    group: bool = False
    group_id: Id | None = None
    components: tuple[str, ...] = ()
    start_date: date | None = None
    page_id: str | None = None
    created_at: Instant | None = None
    updated_at: Instant | None = None
    showcase: bool | None = None
    only_show_if_degraded: bool | None = None


class Update(Shape):
    """One update of an incident. Archives say `displayed_at`, and `update` for a status that stays."""

    id: str
    status: Literal[
        "investigating", "identified", "monitoring", "resolved", "postmortem", "update",
        "scheduled", "in_progress", "verifying", "completed",
    ]  # fmt: skip
    body: str | None = None
    created_at: Instant
    updated_at: Instant | None = None
    display_at: Instant | None = Field(None, validation_alias=AliasChoices("display_at", "displayed_at"))
    affected_components: tuple[Affected, ...] | None = None
    incident_id: str | None = None
    deliver_notifications: bool | None = None


class Incident(Shape):
    """An incident or, with `scheduled_for`, a maintenance. Updates come newest first, in archives oldest first."""

    id: Id
    name: Name
    status: str
    impact: Literal["none", "minor", "major", "critical", "maintenance"]
    created_at: Instant
    updated_at: Instant | None = None
    started_at: Instant | None = None
    monitoring_at: Instant | None = None
    resolved_at: Instant | None = None
    shortlink: str | None = None
    page_id: str | None = None
    incident_updates: tuple[Update, ...]
    components: tuple[Component | Affected, ...] = ()
    scheduled_for: Instant | None = None
    scheduled_until: Instant | None = None
    postmortem_body: str | None = None
    postmortem_published_at: Instant | None = None
