"""`incidents serve` shows the site and redraws it when a record is saved."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.publish import PublishError, serve

ROOT = Path(__file__).parent.parent
SERVE = """
import sys
from pathlib import Path
from generator.publish import publish, serve
from tests.tiny_site import LANGUAGES, NOW, tiny_site
record = Path(sys.argv[1])

def build(folder):
    word = record.read_text()
    if word == "broken":
        print("this record is broken", flush=True)
        return
    publish(tiny_site(word), LANGUAGES, folder, NOW)

serve(build, [record.parent], port=int(sys.argv[2]), started=lambda address: print(address, flush=True))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def record(tmp_path: Path) -> Path:
    (tmp_path / "incidents").mkdir()
    path = tmp_path / "incidents/one.yml"
    path.write_text("calm")
    return path


@pytest.fixture
def server(record: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", SERVE, str(record), str(free_port())]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        yield process
        process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def shown(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


def wait_for(address: str, words: str) -> None:
    end = time.monotonic() + 60
    while words not in shown(address):
        assert time.monotonic() < end, f"never showed {words!r}"
        time.sleep(0.2)


def test_saving_a_record_redraws_the_page(record: Path, server: subprocess.Popen[str]) -> None:
    """A broken record is told and keeps the last good page on show; a mended one goes on."""
    address = line_of(server)
    assert "All is calm" in shown(address)
    assert "livereload" in shown(address)
    assert "All is calm" in shown(f"{address}en/")

    record.write_text("broken")
    assert line_of(server) == "this record is broken"
    assert "All is calm" in shown(address)

    record.write_text("mended")
    wait_for(address, "All is mended")

    with pytest.raises(urllib.error.HTTPError) as missing:
        shown(f"{address}nowhere/")
    assert missing.value.code == 404
    assert b"404 - Not found" in missing.value.read()

    server.send_signal(signal.SIGINT)
    assert server.wait(120) != 0


def test_a_taken_address_is_told_in_a_sentence() -> None:
    """Another program, or a second `serve`, holds the port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PublishError, match=r"cannot be used.*\n.*--port"):
            serve(lambda _: None, [], port=taken.getsockname()[1])
