"""Texts, times and names for a terminal: lines of at most 80 characters, in the admin's language."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.facts import Course, began, ended, is_open, status_of
from generator.history import History
from generator.language import Language
from generator.moments import Moment
from generator.texts import Text

WIDTH = 80
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")


@dataclass(frozen=True)
class Teller:
    """Tells of a history in the words of one language."""

    history: History
    words: Language

    def t(self, key: str, **values: object) -> str:
        return self.words(key, **values)

    def text(self, text: Text) -> str:
        """The text in the admin's language, or in the one there is."""
        return text.pick(self.words.code)[0]

    def names(self, components: Iterable[str]) -> str:
        """Components in a sentence, in the order of the settings."""
        named = set(components)
        return self.words.together([self.text(c.name) for c in self.history.components if c.id in named])

    def states(self, course: Course) -> Iterator[str]:
        """What the record says of each component, a line each."""
        for name in course.components:
            yield from wrapped(self.t("pair", a=self.names([name]), b=self.t(f"state.{course.state_now(name)}")))

    def status(self, course: Course) -> str:
        """How far it is; of a notice, that it is one."""
        status = status_of(course)
        return self.t(f"status.{status}") if status else self.t(f"kind.{course.incident.kind}")

    def when(self, moment: Moment) -> str:
        return self.words.tell(moment, "medium")

    def span(self, course: Course) -> str:
        """When a record began and ended, as told."""
        first, last = began(course), ended(course)
        begin = self.when(first)
        if last is None:
            return self.t("time.since", time=begin) if is_open(course) else begin
        day = self.words.local_day(last.nominal)
        same = self.words.local_day(first.nominal) == day
        return self.t("time.from_to", a=begin, b=self.words.clock_of(last, day) if same else self.when(last))

    def labelled(self, label: str, text: Text | str, indent: str = "") -> Iterator[str]:
        """A text with its label before it."""
        words = text if isinstance(text, str) else self.text(text)
        return wrapped(f"{label} {words}", indent)


def wrapped(text: str, indent: str = "") -> Iterator[str]:
    """The lines of a text in Markdown: paragraphs are filled, the items of a list keep to themselves."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            yield ""
        for part in _parts(paragraph):
            item = _ITEM.match(part)
            hanging = indent + " " * len(item[0]) if item else indent
            yield from textwrap.wrap(part, WIDTH, initial_indent=indent, subsequent_indent=hanging,
                                     break_long_words=False, break_on_hyphens=False)  # fmt: skip


def _parts(paragraph: str) -> Iterator[str]:
    """A paragraph's items, each with the lines that continue it; what comes before them is a part, too."""
    part: list[str] = []
    for line in paragraph.splitlines():
        if part and _ITEM.match(line):
            yield " ".join(part)
            part = []
        part.append(line.rstrip() if not part else line.strip())
    yield " ".join(part)
