"""The command `incidents`. The only room that prints, exits, or looks at the clock."""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from generator.language import available_languages
from generator.problems import InvalidRecords
from generator.project import Project, parse_as_of, read_project, read_warnings
from generator.publish import PublishError, add_sources, publish, serve, write_tree
from generator.report import FORMATS, Format, render_report
from generator.settings import Settings, read_settings
from generator.site import Site, build_site
from generator.statuspage import build_import, fetch_answers, read_answers, read_there, render_account, sort_out

YEARS = range(1990, 2101)
"""What SOURCE_DATE_EPOCH may lie in: the years that records may."""
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


def _now(as_of: str | None, settings: Settings) -> datetime:
    """The instant the site is built for: as asked, else SOURCE_DATE_EPOCH, else now; to the second."""
    if not as_of:
        return _from_environment_or_clock()
    try:
        return parse_as_of(as_of, settings)
    except ValueError as error:
        raise click.ClickException(f"--as-of: {error}") from None


def _from_environment_or_clock() -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC)
        if moment.year not in YEARS:
            raise ValueError(epoch)
        return moment
    except (ValueError, OverflowError, OSError):
        what = f"SOURCE_DATE_EPOCH is '{epoch}'. Write it in seconds since 1970, or unset it."
        raise click.ClickException(what) from None


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
    _refuse_sources(target, config, project)
    try:
        published = publish(site, project.settings.languages, target, now, progress)
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        raise click.ClickException(f"Interrupted. What was in {target} is untouched.") from None
    seconds = time.monotonic() - started
    records = _counted(len(project.records.incidents), "record")
    click.echo(f"Built {records}, {published.pages} pages in {seconds:.1f} seconds.")
    click.echo(f"Open {(target.resolve() / 'index.html').as_uri()} or run: incidents serve")


def _refuse_sources(target: Path, config: Path, project: Project) -> None:
    """What is made of the sources does not belong among them: the next build would publish it again."""
    for name in ("docs", project.settings.records):
        source = (config.parent / name).resolve()
        if target.resolve().is_relative_to(source):
            raise click.ClickException(f"{target} lies among the sources in {source}. Choose another folder.")


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


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
        now = _now(as_of, project.settings)
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
    what = f"{_counted(len(project.errors), 'problem')} found, nothing was published."
    if keep_going:
        return f"{what} No record is sound."
    return f"{what} Correct them, or publish the sound records with --keep-going."


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
        problems = (*project.problems, *read_warnings(project, config, _now(as_of, project.settings)))
    except InvalidRecords as invalid:
        problems = invalid.problems
    if problems or form == "json":
        click.echo(render_report(problems, form))
    errors = sum(problem.severity == "error" for problem in problems)
    warned = len(problems) - errors
    if form == "text":
        counted = f"{_counted(errors, 'problem')}, {_counted(warned, 'warning')}."
        click.echo(counted if problems else "All records are sound.", err=True)
    sys.exit(1 if errors or (strict and warned) else 0)


@main.command()
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


@main.command(name="serve")
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


@main.command(name="import")
@click.argument("system", type=click.Choice(["statuspage"]))
@click.argument("source")
@click.option("--to", "target", type=click.Path(path_type=Path, file_okay=False),
              help="The folder of mkdocs.yml and records; left out: that of --config.")  # fmt: skip
@click.option("--language", type=click.Choice(available_languages()), default="en", show_default=True,
              help="The language its texts are written in.")  # fmt: skip
@click.pass_obj
def import_command(config: Path, system: str, source: str, target: Path | None, language: str) -> None:  # noqa: ARG001
    """Make records and settings of what another system holds.

    SYSTEM is statuspage. SOURCE is a saved answer of its API v2, a folder of them, or the page's https address.
    """
    config = target / "mkdocs.yml" if target else config
    answers, problems = fetch_answers(source) if "://" in source else read_answers(Path(source))
    settings = _settings_there(config, language)
    found = build_import(answers, settings, language, config.name)
    done = sort_out(found.files, read_there(config.parent, found.files))
    try:
        add_sources({path: found.files[path] for path in done.to_write}, config.parent)
    except PublishError as error:
        raise click.ClickException(str(error)) from None
    problems += found.problems
    if problems:
        click.echo(render_report(problems, "text"), err=True)
    click.echo(render_account(found, done))
    sys.exit(1 if problems or found.missing else 0)


def _settings_there(config: Path, language: str) -> Settings | None:
    """The settings that an import goes by; None where it makes new ones."""
    if not config.exists():
        return None
    settings, problems = read_settings(config)
    if settings is None:
        click.echo(render_report(problems, "text"), err=True)
        raise click.ClickException("The settings there cannot be used. Nothing was imported.")
    if language not in settings.languages:
        raise click.ClickException(f"The site has no language '{language}'. Choose one with --language.")
    return settings


def _records_folder(config: Path) -> Path:
    """Where the records lie; where they usually do, as long as the settings cannot be read."""
    settings, _ = read_settings(config)
    return config.parent / (settings.records if settings else "incidents")
