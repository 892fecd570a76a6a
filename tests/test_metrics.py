"""Figures for monitoring, read back by the readers of both formats that monitoring knows."""

from datetime import datetime
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

from generator.history import History, build_history
from generator.metrics import render_metrics
from generator.model import STATES
from generator.project import read_project
from generator.records import Unreadable
from tests.builders import COMPONENTS, entry, history, maintenance, outage, settings, utc
from tests.built import SITES

NOW = utc("2026-03-02 12:00")
Figures = dict[tuple[str, str, str], float]
"""Name without ours in front, component and state (both empty where there is none), to the value."""


def figures(found: History, read: Any = prometheus) -> Figures:
    samples = [sample for family in read(render_metrics(found)) for sample in family.samples]
    told = {_key(sample): sample.value for sample in samples}
    assert len(told) == len(samples)
    return told


def _key(sample: Any) -> tuple[str, str, str]:
    labels = sample.labels
    return sample.name.removeprefix("incident_pages_"), labels.get("component", ""), labels.get("state", "")


def demo(now: datetime) -> History:
    project = read_project(SITES["demo"][0])
    return build_history(project.records, project.settings, now)


@pytest.mark.parametrize("now", [utc("2026-10-12 10:00"), SITES["demo"][1], utc("2026-09-23 19:30")])
def test_both_readers_read_the_same(now: datetime) -> None:
    """The text format of Prometheus, and the stricter OpenMetrics: every figure is a gauge with its meaning."""
    found = demo(now)
    assert figures(found) == figures(found, openmetrics)
    read: Any = openmetrics
    for family in read(render_metrics(found)):
        assert family.type == "gauge"
        assert family.documentation.endswith(".")


def test_a_component_is_in_one_state() -> None:
    """One series for each state it could be in, of which one is 1."""
    told = figures(history([outage("2026-03-02 10:00")], NOW))
    states = {name: value for name, value in told.items() if name[0] == "component_state"}
    assert set(states) == {("component_state", name, state) for name in COMPONENTS for state in STATES}
    assert {name for name, value in states.items() if value == 1} == {
        ("component_state", "shop", "major_outage"),
        ("component_state", "tours", "operational"),
        ("component_state", "api", "operational"),
    }
    assert set(states.values()) == {0, 1}


@pytest.mark.parametrize(
    ("now", "incidents", "running", "planned", "counter"),
    [
        ("2026-10-12 10:00", 0, 0, 1, "operational"),
        ("2026-10-20 08:15", 1, 1, 1, "operational"),
        ("2026-09-23 19:30", 0, 1, 0, "under_maintenance"),
    ],
)
def test_a_calm_day_an_outage_and_a_maintenance(
    now: str, incidents: int, running: int, planned: int, counter: str
) -> None:
    """What is open, what is planned, and the state of a component that is worked on."""
    told = figures(demo(utc(now)))
    assert told["incidents_open", "", ""] == incidents
    assert told["maintenances_open", "", ""] == running
    assert told["maintenances_planned", "", ""] == planned
    assert told["component_state", "counter", counter] == 1


def test_instants_are_seconds() -> None:
    """Of the build and of the last word in a record, so that an alarm can ask how old they are."""
    told = figures(history([outage("2026-03-02 10:00", "2026-03-02 11:00")], NOW))
    assert told["build_timestamp_seconds", "", ""] == NOW.timestamp()
    assert told["change_timestamp_seconds", "", ""] == utc("2026-03-02 11:00").timestamp()


def test_nothing_is_made_up_where_nothing_has_been_recorded() -> None:
    """No change has no time."""
    told = figures(history([], NOW))
    assert ("change_timestamp_seconds", "", "") not in told
    assert told["incidents_open", "", ""] == 0


def test_a_report_that_cannot_be_read_is_counted() -> None:
    """All may seem well when it is not."""
    lost = History(settings(), NOW, (), (Unreadable("one", "One", may_be_ongoing=True),))
    assert figures(lost)["records_unreadable", "", ""] == 1


def test_a_maintenance_counts_as_planned_until_it_begins() -> None:
    """And as going on until it ends."""
    told = [entry("2026-03-01 10:00", "scheduled", {"shop": "under_maintenance"})]
    work = maintenance(told, "2026-03-02 11:00", "2026-03-02 13:00")
    names = ("maintenances_planned", "maintenances_open")
    hours = ("2026-03-02 10:59", "2026-03-02 11:00", "2026-03-02 13:00")
    seen = [[figures(history([work], utc(hour)))[name, "", ""] for name in names] for hour in hours]
    assert seen == [[1, 0], [0, 1], [0, 0]]
