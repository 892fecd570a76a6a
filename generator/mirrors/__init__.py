"""The same site at other addresses: fetched, compared, judged, told."""

from generator.mirrors.asking import Looked, fetch_mirrors
from generator.mirrors.judging import Judged, in_files, judge, reached
from generator.mirrors.telling import render_json, render_mirrors, render_verified, render_verified_json, tell
from generator.mirrors.verifying import Verified, fetch_papers, verify

__all__ = [
    "Judged", "Looked", "Verified", "fetch_mirrors", "fetch_papers", "in_files", "judge", "reached", "render_json",
    "render_mirrors", "render_verified", "render_verified_json", "tell", "verify",
]  # fmt: skip
