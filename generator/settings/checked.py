"""The settings, checked, as all other rooms know them."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from generator.elsewhere import host_of
from generator.model import Component
from generator.own_pages import Files
from generator.settings.parts import ComponentSettings, StatusSettings


@dataclass(frozen=True)
class Settings:
    """The settings, checked."""

    name: str
    url: str
    status: StatusSettings
    pages: dict[str, Files]
    """The hand-written files of every language."""
    config: str
    """The text of mkdocs.yml, handed on to the engine."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.status.time_zone)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.status.languages

    @property
    def records(self) -> str:
        return self.status.records

    @property
    def logo(self) -> str | None:
        """The address of the logo below the site's root; None without one, or without its file."""
        name = self.status.logo
        return name if name and name in self.pages[self.languages[0]] else None

    def prefix(self, language: str) -> str:
        """Where a language lives below the site's root: nowhere for the first, `en/` for the others."""
        return "" if language == self.languages[0] else f"{language}/"

    def url_of(self, language: str) -> str:
        """The full address of a language's front page."""
        return self.url + self.prefix(language)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the site is found: its own address, then its mirrors'."""
        return (self.url, *self.status.mirrors)

    @property
    def authority(self) -> str:
        """The host that feed ids carry."""
        return self.status.feed_authority or host_of(self.url) or "localhost"

    @property
    def components(self) -> tuple[Component, ...]:
        return tuple(self._component(settings) for settings in self.status.components)

    def _component(self, settings: ComponentSettings) -> Component:
        since = settings.since and datetime.combine(settings.since, time(), self.zone).astimezone(UTC)
        return Component(**settings.model_dump(exclude={"since"}), since=since)

    @property
    def context(self) -> dict[str, Any]:
        """What the reader of a record has to know."""
        return {
            "zone": self.zone,
            "languages": self.languages,
            "components": frozenset(component.id for component in self.status.components),
        }
