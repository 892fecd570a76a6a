"""What developers read of calendar, badges and figures is what is built."""

import re
from pathlib import Path

from generator.project import read_project
from generator.site import Site, build_site
from tests.built import SITES

TEXT = (Path(__file__).parent.parent / "reference" / "files.md").read_text(encoding="utf-8")


def built() -> Site:
    config, now = SITES["demo"]
    project = read_project(config)
    return build_site(project.records, project.settings, now)


def test_every_file_that_is_listed_is_built() -> None:
    """In the first language; a component stands for all of them."""
    table = TEXT[: TEXT.index("## Calendar")]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    listed = [name.replace("<id>", "shop") for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(listed) == 10
    site = built()
    assert [name for name in listed if f"de/{name}{'index.html' if name.endswith('/') else ''}" not in site] == []


def test_every_figure_is_listed() -> None:
    """Each once, and no other."""
    told = re.findall(r"^# TYPE (\S+) gauge$", str(built()["de/metrics"]), re.MULTILINE)
    assert re.findall(r"^\| `(incident_pages_\w+)` ", TEXT, re.MULTILINE) == told


def test_the_lines_to_copy_lead_to_files_that_are_built() -> None:
    """On the invented company's site."""
    addresses = re.findall(r'(?:href|src)="https://brotfuhre-status\.example/([^"]*)"', TEXT)
    assert addresses == ["en/", "en/badge.svg", "en/embed/"]
    assert {"en/index.md", "en/badge.svg", "en/embed/index.html"} <= set(built())
