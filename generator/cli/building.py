"""The site: `incidents build`, `render` and `serve`."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from generator.cli.checking import counted
from generator.cli.clock import as_of_option, read_clock
from generator.problems import InvalidRecords
from generator.project import Project, read_project
from generator.publish import PublishError, publish, serve, write_tree
from generator.report import render_report
from generator.settings import read_settings
from generator.site import Site, build_site

PATIENCE = 2.0
"""Seconds after which a build says what it is doing."""


keep_going_option = click.option("--keep-going", is_flag=True, help="Publish the sound records; name the broken ones.")


@click.command()
@click.option("--to", "target", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
              help="The folder to publish into.")  # fmt: skip
@as_of_option
@keep_going_option
@click.pass_obj
def build(config: Path, target: Path, as_of: str | None, keep_going: bool) -> None:
    """Build the whole site and swap it into place."""
    started = time.monotonic()
    progress = _progress(started)
    project, site, now = _site(config, as_of, keep_going, progress)
    _refuse_sources(target, config, project)
    try:
        published = publish(site, project.settings.languages, target, now, progress)
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        raise click.ClickException(f"Interrupted. What was in {target} is untouched.") from None
    seconds = time.monotonic() - started
    records = counted(len(project.records.incidents), "record")
    click.echo(f"Built {records}, {published.pages} pages in {seconds:.1f} seconds.")
    click.echo(f"Open {(target.resolve() / 'index.html').as_uri()} or run: incidents serve")


def _refuse_sources(target: Path, config: Path, project: Project) -> None:
    """What is made of the sources does not belong among them: the next build would publish it again."""
    for name in ("docs", project.settings.records):
        source = (config.parent / name).resolve()
        if target.resolve().is_relative_to(source):
            raise click.ClickException(f"{target} lies among the sources in {source}. Choose another folder.")


def _progress(started: float) -> Callable[[str], None]:
    def show(step: str) -> None:
        if time.monotonic() - started > PATIENCE:
            click.echo(f"… {step}", err=True)

    return show


def _site(
    config: Path, as_of: str | None, keep_going: bool, progress: Callable[[str], None] = lambda _: None
) -> tuple[Project, Site, datetime]:
    """Read and derive; what is wrong with the records or the settings is printed, and ends the command."""
    try:
        project = read_project(config)
        now = read_clock(as_of, project.settings)
        if project.errors:
            click.echo(render_report(project.errors, "text"), err=True)
            if not keep_going or not project.records.incidents:
                raise click.ClickException(_refusal(project, keep_going))
        progress(f"deriving the pages of {len(project.records.incidents)} records")
        return project, build_site(project.records, project.settings, now), now
    except InvalidRecords as invalid:
        click.echo(render_report(invalid.problems, "text"), err=True)
        raise click.ClickException("Settings or pages cannot be used. Nothing was published.") from None


def _refusal(project: Project, keep_going: bool) -> str:
    """Why nothing was published, and what to do."""
    what = f"{counted(len(project.errors), 'problem')} found, nothing was published."
    if keep_going:
        return f"{what} No record is sound."
    return f"{what} Correct them, or publish the sound records with --keep-going."


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@as_of_option
@keep_going_option
@click.pass_obj
def render(config: Path, folder: Path, as_of: str | None, keep_going: bool) -> None:
    """Write only the Markdown and static files to FOLDER, for any other builder."""
    project, site, _ = _site(config, as_of, keep_going)
    _refuse_sources(folder, config, project)
    try:
        write_tree(site, folder)
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    first = project.settings.languages[0]
    click.echo(f"Wrote {len(site)} files. MkDocs builds them: mkdocs build -f {folder / first}.yml")


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def serve_command(config: Path, host: str, port: int) -> None:
    """Show the site and redraw it whenever a record, page or setting is saved."""

    def rebuild(folder: Path) -> None:
        try:
            project, site, now = _site(config, None, keep_going=True)
            publish(site, project.settings.languages, folder, now)
        except (click.ClickException, PublishError) as error:
            click.echo(f"{error}\nStill showing the last good site.", err=True)

    watched = [config, config.parent / "docs", _records_folder(config)]
    try:
        serve(rebuild, watched, host, port, lambda url: click.echo(f"Serving {url} (Ctrl-C ends it)"))
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo("Stopped.")


def _records_folder(config: Path) -> Path:
    """Where the records lie; where they usually do, as long as the settings cannot be read."""
    settings, _ = read_settings(config)
    return config.parent / (settings.records if settings else "incidents")
