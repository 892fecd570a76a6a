"""What developers read of calendar, badges and figures is what is built."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from generator.project import read_project
from generator.provenance import Build, Listed, Manifest
from generator.site import Site, build_site
from tests.built import SITES, Built

TEXT = (Path(__file__).parent.parent / "reference" / "files.md").read_text(encoding="utf-8")


def built() -> Site:
    config, now = SITES["demo"]
    project = read_project(config)
    return build_site(project.records, project.settings, now)


def test_every_file_that_is_listed_is_built(sites: dict[str, Built]) -> None:
    """In the first language; a component stands for all of them."""
    table = TEXT[: TEXT.index("## Calendar")]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    listed = [name.replace("<id>", "shop") for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(listed) == 12
    folder = sites["demo"].folder
    assert [
        name for name in listed if not (folder / name / "index.html").exists() and not (folder / name).exists()
    ] == []


def test_every_figure_is_listed() -> None:
    """Each once, and no other."""
    told = re.findall(r"^# TYPE (\S+) gauge$", str(built()["de/metrics"]), re.MULTILINE)
    assert re.findall(r"^\| `(incident_pages_\w+)` ", TEXT, re.MULTILINE) == told


@pytest.mark.parametrize("model", [Build, Manifest, Listed])
def test_every_field_of_the_list_of_files_is_told(model: type[BaseModel]) -> None:
    """In the words and the order that the code has."""
    rows = "".join(f"| `{name}` | {found.description} |\n" for name, found in model.model_fields.items())
    assert f"|---|---|\n{rows}" in TEXT


def test_the_lines_to_copy_lead_to_files_that_are_built() -> None:
    """On the invented company's site."""
    addresses = re.findall(r'(?:href|src)="https://brotfuhre-status\.example/([^"]*)"', TEXT)
    assert addresses == ["en/", "en/badge.svg", "en/embed/"]
    assert {"en/index.md", "en/badge.svg", "en/embed/index.html"} <= set(built())
