"""Programs made for Statuspage pages read ours: from PyPI, from npm, and Atlassian's own in a browser.

Each is asked on three days of the invented company: a calm one, one with an outage, one with maintenance going on.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from generator.project import Project, read_project
from generator.site import build_site
from tests.browser import served, window
from tests.built import SITES
from tests.clients import ask_with_node, check_status, export_metrics, need_widget


@dataclass(frozen=True)
class Day:
    """What every program should know at one moment; `down` are all components that are not operational."""

    at: str
    indicator: str
    words: str
    down: frozenset[str]
    incidents: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    going_on: tuple[str, ...] = ()


DAYS = {
    "calm": Day(
        "2026-09-20 12:00", "none", "All Systems Operational", frozenset(),
        planned=("New version of the counter app",),
    ),
    "outage": Day(
        "2026-10-20 10:15", "minor", "Minor Service Outage",
        frozenset({"Order page", "Ordering", "Website", "Invoices", "Billing"}),
        incidents=("Order page slow and at times unreachable",),
        planned=("New labels for the routes",), going_on=("New invoice archive",),
    ),
    "maintenance": Day(
        "2026-09-23 21:30", "maintenance", "Service Under Maintenance", frozenset({"Counter app", "Ordering"}),
        going_on=("New version of the counter app",),
    ),
}  # fmt: skip
Site = Callable[[str], Path]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The folder with what programs read on a day, laid out as it is published; built once a worker."""
    project = read_project(SITES["demo"][0])

    @cache
    def written(name: str) -> Path:
        now = datetime.fromisoformat(DAYS[name].at).replace(tzinfo=project.settings.zone)
        return _write(project, now.astimezone(UTC), tmp_path_factory.mktemp(name))

    return written


def _write(project: Project, now: datetime, folder: Path) -> Path:
    for path, content in build_site(project.records, project.settings, now).items():
        code, _, inside = path.partition("/")
        if code in project.settings.languages and inside.startswith(("api/v2/", "_headers")):
            file = folder / project.settings.prefix(code) / inside
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(str(content), encoding="utf-8")
    return folder


each_day = pytest.mark.parametrize("name", DAYS)


@each_day
def test_the_prometheus_exporter_measures_the_state(name: str, site: Site, tmp_path: Path) -> None:
    """Up or not, as a whole and by component; an info for each incident, and for each maintenance to come or going on.

    To this program a page with any component under maintenance is not up.
    """
    day = DAYS[name]
    with served(site(name)) as base:
        found = export_metrics(f"{base}en/api/v2/summary.json", tmp_path)
    assert found["statuspage_probe_check"] == [({"service_name": "Bread"}, 1)]
    assert found["statuspage_service_status"] == [({"service_name": "Bread"}, 0 if day.down else 1)]
    components = {labels["component_name"]: value for labels, value in found["statuspage_component_status"]}
    assert {name for name, value in components.items() if not value} == day.down
    assert set(components.values()) <= {0, 1}
    assert len(components) == 12
    told = [labels for labels, value in found["statuspage_incident_info"] if value]
    assert [labels["incident_name"] for labels in told] == list(day.incidents)
    assert all(labels["impact"] == "major" for labels in told)
    maintenance = [labels["maintenance_name"] for labels, value in found["statuspage_maintenance_info"] if value]
    assert maintenance == [*day.planned, *day.going_on]


CHECKED = {
    "calm": """\
Current PyPI status: No issues
Registered events:
- [scheduled] Neue Fassung der Theken-App

More: https://status.python.org/
""",
    "outage": """\
Current PyPI status: Minor incident
Registered events:
- [identified] Bestellseite langsam und zeitweise nicht erreichbar
  Affected components:
    - Bestellseite [Partial outage]
    - Website [Degraded performance]
- [scheduled] Neue Etiketten für die Touren
  Affected components:
    - Tourenplanung [Operational]
    - Fahr-App [Operational]
- [in_progress] Neues Rechnungsarchiv
  Affected components:
    - Rechnungen [Under maintenance]

More: https://status.python.org/
""",
    "maintenance": """\
Current PyPI status: Maintenance
Registered events:
- [in_progress] Neue Fassung der Theken-App
  Affected components:
    - Theken-App [Under maintenance]

More: https://status.python.org/
""",
}
"""In German: it reads what stands at the root of a site."""


@each_day
def test_statuscheck_prints_the_state(name: str, site: Site, tmp_path: Path) -> None:
    """As a whole, and every incident and maintenance with the components it affects."""
    assert check_status(site(name), tmp_path) == CHECKED[name]


@each_day
def test_the_client_for_node_knows_the_state(name: str, site: Site, tmp_path: Path) -> None:
    """In every answer it can give, at the address of any language."""
    day = DAYS[name]
    with served(site(name)) as base:
        found = ask_with_node(f"{base}en", tmp_path)
    assert found["status"]["status"] == {"indicator": day.indicator, "description": day.words}
    assert found["summary"]["status"] == found["status"]["status"]
    assert found["summary"]["components"] == found["components"]["components"]
    assert {name for name, state in _states(found["components"], "components") if state != "operational"} == day.down
    assert [name for name, _ in _states(found["unresolved"], "incidents")] == list(day.incidents)
    assert found["summary"]["incidents"] == found["unresolved"]["incidents"]
    assert found["incidents"]["incidents"][0]["incident_updates"]
    assert [name for name, _ in _states(found["upcoming"], "scheduled_maintenances")] == list(day.planned)
    assert _states(found["summary"], "scheduled_maintenances") == [
        *((name, "scheduled") for name in day.planned), *((name, "in_progress") for name in day.going_on),
    ]  # fmt: skip


def _states(answer: Any, kind: str) -> list[tuple[str, str]]:
    return [(item["name"], item["status"]) for item in answer[kind]]


@pytest.mark.parametrize("appearance", ["basic", "badge"])
@each_day
def test_atlassians_widget_shows_the_state(
    name: str, appearance: str, site: Site, browser: Browser, tmp_path: Path
) -> None:
    """In the page of another site, in both its shapes: the words, and the name of the colour that goes with them."""
    day = DAYS[name]
    shutil.copy(need_widget(), tmp_path / "widget.js")
    with served(site(name)) as page, served(tmp_path) as shop, window(browser, shop) as seen:
        (tmp_path / "index.html").write_text(SHOP.format(page=page, appearance=appearance), encoding="utf-8")
        seen.open("")
        indicator, widget = seen.page.locator(".status-indicator"), seen.page.locator("statuspage-widget")
        expect(indicator).to_have_class(f"status-indicator {day.indicator}", timeout=PATIENCE)
        expect(widget).to_contain_text(day.words, timeout=PATIENCE)
        # A script error is left out: at the end of its own file the widget looks for a name that is not there.
        faults = [fault for fault in seen.take_faults() if not fault.startswith("script error")]
    assert faults == [f"asks another host: {page}api/v2/summary.json"]


PATIENCE = 30_000
"""Milliseconds."""
SHOP = """\
<!doctype html>
<title>A shop</title>
<link rel="icon" href="data:,">
<statuspage-widget src="{page}" appearance="{appearance}"></statuspage-widget>
<script src="widget.js"></script>
"""
