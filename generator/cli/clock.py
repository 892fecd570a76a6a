"""The instant that a command goes by."""

import os
from datetime import UTC, datetime

import click

from generator.cli.voice import Sorry, said, say_sorry
from generator.project import parse_as_of
from generator.settings import Settings

YEARS = range(1990, 2101)
"""What SOURCE_DATE_EPOCH may lie in: the years that records may."""


def read_clock(as_of: str | None, settings: Settings) -> datetime:
    """The instant the site is built for: as asked, else SOURCE_DATE_EPOCH, else now; to the second."""
    if not as_of:
        return read_now()
    try:
        return parse_as_of(as_of, settings)
    except ValueError as error:
        raise Sorry(f"--as-of: {said(error.args[0])}") from None


def read_now() -> datetime:
    """The instant of SOURCE_DATE_EPOCH, else of the clock, in UTC; to the second."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC)
        if moment.year not in YEARS:
            raise ValueError(epoch)
        return moment
    except (ValueError, OverflowError, OSError):
        raise say_sorry("site.epoch", text=epoch) from None


as_of_option = click.option("--as-of", metavar="TIME", help="Build as of this time, such as '2021-07-17 10:00'.")
