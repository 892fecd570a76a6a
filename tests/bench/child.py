"""The command `incidents`, telling every step as it begins, and in the end as JSON what it and its children took."""

import atexit
import json
import resource
import sys

from generator.cli import building, main

_KILOBYTE = 1024 if sys.platform == "darwin" else 1
"""macOS counts memory in bytes, Linux in kB."""


def _tell() -> None:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = [each.ru_utime + each.ru_stime for each in used]
    memory = [each.ru_maxrss / _KILOBYTE / 1024 for each in used]
    print(json.dumps({"cpu": cpu, "memory": memory}), file=sys.stderr)


if __name__ == "__main__":
    atexit.register(_tell)
    building.PATIENCE = -1.0
    main()
