"""A web host: real HTTP and TLS on its addresses. `python -m tests.lab.web FILE` with the file that `lab.py` writes.

The file is read anew for each connection, so what is served changes with it. Port 80 sends everybody to port 443.
"""

import json
import socket
import ssl
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

KINDS = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
         ".svg": "image/svg+xml", ".xml": "application/xml"}  # fmt: skip
BLOCK = b"<p>And so on. " * 4096
LONG = 3600.0
"""Seconds: longer than anybody should wait."""


class Host(ThreadingHTTPServer):
    """Listens at one address. A handshake belongs to the connection's thread, so that nobody waits for another's."""

    daemon_threads = True

    def __init__(self, address: str, port: int, file: Path, handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.file = file
        super().__init__((address, port), handler)

    def read(self) -> dict[str, Any]:
        return json.loads(self.file.read_text(encoding="utf-8"))  # type: ignore[no-any-return]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers who hang up are no news."""


class Plain(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        self.send_response(301)
        self.send_header("Location", f"https://{self.headers.get('Host', '')}{self.path}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815


class Secure(BaseHTTPRequestHandler):
    """Answers for the host that the Host header names, with what the file says of it."""

    server: Host

    def setup(self) -> None:
        told = self.server.read()
        if told["mute"]:
            time.sleep(LONG)
        self.request = _context(told["sites"]).wrap_socket(self.request, server_side=True)
        super().setup()

    def do_GET(self) -> None:
        site = self.server.read()["sites"].get(self.headers.get("Host", "").partition(":")[0], {"answers": {}})
        path = unquote(self.path.partition("?")[0])
        answer = _file(Path(site["folder"]), path) if site.get("folder") else site["answers"].get(path)
        self._say(answer or {"status": 404, "headers": {}, "body": "Not here.", "how": "plain"})

    do_HEAD = do_GET  # noqa: N815

    def _say(self, answer: dict[str, Any]) -> None:
        if answer["how"] == "silent":
            time.sleep(LONG)
        if answer["how"] == "garbage":
            self.wfile.write(bytes(range(256)) * 8)
            return
        body = answer["body"] if isinstance(answer["body"], bytes) else answer["body"].encode()
        self.send_response(answer["status"])
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | answer["headers"]).items():
            self.send_header(name, value)
        if answer["how"] == "plain":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self._pour(body, answer["how"])

    def _pour(self, body: bytes, how: str) -> None:
        self.wfile.write(body)
        with suppress(OSError):
            for block in _without_end(how):
                self.wfile.write(block)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Who asked what is no news either."""


def _without_end(how: str) -> Iterator[bytes]:
    """`endless`: as fast as it is read; `trickle`: a byte at a time, so that no single read ever takes long."""
    while how == "endless":
        yield BLOCK
    while how == "trickle":
        time.sleep(0.2)
        yield b"."


def _context(sites: dict[str, Any]) -> ssl.SSLContext:
    """The certificate of the name that a caller asks for; the first one where the name is none of ours."""

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        connection.context = _showing(sites.get(name or "", first)["paper"])

    first = next(iter(sites.values()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(first["paper"])
    context.sni_callback = choose
    return context


@cache
def _showing(paper: str) -> ssl.SSLContext:
    """A file never changes: another certificate is another file."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper)
    return context


def _file(folder: Path, path: str) -> dict[str, Any] | None:
    """A file of a built site; `_headers` is not looked at."""
    file = folder / path.removeprefix("/")
    file = file / "index.html" if path.endswith("/") else file
    if not file.is_file():
        return None
    headers = {"Content-Type": KINDS.get(file.suffix, "application/octet-stream")}
    return {"status": 200, "headers": headers, "body": file.read_bytes(), "how": "plain"}


def main(file: Path) -> None:
    addresses = json.loads(file.read_text(encoding="utf-8"))["addresses"]
    hosts = [Host(address, port, file, handler) for address in addresses
             for port, handler in ((80, Plain), (443, Secure))]  # fmt: skip
    threads = [Thread(target=host.serve_forever) for host in hosts]
    for thread in threads:
        thread.start()
    print("ready", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
