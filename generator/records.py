"""The files in `incidents/` as records, or every problem in all of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.addresses import slug
from generator.model import FINAL_STATUSES, STATUSES_OF, Incident
from generator.moments import Moment
from generator.problems import Problem
from generator.sentences import Sentence, either, say
from generator.settings import Settings
from generator.validate import first_problems, validate
from generator.yaml_source import Document, Where, parse_yaml, read_yaml

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_ID = 80


@dataclass(frozen=True)
class Unreadable:
    """A record that cannot be published: its name, and whether it may tell of something still going on."""

    id: str
    title: str
    may_be_ongoing: bool

    @property
    def file(self) -> str:
        """What it is called in the folder of the records."""
        return self.id if "." in self.id or "/" in self.id else f"{self.id}.yml"

    @property
    def has_address(self) -> bool:
        """Whether its page can stand where it will stand once it is mended."""
        return _is_address(self.id)


@dataclass(frozen=True)
class Records:
    """What `incidents/` holds: the sound records by id, the unreadable ones, and what is wrong."""

    incidents: tuple[Incident, ...]
    unreadable: tuple[Unreadable, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_records(folder: Path, settings: Settings, newest: int = 0) -> Records:
    """Read every record in `folder`, or only so many, the newest by their names.

    Nothing is raised for a bad file: it becomes a problem.
    """
    name = settings.records
    if not folder.is_dir():
        missing = Problem(name, 1, 1, "", say("there is no such folder"), say("Create it, and put a record into it"))
        return Records((), problems=(missing,))
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "_")))
    files = [path for path in paths if path.suffix == ".yml"]
    context = settings.context | {"records": frozenset(path.stem for path in files)}
    results = [_read(path, f"{name}/{path.name}", context) for path in files[-newest:]]
    problems = [problem for result in results for problem in result[1]]
    strangers = list(_strangers(paths, name))
    return Records(
        tuple(incident for incident, _, unreadable in results if incident and not unreadable),
        (*(unreadable for _, _, unreadable in results if unreadable), *(lost for lost, _ in strangers)),
        tuple(sorted([*problems, *(problem for _, problem in strangers)])),
    )


def _strangers(paths: Iterable[Path], name: str) -> Iterator[tuple[Unreadable, Problem]]:
    """What lies beside the records and could be one that somebody waits for: it may tell of something going on."""
    for path in paths:
        lost = Unreadable(_shown(path.name) + "/" * path.is_dir(), _shown(path.stem), may_be_ongoing=True)
        file = _shown(f"{name}/{path.name}")
        named = path.suffix.lower() in (".yaml", ".yml") or path.name.lower().endswith((".yml.txt", ".yaml.txt"))
        if named and path.suffix != ".yml":
            stem = _shown(path.name).lower().split(".")[0]
            message, hint = say("the name of a record ends in .yml"), say("Rename it to {name}.yml", name=stem)
            yield lost, Problem(file, 1, 1, "", message, hint)
        elif path.is_dir() and any(path.rglob("*.y*ml")):
            what = say("records lie directly in the folder, not deeper")
            yield lost, Problem(file, 1, 1, "", what, say("Move its files to {folder}/", folder=name))


def parse_record(
    stem: str, name: str, content: bytes, settings: Settings, others: Iterable[str] = ()
) -> tuple[Incident | None, list[Problem]]:
    """A record that is not on disk yet, and what is wrong with it.

    `name` is its file in messages, `others` are the ids that it may relate to.
    """
    context = settings.context | {"records": frozenset((stem, *others))}
    return _taken(stem, parse_yaml(content, name), context)


def _read(path: Path, name: str, context: dict[str, Any]) -> tuple[Incident | None, list[Problem], Unreadable | None]:
    document = read_yaml(path, name)
    incident, problems = _taken(path.stem, document, context)
    broken = _unreadable(path.stem, document) if problems else None
    return incident, problems, broken


def _taken(stem: str, document: Document, context: dict[str, Any]) -> tuple[Incident | None, list[Problem]]:
    problems = [*_name_problems(stem, document.file), *document.problems]
    if not document.complete:
        return None, problems
    incident, found = _validated(stem, document, context)
    return incident, first_problems([*problems, *found])


def _validated(stem: str, document: Document, context: dict[str, Any]) -> tuple[Incident | None, list[Problem]]:
    data = {key: value for key, value in document.data.items() if key != "id"} | {"id": _shown(stem)}
    incident, problems = validate(Incident, document, data, context | {"kind": str(data.get("kind", "incident"))})
    if "id" in document.data:
        problems.append(document.problem(("id",), say("the id is the file's name"), say("Delete the line")))
    contradictions = [] if incident is None else list(_contradictions(incident, document))
    known = Document(document.file, problems=[*document.problems, *problems])
    return incident, problems + [found for found in contradictions if not known.covers(found.field)]


def _shown(stem: str) -> str:
    """A file's name as text: bytes that are none become question marks."""
    return stem.encode("utf-8", "replace").decode()


def _is_address(stem: str) -> bool:
    return stem != "index" and len(stem) <= MAX_ID and bool(_ID.fullmatch(stem))


def _name_problems(stem: str, name: str) -> Iterator[Problem]:
    if not _is_address(stem):
        words = "" if stem == "index" else slug(_shown(stem))[:MAX_ID].strip("-")
        good = words or "2021-07-17-outage"
        message, hint = say("the file's name cannot be part of an address"), say("Rename it to {name}.yml", name=good)
        yield Problem(_shown(name), 1, 1, "", message, hint)


def _unreadable(stem: str, document: Document) -> Unreadable:
    """What can still be told of a broken record. In doubt it is ongoing."""
    data = document.data if isinstance(document.data, dict) else {}
    title = data.get("title")
    words = [title, *title.values()] if isinstance(title, dict) else [title]
    told = next((text for text in words if isinstance(text, str)), _shown(stem))
    return Unreadable(_shown(stem), " ".join(told.split())[:200], not _has_ended(document))


def _has_ended(document: Document) -> bool:
    """Whether the last status that stands in the file, well-formed or not, is a final one."""
    data = document.data
    if not document.complete or data.get("kind") == "notice":
        return document.complete
    entries = data.get("timeline")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return False
    given = [i for i in range(len(entries)) if ("timeline", i, "status") in document.places]
    return bool(given) and str(entries[given[-1]].get("status")) in FINAL_STATUSES


def _contradictions(incident: Incident, document: Document) -> Iterator[Problem]:
    """What is wrong between the fields of a record that are each well-formed."""
    rules = (
        _entry_faults,
        _kept_id_faults,
        _kind_faults,
        _order_faults,
        _window_faults,
        _action_faults,
        _related_faults,
    )
    for path, message, hint in (fault for rule in rules for fault in rule(incident)):
        yield document.problem(path, message, hint)


Fault = tuple[Where, Sentence, Sentence]


def _entry_faults(incident: Incident) -> Iterator[Fault]:
    allowed = STATUSES_OF[incident.kind]
    for index, entry in enumerate(incident.timeline):
        path: Where = ("timeline", index)
        if entry.status and entry.status not in allowed:
            hint = say("Write {names}", names=either(allowed)) if allowed else say("Delete the line")
            message = say("'{status}' does not go with kind: {kind}", status=entry.status, kind=incident.kind)
            yield (*path, "status"), message, hint
        if entry.components and incident.kind == "notice":
            message = say("a notice changes no component")
            yield (*path, "components"), message, say("Delete it, or write kind: incident")
        if not (entry.text or entry.status or entry.components or entry.advice):
            yield path, say("the entry says nothing"), say("Add a line {line}", line="text: …")


def _kept_id_faults(incident: Incident) -> Iterator[Fault]:
    """Programs tell entries apart by their ids."""
    ids = [entry.id for entry in incident.timeline]
    for index, kept in enumerate(ids):
        if kept and kept in ids[:index]:
            message = say("another entry above has the id '{id}'", id=kept)
            yield ("timeline", index, "id"), message, say("Delete one of the two lines")


def _kind_faults(incident: Incident) -> Iterator[Fault]:
    kind = incident.kind
    if kind == "maintenance" and not incident.scheduled:
        hint = say("Add a line {line}", line="scheduled: {start: 2021-07-17 22:00, end: 2021-07-17 23:30}")
        yield ("scheduled",), say("a maintenance needs its window"), hint
    if kind != "maintenance" and incident.scheduled:
        hint = say("Write kind: maintenance, or delete the window")
        yield ("scheduled",), say("a window goes with kind: maintenance, this is kind: {kind}", kind=kind), hint
    if kind == "incident" and not any(entry.status for entry in incident.timeline):
        yield ("timeline",), say("no entry has a status"), say("Add a line status: investigating to the first entry")


def _order_faults(incident: Incident) -> Iterator[Fault]:
    """An event cannot lie before the one it is told after."""
    timeline = incident.timeline
    dated: list[tuple[int, Moment]] = [(i, entry.at) for i, entry in enumerate(timeline) if entry.at]
    if not timeline[0].at:
        hint = say("Add a line {line}, as well as you know it", line="at: 2021-07-17 09:05")
        yield ("timeline", 0), say("the first entry needs its time"), hint
    if timeline[-1].at is None and len(timeline) > 1:
        hint = say("Add a line {line}, as well as you know it", line="at: 2021-07-17 09:05")
        yield ("timeline", len(timeline) - 1), say("the last entry needs its time"), hint
    if incident.started and dated and not _may_follow(incident.started, dated[0][1]):
        yield ("started",), say("the impact began after the first entry"), say("Correct one of the two times")
    latest: Moment | None = None
    for index, moment in dated:
        if latest and not _may_follow(latest, moment):
            yield ("timeline", index, "at"), say("this lies before an entry above it"), say("Put the entries in order")
        elif moment.earliest and (latest is None or moment.earliest > (latest.earliest or moment.earliest)):
            latest = moment


def _window_faults(incident: Incident) -> Iterator[Fault]:
    window = incident.scheduled
    if window and not _may_follow(window.start, window.end):
        yield ("scheduled", "end"), say("the maintenance ends before it begins"), say("Correct one of the two times")


def _may_follow(first: Moment, second: Moment) -> bool:
    if first.earliest is None or second.latest is None:
        return True
    # A day ends where the next one begins: that instant is no longer part of it.
    return first.earliest < second.latest if second.day else first.earliest <= second.latest


def _action_faults(incident: Incident) -> Iterator[Fault]:
    for index, action in enumerate(incident.actions):
        path: Where = ("actions", index)
        if action.done_at and action.status != "done":
            hint = say("Write status: done, or delete the day")
            message = say("the promise has status: {status}, and yet a day it was kept", status=action.status)
            yield (*path, "done_at"), message, hint
        if action.status == "dropped" and not action.reason:
            yield path, say("a dropped promise needs its reason"), say("Add a line {line}", line="reason: …")


def _related_faults(incident: Incident) -> Iterator[Fault]:
    for index, name in enumerate(incident.related):
        if name == incident.id or name in incident.related[:index]:
            itself, twice = say("'{name}' is this record itself", name=name), say("'{name}' is listed twice", name=name)
            yield ("related", index), itself if name == incident.id else twice, say("Delete it")
