"""Programs of others that read Statuspage pages, each started as anybody would start it.

Those from PyPI are in `.venv-clients`, those from npm in `tools/clients/node_modules`; `make clients` puts them there.
"""

import json
import os
import re
import shutil
import ssl
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.browser import host_of, listening
from tests.built import HERE

ROOT = HERE.parent
FROM_PYPI = ROOT / ".venv-clients" / "bin"
FROM_NPM = ROOT / "tools" / "clients" / "node_modules"
MISSING = "These tests need programs from outside, and they are not installed: please run `make clients`."
PYPI_STATUS = "2p66nmmycsj3.statuspage.io"
"""Where `statuscheck pypi` asks."""
Samples = dict[str, list[tuple[dict[str, str], float]]]
"""Metric to its samples: labels and value."""


def need(program: Path) -> Path:
    """A program that `make clients` installs. Without it the test fails; it is not skipped."""
    if not program.exists():
        pytest.fail(MISSING, pytrace=False)
    return program


def need_node() -> str:
    """Node. Where there is none, or no npm to install with, the test is skipped."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        pytest.skip("needs Node and npm, which this machine does not have")
    return node


def need_widget() -> Path:
    """The script of `@statuspage/status-widget`. It comes by npm, so it is skipped where that is."""
    need_node()
    return need(FROM_NPM / "@statuspage" / "status-widget" / "dist" / "index.js")


def run(command: list[str | Path], folder: Path, **settings: str | Path) -> str:
    """What a program prints, run in a folder of its own, with settings from its environment and no one else's."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONUTF8": "1"}
    environment |= {name: str(value) for name, value in settings.items()}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def export_metrics(summary: str, folder: Path) -> Samples:
    """What `statuspage-prometheus-exporter` makes of the summary at an address."""
    program = need(FROM_PYPI / "statuspage-prometheus-exporter")
    (folder / "services.json").write_text(json.dumps({"bread": {"url": summary, "name": "Bread"}}), encoding="utf-8")
    run([program], folder, RUN_MODE="once", METRICS_TEXTFILE_PATH=folder / "out.prom")
    return read_metrics((folder / "out.prom").read_text(encoding="utf-8"))


def read_metrics(text: str) -> Samples:
    """Metrics in Prometheus' text format; those without labels are left out."""
    found: Samples = defaultdict(list)
    for name, labels, value in re.findall(r"^(\w+)\{(.*)\} (\S+)$", text, re.MULTILINE):
        found[name].append((dict(re.findall(r'(\w+)="([^"]*)"', labels)), float(value)))
    return found


def check_status(site: Path, folder: Path) -> str:
    """What `statuscheck pypi -v` prints when a built folder answers in the place of the page it asks for.

    It knows the pages of some services by name and can be told of no other, so we are its proxy and that host.
    """
    program = need(FROM_PYPI / "statuscheck")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    with _in_place_of(PYPI_STATUS, site, authority) as proxy:
        return run([program, "pypi", "-v"], folder, HTTPS_PROXY=proxy, SSL_CERT_FILE=folder / "authority.pem")


@contextmanager
def _in_place_of(name: str, site: Path, authority: trustme.CA) -> Iterator[str]:
    """The address of a proxy that leads to a built folder whoever asks for `https://<name>`, and nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    answer = host_of(site)

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            if self.path != f"{name}:443":
                self.send_error(HTTPStatus.FORBIDDEN)
                return
            self.send_response_only(HTTPStatus.OK)
            self.end_headers()
            with context.wrap_socket(self.connection, server_side=True) as inside:
                answer(inside, self.client_address, self.server)

    with listening(Proxy) as address:
        yield address


def ask_with_node(page: str, folder: Path) -> Any:
    """What npm's `statuspage.io` reads of the page at an address: its answers by name, as in `tools/clients/ask.js`."""
    node = need_node()
    need(FROM_NPM / "statuspage.io")
    return json.loads(run([node, ROOT / "tools" / "clients" / "ask.js", page], folder))
