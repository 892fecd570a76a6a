"""Real responses of Statuspage pages, read in place: the form we keep to is theirs, and so are the rules behind it."""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.api.v2 import render_statuspage
from generator.api.v2.files import STATUS
from generator.facts import indicator, worst
from generator.history import build_history
from generator.language import language
from generator.project import read_project
from tests.built import HERE, SITES
from tests.statuspage_shape import COMPONENTS, INCIDENT, PAGE, SUMMARY, misfits

NOWHERE = Path("corpora")
CORPORA = next((path for up in HERE.parents if (path := up / "shared" / "corpora").is_dir()), NOWHERE)
pytestmark = pytest.mark.skipif(CORPORA == NOWHERE, reason="the real responses do not lie beside this checkout")
Kinds = dict[str, list[dict[str, Any]]]


def _read(pattern: str) -> list[Any]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CORPORA.glob(pattern))]


@cache
def summaries() -> list[Any]:
    return _read("statuspage-github/summaries/*.json")


@cache
def component_lists() -> list[Any]:
    return _read("statuspage-components/*.json")


@cache
def whole_incidents() -> list[Any]:
    """Those kept exactly as the API gave them."""
    (archive,) = _read("statuspage-github/incidents-archive.json")
    return [incident for incident in archive if "page_id" in incident]


def _objects(value: Any, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a response with the name of what holds it; a group counts as a kind of its own."""
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, kind)
    elif isinstance(value, dict):
        yield ("groups" if value.get("group") else kind), value
        for key, inner in value.items():
            yield from _objects(inner, key)


def _by_kind(responses: list[Any]) -> Kinds:
    found: Kinds = defaultdict(list)
    for kind, item in (pair for response in responses for pair in _objects(response, "response")):
        found[kind].append(item)
    return found


@cache
def real() -> Kinds:
    return _by_kind([*summaries(), *component_lists(), {"incidents": whole_incidents()}])


@cache
def ours() -> Kinds:
    """Every file of both sites in all languages."""
    texts: list[str] = []
    for config, now in SITES.values():
        project = read_project(config)
        history = build_history(project.records, project.settings, now)
        for code in project.settings.languages:
            texts += render_statuspage(history, language(code, project.settings.zone)).values()
    return _by_kind([json.loads(text) for text in texts])


def test_there_is_something_to_compare_with() -> None:
    """Whole files, of several pages, calm and not."""
    assert len(summaries()) > 30
    assert len(component_lists()) == 6
    assert len(whole_incidents()) == 280


def test_the_form_written_down_is_the_form_of_real_responses() -> None:
    """Every one of them fits it; of an incident in older ones only the last key is missing."""
    for summary in summaries():
        whole = summary | {"incidents": [_with_last_key(incident) for incident in summary["incidents"]]}
        assert list(misfits(whole, SUMMARY)) == []
    for found in component_lists():
        assert list(misfits(found, {"page": PAGE, **COMPONENTS})) == []
    assert list(misfits(whole_incidents(), [INCIDENT])) == []


def _with_last_key(incident: dict[str, Any]) -> dict[str, Any]:
    return {**incident, "reminder_intervals": incident.get("reminder_intervals")}


@pytest.mark.parametrize("kind", [
    "page", "components", "groups", "status", "incidents", "scheduled_maintenances", "incident_updates",
    "affected_components",
])  # fmt: skip
def test_ours_have_the_keys_and_types_of_real_ones(kind: str) -> None:
    """In their order, none more, none less; null only where real ones are null."""
    assert {tuple(item) for item in ours()[kind]} <= {tuple(item) for item in real()[kind]}
    # No response holds a maintenance that is over; how that looks, incidents show.
    types = _types(real()[kind] + real()["incidents"] * (kind == "scheduled_maintenances"))
    assert {key: found - types[key] for key, found in _types(ours()[kind]).items() if found - types[key]} == {}


def _types(items: list[dict[str, Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for key, value in item.items():
            found[key].add(type(value).__name__)
    assert found
    return found


def test_our_rule_for_the_indicator_is_theirs() -> None:
    """From the states of the components in each summary follows the status it shows."""
    for summary in summaries():
        states = [component["status"] for component in summary["components"] if not component["group"]]
        shown, words = STATUS[indicator(states)]
        assert summary["status"] == {"indicator": shown, "description": words}


def test_our_rules_for_groups_and_positions_are_theirs() -> None:
    """A group is as bad as its worst component; components are listed by position, which counts anew in each group."""
    for found in component_lists():
        components = {component["id"]: component for component in found["components"]}
        positions = [component["position"] for component in components.values()]
        assert positions == sorted(positions)
        for group in (component for component in components.values() if component["group"]):
            children = [component for component in components.values() if component["group_id"] == group["id"]]
            assert group["components"] == [child["id"] for child in children]
            assert group["status"] == worst(child["status"] for child in children)


def test_our_order_of_lists_is_theirs() -> None:
    """Incidents by creation, unresolved by change, newest first; what is planned soonest first, then what is active."""
    assert _descends([incident["created_at"] for incident in whole_incidents()])
    for summary in summaries():
        assert _descends([incident["updated_at"] for incident in summary["incidents"]])
        keys = [(m["status"] != "scheduled", m["scheduled_for"]) for m in summary["scheduled_maintenances"]]
        assert keys == sorted(keys)


def _descends(values: list[str]) -> bool:
    return values == sorted(values, reverse=True)


def test_our_rules_for_updates_are_theirs() -> None:
    """Newest first; each names all components so far, with the state that the one before left them in."""
    for incident in whole_incidents():
        updates = incident["incident_updates"]
        assert _descends([update["display_at"] for update in updates])
        states: dict[str, str] = {}
        for update in reversed(updates):
            affected = update["affected_components"] or []
            assert set(states) <= {found["code"] for found in affected}
            assert all(states.get(found["code"], found["old_status"]) == found["old_status"] for found in affected)
            states = {found["code"]: found["new_status"] for found in affected}
        assert set(states) == {component["id"] for component in incident["components"]}


def test_our_rules_for_times_are_theirs() -> None:
    """Resolved and monitoring since the first update that says so; null before there is one."""
    for incident in whole_incidents():
        for status in ("monitoring", "resolved"):
            told = [update["display_at"] for update in incident["incident_updates"] if update["status"] == status]
            assert incident[f"{status}_at"] == (told[-1] if told else None)
