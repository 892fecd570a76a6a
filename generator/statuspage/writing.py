"""Values of a Statuspage as a record writes them: times, texts in their language, ids."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from generator.moments import written
from generator.prose import MAX_CHARACTERS
from generator.sentences import say
from generator.statuspage.losses import Losses
from generator.statuspage.naming import Naming
from generator.statuspage.wording import to_line, to_record

ROOM = MAX_CHARACTERS - 500
"""Characters of one text; the rest is for what escaping adds."""


@dataclass(frozen=True)
class Writer:
    """What all records of an import have in common. `language` is None where texts need not name theirs."""

    zone: ZoneInfo
    language: str | None
    root: str
    """The address of the Statuspage, with a slash at the end; empty when no answer tells it."""
    naming: Naming
    losses: Losses

    def time(self, instant: datetime) -> str:
        """Local time to the second, with its offset where a clock change leaves two readings."""
        return written(instant, self.zone)

    def line(self, text: str) -> Any:
        """A title or a name."""
        return self._told(to_line(text))

    def prose(self, text: str, place: str) -> list[Any]:
        """A text as Markdown; several where one may not be as long, none where nothing is left of it."""
        parts = _split(text)
        if len(parts) > 1:
            why = say("more than {most} characters, continued in a further entry", most=MAX_CHARACTERS)
            self.losses.note("body", why, place)
        written = [to_record(part, self.losses, place, self.root) for part in parts]
        return [self._told(part) for part in written if part]

    def _told(self, text: str) -> Any:
        return {self.language: text} if self.language else text


def _split(text: str) -> list[str]:
    """Parts of a text that are short enough, cut between paragraphs, else between words."""
    parts = []
    while len(text) > ROOM:
        cuts = [match.end() for match in re.finditer(r"(?:<br\s*/?>\s*|\n|</p>){2}|</p>", text[:ROOM])]
        cut = max(cuts, default=0) or text.rfind(" ", 1, ROOM)
        cut = cut if cut > 0 else ROOM
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]
