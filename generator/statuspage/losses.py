"""What of a Statuspage could not be expressed, counted: nothing gets lost without a word."""

from dataclasses import dataclass

EXAMPLES = 3


@dataclass(frozen=True, order=True)
class Loss:
    """A field of Statuspage's and why a record cannot hold it; how often, and the first places by id."""

    field: str
    why: str
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        """`incident.created_at, 18 times: why (8jx0t5c136x2, …)`, a single line."""
        times = "once" if self.count == 1 else f"{self.count} times"
        more = ", …" if self.count > len(self.examples) else ""
        return f"{self.field}, {times}: {self.why} ({', '.join(self.examples)}{more})"


class Losses:
    """Takes down each loss where it happens."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], list[str]] = {}

    def note(self, field: str, why: str, place: str) -> None:
        """`place` is the id of what lost it."""
        self._places.setdefault((field, why), []).append(place[:60])

    def listed(self) -> tuple[Loss, ...]:
        """All of them by field, each once."""
        return tuple(sorted(
            Loss(field, why, len(places), tuple(dict.fromkeys(places))[:EXAMPLES])
            for (field, why), places in self._places.items()
        ))  # fmt: skip
