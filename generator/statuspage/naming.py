"""Which components the incidents mean, also where an archive knows them by name alone."""

import re
from collections.abc import Iterator

from generator.sentences import say
from generator.statuspage.gathering import Source
from generator.statuspage.losses import Losses
from generator.statuspage.shapes import Affected

MAX_ID = 40


class Naming:
    """Finds the ids of components, and keeps those that no list of components holds."""

    def __init__(self, source: Source, losses: Losses) -> None:
        self._names = source.former_names
        self._losses = losses
        self.known: dict[str, str] = {c.id: c.name for c in source.components.values() if not c.group}
        self.unlisted: dict[str, str] = {}
        """Component id to name."""

    def ids(self, affected: Affected, place: str) -> Iterator[str]:
        """The ids that `affected` means: by its code, by its name, or by the names it strings together."""
        by_name = self._by_name(affected.name)
        parts = [self._by_name(part) for part in re.split(r",\s*|(?:^|\s)and\s", affected.name) if part]
        if affected.code in self.known:
            yield affected.code
        elif by_name:
            yield by_name
        elif parts and all(parts):
            why = say("names of several components in one are taken apart")
            self._losses.note("component.name", why, place)
            yield from (part for part in parts if part)
        else:
            yield self._unlisted(affected)

    def _by_name(self, name: str) -> str | None:
        ids = self._names.get(name.strip(), set()) & self.known.keys()
        return next(iter(ids)) if len(ids) == 1 else None

    def _unlisted(self, affected: Affected) -> str:
        """A component that was deleted since, or that the source does not list."""
        name = affected.code if re.fullmatch(r"[a-z0-9]{12}", affected.code) else affected.name
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower())[:MAX_ID].strip("-") or "component"
        if slug not in self.unlisted:
            self._losses.note(
                "component", say("no list has it: put last, without group and description"), affected.name
            )
        self.unlisted.setdefault(slug, affected.name)
        return slug
