"""What of a Statuspage could not be expressed, counted: nothing gets lost without a word."""

from dataclasses import dataclass

from generator.sentences import Sentence, say

EXAMPLES = 3


@dataclass(frozen=True, order=True)
class Loss:
    """A field of Statuspage's and why a record cannot hold it; how often, and the first places by id."""

    field: str
    why: Sentence
    count: int
    examples: tuple[str, ...]

    @property
    def sentence(self) -> Sentence:
        """`incident.created_at, 18 times: why (8jx0t5c136x2, …)`, a single line."""
        times = say("once") if self.count == 1 else say("{n} times", n=self.count)
        places = ", ".join(self.examples) + (", …" if self.count > len(self.examples) else "")
        return say("{field}, {times}: {why} ({places})", field=self.field, times=times, why=self.why, places=places)


class Losses:
    """Takes down each loss where it happens."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, Sentence], list[str]] = {}

    def note(self, field: str, why: Sentence, place: str) -> None:
        """`place` is the id of what lost it."""
        self._places.setdefault((field, why), []).append(place[:60])

    def listed(self) -> tuple[Loss, ...]:
        """All of them by field, each once."""
        return tuple(sorted(
            Loss(field, why, len(places), tuple(dict.fromkeys(places))[:EXAMPLES])
            for (field, why), places in self._places.items()
        ))  # fmt: skip
