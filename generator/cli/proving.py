"""`incidents independence`: whether the site would stand if what it reports on had fallen."""

import sys
from datetime import datetime
from pathlib import Path

import click

from generator.cli.clock import read_clock
from generator.cli.voice import Sorry, report, said, spoken, words
from generator.independence import (
    Finding,
    Question,
    build_result,
    exit_status,
    judge,
    question,
    render_findings,
    render_result,
    result_file,
    without_private_addresses,
)
from generator.publish import PublishError, add_sources
from generator.settings import Settings, read_settings

LIMIT = 20.0


class Unasked(Sorry):
    """A refusal before anything was found out."""

    exit_code = 2


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people, or for programs.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(1, 600), default=LIMIT, show_default=True, metavar="SECONDS",
              help="The time for all of it. What is not known by then is UNKNOWN.")  # fmt: skip
@click.option("--resolver", metavar="ADDRESS[#PORT]", help="The DNS resolver to ask, if not this machine's own.")
@click.option("--strict", is_flag=True, help="Let warnings count, too.")
@click.option("--record", is_flag=True, help="Keep the result as independence/<day>.json beside the settings.")
@click.pass_obj
def independence(config: Path, form: str, timeout: float, resolver: str | None, strict: bool, record: bool) -> None:
    """Compare the site with what it has to survive: DNS, TLS, pages.

    Ends with 0 if nothing that must be separate is shared, 1 if something is, 2 if that could not be found out.

    \b
    Examples:
      incidents independence
      incidents independence --resolver 192.0.2.53 --timeout 60
      incidents independence --format json > independence.json
    """
    settings = _settings(config)
    asked = question(settings)
    if not asked.watched:
        raise _unasked("independence.nothing_to_compare")
    now = read_clock(None, settings)
    findings = _findings(asked, now, timeout, resolver)
    status = exit_status(findings, strict)
    result = build_result(now, asked.sites, asked.watched, status, findings)
    if record:
        _keep(result_file(result), render_result(without_private_addresses(result)), config.parent)
    accepted = {name: text.pick(spoken())[0] for name, text in settings.status.independence.accepted.items()}
    told = render_findings(findings, words(), accepted, strict)
    click.echo(render_result(result) if form == "json" else told, nl=form == "text")
    sys.exit(status)


def _unasked(key: str, **values: object) -> Unasked:
    return Unasked(words()(f"tool.{key}", **values))


def _settings(config: Path) -> Settings:
    settings, problems = read_settings(config)
    if settings is None:
        report(problems)
        raise _unasked("refused.settings")
    return settings


def _findings(asked: Question, now: datetime, timeout: float, resolver: str | None) -> tuple[Finding, ...]:
    # The libraries for the network take a while to load, and no other command needs them.
    from generator.probing import Manner, gather, parse_server

    try:
        resolvers = (parse_server(resolver),) if resolver else ()
    except ValueError:
        raise _unasked("independence.resolver", text=resolver) from None
    return judge(gather(asked, now, Manner(total=timeout, resolvers=resolvers)), now)


def _keep(file: str, text: str, folder: Path) -> None:
    try:
        add_sources({file: text}, folder)
    except PublishError as error:
        raise Sorry(said(*error.lines)) from None
    click.echo(file, err=True)
