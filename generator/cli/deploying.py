"""`incidents deploy`: the built site to where it is read."""

from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.session import Session, in_session
from generator.cli.suggesting import targets
from generator.cli.voice import said
from generator.deploying import DeployError, deploy, look, rehearse
from generator.publish import PublishError
from generator.targets import Target


@click.command(name="deploy")
@click.argument("names", metavar="[TARGET]...", nargs=-1, shell_complete=targets)
@click.option("--all", "everywhere", is_flag=True, help="Publish to every target of the settings.")
@click.option("--from", "site", metavar="FOLDER", type=click.Path(path_type=Path), default=Path("site"),
              show_default=True, help="The folder of the built site.")  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="Only list the targets: name, kind and place, with tabs between.")
@click.option("--dry-run", is_flag=True, help="Look whether each target could be reached; publish nothing.")
@in_session
def deploy_command(
    session: Session, names: tuple[str, ...], everywhere: bool, site: Path, listed: bool, dry_run: bool
) -> None:
    """Publish the built site to the targets that the settings name.

    One that fails does not keep the others from being brought up to date.

    \b
    Examples:
      incidents deploy --all --dry-run
      incidents deploy --list
    """
    if listed:
        for name, target in session.desk.settings.status.targets.items():
            click.echo(f"{name}\t{target.kind}\t{target.place}")
        return
    chosen = _chosen(session, names, everywhere)
    done = [_try(session, name, target, site, dry_run) for name, target in chosen.items()]
    if not all(done):
        raise click.exceptions.Exit(1)


def _chosen(session: Session, names: Sequence[str], everywhere: bool) -> dict[str, Target]:
    targets = session.desk.settings.status.targets
    if not targets:
        raise session.refuse("no_targets")
    known = ", ".join(targets)
    for name in names:
        if name not in targets:
            raise session.refuse("no_such_target", name=name, names=known)
    if not names and not everywhere and len(targets) > 1:
        raise session.refuse("which_target", names=known)
    return {name: targets[name] for name in (names or targets)}


def _try(session: Session, name: str, target: Target, site: Path, dry_run: bool) -> bool:
    """Whether the target is up to date now; what stands in the way is said."""
    try:
        if dry_run:
            rehearse(target)
            session.say("deploy.ready", name=name, place=target.place)
            return True
        languages = session.desk.settings.languages
        count = deploy(site, languages, target, lambda step, n: session.say(f"deploy.{step}", n=n))
        if target.address:
            session.say("deploy.look", address=target.address)
            look(target.address, site)
        session.say("deploy.done", name=name, n=count)
        return True
    except DeployError as error:
        why = session.words(f"tool.deploy.failed.{error.reason}", **error.values)
    except PublishError as error:
        why = said(*error.lines)
    click.echo(session.words("tool.deploy.not_done", name=name, why=why), err=True)
    return False
