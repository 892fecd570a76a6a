"""The way in from Atlassian Statuspage: its public answers become records and settings."""

from generator.statuspage.account import build_account
from generator.statuspage.building import Import, build_import
from generator.statuspage.fetching import fetch_answers
from generator.statuspage.losses import Loss
from generator.statuspage.reading import Answer, read_answers
from generator.statuspage.renewing import Sorted, read_there, sort_out

__all__ = [
    "Answer",
    "Import",
    "Loss",
    "Sorted",
    "build_account",
    "build_import",
    "fetch_answers",
    "read_answers",
    "read_there",
    "sort_out",
]  # fmt: skip
