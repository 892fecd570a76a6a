"""Which news is announced: the last of the record that is meant."""

from generator.history import History
from generator.news import Item, items_of


def to_announce(history: History) -> tuple[str, ...]:
    """The ids of what is open; when nothing is, of the record that subscribers heard of last: it has just ended."""
    if history.open:
        return tuple(course.incident.id for course in history.open)
    items = [item for course in history.courses for item in items_of(course)]
    return (max(items, key=lambda item: (item.at, item.course.incident.id)).course.incident.id,) if items else ()


def newest_item(history: History, name: str) -> Item | None:
    """The last thing that subscribers heard of a record: an update, its post-mortem, a correction.

    None when it says nothing to them yet: a mere finding is told on its page alone.
    """
    return max(items_of(history.by_id[name]), key=lambda item: (item.at, item.place), default=None)
