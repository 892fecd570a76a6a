"""The command above all others: it knows its commands by what they are for, and the language of the admin."""

import sys
from typing import Any

import click

from generator.cli.speaking import asked_language, in_language, speaking
from generator.cli.voice import language_of
from generator.wording import translated


class Commands(click.Group):
    """A group whose help lists its commands below headings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings: dict[str, tuple[str, ...]] = {}
        """What commands are for, with their names."""

    def add_commands(self, heading: str, *commands: click.Command) -> None:
        """Commands of one purpose, in the order of the help."""
        for command in commands:
            self.add_command(command)
        self.headings[heading] = tuple(command.name or "" for command in commands)

    def in_language(self, code: str) -> "Commands":
        """The command with its help in the language `code`."""
        made = in_language(self, code)
        made.headings = {translated(heading, code, "help"): names for heading, names in self.headings.items()}
        return made

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run in the language of the admin, whatever comes of it."""
        given = args[0] if args else kwargs.get("args")
        code = language_of(asked_language(sys.argv[1:] if given is None else given))
        with speaking(code):
            return click.Group.main(self.in_language(code), *args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for names in self.headings.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        widest = max(map(len, self.commands))
        for heading, names in self.headings.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [
                        (name.ljust(widest), self.commands[name].get_short_help_str(formatter.width - 6 - widest))
                        for name in names
                    ]
                )
