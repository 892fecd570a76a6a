"""What the manual is made of: the help of all commands, as plain data."""

from functools import partial

import click

from generator.cli.grouping import Commands
from generator.cli.speaking import speaking
from generator.manual import Command, Manual, Terms, text_of
from generator.wording import translated

PROGRAM = "incidents"
MORE: dict[str, Terms] = {
    "FILES": (
        ("mkdocs.yml", "The settings of the site."),
        ("incidents/*.yml", "The records, one file each; incidents is what the settings call their folder."),
        ("docs/*/*.md", "Pages of your own."),
    ),
    "ENVIRONMENT": (
        ("VISUAL, EDITOR", "The editor that --edit opens."),
        ("LC_ALL, LC_MESSAGES, LANG", "The language that the commands speak, the first of these that is set."),
        ("SOURCE_DATE_EPOCH", "The time to go by, in seconds since 1970, instead of the clock."),
    ),
    "EXIT STATUS": (
        ("0", "It has done what it was asked to."),
        ("1", "It was refused, or failed, or found problems."),
        ("2", "The command line was not understood."),
    ),
}
"""What all commands have in common."""


def build_manual(main: Commands, code: str) -> Manual:
    """The manual in the language `code`."""
    words = partial(translated, code=code, catalogue="help")
    with speaking(code):
        whole = main.in_language(code)
        context = click.Context(whole, info_name=PROGRAM, **whole.context_settings)
        groups = tuple(
            (heading, tuple(_command(whole.commands[name], context, f"{PROGRAM} {name}") for name in names))
            for heading, names in whole.headings.items()
        )
        more = tuple(
            (words(heading), tuple((term, words(text)) for term, text in terms)) for heading, terms in MORE.items()
        )
        return Manual(_command(whole, context, PROGRAM, all_options=True), groups, more, words)


def _command(command: click.Command, above: click.Context, name: str, all_options: bool = False) -> Command:
    """One command; that every one has --help is said once."""
    context = click.Context(command, parent=above, info_name=command.name)
    options = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    records = (option.get_help_record(context) for option in options[: None if all_options else -1])
    usage = " ".join((name, *command.collect_usage_pieces(context)))
    return Command(name, usage, text_of(command.help or ""), tuple(record for record in records if record))
