"""One MkDocs build, as a process of its own: `python child.py CONFIG OUTPUT`.

What MkDocs has to say goes to standard output, one line each, with its level in front. Standard input
stays open as long as our parent lives: when it closes, we end too, so no orphan ever goes on writing.
"""

import logging
import os
import sys
import threading
from pathlib import Path

REFUSED = "REFUSED"  # the line "REFUSED <errno> <path>": the system did not let MkDocs write
FAILED = 1


def main(config: str, output: str) -> int:
    """Build one language strictly. Returns the exit code."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    logging.basicConfig(stream=sys.stdout, level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        _build(config, output)
    except OSError as error:
        if not error.errno:  # such as a template that is not there, which Jinja counts among them
            print(f"ERROR {type(error).__name__}: {error}", flush=True)  # noqa: T201
            return FAILED
        print(REFUSED, error.errno, error.filename or "", flush=True)  # noqa: T201
        return FAILED
    except SystemExit as error:
        # MkDocs' own Abort: what went wrong is logged already.
        return FAILED if error.code else 0
    return 0


def _build(config: str, output: str) -> None:
    # Imported late: the watch over the parent stands before anything slow happens.
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import ConfigurationError

    try:
        settings = load_config(config_file=config, site_dir=output, strict=True)
    except ConfigurationError as error:
        logging.getLogger("mkdocs").error("%s: %s", Path(config).name, error)
        raise SystemExit(FAILED) from error
    settings.plugins.on_startup(command="build", dirty=False)
    try:
        build(settings)
    finally:
        settings.plugins.on_shutdown()


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(FAILED)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
