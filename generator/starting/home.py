"""Where the admin is likely to be at home: the time zone of the machine."""

import os
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import available_timezones

_LOCAL = Path("/etc/localtime")


def read_local_zone(environment: Mapping[str, str] = os.environ) -> str | None:
    """The zone of this machine's clock. None where it tells none, or UTC, which is a server's and nobody's home."""
    name = environment.get("TZ", "").lstrip(":")
    if not name and _LOCAL.is_symlink():
        name = str(_LOCAL.resolve()).partition("zoneinfo/")[2]
    is_home = name in available_timezones() and "/" in name and not name.startswith("Etc/")
    return name if is_home else None
