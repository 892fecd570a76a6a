"""Options that several of the commands on records have."""

from collections.abc import Callable
from typing import Any

import click

from generator.cli.suggesting import Suggest, components, spans, statuses

Command = Callable[..., Any]

AT = (
    "When, if not now: 10:15, -20m, '2021-07-17 10:15', '~2021-07-17 10:15', or YAML such as '{between: [9:00, 9:15]}'."
)
text_option = click.option("-m", "--message", "text", multiple=True, metavar="TEXT",
                           help="What readers are to know; in one language of several: -m de=… -m en=…")  # fmt: skip
components_option = click.option("-c", "--component", "components", multiple=True, metavar="ID=STATE",
                                 shell_complete=components,
                                 help="The state a component is in from now on; as often as needed.")  # fmt: skip
at_option = click.option("--at", metavar="TIME", help=AT)
edit_option = click.option("--edit", is_flag=True, help="Open the record in $EDITOR before it is saved.")
id_option = click.option("--id", "name", metavar="ID", help="The name of its file, if not made of day and title.")


def record_argument(suggest: Suggest) -> Callable[[Command], Command]:
    """Which record is meant, and which ones a shell offers for it."""
    return click.argument("name", metavar="[ID]", required=False, shell_complete=suggest)


def status_option(default: str | None = None) -> Callable[[Command], Command]:
    """How far it is; of a new record that is known."""
    about = "How far it is: investigating, identified, monitoring, …"
    return click.option("-s", "--status", metavar="STATUS", shell_complete=statuses, default=default,
                        show_default=bool(default), help=about)  # fmt: skip


def entry_options(command: Command) -> Command:
    """What an entry of the timeline can tell."""
    options = (
        text_option,
        components_option,
        click.option("--advice", multiple=True, metavar="TEXT", help="What to do or not to do now, and why."),
        click.option("--restriction", multiple=True, metavar="TEXT", help="What is limited although it works again."),
        click.option("--available-at", metavar="ADDRESS", help="Where it can be reached meanwhile."),
        click.option(
            "--next-update", metavar="TIME", shell_complete=spans, help="When there will be more: +30m, 10:45, …"
        ),
        at_option,
        edit_option,
    )
    for option in reversed(options):
        command = option(command)
    return command
