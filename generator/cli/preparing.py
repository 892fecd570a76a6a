"""`incidents schema`: what editors need to help with a record."""

from pathlib import Path

import click

from generator.cli.session import Session, in_session
from generator.publish import add_sources
from generator.schema import FIRST_LINE, SCHEMA, render_schema
from generator.templates import build_templates, new_file_link


@click.command()
@click.option("--to", "target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help=f"Another file than {SCHEMA} beside the records.")  # fmt: skip
@click.option("--templates", is_flag=True, help="Put templates for records beside them, where there are none.")
@in_session
def schema(session: Session, target: Path | None, templates: bool) -> None:
    """Write the JSON Schema of a record, by which editors check it.

    They then complete fields and their values, too.

    \b
    Examples:
      incidents schema
      incidents schema --templates
    """
    desk = session.desk
    target = target or desk.home / desk.settings.records / SCHEMA
    add_sources({target.name: render_schema(desk.settings)}, target.parent)
    session.say("done.written", file=target)
    session.say("next.schema", line=FIRST_LINE.strip())
    if templates:
        _add_templates(session)


def _add_templates(session: Session) -> None:
    """Those that are there already are somebody's own by now."""
    desk = session.desk
    for name, text in build_templates(desk.settings, desk.first_line).items():
        file = f"{desk.settings.records}/{name}"
        there = (desk.home / file).exists()
        if not there:
            add_sources({file: text}, desk.home)
        session.say("done.left" if there else "done.written", file=file)
        link = new_file_link(desk.settings, text)
        if link:
            click.echo(f"  {link}")
