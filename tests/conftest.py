"""What all tests share: the texts kept as golden files, settings to read records with, built sites, a browser."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.project import read_project
from generator.settings import Settings, read_settings
from tests.browser import chromium
from tests.built import SITES, Built, build

# Started in the background, a shell has us ignore Ctrl-C, and so would the builds that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
Golden = Callable[[str, Path], None]
SETTINGS = """\
site_name: Example Status
site_url: https://status.example.net/
extra:
  status:
    time_zone: Europe/Berlin
    languages: [de, en]
    components:
      - {id: dashboard, name: Dashboard}
      - {id: booking, name: Buchungssystem}
      - {id: homepage, name: Homepage}
      - {id: demo, name: Demoinstanz}
    publisher:
      {name: Example, represented_by: Erika Muster, street: Weg 1, city: 12345 Ort, country: Deutschland,
       email: post@example.net, phone: "+49 30 1"}
"""
"""The smallest settings without any problem."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(text, path)` compares with the file, or rewrites it under --update-golden."""

    def assert_golden(text: str, path: Path) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path.name} is missing; look at `pytest --update-golden` and commit what it writes"
        assert text == path.read_text(encoding="utf-8")

    return assert_golden


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings in German and English with the components dashboard, booking, homepage and demo."""
    path = tmp_path_factory.mktemp("settings") / "mkdocs.yml"
    path.write_text(SETTINGS, encoding="utf-8")
    found, problems = read_settings(path)
    assert found, [str(problem) for problem in problems]
    assert not problems
    return found


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The sites of this repository by name, built once a worker."""
    folder = tmp_path_factory.mktemp("sites")
    return {name: build(read_project(config), now, folder / name) for name, (config, now) in SITES.items()}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with chromium() as running:
        yield running
