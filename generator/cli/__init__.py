"""The command `incidents`, a module for each group of commands.

The only room that prints, exits, or looks at the clock.
"""

from pathlib import Path

import click

from generator.cli.building import build, render, serve_command
from generator.cli.checking import check
from generator.cli.importing import import_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="incident-pages")
@click.option("--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
              help="The settings. Records and pages lie beside it.")  # fmt: skip
@click.pass_context
def main(context: click.Context, config: Path) -> None:
    """Turn YAML incident records into a published status site."""
    context.obj = config


for command in (build, check, import_command, render, serve_command):
    main.add_command(command)
