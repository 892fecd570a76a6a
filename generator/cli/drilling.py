"""`incidents drill`: the bad day, rehearsed."""

import os
import sys
from collections.abc import Iterable

import click

from generator.cli.asking import is_terminal
from generator.cli.sending import PASSWORD
from generator.cli.session import Session, in_session
from generator.contacts import read_contacts
from generator.drill import NAMES, Means, Name, Scene, play, render_json, render_runbook, render_scene, render_sum


@click.command()
@click.option("--scene", "names", type=click.Choice(NAMES), multiple=True, help="Only this one; may be repeated.")
@click.option("--runbook", is_flag=True, help="Print the sheet for the wall: what to do in each scene; check nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people, or for programs.")  # fmt: skip
@click.option("--timeout", default=60.0, show_default=True, type=click.FloatRange(1, 600), metavar="SECONDS",
              help="Look at the net no longer than that at a time.")  # fmt: skip
@in_session
def drill(session: Session, names: tuple[Name, ...], runbook: bool, form: str, timeout: float) -> None:
    """Rehearse the bad day, scene by scene: what still stands, and what to do.

    Nothing is published or sent. At a terminal it waits for Enter after each scene. Ends with 0 if nothing failed,
    else with 1.

    \b
    Examples:
      incidents drill --scene ci
      incidents drill --runbook
    """
    if runbook:
        click.echo(render_runbook(session.desk.settings, session.words), nl=False)
        _show_contacts(session)
        return
    scenes = (play(name, means) for means in [_means(session, timeout)] for name in names or NAMES)
    played = list(scenes) if form == "json" else list(_shown(session, scenes, len(names or NAMES)))
    click.echo(render_json(played) if form == "json" else render_sum(played, session.words))
    sys.exit(1 if any(scene.has_failed for scene in played) else 0)


def _means(session: Session, timeout: float) -> Means:
    # What asks the network takes a while to load, and no other command needs all of it.
    from generator.drill.looking import Looking

    return Looking(session.config, session.desk.settings, session.words, session.desk.now, timeout,
                   has_password=bool(os.environ.get(PASSWORD)))  # fmt: skip


def _shown(session: Session, scenes: Iterable[Scene], count: int) -> Iterable[Scene]:
    """Each scene as it is played; at a terminal the next one waits until this one has been read."""
    for number, scene in enumerate(scenes, 1):
        click.echo(render_scene(scene, session.desk.settings, session.words) + "\n")
        if scene.name == "laptop":
            _show_contacts(session)
        if number < count and is_terminal():
            click.pause(session.words("tool.drill.pause"), err=True)
        yield scene


def _show_contacts(session: Session) -> None:
    """The list of whom to call, as it lies on this laptop."""
    file = session.desk.settings.status.contacts
    found = read_contacts(session.desk.home / file) if file else None
    if found and found.text:
        session.say("drill.contacts", file=file)
        click.echo(f"\n{found.text}\n")
