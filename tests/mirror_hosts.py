"""Hosts of mirrors on this machine: real web servers, each of which does one thing to the site that lies there."""

import gzip
import hashlib
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread, local
from typing import Any

import trustme

from generator.language import iso

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FRONT = """<!doctype html><html lang="de"><head><title>Status</title>
<link rel="stylesheet" href="assets/status.css"></head>
<body><h1>Alles läuft</h1>
<p><a href="history/index.html">Verlauf</a> <a href="mailto:post@example.net">Post</a></p>
<script src="assets/status.js"></script></body></html>
"""
SITE = {
    "index.html": FRONT,
    "404.html": "<!doctype html><html lang='de'><body>Das gibt es nicht</body></html>",
    "subscribe/index.html": "<!doctype html><html lang='de'><body>Abonnieren</body></html>",
    "incidents/one/index.html": "<!doctype html><html lang='de'><body>Eins</body></html>",
    "assets/status.css": "p { color: red }\n",
    "assets/status.js": "'use strict'\n",
    "history.rss": "<rss version='2.0'><channel/></rss>",
    "api/v2/summary.json": "{}",
    "_headers": "/*\n",
    ".incident-pages": "Ours.\n",
}
"""The files of a small site, by path."""
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
         ".svg": "image/svg+xml", ".png": "image/png"}  # fmt: skip
Reply = tuple[int, dict[str, str], bytes]
Treat = Callable[["Host", str, Reply], Reply | None]
"""What a host makes of a reply to a path (`/history/`); None: it has answered by itself, or hangs up."""


def site(changed: datetime | None = NOW - timedelta(days=2), **more: Any) -> dict[str, bytes]:
    """A small site with its `build.json` and `manifest.json`; `more` goes into the former."""
    build = {
        "format": 1, "site": "http://status.invented.example/", "built_at": iso(NOW - timedelta(hours=2)),
        "changed_at": changed and iso(changed), "revision": "a" * 40, "dirty": False,
    } | more  # fmt: skip
    files = {path: text.encode() for path, text in SITE.items()} | {"build.json": json.dumps(build).encode()}
    return with_manifest(files)


def with_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    listed = {path: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
              for path, content in files.items() if path != "manifest.json"}  # fmt: skip
    return files | {"manifest.json": json.dumps({"format": 1, "files": listed}).encode()}


@dataclass
class Host:
    """A server with a site, at `url`."""

    files: dict[str, bytes]
    treat: Treat = lambda _host, _path, reply: reply
    url: str = ""
    asked: list[str] = field(default_factory=list)
    here: local = field(default_factory=local)
    """What belongs to one request alone: others are answered at the same time."""

    @property
    def handler(self) -> Any:
        """What answers the request that is being treated."""
        return self.here.handler

    def reply(self, path: str) -> Reply:
        """What a plain host answers: `/history/` is the file `history/index.html`."""
        name = path.removeprefix("/")
        name += "index.html" if name == "" or name.endswith("/") else ""
        kind = {"Content-Type": TYPES.get(Path(name).suffix, "application/octet-stream")}
        if name in self.files:
            return 200, kind, self.files[name]
        return 404, {"Content-Type": TYPES[".html"]}, self.files.get("404.html", b"")


def start(host: Host, certificate: trustme.LeafCert | None = None, name: str = "127.0.0.1") -> ThreadingHTTPServer:
    """Serve a host on loopback until the server is shut down."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host.asked.append(self.path)
            host.here.handler = self
            reply = host.treat(host, self.path, host.reply(self.path))
            if reply is None:
                self.close_connection = True
                return
            status, headers, content = reply
            self.send_response(status)
            for field_, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(field_, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    server = _Server(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    host.url = f"http{'s' if certificate else ''}://{name}:{server.server_port}/"
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what these tests are about."""


def packed(_host: Host, _path: str, reply: Reply) -> Reply:
    """Compresses everything, as most hosts do."""
    status, headers, content = reply
    return status, headers | {"Content-Encoding": "gzip"}, gzip.compress(content)


def only(path: str, treat: Treat) -> Treat:
    """A host that does something to one path alone."""
    return lambda host, asked, reply: treat(host, asked, reply) if asked == path else reply


def replaced(old: str, new: str) -> Treat:
    """A host that rewrites what it hands out."""

    def treat(_host: Host, _path: str, reply: Reply) -> Reply:
        return reply[0], reply[1], reply[2].replace(old.encode(), new.encode())

    return treat
