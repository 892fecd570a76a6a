"""What one check of a drill found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

State = Literal["done", "failed", "unchecked"]
"""It is as it should be; it is not; nobody can tell from here, so the admin has to look."""
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Step:
    """`tool.drill.step.<what>.<state>` is its sentence, and `.do` there what to do next; `values` are put in."""

    what: str
    state: State
    values: Mapping[str, object] = field(default_factory=dict)


def done(what: str, **values: object) -> Step:
    return Step(what, "done", values)


def failed(what: str, **values: object) -> Step:
    return Step(what, "failed", values)


def unchecked(what: str, **values: object) -> Step:
    return Step(what, "unchecked", values)
