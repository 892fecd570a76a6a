"""The record: what one file in `incidents/` says. One definition gives types, checks and the reference."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.fields import FieldInfo

from generator.guesses import closest, did_you_mean, not_possible
from generator.moments import NOT_WRITTEN, Day, Moment
from generator.problems import Mistyped, wrong
from generator.sentences import say
from generator.texts import Line, Prose

State = Literal["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"]
"""A component's states in the order of severity, as Statuspage orders and names them."""
Status = Literal[
    "investigating", "identified", "monitoring", "resolved",
    "scheduled", "in_progress", "verifying", "completed", "cancelled",
]  # fmt: skip
Kind = Literal["incident", "maintenance", "notice"]
EntryKind = Literal["update", "finding", "hypothesis", "decision", "communication"]
Severity = Literal["none", "minor", "major", "critical"]
YesNo = Literal["yes", "no"]
Stated = Literal["no", "yes", "unknown"]
"""Left out is a fourth answer: not stated."""
STATES: tuple[State, ...] = get_args(State)
ENTRY_KINDS: tuple[EntryKind, ...] = get_args(EntryKind)
INCIDENT_STATUSES: tuple[Status, ...] = ("investigating", "identified", "monitoring", "resolved")
MAINTENANCE_STATUSES: tuple[Status, ...] = ("scheduled", "in_progress", "verifying", "completed", "cancelled")
STATUSES_OF: dict[Kind, tuple[Status, ...]] = {
    "incident": INCIDENT_STATUSES,
    "maintenance": MAINTENANCE_STATUSES,
    "notice": (),
}
"""The statuses that go with each kind of record."""
FINAL_STATUSES: frozenset[Status] = frozenset(("resolved", "completed", "cancelled"))
KEPT_ID = re.compile(r"[a-z0-9]{12}", re.ASCII)


def _known_component(name: str, info: ValidationInfo) -> str:
    known = info.context["components"] if info.context else (name,)
    if name not in known:
        message = say("there is no component '{name}'", name=name[:60])
        raise wrong(message, did_you_mean(name, known), Mistyped(name, closest(name, known)))
    return name


def _known_record(name: str, info: ValidationInfo) -> str:
    known = info.context["records"] if info.context else (name,)
    if name not in known:
        hint = did_you_mean(name, known) or say("Write the name of its file without .yml")
        raise wrong(say("there is no record '{name}'", name=name[:60]), hint, Mistyped(name, closest(name, known)))
    return name


def _web_address(text: str) -> str:
    host = text.split("://", 1)[-1].split("/", 1)[0]
    if not text.startswith(("https://", "http://")) or not host or any(c in text for c in "\\\"'<> \n"):
        hint = say("Write it out, like {example}", example="https://example.com/")
        meant = f"https://{text}" if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s\"'<>\\]*)?", text) else ""
        raise wrong(say("'{text}' is not a web address", text=text[:60]), hint, Mistyped(text, meant))
    return text


def _kept_id(text: str) -> str:
    if not KEPT_ID.fullmatch(text):
        hint = say("Write the id of the other system, or delete the line")
        raise wrong(say("'{text}' is not an id of 12 small letters and digits", text=text[:60]), hint)
    return text


ComponentId = Annotated[str, AfterValidator(_known_component)]
RecordId = Annotated[str, AfterValidator(_known_record)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
KeptId = Annotated[str, AfterValidator(_kept_id)]
"""An id that Statuspage gave."""


class Part(BaseModel):
    """A piece of a record: frozen, and strict about the names of its fields."""

    # Programs that read a record find every field in it.
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Update(Part):
    """One entry of the timeline."""

    at: Moment | None = Field(None, description="when; may be left out between two dated entries")
    kind: EntryKind = Field("update", description="what the entry tells; subscribers get the updates")
    status: Status | None = Field(None, description="how far the matter is from now on")
    components: dict[ComponentId, State] = Field({}, description="component: the state it is in from now on")
    text: Prose | None = Field(None, description="what is to be told")
    advice: Prose | None = Field(None, description="what to do or not to do now, and why")
    restriction: Prose | None = Field(None, description="what is still limited although it works again")
    available_at: WebAddress | None = Field(None, description="where it can be reached meanwhile")
    next_update: Moment | None = Field(None, description="when readers hear more, at the latest")
    id: KeptId | None = Field(None, description="its id on the Statuspage page it was moved from; else left out")

    @field_validator("status", mode="before")
    @classmethod
    def _one_there_is(cls, word: Any, info: ValidationInfo) -> Any:
        """Of those that go with the kind of the record, as far as that is known, the one is told that was meant."""
        possible = STATUSES_OF.get((info.context or {}).get("kind", ""), ())
        if possible and isinstance(word, str) and word not in get_args(Status):
            raise wrong(*not_possible(word, possible), Mistyped(word, closest(word, possible), possible=possible))
        return word


class Impact(Part):
    """What it meant for the people who rely on the components."""

    severity: Severity | None = Field(None, description="how bad; derived from the states unless given")
    text: Prose | None = Field(None, description="what was possible and what was not")
    customers: Prose | None = Field(None, description="who was affected, how many")
    data_loss: Stated | None = Field(None, description="was data lost; left out: not stated")
    personal_data: Stated | None = Field(None, description="was personal data touched; left out: not stated")


class Detection(Part):
    """How it was noticed."""

    by: Literal["monitoring", "customer", "staff", "third_party", "unknown"] | None = Field(
        None, description="who noticed; left out: not stated"
    )
    alerting_fired: YesNo | None = Field(None, description="did the own alerting report it")
    text: Prose | None = Field(None, description="how it came to notice")


class Hypothesis(Part):
    """A suspicion that was followed."""

    text: Prose = Field(description="what was suspected")
    outcome: Literal["confirmed", "rejected", "open"] = Field(description="what became of it")
    evidence: Prose | None = Field(None, description="what showed that")


Category = Literal[
    "dns",
    "supplier",
    "deployment",
    "capacity",
    "hardware",
    "network",
    "configuration",
    "security",
    "human",
    "other",
]


class Cause(Part):
    """Why it happened, no more certainly than is known."""

    certainty: Literal["known", "suspected", "unknown"] = Field(description="how sure we are")
    category: Category | None = Field(None, description="the kind of cause")
    text: Prose | None = Field(None, description="the cause, or what is suspected")
    contributing: tuple[Prose, ...] = Field((), description="what made it possible, or worse")
    hypotheses: tuple[Hypothesis, ...] = Field((), description="the suspicions that were followed")


class Mitigation(Part):
    """What relieved the outage while it lasted."""

    at: Moment | None = Field(None, description="since when")
    text: Prose = Field(description="what was done")
    restores: Prose | None = Field(None, description="what it gave back")
    limits: Prose | None = Field(None, description="what it did not")


class Action(Part):
    """A promise."""

    text: Prose = Field(description="what is promised")
    type: Literal["prevent", "detect", "mitigate", "process"] | None = Field(None, description="what it is for")
    owner: Line | None = Field(None, description="who sees to it: a role, not a name")
    due: Day | None = Field(None, description="by which day")
    status: Literal["open", "in_progress", "done", "dropped"] = Field("open", description="how far it is")
    done_at: Day | None = Field(None, description="the day it was kept")
    reason: Prose | None = Field(None, description="why it was dropped or is late")


class Lessons(Part):
    """What was learned."""

    went_well: tuple[Prose, ...] = Field((), description="what worked")
    went_wrong: tuple[Prose, ...] = Field((), description="what did not")
    lucky: tuple[Prose, ...] = Field((), description="where it could have been worse")


class Explanation(Part):
    """A word explained to people who are not technical."""

    term: Line = Field(description="the word")
    text: Prose = Field(description="what it means")


class Schedule(Part):
    """The window of a maintenance."""

    start: Moment = Field(description="when it begins")
    end: Moment = Field(description="when it is over, as planned")
    announced: Moment | None = Field(None, description="when it was announced; before that it is downtime")


class Correction(Part):
    """What was put right in the text after it appeared."""

    at: Moment = Field(description="when")
    text: Prose = Field(description="what was wrong before")


class Incident(Part):
    """One record: an incident, a maintenance or a notice."""

    id: str = Field(description="the file's name without .yml; never written in the file")
    kind: Kind = Field("incident", description="what is recorded")
    title: Line = Field(description="what readers see first")
    summary: Prose | None = Field(None, description="in two sentences: what happened to the readers")
    started: Moment | None = Field(None, description="when impact began, if not with the first entry")
    timeline: tuple[Update, ...] = Field(min_length=1, description="what happened, in the order of events")
    impact: Impact | None = Field(None, description="what it meant for customers")
    detection: Detection | None = Field(None, description="how it was noticed")
    cause: Cause | None = Field(None, description="why it happened")
    mitigations: tuple[Mitigation, ...] = Field((), description="what helped while it lasted")
    actions: tuple[Action, ...] = Field((), description="what is promised")
    lessons: Lessons | None = Field(None, description="what was learned")
    explanations: tuple[Explanation, ...] = Field((), description="words explained to everyone")
    technical: Prose | None = Field(None, description="detail for technical readers, folded away")
    related: tuple[RecordId, ...] = Field((), description="ids of other records that belong to it")
    first_of_its_kind: YesNo | None = Field(None, description="has it happened before; left out: not stated")
    scheduled: Schedule | None = Field(None, description="maintenance: the window")
    published: Moment | None = Field(None, description="when the post-mortem appeared")
    corrections: tuple[Correction, ...] = Field((), description="later corrections, dated")


class Component(Part):
    """Something readers rely on, as the settings name it."""

    id: str
    name: Line
    description: Prose | None = None
    group: Line | None = None
    url: WebAddress | None = None
    since: datetime | None = None
    """UTC; before it there is no data."""


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields a file may write in `model`. A record's id is the file's name."""
    ours: dict[type[BaseModel], tuple[str, ...]] = {Incident: ("id",), Moment: NOT_WRITTEN}
    return {name: field for name, field in model.model_fields.items() if name not in ours.get(model, ())}
