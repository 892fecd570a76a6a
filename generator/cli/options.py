"""Options that several of the commands on records have."""

from collections.abc import Callable
from typing import Any

import click

Command = Callable[..., Any]

AT = (
    "When, if not now: 10:15, -20m, '2021-07-17 10:15', '~2021-07-17 10:15', or YAML such as '{between: [9:00, 9:15]}'."
)
text_option = click.option("-m", "--message", "text", multiple=True, metavar="TEXT",
                           help="What readers are to know; in one language of several: -m de=… -m en=…")  # fmt: skip
components_option = click.option("-c", "--component", "components", multiple=True, metavar="ID=STATE",
                                 help="The state a component is in from now on; as often as needed.")  # fmt: skip
at_option = click.option("--at", metavar="TIME", help=AT)
edit_option = click.option("--edit", is_flag=True, help="Open the record in $EDITOR before it is saved.")
id_option = click.option("--id", "name", metavar="ID", help="The name of its file, if not made of day and title.")
record_argument = click.argument("name", metavar="[ID]", required=False)
status_option = click.option("-s", "--status", help="How far it is: investigating, identified, monitoring, …")


def entry_options(command: Command) -> Command:
    """What an entry of the timeline can tell."""
    options = (
        text_option,
        components_option,
        click.option("--advice", multiple=True, metavar="TEXT", help="What to do or not to do now, and why."),
        click.option("--restriction", multiple=True, metavar="TEXT", help="What is limited although it works again."),
        click.option("--available-at", metavar="ADDRESS", help="Where it can be reached meanwhile."),
        click.option("--next-update", metavar="TIME", help="When there will be more: +30m, 10:45, …"),
        at_option,
        edit_option,
    )
    for option in reversed(options):
        command = option(command)
    return command
