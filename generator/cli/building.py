"""The site: `incidents build`, `render` and `serve`."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.clock import as_of_option, read_clock
from generator.cli.voice import Sorry, report, said, say_sorry, words
from generator.independence import FOLDER
from generator.problems import InvalidRecords
from generator.project import Project, find_missing_program, read_project
from generator.provenance import read_origin
from generator.publish import PublishError, publish, serve, write_tree
from generator.repository import REVISION
from generator.sentences import Sentence, say
from generator.settings import read_settings

if TYPE_CHECKING:
    from generator.site import Site

PATIENCE = 2.0
"""Seconds after which a build says what it is doing."""


keep_going_option = click.option("--keep-going", is_flag=True, help="Publish the sound records; name the broken ones.")


def _whole(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    if name and not REVISION.fullmatch(name):
        raise click.BadParameter(said(say("Write all of it, as `git rev-parse HEAD` does")))
    return name


revision_option = click.option("--revision", metavar="COMMIT", callback=_whole,
                               help="The commit that the sources are of, where git cannot be asked.")  # fmt: skip


@click.command()
@click.option("--to", "target", metavar="FOLDER", type=click.Path(path_type=Path), default=Path("site"),
              show_default=True, help="The folder to publish into.")  # fmt: skip
@as_of_option
@keep_going_option
@revision_option
@click.pass_obj
def build(config: Path, target: Path, as_of: str | None, keep_going: bool, revision: str | None) -> None:
    """Build the whole site and swap it into place.

    A build that fails leaves the site as it was.

    \b
    Examples:
      incidents build
      incidents build --keep-going
      incidents build --to preview --as-of "2021-07-17 10:00"
    """
    started = time.monotonic()
    progress = _progress(started)
    project, site, now = _site(config, as_of, keep_going, progress, revision)
    _refuse_sources(target, config, project)
    try:
        published = publish(site, project.settings.languages, target, now, progress)
    except PublishError as error:
        raise Sorry(said(*error.lines)) from None
    except KeyboardInterrupt:
        raise say_sorry("site.interrupted", folder=target) from None
    seconds, told = time.monotonic() - started, words()
    records = told("tool.site.records", n=len(project.records.incidents))
    pages = told("tool.site.pages", n=published.pages)
    click.echo(told("tool.site.built", records=records, pages=pages, seconds=told.tenths(seconds)))
    click.echo(told("tool.site.open", address=(target.resolve() / "index.html").as_uri()))


def _refuse_sources(target: Path, config: Path, project: Project) -> None:
    """What is made of the sources does not belong among them: the next build would publish it again."""
    for name in ("docs", project.settings.records):
        source = (config.parent / name).resolve()
        if target.resolve().is_relative_to(source):
            raise say_sorry("site.among_sources", folder=target, source=source)


def _progress(started: float) -> Callable[[Sentence], None]:
    def show(step: Sentence) -> None:
        if time.monotonic() - started > PATIENCE:
            click.echo(f"… {said(step)}", err=True)

    return show


def _site(
    config: Path,
    as_of: str | None,
    keep_going: bool,
    progress: Callable[[Sentence], None] = lambda _: None,
    revision: str | None = None,
) -> tuple[Project, "Site", datetime]:
    """Read and derive; what is wrong with the records or the settings is printed, and ends the command."""
    try:
        project = read_project(config)
        now = read_clock(as_of, project.settings)
        if project.errors:
            report(project.errors)
            if not keep_going or not project.records.incidents:
                raise _refusal(project, keep_going)
        report(find_missing_program(project, config))
        progress(say("deriving the pages of {n} records", n=len(project.records.incidents)))
        from generator.site import build_site  # read only when it is needed: pages and pictures take their time

        origin = read_origin(config, project.settings.records, revision)
        site = build_site(project.records, project.settings, now, project.program, origin, project.checked)
        return project, site, now
    except InvalidRecords as invalid:
        report(invalid.problems)
        raise say_sorry("site.settings") from None


def _refusal(project: Project, keep_going: bool) -> Sorry:
    """Why nothing was published, and what to do."""
    problems = words()("tool.site.problems", n=len(project.errors))
    return say_sorry("site.none_sound" if keep_going else "site.some_sound", problems=problems)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@as_of_option
@keep_going_option
@revision_option
@click.pass_obj
def render(config: Path, folder: Path, as_of: str | None, keep_going: bool, revision: str | None) -> None:
    """Write only the Markdown and static files.

    Any other builder can make a site of them. FOLDER is empty, new, or one that was written so before.

    \b
    Examples:
      incidents render tree
    """
    project, site, _ = _site(config, as_of, keep_going, revision=revision)
    _refuse_sources(folder, config, project)
    try:
        write_tree(site, folder)
    except PublishError as error:
        raise Sorry(said(*error.lines)) from None
    first = project.settings.languages[0]
    click.echo(words()("tool.site.wrote", n=len(site), file=f"{folder / first}.yml"))


@click.command(name="serve")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where it can be reached.")
@click.option("--port", metavar="NUMBER", default=8000, show_default=True, type=click.IntRange(1, 65535),
              help="At which port.")  # fmt: skip
@click.pass_obj
def serve_command(config: Path, host: str, port: int) -> None:
    """Show the site and redraw it whenever a file is saved.

    \b
    Examples:
      incidents serve
      incidents serve --port 8080
    """

    def rebuild(folder: Path) -> None:
        try:
            project, site, now = _site(config, None, keep_going=True)
            publish(site, project.settings.languages, folder, now)
        except click.ClickException as error:
            click.echo(f"{error}\n{words()('tool.site.last_good')}", err=True)
        except PublishError as error:
            click.echo(f"{said(*error.lines)}\n{words()('tool.site.last_good')}", err=True)

    watched = [config, config.parent / "docs", config.parent / FOLDER, _records_folder(config)]
    try:
        told = words()
        serve(
            rebuild, watched, host, port,
            lambda url: click.echo(told("tool.site.serving", address=url)), told("tool.site.missing"),
        )  # fmt: skip
    except PublishError as error:
        raise Sorry(said(*error.lines)) from None
    except KeyboardInterrupt:
        click.echo(words()("tool.site.stopped"))


def _records_folder(config: Path) -> Path:
    """Where the records lie; where they usually do, as long as the settings cannot be read."""
    settings, _ = read_settings(config)
    return config.parent / (settings.records if settings else "incidents")
