"""`incidents import`: the way in from another system."""

import sys
from pathlib import Path

import click

from generator.cli.suggesting import files
from generator.cli.voice import Sorry, report, said, say_sorry
from generator.language import available_languages
from generator.publish import PublishError, add_sources
from generator.schema import read_first_line
from generator.settings import Settings, read_settings


@click.command(name="import")
@click.argument("system", type=click.Choice(["statuspage"]))
@click.argument("source", shell_complete=files)
@click.option("--to", "target", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
              help="The folder of mkdocs.yml and records; left out: that of --config.")  # fmt: skip
@click.option("--language", type=click.Choice(available_languages()), default="en", show_default=True,
              help="The language its texts are written in.")  # fmt: skip
@click.pass_obj
def import_command(config: Path, system: str, source: str, target: Path | None, language: str) -> None:  # noqa: ARG001
    """Make records and settings of what another system holds.

    SOURCE is a saved answer of Statuspage's API v2, a folder of them, or the page's https address.

    \b
    Examples:
      incidents import statuspage https://status.example.com/ --to new
      incidents import statuspage incidents.json --language de
    """
    # Read only when it is needed, so that every other command begins sooner.
    from generator.statuspage import build_account, build_import, fetch_answers, read_answers, read_there, sort_out

    config = target / "mkdocs.yml" if target else config
    answers, problems = fetch_answers(source) if "://" in source else read_answers(Path(source))
    if not answers:
        report(problems)
        sys.exit(1)
    settings = _settings_there(config, language)
    first_line = read_first_line(config.parent / settings.records) if settings else ""
    found = build_import(answers, settings, language, config.name, first_line)
    done = sort_out(found.files, read_there(config.parent, found.files))
    try:
        add_sources({path: found.files[path] for path in done.to_write}, config.parent)
    except PublishError as error:
        raise Sorry(said(*error.lines)) from None
    problems += found.problems
    report(problems)
    click.echo(said(*build_account(found, done)))
    sys.exit(1 if problems or found.missing else 0)


def _settings_there(config: Path, language: str) -> Settings | None:
    """The settings that an import goes by; None where it makes new ones."""
    if not config.exists():
        return None
    settings, problems = read_settings(config)
    if settings is None:
        report(problems)
        raise say_sorry("import.settings")
    if language not in settings.languages:
        raise say_sorry("import.no_such_language", code=language, languages=", ".join(settings.languages))
    return settings
