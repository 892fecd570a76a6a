"""The command `incidents`. The only room that prints, exits, or looks at the clock."""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from generator.problems import InvalidRecords
from generator.project import Project, read_as_of, read_project, read_warnings
from generator.publish import PublishError, publish, serve, write_tree
from generator.report import FORMATS, Format, render_report
from generator.site import PageTakenError, Site, build_site

PATIENCE = 2.0
"""Seconds after which a build says what it is doing."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="incident-pages")
@click.option("--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
              help="The settings. Records and pages lie beside it.")  # fmt: skip
@click.pass_context
def main(context: click.Context, config: Path) -> None:
    """Turn YAML incident records into a published status site."""
    context.obj = config


def _now(as_of: str | None, config: Path) -> datetime:
    """The instant the site is built for: as asked, else SOURCE_DATE_EPOCH, else now; to the second."""
    if as_of:
        return read_as_of(as_of, config)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdecimal():
        raise click.ClickException(f"SOURCE_DATE_EPOCH is '{epoch}'. Write it in seconds since 1970, or unset it.")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC).replace(microsecond=0)


as_of_option = click.option("--as-of", metavar="TIME", help="Build as of this time, such as '2021-07-17 10:00'.")
keep_going_option = click.option("--keep-going", is_flag=True, help="Publish the sound records; name the broken ones.")


@main.command()
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
    try:
        published = publish(site, project.settings.languages, target, now, progress)
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        raise click.ClickException(f"Interrupted. What was in {target} is untouched.") from None
    seconds = time.monotonic() - started
    records = len(project.records.incidents)
    counted = f"{records} record{'s' if records != 1 else ''}, {published.pages} pages"
    click.echo(f"Built {counted} in {seconds:.1f} seconds.")
    click.echo(f"Open {(target.resolve() / 'index.html').as_uri()} or run: incidents serve")


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
        now = _now(as_of, config)
        project = read_project(config)
        if project.errors:
            click.echo(render_report(project.errors, "text"), err=True)
            if not keep_going or not project.records.incidents:
                raise click.ClickException(_refusal(project, keep_going))
        progress(f"deriving the pages of {len(project.records.incidents)} records")
        return project, build_site(project.records, project.settings, now), now
    except InvalidRecords as invalid:
        click.echo(render_report(invalid.problems, "text"), err=True)
        raise click.ClickException("The settings cannot be used. Nothing was published.") from None
    except PageTakenError as error:
        raise click.ClickException(str(error)) from None


def _refusal(project: Project, keep_going: bool) -> str:
    """Why nothing was published, and what to do."""
    count = len(project.errors)
    counted = f"{count} problem{'s' if count != 1 else ''} found, nothing was published."
    if keep_going:
        return f"{counted} No record is sound."
    return f"{counted} Correct them, or publish the sound records with --keep-going."


@main.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
              help="For people, for programs, or for GitHub's annotations.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@as_of_option
@click.pass_obj
def check(config: Path, form: Format, strict: bool, as_of: str | None) -> None:
    """Report every problem of every file."""
    try:
        project = read_project(config)
        problems = (*project.problems, *read_warnings(project, config, _now(as_of, config)))
    except InvalidRecords as invalid:
        problems = invalid.problems
    if problems or form == "json":
        click.echo(render_report(problems, form))
    errors = sum(problem.severity == "error" for problem in problems)
    warned = len(problems) - errors
    if form == "text":
        click.echo(f"{errors} problems, {warned} warnings." if problems else "All records are sound.", err=True)
    sys.exit(1 if errors or (strict and warned) else 0)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@as_of_option
@keep_going_option
@click.pass_obj
def render(config: Path, folder: Path, as_of: str | None, keep_going: bool) -> None:
    """Write only the Markdown and static files to FOLDER, for any other builder."""
    project, site, _ = _site(config, as_of, keep_going)
    try:
        write_tree(site, folder)
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    first = project.settings.languages[0]
    click.echo(f"Wrote {len(site)} files. MkDocs builds them: mkdocs build -f {folder / first}.yml")


@main.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def serve_command(config: Path, host: str, port: int) -> None:
    """Show the site and redraw it whenever a record, page or setting is saved."""

    def rebuild(folder: Path) -> bool:
        try:
            project, site, now = _site(config, None, keep_going=True)
            publish(site, project.settings.languages, folder, now)
        except (click.ClickException, PublishError) as error:
            click.echo(f"{error}\nStill showing the last good site.", err=True)
            return False
        return True

    watched = [config, config.parent / "docs", *_records_of(config)]
    try:
        serve(rebuild, watched, host, port, lambda url: click.echo(f"Serving {url} (Ctrl-C ends it)"))
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo("Stopped.")


def _records_of(config: Path) -> list[Any]:
    try:
        project = read_project(config)
    except InvalidRecords:
        return [config.parent / "incidents"]
    return [config.parent / project.settings.records]
