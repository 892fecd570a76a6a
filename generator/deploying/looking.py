"""A look at a target's address after publishing: is there, for whoever asks, what was built?"""

import time
from pathlib import Path

from generator.addresses import BUILD, MANIFEST
from generator.deploying.failing import DeployError
from generator.mirrors import fetch_mirrors, fetch_papers
from generator.mirrors.seen import Seen
from generator.provenance import Manifest

PATIENCE = 180.0
"""Seconds in which an address has to show it, and for one look at all its files: hosts keep old ones a while."""
_FIRST_PAUSE = 1.0


def look(address: str, site: Path, patience: float = PATIENCE) -> int:
    """Fetch every file of the site from its address until all are those in the folder; give their number.

    Raises:
        DeployError: they were not when `patience` seconds were over; with the first thing that differs.
    """
    end, pause = time.monotonic() + patience, _FIRST_PAUSE
    built = Manifest.model_validate_json((site / MANIFEST).read_bytes())
    while True:
        # As long as the host shows an older site, two small files tell so.
        there = fetch_papers(address, PATIENCE)
        if there.manifest == built:
            (there,) = fetch_mirrors((address,), site, True, PATIENCE).places
            if there.manifest == built and not there.faulty:
                return there.checked
        if time.monotonic() + pause > end:
            raise DeployError("not_shown", address=address, what=_first(there))
        time.sleep(pause)
        pause *= 2


def _first(there: Seen) -> str:
    """A word for the log: the admin is sent to the command that says all of it."""
    if there.faulty:
        return there.faulty[0].path
    return MANIFEST if there.build else BUILD
