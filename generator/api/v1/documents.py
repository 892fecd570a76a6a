"""What each file of API v1 holds. The schemas are drawn from here, so a description is what a developer reads."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from generator.facts import Indicator
from generator.independence import Result
from generator.model import Action, Incident, Kind, Severity, State, Status
from generator.moments import Moment
from generator.texts import Line, Prose

Addresses = dict[str, str]
"""Language to full address."""


class Document(BaseModel):
    """A piece of a file. Every field is always there: what is not stated is null."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class File(Document):
    """A whole file."""

    version: Literal[1] = Field(1, description="version of this form; within it fields are added, never taken away")


class Seconds(Document):
    """A length of time in seconds, with bounds."""

    least: float = Field(description="at least so long")
    most: float | None = Field(description="at most so long; null: nothing bounds it")


class Share(Document):
    """A share between 0 and 1, with bounds, each rounded down to six places."""

    least: float = Field(description="what is certain")
    most: float = Field(description="the best that is possible")


class Durations(Document):
    """Each counts from the start of impact; null: not stated, or not yet."""

    detect: Seconds | None = Field(description="until it was noticed")
    mitigate: Seconds | None = Field(description="until the first state better than the worst")
    resolve: Seconds | None = Field(description="until it was over for good")


class Event(Document):
    """A change, when it happened, and what holds from then on."""

    nominal: datetime = Field(description="the one instant to sort by")
    earliest: datetime | None = Field(description="at this instant at the earliest; null: nobody knows")
    latest: datetime | None = Field(description="at this instant at the latest; null: nobody knows")
    entry: int | None = Field(description="place in the record's `timeline`, from 0; null: no entry tells of it")
    status: Status | None = Field(description="the status reached; null: no new one")
    components: dict[str, State] = Field(description="component's id: the state it is in from now on")


class Brief(Document):
    """A record in short."""

    id: str = Field(description="the record's id")
    kind: Kind = Field(description="what is recorded")
    title: Line = Field(description="language: title")
    status: Status | None = Field(description="how far it is; null: a notice, or none told yet")
    severity: Severity | None = Field(description="how bad; null: not an incident")
    began: Moment = Field(description="when it began; of a maintenance to come, when it will")
    ended: Moment | None = Field(description="when it was over, of a maintenance also as planned; null: it goes on")
    updated_at: datetime = Field(description="when the record last said something new")
    components: list[str] = Field(description="ids of the components it names")
    pages: Addresses = Field(description="language: address of its page")
    file: str = Field(description="address of the file with the whole record")


class IncidentFile(File):
    """A record in full. It changes only when the record does, or when time brings about what it plans."""

    brief: Brief = Field(description="the record in short")
    durations: Durations = Field(description="how long it took")
    events: list[Event] = Field(description="its course, oldest first, with bounds")
    record: Incident = Field(description="what the record says")


class Year(Document):
    """A calendar year of the site's zone."""

    year: int = Field(description="the year")
    incidents: int = Field(description="how many incidents began in it")
    maintenances: int = Field(description="how many maintenances")
    notices: int = Field(description="how many notices")
    file: str = Field(description="address of the file that lists them")


class IncidentsFile(File):
    """The way into all records."""

    newest: list[Brief] = Field(description="the 50 that began last, newest first")
    years: list[Year] = Field(description="every year with a record, newest first")


class YearFile(File):
    """All records that began in one year."""

    year: int = Field(description="the calendar year, in the site's zone")
    records: list[Brief] = Field(description="newest first")


class Site(Document):
    """Whose status it is."""

    name: str = Field(description="its name")
    time_zone: str = Field(description="the zone its days are those of; every instant in these files is in UTC")
    languages: list[str] = Field(description="the first one is that of texts written without a language")
    pages: Addresses = Field(description="language: address of the front page")


class ComponentNow(Document):
    """Something readers rely on, as it is now."""

    id: str = Field(description="the component's id")
    name: Line = Field(description="language: name")
    group: Line | None = Field(description="language: the heading it stands under")
    url: str | None = Field(description="where it is reached")
    since: datetime | None = Field(description="there is no data before; null: there is none yet")
    state: State = Field(description="the state it is in")
    pages: Addresses = Field(description="language: address of its page")


class StatusFile(File):
    """The present."""

    as_of: datetime = Field(description="the instant it was built for; ask again if it is too long ago")
    site: Site = Field(description="whose status it is")
    indicator: Indicator = Field(description="the state of the worst component; critical: all are down")
    headline: Addresses = Field(description="language: the same in a sentence")
    unreadable: int = Field(description="records that cannot be read; `indicator` knows nothing of them")
    components: list[ComponentNow] = Field(description="in the order of the site")
    ongoing: list[Brief] = Field(description="incidents and maintenances going on, newest first")
    planned: list[Brief] = Field(description="maintenances to come, soonest first")
    notices: list[Brief] = Field(description="the notices of the last 30 days, newest first")


class Month(Document):
    """The availability of a component in one calendar month."""

    month: str = Field(description="`2026-03`, in the site's zone")
    observed: Seconds = Field(description="the time there is data for, without announced maintenance")
    lost: Seconds = Field(description="of that, the time lost: a major outage in full, a partial one by 30 per cent")
    availability: Share = Field(description="what follows; months are added up by their seconds, not by this")


class ComponentMonths(Document):
    """Every month of a component."""

    id: str = Field(description="the component's id")
    months: list[Month] = Field(description="those with data, oldest first; the last one up to `as_of`")


class AvailabilityFile(File):
    """The availability of every component in every month, with bounds where times are uncertain."""

    as_of: datetime = Field(description="the instant it was built for")
    components: list[ComponentMonths] = Field(description="in the order of the site")


class Commitment(Document):
    """A promise, and where it was made."""

    record: str = Field(description="the id of the record that makes it")
    overdue: bool = Field(description="whether its day is past and it is not kept")
    action: Action = Field(description="the promise")


class CommitmentsFile(File):
    """What was promised, and what became of it."""

    as_of: datetime = Field(description="the instant it was built for")
    waiting: list[Commitment] = Field(description="all that are neither kept nor dropped, of the newest record first")
    closed: list[Commitment] = Field(description="kept or dropped: the 100 of the newest records")


class IndependenceFile(File):
    """Whether the site would stand if what it reports on had fallen. There is none where the settings name nothing."""

    result: Result | None = Field(description="the newest check, as reference/independence.md has it; null: none yet")
    accepted: dict[str, Prose] = Field(description="dimension: language: why it is accepted that it is shared")
