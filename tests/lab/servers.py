"""The processes of the lab: NSD and Unbound with their settings, and programs of our own."""

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.lab.kinds import NameServer, Zone
from tests.lab.space import Space, end, program

UP_WITHIN, STEP = 30.0, 0.02
RESOLVER = "127.0.0.1"
_NSD = """\
server:
  ip-address: {v4}
  ip-address: {v6}
  username: ""
  zonesdir: "{zones}"
  pidfile: ""
  database: ""
  xfrdfile: ""
  zonelistfile: ""
  xfrdir: "{folder}"
  rrl-ratelimit: 0
remote-control:
  control-enable: yes
  control-interface: {folder}/{name}sock
"""
_UNBOUND = """\
server:
  interface: {address}
  access-control: 127.0.0.0/8 allow
  access-control: 198.18.0.0/15 allow
  username: ""
  chroot: ""
  pidfile: ""
  directory: "{folder}"
  use-syslog: no
  root-hints: "{folder}/hints"
  trust-anchor: "{anchor}"
  # What RFC 6761 would have it answer by itself.
  local-zone: "test." nodefault
  module-config: "validator iterator"
  # It gives up on dead servers in seconds; left alone it takes half a minute.
  outbound-msg-retry: 2
  # The default stays below the three hours of the outage that is replayed.
  cache-max-negative-ttl: 86400
remote-control:
  control-enable: yes
  control-use-cert: no
  control-interface: {folder}/unbound.sock
"""


@dataclass
class Running:
    """A server that can fall and be started again."""

    space: Space
    command: Sequence[str | Path]
    log: Path
    probe: Sequence[str | Path] = ()
    """A command that succeeds once the server answers; without one its log says "ready"."""
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.log.unlink(missing_ok=True)
        self.process = self.space.start(self.command, self.log)

    def wait(self) -> None:
        """Until it answers."""
        limit = time.monotonic() + UP_WITHIN
        while not self._answers():
            assert self.process
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < limit, f"does not start: {self.log.read_text()}"
            time.sleep(STEP)

    def stop(self) -> None:
        if self.process:
            end(self.process)

    @property
    def up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _answers(self) -> bool:
        if self.probe:
            return subprocess.run(self.probe, capture_output=True).returncode == 0
        return self.log.exists() and "ready" in self.log.read_text()


def nsd(space: Space, folder: Path, server: NameServer, zones: Sequence[Zone]) -> Running:
    """NSD at the addresses of a server, for zones whose files are in `folder`."""
    told = _NSD.format(v4=server.v4, v6=server.v6, name=server.name, zones=folder, folder=folder)
    told += "".join(f'zone:\n  name: "{zone.name}"\n  zonefile: "{file_of(zone)}"\n' for zone in zones)
    settings = folder / f"{server.name}conf"
    settings.write_text(told, encoding="utf-8")
    return Running(space, [program("nsd"), "-d", "-c", settings], folder / f"{server.name}log",
                   [program("nsd-control"), "-c", settings, "status"])  # fmt: skip


def unbound(space: Space, folder: Path, root: NameServer, anchor: str) -> Running:
    """Unbound, which knows one root and trusts one key."""
    (folder / "hints").write_text(f". NS {root.name}\n{root.records}", encoding="utf-8")
    settings = folder / "unbound.conf"
    settings.write_text(_UNBOUND.format(address=RESOLVER, folder=folder, anchor=anchor), encoding="utf-8")
    # AppArmor keeps /usr/sbin/unbound, by this name, in the folders of a machine's own resolver.
    server = shutil.copy(program("unbound"), folder / "unbound")
    return Running(space, [server, "-d", "-c", settings], folder / "unbound.log",
                   [program("unbound-control"), "-c", settings, "status"])  # fmt: skip


def ours(space: Space, folder: Path, name: str, module: str, *arguments: str | Path) -> Running:
    """A program of `tests/lab/`."""
    return Running(space, [sys.executable, "-m", f"tests.lab.{module}", *arguments], folder / f"{name}.log")


def file_of(zone: Zone) -> str:
    """The name of a zone's file; the root's is not hidden."""
    return f"zone-{zone.name}txt"
