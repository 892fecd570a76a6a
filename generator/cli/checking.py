"""`incidents check`: every problem of every file."""

import os
import sys
from pathlib import Path

import click

from generator.cli.clock import as_of_option, read_clock
from generator.cli.voice import report, words
from generator.problems import InvalidRecords
from generator.project import read_project, read_warnings
from generator.report import FORMATS, Format, below


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
              help="For people, for programs, or for GitHub's annotations.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@as_of_option
@click.pass_obj
def check(config: Path, form: Format, strict: bool, as_of: str | None) -> None:
    """Report every problem of every file; fail if there is one.

    \b
    Examples:
      incidents check
      incidents check --format github
    """
    try:
        project = read_project(config)
        problems = (*project.problems, *read_warnings(project, config, read_clock(as_of, project.settings)))
    except InvalidRecords as invalid:
        problems = invalid.problems
    if form == "github":
        problems = below(problems, _in_repository(config.parent))
    report(problems, form, err=False)
    errors = sum(problem.severity == "error" for problem in problems)
    warned = len(problems) - errors
    if form == "text":
        told = words()
        sums = f"{told('tool.site.problems', n=errors)}, {told('tool.site.warnings', n=warned)}."
        click.echo(sums if problems else told("tool.site.sound"), err=True)
    sys.exit(1 if errors or (strict and warned) else 0)


def _in_repository(folder: Path) -> Path:
    """The way to a folder from the top of what GitHub has checked out; from here, when it says nothing."""
    top = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    here = folder.resolve()
    return here.relative_to(top) if here.is_relative_to(top) else Path()
