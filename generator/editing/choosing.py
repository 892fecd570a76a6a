"""Which record a command means: the one that is named, or the one that it most likely is about."""

from collections.abc import Callable
from pathlib import PurePath

from generator.editing.desk import Desk
from generator.editing.refusing import Refused
from generator.facts import Course
from generator.history import History

Choice = Callable[[History], tuple[str, ...]]
"""The ids a command may be about when none is named; one of them is the answer, several are a question."""


def going_on(history: History) -> tuple[str, ...]:
    """What is open; else the maintenance to come."""
    return _ids(history.open or history.upcoming)


def to_publish(history: History) -> tuple[str, ...]:
    """The newest incident that is over and has no post-mortem yet; else the one that is open."""
    over = [course for course in history.past if course.incident.kind == "incident" and not course.incident.published]
    return _ids(tuple(over[:1]) or tuple(course for course in history.open if course.incident.kind == "incident"))


def published(history: History) -> tuple[str, ...]:
    """The newest post-mortem."""
    return _ids(tuple(course for course in history.courses if course.incident.published)[:1])


def _ids(courses: tuple[Course, ...]) -> tuple[str, ...]:
    return tuple(course.incident.id for course in courses)


def find_record(desk: Desk, name: str) -> str:
    """The id of the record that is called `name`: its id, its file, or a part that no other id has."""
    wanted = PurePath(name).name.removesuffix(".yml")
    found = [wanted] if wanted in desk.ids else sorted(known for known in desk.ids if wanted in known)
    if not found:
        raise _unknown(name, _ids(desk.history.courses[:3]))
    if len(found) > 1:
        raise Refused("several", name=name, ids=", ".join(found))
    return found[0]


def _unknown(name: str, newest: tuple[str, ...]) -> Refused:
    if not newest:
        return Refused("no_records", name=name)
    if " " in name:
        return Refused("words_for_id", name=name, newest=", ".join(newest))
    return Refused("no_such_record", name=name, newest=", ".join(newest))
