"""The whole site under a fixed clock, compared as one mapping. `pytest --update-golden` rewrites it."""

import shutil
from pathlib import Path

import pytest

from generator.project import read_project
from generator.site import build_site
from tests.built import HERE, SITES

GOLDEN = HERE / "golden"
OURS = ("theme/", "de/assets/", "mkdocs.yml")
"""Copied as they are from the package and the project: a copy here would prove nothing."""
PIXELS = (".png", ".ico")
"""No texts: tests/test_pictures.py looks at them."""


def as_text(content: str | bytes) -> str:
    return content.decode("utf-8") if isinstance(content, bytes) else content


@pytest.mark.parametrize("name", SITES)
def test_the_whole_site_is_what_it_was(name: str, request: pytest.FixtureRequest) -> None:
    """Every page, feed and configuration of a site says exactly what the golden files say."""
    config, now = SITES[name]
    project = read_project(config)
    site = build_site(project.records, project.settings, now, checked=project.checked)
    words = {path: content for path, content in site.items() if not path.endswith(PIXELS)}
    ours = {path: as_text(content) for path, content in words.items() if not path.startswith(OURS)}
    folder = GOLDEN / name
    if request.config.getoption("--update-golden"):
        rewrite(folder, ours)
    known = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert sorted(ours) == sorted(known), "run pytest --update-golden, look at the difference, and commit it"
    for path, text in ours.items():
        assert text == as_text(known[path].read_bytes()), f"{path}: run pytest --update-golden and look at it"


def rewrite(folder: Path, site: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in site.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())  # calendars end their lines in their own way


def test_the_same_input_gives_the_same_mapping() -> None:
    """Nothing but records, settings and the instant goes into a site."""
    config, now = SITES["demo"]
    first, second = (read_project(config) for _ in range(2))
    assert build_site(first.records, first.settings, now) == build_site(second.records, second.settings, now)
