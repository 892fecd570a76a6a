"""The command `incidents`, a module for each group of commands.

The only room that prints, exits, or looks at the clock.
"""

from pathlib import Path

import click

from generator.cli.announcing import announce
from generator.cli.beginning import maintenance, new, notice
from generator.cli.building import build, render, serve_command
from generator.cli.checking import check
from generator.cli.continuing import correct, publish, resolve, review, update
from generator.cli.deploying import deploy_command
from generator.cli.importing import import_command
from generator.cli.preparing import schema
from generator.cli.starting import init
from generator.cli.telling import at, list_command, promises, show
from generator.language import tool_languages


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="incident-pages")
@click.option("--config", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
              help="The settings. Records and pages lie beside it.")  # fmt: skip
@click.option("--language", type=click.Choice(tool_languages()),
              help="Speak this language, whatever the locale says: the commands on records do.")  # fmt: skip
@click.pass_context
def main(context: click.Context, config: Path, language: str | None) -> None:  # noqa: ARG001
    """Turn YAML incident records into a published status site."""
    context.obj = config


for command in (
    new, update, resolve, review, publish, correct, maintenance, notice,
    list_command, show, promises, at, announce,
    build, check, deploy_command, import_command, init, render, schema, serve_command,
):  # fmt: skip
    main.add_command(command)
