"""Incident pages: YAML incident records in, a published status site and its post-mortems out."""

from zoneinfo import reset_tzpath

# The time zones that came with the locked `tzdata`, not this machine's: else two machines may tell two times.
reset_tzpath(())
