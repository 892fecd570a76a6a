"""The same site at other addresses: fetched, compared, judged, told."""

from generator.mirrors.asking import Looked, fetch_mirrors
from generator.mirrors.judging import Judged, in_files, judge
from generator.mirrors.telling import render_json, render_mirrors

__all__ = ["Judged", "Looked", "fetch_mirrors", "in_files", "judge", "render_json", "render_mirrors"]
