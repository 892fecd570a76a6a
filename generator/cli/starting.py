"""`incidents init`: a site of one's own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from generator.cli.asking import ask, is_terminal
from generator.cli.clock import read_now
from generator.cli.voice import Sorry, report, said, say_sorry, told, words
from generator.language import available_languages
from generator.problems import InvalidRecords, advised
from generator.publish import PublishError, found_site, read_occupants
from generator.settings import read_settings
from generator.starting import (
    FIELDS,
    Answers,
    Tool,
    answered,
    build_folder,
    default_answers,
    read_local_zone,
    read_tool,
)

Given = str | Sequence[str] | None
_HOME = {"de": "Europe/Berlin"}
"""Where an admin who speaks that language is most likely at home, if the machine does not tell."""


@click.command(name="init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", metavar="NAME", help="The company that publishes the site.")
@click.option("--url", metavar="ADDRESS", help="Where the site will be published.")
@click.option("--languages", metavar="CODES", help="Its languages, the first one at /: de,en.")
@click.option("--time-zone", metavar="ZONE", help="The zone of its times: Europe/Berlin.")
@click.option("--component", "components", metavar="NAME", multiple=True, help="What it reports on; once for each.")
@click.option("--independent-of", metavar="DOMAIN", multiple=True,
              help="What may fail without touching it; once for each.")  # fmt: skip
@click.option("--tool", metavar="REQUIREMENT", help="What pip shall install there, if not the tool that is running.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def init(folder: Path, tool: str | None, yes: bool, **given: Given) -> None:
    """Make a new site of your own, complete and ready to build.

    What the options leave open is asked.

    \b
    Examples:
      incidents init our-status --yes
      incidents init our-status --name "Example GmbH" --component Shop --yes
    """
    try:
        _refuse_occupied(folder)
        carried = _tool(tool)
        answers = _answers(folder, given, asking=is_terminal() and not yes)
        files = build_folder(answers, carried, words(), read_now())
        found_site(files, folder)
    except PublishError as error:
        raise Sorry(said(*error.lines)) from None
    _tell(folder, files)


def _refuse_occupied(folder: Path) -> None:
    names = read_occupants(folder)
    if names:
        raise say_sorry("refused.occupied", folder=folder, names=", ".join(names[:3]))


def _tool(requirement: str | None) -> Tool:
    if requirement and len(requirement.splitlines()) == 1:
        return Tool(requirement.strip(), {})
    found = None if requirement else read_tool()
    if found is None:
        raise say_sorry("refused.no_tool")
    return found


def _answers(folder: Path, given: Mapping[str, Given], asking: bool) -> Answers:
    """From the options, else as asked for, else as they are likely to be."""
    zone = read_local_zone() or _HOME.get(words().code, "Etc/UTC")
    answers = default_answers(folder.absolute().name, words().code, zone, words()("tool.start.component"))
    for field in FIELDS:
        option = given[field]
        if option is not None and option != ():
            answers = _given(answers, field, [option] if isinstance(option, str) else list(option))
        elif asking:
            answers = _asked(answers, field)
    return answers


def _given(answers: Answers, field: str, texts: list[str]) -> Answers:
    option = {"components": "component"}.get(field, field).replace("_", "-")
    try:
        return answered(answers, field, texts)
    except InvalidRecords as invalid:
        raise Sorry(f"--{option}: {told(invalid.problems[0])}") from None


def _asked(answers: Answers, field: str) -> Answers:
    """The answers with one more; an empty one leaves what is likely."""

    def understand(answer: str) -> str:
        try:
            if answer:
                answered(answers, field, [answer])
        except InvalidRecords as invalid:
            raise ValueError(advised(invalid.problems[0].message, invalid.problems[0].hint)) from None
        return answer

    known = ", ".join(available_languages())
    answer = ask(words(), f"start.{field}", understand, default=_shown(getattr(answers, field)), known=known)
    return answered(answers, field, [answer]) if answer else answers


def _shown(answer: str | Sequence[str | tuple[str, str]]) -> str:
    """An answer as it would be typed: a component by its name."""
    if isinstance(answer, str):
        return answer
    return ", ".join(part if isinstance(part, str) else part[1] for part in answer)


def _tell(folder: Path, files: Mapping[str, object]) -> None:
    """What is there now, what the settings still lack, and what to do next."""
    click.echo(words()("tool.start.made", folder=folder, n=len(files)))
    _, problems = read_settings(folder / "mkdocs.yml")
    report(problems, err=False)
    click.echo("\n" + words()("tool.start.next", folder=folder))
