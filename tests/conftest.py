"""What all tests share: the texts kept as golden files, settings to read records with, built sites, a browser."""

import asyncio
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.project import read_project
from generator.settings import Settings, read_settings
from tests.admin import NAME, OVER, Admin, admin_in
from tests.browser import chromium
from tests.builders import SETTINGS
from tests.built import SITES, Built, build
from tests.kept import Golden, compare
from tests.lab import Lab, laboratory, why_not
from tests.mail_server import mail_server
from tests.mailing_admin import ALL, SECRET, Post

# Started in the background, a shell has us ignore Ctrl-C, and so would the builds that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(text, path)` compares with the file, or rewrites it under --update-golden."""
    return partial(compare, update=bool(request.config.getoption("--update-golden")))


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands speak the language of whoever runs the tests, unless a test says otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(autouse=True)
def _without_the_browsers_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """A browser that is open keeps an event loop running in this thread: a test without it may start one of its own."""
    loop = None if "browser" in request.fixturenames else asyncio._get_running_loop()
    if loop:
        asyncio._set_running_loop(None)
    yield
    if loop:
        asyncio._set_running_loop(loop)


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


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The small internet of `tests/lab/`, up once a worker."""
    if reason := why_not():
        pytest.skip(reason)
    with laboratory(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def admin(tmp_path: Path) -> Admin:
    return admin_in(tmp_path)


@pytest.fixture
def during(admin: Admin) -> Admin:
    """An admin twenty minutes into an outage."""
    admin.do("new", "Dashboard nicht erreichbar", "-c", "dashboard=major_outage")
    admin.clock = "2026-03-02 10:25"
    return admin


@pytest.fixture
def after(during: Admin) -> Admin:
    """An admin who has an outage behind him."""
    during.write(NAME, OVER)
    during.clock = "2026-03-02 12:00"
    return during


@pytest.fixture
def post(during: Admin, tmp_path: Path) -> Iterator[Post]:
    """An admin in an outage, with a list of three merchants and a server that takes mails to them."""
    with mail_server(tmp_path) as server:
        during.environment |= SECRET
        made = Post(during, server)
        made.settings()
        made.file.parent.mkdir()
        made.file.write_text("\n".join(ALL), encoding="utf-8")
        yield made
