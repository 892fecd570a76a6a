"""A look at the site while writing: built where nobody else sees it, redrawn at every saved file."""

import errno
import socket
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.publish.errors import PublishError
from generator.sentences import say

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


_REASONS: dict[int, str] = {
    errno.EADDRINUSE: say("Another program uses it"),
    errno.EACCES: say("That is not permitted"),
    errno.EADDRNOTAVAIL: say("This machine does not have it"),
}


def serve(
    build: Callable[[Path], None],
    watched: Sequence[Path],
    host: str = "127.0.0.1",
    port: int = 8000,
    started: Callable[[str], None] = lambda _: None,
    missing: str = "404",
) -> None:
    """Show the site at http://host:port/ until interrupted, and build it anew when a watched path changes.

    `build` publishes into the folder it is given. Where it cannot, it tells the user why by itself and raises
    nothing, since the server would let every browser wait for ever: the last good site stays on show.
    `started` gets the address once it answers. `missing` is shown where there is no page, not even a site.

    Raises:
        PublishError: the address is taken, or is not ours to use.
    """
    # Imported late: no other command pays for it.
    from mkdocs.livereload import LiveReloadServer

    with tempfile.TemporaryDirectory(prefix="incident-pages-") as folder:
        site = Path(folder) / "site"
        server = LiveReloadServer(lambda: build(site), host, port, str(site))
        server.error_handler = lambda _code: _not_found(site, missing)
        for path in watched:
            if path.exists():
                server.watch(str(path))
        try:
            build(site)
            _run(server, host, port, started)
        finally:
            server.shutdown(wait=server.serve_thread.is_alive())


def _run(server: "LiveReloadServer", host: str, port: int, started: Callable[[str], None]) -> None:
    address = f"http://{host}:{port}/"
    activate = server.server_activate

    def activate_and_tell() -> None:
        activate()
        started(address)

    server.server_activate = activate_and_tell  # type: ignore[method-assign]
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        raise PublishError(
            say("The address {address} cannot be used: {why}.", address=address, why=_reason(error)),
            say("Choose another one with --port."),
        ) from error


def _reason(error: OSError) -> str:
    """Why an address is not to be had, in our words where we have some."""
    if isinstance(error, socket.gaierror):
        return say("Nobody knows a machine of that name")
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def _not_found(site: Path, missing: str) -> bytes:
    page = site / "404.html"
    if page.is_file():
        return page.read_bytes()
    return f"<!doctype html><meta charset=utf-8><title>404</title><p>{missing}</p>".encode()
