"""A real browser for tests: Chromium on a built folder, served the way its host will serve it."""

import gzip
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ProxySettings, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-sync", "--disable-domain-reliability", "--no-first-run",
)  # fmt: skip
MISSING = (
    "These tests need Chromium. `make test` installs it where apt may; else install it (Debian: sudo apt install "
    "chromium; elsewhere: .venv/bin/playwright install chromium) or say where it is: CHROMIUM=/path/to/chromium"
)
_TEXTS = {".html", ".css", ".js", ".svg", ".xml", ".rss", ".atom", ".txt"}
Headers = list[tuple[str, dict[str, str]]]
Handler = Callable[..., BaseHTTPRequestHandler]


def find_chromium(environment: Mapping[str, str], bundled: str) -> str:
    """The Chromium to use: the one that $CHROMIUM names, the system's, Playwright's own. Without one the test fails."""
    named = environment.get("CHROMIUM", "")
    candidates = [named, *(shutil.which(name, path=environment.get("PATH")) for name in _NAMES), bundled]
    found = next((path for path in candidates if path and os.access(path, os.X_OK)), None)
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium, ended with the block."""
    with sync_playwright() as playwright:
        path = find_chromium(os.environ, playwright.chromium.executable_path)
        # Nobody listens at the proxy: what is not for this machine goes nowhere. (Stopping it request by request
        # would switch the browser's cache off.)
        nowhere: ProxySettings = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}
        browser = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS), proxy=nowhere)
        try:
            yield browser
        finally:
            browser.close()


def read_headers(text: str) -> Headers:
    """A `_headers` file as (path pattern, headers), in its order."""
    rules: Headers = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line.strip(), {}))
        elif line.startswith(" ") and line.strip():
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
    return rules


class _Handler(SimpleHTTPRequestHandler):
    """A host: the folder below a path, with the headers that its `_headers` asks for and its own page for 404."""

    def __init__(self, *args: Any, below: str, rules: Headers, **more: Any) -> None:
        self.below, self.rules = below, rules
        super().__init__(*args, **more)

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.below)
        return super().translate_path("/" + path.removeprefix(self.below) if inside else "/no such folder")

    def end_headers(self) -> None:
        asked = "/" + self.path.partition("?")[0].removeprefix(self.below)
        for pattern, headers in self.rules:
            for name, value in headers.items():
                # A browser must not remember for ever that a loopback address wants HTTPS.
                if fnmatchcase(asked, pattern) and name not in ("Strict-Transport-Security", "Content-Type"):
                    self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Texts travel compressed to whoever takes them so, as they do from every host we know."""
        file = Path(self.translate_path(self.path.partition("?")[0]))
        file = file / "index.html" if file.is_dir() and self.path.endswith("/") else file
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (takes and file.is_file() and file.suffix in _TEXTS):
            return super().send_head()
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def guess_type(self, path: Any) -> str:
        asked = "/" + self.path.partition("?")[0].removeprefix(self.below)
        kinds = [headers["Content-Type"] for pattern, headers in self.rules
                 if "Content-Type" in headers and fnmatchcase(asked, pattern)]  # fmt: skip
        return kinds[-1] if kinds else super().guess_type(path)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it is called with
        """Tests are quiet."""


class _Host(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has moved on before it had read everything is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, below: str = "/") -> Iterator[str]:
    """The address at which a built folder is served, until the block ends. `below` begins and ends with a slash."""
    with listening(host_of(folder, below)) as address:
        yield address + below


def host_of(folder: Path, below: str = "/") -> Handler:
    """What answers each connection to a built folder's host."""
    file = folder / "_headers"
    rules = read_headers(file.read_text(encoding="utf-8")) if file.is_file() else []
    return partial(_Handler, directory=str(folder), below=below, rules=rules)


@contextmanager
def listening(handler: Handler) -> Iterator[str]:
    """The address, without a slash at its end, at which a handler answers until the block ends."""
    with _Host(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Window:
    """A browser's window on one server, and everything that a page did there that it should not."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Open a page of the server. Returns the HTTP status."""
        response = self.page.goto(self.base + path)
        assert response
        return response.status

    def take_faults(self) -> list[str]:
        """What went wrong since the last call."""
        found, self.faults[:] = list(self.faults), []
        return found


_WITNESS = """
window.violated = [];
document.addEventListener('securitypolicyviolation',
    event => window.violated.push(event.violatedDirective + ' ' + event.blockedURI));
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => { window.ran.push(name); };
"""
"""Runs before every page: what the policy had to stop, and what a hostile text managed to call."""


@contextmanager
def window(browser: Browser, base: str, now: datetime | None = None, **options: Any) -> Iterator[Window]:
    """A fresh window that reaches nothing but the server at `base`; `options` are the browser context's.

    `now` is what its reader's clock shows, and keeps showing; left out, it is the machine's.
    """
    context: BrowserContext = browser.new_context(**options)
    try:
        context.set_default_timeout(10_000)
        context.add_init_script(_WITNESS)
        found = Window(context.new_page(), base)
        if now:
            found.page.clock.set_fixed_time(now)
        _watch(found)
        yield found
    finally:
        context.close()


def _watch(found: Window) -> None:
    ours = (found.base, "about:", "data:")

    def note(request: Any) -> None:
        if not request.url.startswith(ours):
            found.faults.append(f"asks another host: {request.url[:200]}")

    def listen(message: Any) -> None:
        if message.type in ("error", "warning"):
            found.faults.append(f"console: {message.text[:300]}")

    def refuse_dialog(dialog: Any) -> None:
        found.faults.append(f"opens a dialog: {dialog.message[:100]}")
        dialog.dismiss()

    found.page.on("request", note)
    found.page.on("console", listen)
    found.page.on("pageerror", lambda error: found.faults.append(f"script error: {error.message[:300]}"))
    found.page.on("dialog", refuse_dialog)
    found.page.on("popup", lambda popup: found.faults.append(f"opens a window: {popup.url[:200]}"))
