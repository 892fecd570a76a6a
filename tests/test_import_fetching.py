"""A Statuspage that is asked for its answers: here a server on this machine, asked as politely as a real one."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from generator.statuspage import build_import, fetch_answers, fetching
from tests.statuspage import COMPONENTS, MAINTENANCE, OUTAGE, PAGE, Told, incident, update
from tests.test_import import run

Reply = tuple[int, bytes, dict[str, str]]
Serve = Callable[..., "Page"]


class Page:
    """What the server answers to a path, and what it was asked."""

    def __init__(self, url: str, replies: dict[str, Reply]) -> None:
        self.url, self.replies = url, replies
        self.asked: list[str] = []
        self.agents: set[str] = set()


def reply(data: object, status: int = 200, **headers: str) -> Reply:
    return status, json.dumps(data).encode(), headers


def numbered(numbers: range) -> list[Told]:
    told = [update("one", "2026-03-02T09:00:00", "resolved", "Over.")]
    return [incident(f"number{number}", "Down", told) for number in numbers]


def whole(pages: int = 2) -> dict[str, Reply]:
    """A page whose list of incidents has further pages; the one after the last is empty."""
    answers = {
        "summary.json": reply({"page": PAGE, "components": COMPONENTS, "incidents": [], "scheduled_maintenances": []}),
        "components.json": reply({"page": PAGE, "components": COMPONENTS}),
        "incidents.json": reply({"page": PAGE, "incidents": [OUTAGE, *numbered(range(2))]}),
        "scheduled-maintenances.json": reply({"page": PAGE, "scheduled_maintenances": [MAINTENANCE]}),
    }
    for page in range(2, pages + 2):
        more = numbered(range(page * 2, page * 2 + 2)) if page <= pages else []
        answers[f"incidents.json?page={page}"] = reply({"page": PAGE, "incidents": more})
    return answers


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers on loopback, and stops them."""
    servers = []

    def start(replies: dict[str, Reply]) -> Page:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.removeprefix("/api/v2/")
                page.asked.append(name)
                page.agents.add(self.headers["User-Agent"])
                # A page of Statuspage's that knows no further pages answers with the same one again.
                status, content, headers = replies.get(name) or replies.get(name.split("?")[0]) or (404, b"", {})
                self.send_response(status)
                for field, value in headers.items():
                    self.send_header(field, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None: ...

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        page = Page(f"http://127.0.0.1:{server.server_port}/", replies)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return page

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_everything_public_is_asked_for_once(serve: Serve) -> None:
    """Each address once, further pages until one brings nothing new; and it says who asks."""
    page = serve(whole())
    answers, problems = fetch_answers(page.url, pause=0)
    assert problems == []
    assert page.asked == [
        "summary.json", "components.json", "incidents.json", "incidents.json?page=2", "incidents.json?page=3",
        "scheduled-maintenances.json", "scheduled-maintenances.json?page=2",
    ]  # fmt: skip
    assert page.agents == {fetching.AGENT}
    files = build_import(answers, None, "en").files
    assert len(files) == 1 + 1 + 4 + 1


def test_there_is_a_pause_between_two_requests(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("generator.statuspage.fetching.time.sleep", pauses.append)
    page = serve(whole(1))
    fetch_answers(page.url)
    assert pauses == [0] + [fetching.PAUSE] * (len(page.asked) - 1)


def test_there_is_an_end_to_asking(serve: Serve) -> None:
    """A page that always has more is left after so many requests; what came is kept."""
    page = serve(whole(1_000))
    answers, problems = fetch_answers(page.url, pause=0)
    assert len(page.asked) == len(answers) == fetching.MAX_REQUESTS
    assert "stopped after" in problems[0].message


@pytest.mark.parametrize("broken", [
    reply({}, 500), reply({}, 404), reply({}, 429), (200, b"<html>", {}),
    reply({}, 302, Location="http://127.0.0.1:1/elsewhere"), reply({}, 302, Location="file:///etc/passwd"),
    (200, b"{", {"Content-Length": "1000"}),
])  # fmt: skip
def test_a_request_that_fails_is_told_and_ends_the_asking(serve: Serve, broken: Reply) -> None:
    """A server in trouble is not asked again."""
    page = serve(whole() | {"incidents.json": broken})
    answers, problems = fetch_answers(page.url, pause=0)
    problems += build_import(answers, None, "en").problems
    assert any("incidents.json" in problem.file for problem in problems)
    assert "/elsewhere" not in page.asked
    assert page.asked.count("incidents.json") == 1


def test_an_answer_without_end_is_cut(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 50)
    answers, problems = fetch_answers(serve(whole()).url, pause=0)
    assert answers == []
    assert "MB" in problems[0].message


def test_the_command_takes_an_address(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAUSE", 0.0)
    monkeypatch.setattr("generator.statuspage.fetching.time.sleep", lambda _: None)
    result = run("import", "statuspage", serve(whole()).url, "--to", str(tmp_path / "site"))
    assert result.exit_code == 0, result.output
    assert "7 new" in result.stdout


@pytest.mark.parametrize("url", ["http://a.example/", "ftp://127.0.0.1/", "file:///etc/passwd", "https://"])
def test_only_https_is_asked(url: str) -> None:
    answers, problems = fetch_answers(url, pause=0)
    assert answers == []
    assert len(problems) == 1
