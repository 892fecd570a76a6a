"""A network namespace with mounts and processes of its own, made by `unshare`, entered by `nsenter`."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

NEEDED = {"unshare": "util-linux", "nsenter": "util-linux", "ip": "iproute2", "nsd": "nsd", "unbound": "unbound"}
"""Program to its Debian package."""
SEARCHED = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
"""Servers lie where a user's PATH does not lead."""
_UNSHARE = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child")
_AS_USER = (*_UNSHARE, "--user", "--map-root-user")
KILLED = 128 + signal.SIGKILL


def program(name: str) -> str:
    found = shutil.which(name, path=SEARCHED)
    assert found, f"there is no {name}"
    return found


@cache
def _way() -> tuple[str, ...] | None:
    """How this machine lets us make namespaces: as root, as a user who is root inside, or not at all."""
    ways = (_UNSHARE, _AS_USER) if os.geteuid() == 0 else (_AS_USER,)
    trial = ("mount", "--bind", "/etc/hosts", "/etc/hosts")
    return next((way for way in ways if not subprocess.run([*way, *trial], capture_output=True).returncode), None)


def why_not(needed: Sequence[str] = tuple(NEEDED)) -> str | None:
    """Why there can be no namespace with these programs on this machine; None where there can."""
    if not sys.platform.startswith("linux"):
        return "needs network namespaces, which only Linux has"
    if missing := [name for name in needed if shutil.which(name, path=SEARCHED) is None]:
        packages = " ".join(dict.fromkeys(NEEDED[name] for name in missing))
        return f"needs {', '.join(missing)} (Debian: apt install {packages})"
    if _way() is None:
        return "needs a network namespace, and this machine lets us make none"
    return None


class Space:
    """A namespace. It ends with `close`, or with this process: its first process reads from our pipe."""

    def __init__(self, addresses: Sequence[str] = (), mounts: Mapping[Path, Path] | None = None) -> None:
        """`addresses` as `ip` takes them, all on `lo`; without any there is no network at all, not even to itself.

        `mounts`: place in the namespace to the file shown there.
        """
        way = _way()
        assert way, why_not(())
        lines = ["set -e", f"PATH={SEARCHED}", "ip link set lo up" if addresses else ""]
        lines += [f"ip address add {address} dev lo" for address in addresses]
        lines += [f'mount --bind "{file}" "{place}"' for place, file in (mounts or {}).items() if place.exists()]
        # `cat` ends with the pipe, and the shell, which also buries orphans, with `cat`.
        self._first = subprocess.Popen([*way, "sh", "-c", "\n".join([*lines, "echo ready", "cat"])],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
        assert self._first.stdout
        assert self._first.stdout.readline() == "ready\n", "the namespace could not be set up"
        spaces = f"/proc/{self._first.pid}/ns"
        self._enter = ["nsenter", f"--net={spaces}/net", f"--mount={spaces}/mnt", f"--pid={spaces}/pid_for_children"]
        if "--user" in way:
            self._enter += [f"--user={spaces}/user", "--preserve-credentials"]

    def run(
        self, command: Sequence[str | Path], timeout: float = 60, folder: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """What a program says and how it ends inside; TimeoutExpired after so many seconds."""
        limited = ["timeout", "--signal=KILL", str(timeout), *command]
        done = subprocess.run(self._inside(limited, folder), env=os.environ | environment,
                              capture_output=True, text=True)  # fmt: skip
        if done.returncode in (KILLED, -signal.SIGKILL):
            raise subprocess.TimeoutExpired(list(map(str, command)), timeout, done.stdout, done.stderr)
        return done

    def start(self, command: Sequence[str | Path], log: Path) -> subprocess.Popen[bytes]:
        """A program that goes on inside, until `end` or the end of all."""
        with log.open("ab") as told:
            return subprocess.Popen(self._inside(command, None), stdin=subprocess.DEVNULL, stdout=told, stderr=told,
                                    start_new_session=True)  # fmt: skip

    def close(self) -> None:
        assert self._first.stdin
        assert self._first.stdout
        self._first.stdin.close()
        self._first.wait(timeout=10)
        self._first.stdout.close()

    def _inside(self, command: Sequence[str | Path], folder: Path | None) -> list[str | Path]:
        return [*self._enter, f"--wd={folder or Path.cwd()}", *command]


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started, at once, as when its machine falls."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
