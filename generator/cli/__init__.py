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
from generator.cli.drilling import drill
from generator.cli.grouping import Commands
from generator.cli.importing import import_command
from generator.cli.mirroring import mirrors, verify_command
from generator.cli.preparing import schema
from generator.cli.proving import independence
from generator.cli.shells import completion
from generator.cli.starting import init
from generator.cli.telling import at, list_command, promises, show
from generator.language import tool_languages

FILE = click.Path(path_type=Path)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="incident-pages", message="%(prog)s %(version)s")
@click.option("--config", type=FILE, metavar="FILE", default=Path("mkdocs.yml"), show_default=True,
              help="The settings. Records and pages lie beside it.")  # fmt: skip
@click.option("--language", type=click.Choice(tool_languages()), help="Speak this language, whatever the locale says.")
@click.pass_context
def main(context: click.Context, config: Path, language: str | None) -> None:  # noqa: ARG001
    """Turn YAML incident records into a published status site.

    \b
    Examples:
      incidents new "Dashboard down" -c dashboard=major_outage
      incidents update -s identified -m "A full disk." --next-update +30m
      incidents resolve -m "Everything runs again."
      incidents build

    \b
    More about one command: incidents update --help
    """
    context.obj = config


main.add_commands("To write records", new, update, resolve, review, publish, correct, announce, maintenance, notice)
main.add_commands("To look at them", list_command, show, promises, at)
main.add_commands(
    "To build the site", init, build, check, deploy_command, import_command, render, schema, serve_command
)
main.add_commands("To watch what is published", drill, independence, mirrors, verify_command)
main.add_commands("For the terminal", completion)
