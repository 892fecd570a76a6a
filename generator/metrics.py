"""The present as figures for monitoring: Prometheus' text format, which readers of OpenMetrics understand, too."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from generator.facts import newest_change
from generator.history import History
from generator.model import STATES

_NAME = "incident_pages"
_Sample = tuple[str, int]
"""Labels as they are written, and the value."""


def render_metrics(history: History) -> str:
    """All figures, each a gauge; instants are seconds since 1970 (UTC).

    A component's state is one series for each state it could be in, of which one is 1: so that an alarm can ask for
    `{state="major_outage"} == 1`, and no number stands for a state. Labels are ids, which never change.
    """
    open_ = [course.incident.kind for course in history.open]
    changes = map(newest_change, history.courses)
    lines = [
        *_family("component_state", "The state of a component: 1 for the one it is in", _states(history)),
        *_single("incidents_open", "Incidents that are not over", open_.count("incident")),
        *_single("maintenances_open", "Maintenance that is going on", open_.count("maintenance")),
        *_single("maintenances_planned", "Maintenance that is still to come", len(history.upcoming)),
        *_single("records_unreadable", "Records that cannot be read and may hide something", len(history.unreadable)),
        *_single("build_timestamp_seconds", "When the site was built", _seconds(history.now)),
        *_single("change_timestamp_seconds", "When a record last said something new", *map(_seconds, _last(changes))),
    ]
    # A comment to Prometheus, the end of the file to OpenMetrics.
    return "\n".join([*lines, "# EOF"]) + "\n"


def _states(history: History) -> Iterator[_Sample]:
    for component, now in history.states.items():
        for state in STATES:
            yield f'{{component="{component}",state="{state}"}}', int(state == now)


def _last(instants: Iterator[datetime]) -> list[datetime]:
    """The latest one; none where nothing has been recorded yet."""
    return sorted(instants)[-1:]


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def _single(name: str, meaning: str, *values: int) -> Iterator[str]:
    return _family(name, meaning, (("", value) for value in values))


def _family(name: str, meaning: str, samples: Iterable[_Sample]) -> Iterator[str]:
    yield f"# HELP {_NAME}_{name} {meaning}."
    yield f"# TYPE {_NAME}_{name} gauge"
    yield from (f"{_NAME}_{name}{labels} {value}" for labels, value in samples)
