"""An incident told over time to real feed readers, which poll as they would: each message is shown exactly once."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any

import feedparser
import pytest
from reader import make_reader

from generator.addresses import JSON, RSS
from generator.records import Records
from generator.site import build_site
from tests.builders import entry, maintenance, settings, utc
from tests.test_feeds import story

Poll = Callable[[], list[str]]
"""Has a reader look again. Returns the titles that it shows as new, in the order in which it tells them."""

RETITLED = "Another title"
TOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("2026-03-01 09:00", ()),
    ("2026-03-01 12:00", ("Planned: The move",)),
    ("2026-03-02 10:00", ("Investigating: It broke",)),
    ("2026-03-02 10:30", ()),
    ("2026-03-02 12:00", ("Monitoring: It broke", "Resolved: It broke")),
    ("2026-03-03 09:00", ("The full report: It broke",)),
    ("2026-03-03 23:00", ("Completed: The move",)),
    ("2026-03-04 08:00", ("Correction: It broke",)),
    ("2026-03-05 12:00", ()),
    ("2027-03-05 12:00", ()),
)
"""When the readers poll, and what is new then. In the last round the record has another title, and nothing is new."""
TOPICS = {
    "history.rss": ("It broke", "The move"),
    "maintenance.rss": ("The move",),
    "reports.rss": ("report: It broke", "Correction: It broke"),
    "components/shop.rss": ("It broke",),
    "components/api.rss": ("The move",),
}
"""Path of a feed to the ends of the titles that it tells."""


@pytest.fixture(scope="module")
def replay() -> list[dict[str, bytes]]:
    """The English feeds as they are at each instant of TOLD."""
    found = []
    for at, _ in TOLD:
        first = story(title=RETITLED) if at == TOLD[-1][0] else story()
        site = build_site(Records((first, _move())), settings(), utc(at))
        found.append({path.removeprefix("en/"): told for path, told in site.items() if isinstance(told, bytes)})
    return found


def _move() -> Any:
    timeline = [
        entry("2026-03-01 12:00", "scheduled", {"api": "under_maintenance"}),
        entry("2026-03-03 23:00", "completed"),
    ]
    return maintenance(timeline, "2026-03-03 22:00", "2026-03-03 23:00", id="move", title="The move")


class _Host(ThreadingHTTPServer):
    files: Mapping[str, bytes] = {}


class _Handler(BaseHTTPRequestHandler):
    server: _Host

    def do_GET(self) -> None:
        form = RSS if self.path.endswith(".rss") else JSON
        self.send_response(200)
        self.send_header("Content-Type", f"{form.media_type}; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.files[self.path.removeprefix("/")])

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@contextmanager
def hosting() -> Iterator[tuple[_Host, str]]:
    """A host whose files can be changed, and its address."""
    with _Host(("127.0.0.1", 0), _Handler) as host:
        thread = Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield host, f"http://127.0.0.1:{host.server_port}/"
        finally:
            host.shutdown()
            thread.join()


def with_feedparser(url: str, folder: Path) -> Poll:
    """The library that most readers in Python are built on; it keeps nothing, so the ids seen are kept here."""
    seen: set[str] = set()

    def poll() -> list[str]:
        feed = feedparser.parse(url)
        assert not feed.bozo
        new = [item for item in reversed(feed.entries) if item.id not in seen]
        seen.update(item.id for item in new)
        return [item.title for item in new]

    return poll


def with_reader(url: str, folder: Path) -> Poll:
    """A library for readers, with a memory of its own; it reads JSON Feed, too."""
    memory = make_reader(":memory:")
    memory.add_feed(url)

    def poll() -> list[str]:
        memory.update_feed(url)
        assert memory.get_feed(url).last_exception is None
        new = sorted(memory.get_entries(feed=url, read=False), key=lambda item: (str(item.published), item.id))
        for item in new:
            memory.mark_entry_as_read(item)
        return [str(item.title) for item in new]

    return poll


def with_newsboat(url: str, folder: Path) -> Poll:
    """A reader for the terminal, as Debian has it. What it shows as unread is in its own database."""
    program = shutil.which("newsboat")
    if not program:
        pytest.skip("newsboat is not installed")
    urls, cache, config = folder / "urls", folder / "cache.db", folder / "config"
    urls.write_text(f"{url}\n", encoding="utf-8")
    config.touch()
    command = [program, "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload", "print-unread"]

    def poll() -> list[str]:
        environment = os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=True)
        with sqlite3.connect(cache) as database:
            new = database.execute("select title from rss_item where unread order by pubDate, guid").fetchall()
            database.execute("update rss_item set unread = 0")
        database.close()
        assert f"{len(new)} unread" in done.stdout
        return [title for (title,) in new]

    return poll


RSS_READERS = (with_feedparser, with_reader, with_newsboat)
CASES = [*product(RSS_READERS, TOPICS), (with_reader, "feed.json")]


@pytest.mark.parametrize(("subscribe", "path"), CASES)
def test_each_message_reaches_a_reader_exactly_once(
    subscribe: Callable[[str, Path], Poll],
    path: str,
    replay: list[dict[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Updates, the end, the report and a correction, when they are told and never again, under whatever title."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    ends = TOPICS.get(path, TOPICS["history.rss"])
    with hosting() as (host, url):
        poll, shown = subscribe(url + path, tmp_path), []
        for files in replay:
            host.files = files
            shown.append(poll())
    assert shown == [[title for title in titles if title.endswith(ends)] for _, titles in TOLD]
