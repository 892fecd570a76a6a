"""A build needs no network: any laptop can make the site when everything else is down."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.addresses import BUILD, MANIFEST
from tests.built import HERE, SITES, Built
from tests.lab import Space, why_not
from tests.tiny_site import fingerprint

CONNECT = "import socket; socket.create_connection(('127.0.0.1', 9), 2)"


@pytest.fixture(scope="module")
def nowhere() -> Iterator[Space]:
    """A namespace without any network: its one interface, `lo`, is down."""
    if reason := why_not(("unshare", "nsenter")):
        pytest.skip(reason)
    space = Space()
    yield space
    space.close()


def test_there_is_no_network(nowhere: Space) -> None:
    """Not even to the same machine, so that the next test could fail."""
    assert "Network is unreachable" in nowhere.run([sys.executable, "-c", CONNECT]).stderr


def test_the_site_is_built_without_a_network(nowhere: Space, sites: dict[str, Built], tmp_path: Path) -> None:
    """Every byte is the same as with one, but what git has to say of the sources."""
    config, now = SITES["velorent"]
    command = (sys.executable, "-m", "generator", "--config", config, "build", "--to", tmp_path / "site")
    done = nowhere.run((*command, "--as-of", now.isoformat()), 120, HERE.parent)
    assert done.returncode == 0, done.stderr
    found, known = fingerprint(tmp_path / "site"), fingerprint(sites["velorent"].folder)
    assert {name for name in found.keys() | known.keys() if found.get(name) != known.get(name)} <= {BUILD, MANIFEST}
