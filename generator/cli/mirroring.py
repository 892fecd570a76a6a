"""The commands that compare what is published: `incidents mirrors`."""

import sys
from datetime import timedelta
from pathlib import Path

import click

from generator.cli.session import Session, in_session
from generator.mirrors import Judged, Looked, fetch_mirrors, in_files, judge, render_json, render_mirrors

timeout_option = click.option("--timeout", default=60.0, show_default=True, type=click.FloatRange(1, 3600),
                              metavar="SECONDS", help="Look no longer than that.")  # fmt: skip
format_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
                             show_default=True, help="For people or for programs.")  # fmt: skip


@click.command()
@click.option("--full", is_flag=True, help="Fetch every file, not only a choice of them.")
@click.option("--site", "folder", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
              help="The folder that was built, to compare with, if it is there.")  # fmt: skip
@format_option
@timeout_option
@in_session
def mirrors(session: Session, full: bool, folder: Path, form: str, timeout: float) -> None:
    """Tell which address of the site is stale, incomplete, altered or unreachable, and by what.

    Fails unless all are current.
    """
    settings = session.desk.settings
    looked = fetch_mirrors(settings.addresses, folder, full, timeout)
    judged = _judged(session, looked)
    local = Judged(looked.local, tuple(in_files(looked.local))) if looked.local else None
    click.echo(render_json(judged, local) if form == "json" else render_mirrors(judged, local, session.words))
    if form == "text" and not settings.status.mirrors:
        session.say("mirrors.none")
    sys.exit(0 if all(found.is_current for found in judged) else 1)


def _judged(session: Session, looked: Looked) -> list[Judged]:
    settings = session.desk.settings
    stale_after = timedelta(hours=int(settings.status.stale_after))
    return judge(looked.places, looked.local, settings.url, session.desk.now, stale_after)
