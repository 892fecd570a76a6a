"""A new record: the name of its file, and its text."""

from collections.abc import Container
from datetime import date
from typing import Any

from generator.addresses import slug
from generator.records import MAX_ID
from generator.texts import MAX_LINE
from generator.yaml_text import render_yaml

_ROOM = MAX_ID - len("2021-07-17-") - len("-99")


def new_id(day: date, title: str, taken: Container[str]) -> str:
    """`2021-07-17-dashboard-nicht-erreichbar`, cut between words; counted where it is taken."""
    words = slug(title[:MAX_LINE])[: _ROOM + 1]
    words = words if len(words) <= _ROOM else words[:_ROOM].rpartition("-")[0] or words[:_ROOM]
    name = f"{day}-{words}".strip("-")
    free = (f"{name}-{number}" for number in range(2, 100))
    return name if name not in taken else next(known for known in free if known not in taken)


def new_record(fields: dict[str, Any], first_line: str = "") -> str:
    """The text of a record with these fields; what is empty is left out.

    `first_line` is a comment for editors, such as the address of a schema.
    """
    return first_line + render_yaml({name: value for name, value in fields.items() if value})
