"""What the admin works at: the folder of records, the settings it goes by, and what can be read there at `now`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from generator.editing.drafts import Draft, read_draft
from generator.editing.inserting import Data, Edit, add_entry
from generator.editing.refusing import Refused
from generator.facts import Course
from generator.history import History, build_history
from generator.model import Incident, Update
from generator.problems import InvalidRecords, Problem
from generator.records import Records, parse_record
from generator.schema import read_first_line
from generator.settings import Settings


@dataclass(frozen=True)
class Desk:
    """`home` is the folder of `mkdocs.yml`, `now` a UTC instant."""

    home: Path
    settings: Settings
    records: Records
    now: datetime

    @cached_property
    def history(self) -> History:
        return build_history(self.records, self.settings, self.now)

    @property
    def incidents(self) -> dict[str, Incident]:
        """The sound records by id."""
        return {incident.id: incident for incident in self.records.incidents}

    @property
    def ids(self) -> frozenset[str]:
        """Of all records, those that cannot be read included."""
        return frozenset((*self.incidents, *(broken.id for broken in self.records.unreadable)))

    def incident(self, name: str) -> Incident:
        """The sound record with this id; raises InvalidRecords when it is not sound."""
        return self.incidents.get(name) or self.check(name, self.read(name).text)

    def course(self, name: str) -> Course:
        """The record as it can be read now; raises Refused when all of it lies in the future."""
        self.incident(name)
        if name not in self.history.by_id:
            raise Refused("not_yet", id=name)
        return self.history.by_id[name]

    def day_of(self, text: str) -> date:
        """The local day on which a new record begins, as far as that can be told."""
        incident, _ = self._parse("new", text)
        first = incident and (incident.scheduled.start if incident.scheduled else incident.timeline[0].at)
        return (first.nominal if first else self.now).astimezone(self.settings.zone).date()

    def file(self, name: str) -> str:
        """The file of the record with this id, below `home`."""
        return f"{self.settings.records}/{name}.yml"

    @property
    def first_line(self) -> str:
        """What a new record begins with."""
        return read_first_line(self.home / self.settings.records)

    def read(self, name: str) -> Draft:
        """The text of a record. Raises InvalidRecords when something is wrong with it already.

        Raises Refused when it has changed since the records were read: what was decided then may no longer hold.
        """
        draft = read_draft(self.home / self.file(name), self.file(name))
        incident = self.check(name, draft.text)
        if self.incidents.get(name, incident) != incident:
            raise Refused("overtaken", file=self.file(name))
        return draft

    def check(self, name: str, text: str) -> Incident:
        """The record that a text would be. Raises InvalidRecords with everything wrong in it."""
        incident, problems = self._parse(name, text)
        if problems or incident is None:
            raise InvalidRecords(problems)
        return incident

    def tell(self, name: str, draft: Draft, entry: Data) -> Edit:
        """Add an entry to a record's timeline, where its time belongs."""
        edit = add_entry(draft, "timeline", entry)
        incident, _ = self._parse(name, edit.text)
        place = _place(incident.timeline) if incident else None
        return edit if place is None else add_entry(draft, "timeline", entry, place)

    def _parse(self, name: str, text: str) -> tuple[Incident | None, list[Problem]]:
        return parse_record(name, self.file(name), text.encode("utf-8"), self.settings, self.ids)


def _place(timeline: Sequence[Update]) -> int | None:
    """Before which entry the last one belongs; None: it belongs where it is."""
    *earlier, new = timeline
    if not new.at:
        return None
    instant = new.at.nominal
    return next((index for index, entry in enumerate(earlier) if entry.at and entry.at.nominal > instant), None)
