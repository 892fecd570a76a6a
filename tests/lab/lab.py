"""The small internet, running, and what can be changed in it while it runs.

Each change is a `with` block, at whose end all is as before. What the resolver remembers stays, until `forget`.
"""

import dataclasses
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from tests.lab import world, zones
from tests.lab.kinds import Does, NameServer, Paper, Server, Site, Zone
from tests.lab.papers import Papers
from tests.lab.servers import RESOLVER, Running, file_of, nsd, ours, unbound
from tests.lab.space import Space

_FILES = {"resolv.conf": f"nameserver {RESOLVER}\n", "hosts": "127.0.0.1 localhost\n::1 localhost\n",
          "nsswitch.conf": "hosts: files dns\n"}  # fmt: skip
"""What `/etc` says inside. Without the last one, systemd's resolver would be asked, who is outside."""


@dataclasses.dataclass(frozen=True)
class Reply:
    """An answer to a DNS question; `negative_ttl`: seconds for which "no" may still be remembered.

    Without any answer `rcode` is the name of the error, as in `ask.py`.
    """

    rcode: str
    records: list[str] = dataclasses.field(default_factory=list)
    validated: bool = False
    authoritative: bool = False
    negative_ttl: int | None = None


class Lab:
    """See `tests/lab/__init__.py`. Make it with `laboratory`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._now, self._serials = folder, datetime.now(UTC), count(1)
        self._papers = Papers(folder, self._now)
        self._sites = {site.host: site for site in world.SITES}
        self._space = Space(_addresses(), self._mounts())
        for zone in world.ZONES:
            self._write(zone)
        self._running = dict(self._servers())
        for server in self._running.values():
            server.start()
        for server in self._running.values():
            server.wait()

    def run(
        self, command: Sequence[str | Path], timeout: float = 60, folder: Path | None = None, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        """What a program says and how it ends inside; subprocess.TimeoutExpired after so many seconds."""
        trusted = str(self._papers.trusted)
        given = {"SSL_CERT_FILE": trusted, "REQUESTS_CA_BUNDLE": trusted} | environment
        return self._space.run(command, timeout, folder, **given)

    def ask(self, name: str, kind: str = "A", server: Server | None = None) -> Reply:
        """What the resolver, or another server, says."""
        return Reply(**json.loads(self._ask(server.v4 if server else RESOLVER, name, kind)))

    def forget(self) -> None:
        """The resolver forgets all that it has heard, and who did not answer."""
        self._control("flush_zone", ".")
        self._control("flush_infra", "all")

    @contextmanager
    def changed(self, name: str, **what: Any) -> Iterator[None]:
        """A zone with other fields, such as `records` or `signed="expired"`; its servers have it at once."""
        zone = zones.zone_of(name)
        try:
            self._publish(dataclasses.replace(zone, **what))
            yield
        finally:
            self._publish(zone)

    @contextmanager
    def removed(self, *names: str) -> Iterator[None]:
        """Names vanish from their zone; at the end of the block they are back at the source."""
        zone = zones.zone_of(names[0])
        gone = {name.removesuffix(f".{zone.name}") for name in names}
        kept = [line for line in zone.records.splitlines(keepends=True) if line.split()[0] not in gone]
        with self.changed(zone.name, records="".join(kept)):
            yield

    @contextmanager
    def stopped(self, name: str) -> Iterator[None]:
        """A server falls: `ns1.norddns.example.`, `cloud`, `resolver`."""
        server = self._running[name]
        server.stop()
        try:
            yield
        finally:
            server.start()
            server.wait()

    @contextmanager
    def misbehaving(self, name: str, does: Does) -> Iterator[None]:
        """In a name server's place one that does as `twisted.py` says."""
        with self.stopped(name):
            other = self._twisted(dataclasses.replace(_named(name), does=does), f"instead-of-{name}")
            other.start()
            try:
                other.wait()
                yield
            finally:
                other.stop()

    @contextmanager
    def serving(self, host: str, folder: Path | None = None, **what: Any) -> Iterator[None]:
        """A site with other fields, such as `paper` or `answers`, or with the files of a folder."""
        site = self._sites[host]
        self._sites[host] = dataclasses.replace(site, **what)
        try:
            self._write_sites(site.web, {host: folder})
            yield
        finally:
            self._sites[host] = site
            self._write_sites(site.web)

    @contextmanager
    def told_apart(self, name: str, *records: str) -> Iterator[None]:
        """The resolver says something of its own about a name, as inside a company: `A 198.18.60.1`."""
        # Whatever else is asked of the name, it finds out as always.
        self._control("local_zone", name, "typetransparent")
        for record in records:
            self._control("local_data", f"{name} {record}")
        try:
            yield
        finally:
            self._control("local_zone_remove", name)

    def close(self) -> None:
        """End everything in it."""
        self._space.close()
        for server in self._running.values():
            server.stop()

    def _mounts(self) -> dict[Path, Path]:
        for name, text in _FILES.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        bundles = {ssl.get_default_verify_paths().openssl_cafile, "/etc/ssl/certs/ca-certificates.crt"}
        trusted = {Path(bundle): self._papers.trusted for bundle in bundles}
        return trusted | {Path("/etc", name): self.folder / name for name in _FILES}

    def _servers(self) -> Iterator[tuple[str, Running]]:
        for server in world.NAME_SERVERS:
            if server.does == "answer":
                held = [zone for zone in world.ZONES if server in zones.servers_of(zone)]
                yield server.name, nsd(self._space, self.folder, server, held)
            elif server.does != "nothing":
                yield server.name, self._twisted(server, server.name)
        yield "resolver", unbound(self._space, self.folder, world.ROOT[0], zones.trust_anchor())
        liar = world.LYING_RESOLVER
        yield liar.name, ours(self._space, self.folder, liar.name, "twisted", "hijack", RESOLVER, liar.v4, liar.v6)
        for web in world.WEB_SERVERS:
            yield web.name, ours(self._space, self.folder, web.name, "web", self._write_sites(web))

    def _twisted(self, server: NameServer, name: str) -> Running:
        behind = world.REAL_BEHIND.v4
        return ours(self._space, self.folder, name, "twisted", server.does, behind, server.v4, server.v6)

    def _publish(self, zone: Zone) -> None:
        serial = self._write(zone)
        for server in zones.servers_of(zone):
            if self._running[server.name].up:
                subprocess.run([*self._running[server.name].probe[:-1], "reload", zone.name], check=True,
                               capture_output=True)  # fmt: skip
                self._ask(server.v4, zone.name, str(serial))

    def _write(self, zone: Zone) -> int:
        serial, file = next(self._serials), self.folder / file_of(zone)
        if not zone.broken:
            file.write_text(zones.signed(zone, zones.text_of(zone, serial), self._now), encoding="utf-8")
        return serial

    def _write_sites(self, web: Server, folders: dict[str, Path | None] | None = None) -> Path:
        """The file that tells a web server what it serves; replaced as a whole, since it is read at any time."""
        mine = [site for site in self._sites.values() if site.web == web]
        told = {site.host: self._told(site, (folders or {}).get(site.host)) for site in mine}
        file = self.folder / f"web-{web.name}.json"
        new = file.with_suffix(".new")
        new.write_text(json.dumps({"addresses": [web.v4, web.v6], "mute": web == world.MUTE, "sites": told}),
                       encoding="utf-8")  # fmt: skip
        return new.replace(file)

    def _told(self, site: Site, folder: Path | None) -> dict[str, Any]:
        paper = site.paper or Paper((site.host,))
        answers = {path: dataclasses.asdict(answer) for path, answer in site.answers.items()}
        return {"paper": str(self._papers.file_of(paper)), "folder": folder and str(folder), "answers": answers}

    def _ask(self, address: str, name: str, what: str) -> str:
        done = self.run([sys.executable, "-m", "tests.lab.ask", address, name, what])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _control(self, *command: str) -> None:
        subprocess.run([*self._running["resolver"].probe[:-1], *command], check=True, capture_output=True)


def _named(name: str) -> NameServer:
    return next(server for server in world.NAME_SERVERS if server.name == name)


def _addresses() -> list[str]:
    servers = [*world.NAME_SERVERS, *world.WEB_SERVERS, world.EMPTY, world.LYING_RESOLVER]
    return [address for server in servers for address in (f"{server.v4}/32", f"{server.v6}/128")]


@contextmanager
def laboratory(folder: Path) -> Iterator[Lab]:
    """A lab in a folder of its own, ended with the block."""
    lab = Lab(folder)
    try:
        yield lab
    finally:
        lab.close()
