"""A page of one language as the API of Statuspage tells it: who it is, and the form of its times and ids."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from generator.api.v2.ids import id_of
from generator.history import History
from generator.language import Language
from generator.news import changed
from generator.texts import Line

Json = dict[str, Any]
_UTC = ("UTC", "UCT")


@dataclass(frozen=True)
class Page:
    """The history told in one language."""

    history: History
    language: Language

    @property
    def root(self) -> str:
        """The absolute address of this language's front page."""
        return self.history.settings.url_of(self.language.code)

    @cached_property
    def id(self) -> str:
        """The same in each language; after a move from Statuspage, or of the site where `feed_authority` is set."""
        kept = self.history.settings.status.statuspage_id
        return kept or id_of("page", self.history.settings.authority)

    @cached_property
    def updated(self) -> datetime:
        """When a record last changed (UTC); before there is any, now."""
        return max(map(changed, self.history.courses), default=self.history.now)

    def head(self) -> Json:
        """What every file begins with."""
        return {
            "id": self.id,
            "name": self.history.settings.name,
            "url": self.root.rstrip("/"),
            "time_zone": self.history.settings.zone.key,
            "updated_at": self.time(self.updated),
        }

    def time(self, instant: datetime) -> str:
        """`2021-07-17T11:05:00.000+02:00` in the site's zone; in a zone called UTC with a Z."""
        local = instant.astimezone(self.history.settings.zone)
        text = local.isoformat(timespec="milliseconds")
        return f"{text[:-6]}Z" if local.tzname() in _UTC else text

    def t(self, key: str, **values: object) -> str:
        return self.language(key, **values)

    def line(self, line: Line) -> str:
        return line.pick(self.language.code)[0]
