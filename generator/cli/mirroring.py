"""The commands that look at what is published: `incidents mirrors` and `verify`."""

import sys
from datetime import timedelta
from pathlib import Path

import click

from generator.cli.session import Session, in_session
from generator.editing import Refused
from generator.elsewhere import is_site_address
from generator.mirrors import (
    Judged,
    Looked,
    Verified,
    fetch_mirrors,
    fetch_papers,
    in_files,
    judge,
    reached,
    render_json,
    render_mirrors,
    render_verified,
    render_verified_json,
    verify,
)
from generator.publish import rebuilt

timeout_option = click.option("--timeout", default=60.0, show_default=True, type=click.FloatRange(1, 3600),
                              metavar="SECONDS", help="Look no longer than that.")  # fmt: skip
format_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
                             show_default=True, help="For people or for programs.")  # fmt: skip


@click.command()
@click.option("--full", is_flag=True, help="Fetch every file, not only a choice of them.")
@click.option("--site", "folder", metavar="FOLDER", type=click.Path(path_type=Path), default=Path("site"),
              show_default=True, help="The folder that was built, to compare with, if it is there.")  # fmt: skip
@format_option
@timeout_option
@in_session
def mirrors(session: Session, full: bool, folder: Path, form: str, timeout: float) -> None:
    """Tell which address of the site is stale, incomplete, altered or unreachable, and by what.

    Fails unless all are current.

    \b
    Examples:
      incidents mirrors
      incidents mirrors --full --format json
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


@click.command(name="verify")
@click.argument("url", required=False)
@format_option
@timeout_option
@in_session
def verify_command(session: Session, url: str | None, form: str, timeout: float) -> None:
    """Build again what a published site says it was built from, and compare every file.

    Without URL it is the site itself. Fails unless all are the same, byte for byte. The program that lies in that
    commit of your repository does the building.

    \b
    Examples:
      incidents verify
      incidents verify https://status.example.com/
    """
    verified = _verified(session, _address(url or session.desk.settings.url), timeout)
    click.echo(render_verified_json(verified) if form == "json" else render_verified(verified, session.words))
    sys.exit(0 if verified.is_equal else 1)


def _verified(session: Session, url: str, timeout: float) -> Verified:
    """What was found; the command ends here where nothing could be built again."""
    published = fetch_papers(url, timeout)
    if published.silence or published.status or not published.build:
        judged = Judged(published, (*reached(published, {}), *in_files(published)))
        click.echo(render_mirrors([judged], None, session.words))
        sys.exit(1)
    build, host = published.build, session.desk.settings.status.form
    if not build.revision:
        raise Refused("no_revision", site=url)
    borrowed = [host.packages] if host else []
    with rebuilt(session.config, build.revision, build.built_at, bool(build.unreadable), borrowed) as folder:
        return verify(published, folder, timeout)


def _address(url: str) -> str:
    whole = url if url.endswith("/") else f"{url}/"
    if not is_site_address(whole):
        raise Refused("no_address", url=url)
    return whole
