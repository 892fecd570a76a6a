"""What a shell offers for a value that is being typed: records, components and their states, statuses.

A shell that completes is no place to tell of problems: where something cannot be read, less is offered.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from generator.cli.clock import read_clock
from generator.cli.voice import language_of
from generator.editing import Choice
from generator.history import History, build_history
from generator.language import Language, tool_language
from generator.model import INCIDENT_STATUSES, MAINTENANCE_STATUSES, STATES
from generator.records import read_records
from generator.settings import Settings, read_settings

Items = list[CompletionItem[str]]
Suggest = Callable[[click.Context, click.Parameter, str], Items]
NEWEST = 12
"""So many records are read, for their titles and for what goes on: more would keep the typing waiting."""


def quietly(suggest: Callable[[click.Context, str], Iterable[CompletionItem[str]]]) -> Suggest:
    """As click wants it; nothing is offered where something is wrong."""

    @wraps(suggest)
    def suggest_or_not(context: click.Context, _: click.Parameter, typed: str) -> Items:
        try:
            return list(suggest(context, typed))
        except Exception:
            return []

    return suggest_or_not


def records(fitting: Choice | None = None, others: bool = True) -> Suggest:
    """Ids, newest first, with titles: those that are `fitting`; where none of these begins so, any, if `others` may be.

    A part out of the middle of an id is completed when no other has it.
    """

    @quietly
    def suggest(context: click.Context, typed: str) -> Iterator[CompletionItem[str]]:
        settings, words = _settings(context)
        folder = _config(context).parent / settings.records
        history = build_history(read_records(folder, settings, NEWEST), settings, read_clock(None, settings))
        ids = [fitting(history)] if fitting else []
        titles = {course.incident.id: course.incident.title.pick(words.code)[0] for course in history.courses}
        if others or not fitting:
            ids.append((*titles, *(name for name in _names(folder) if name not in titles)))
        found = next((hits for hits in (_hits(known, typed) for known in ids) if hits), [])
        return (CompletionItem(name, help=titles.get(name)) for name in found)

    return suggest


def not_over(history: History) -> tuple[str, ...]:
    """What can be resolved: what is open, and what is planned and can be called off."""
    return tuple(course.incident.id for course in (*history.open, *history.upcoming))


def without_report(history: History) -> tuple[str, ...]:
    """What can be published: incidents that are over."""
    over = (course.incident for course in history.past)
    return tuple(incident.id for incident in over if incident.kind == "incident" and not incident.published)


def with_report(history: History) -> tuple[str, ...]:
    """What can be corrected."""
    return tuple(course.incident.id for course in history.courses if course.incident.published)


def _names(folder: Path) -> list[str]:
    return sorted((path.stem for path in folder.glob("[!._]*.yml")), reverse=True)


def _hits(ids: Iterable[str], typed: str) -> list[str]:
    known = list(ids)
    inside = [name for name in known if typed in name]
    return [name for name in known if name.startswith(typed)] or (inside if len(inside) == 1 else [])


@quietly
def components(context: click.Context, typed: str) -> Iterator[CompletionItem[str]]:
    """`dashboard=`, then `dashboard=major_outage`; behind a comma the next one. A maintenance needs no states."""
    settings, words = _settings(context)
    before, comma, last = typed.rpartition(",")
    name, sign, state = last.partition("=")
    if sign:
        states = (known for known in STATES if known.startswith(state))
        return (CompletionItem(f"{before}{comma}{name}={one}", help=words(f"state.{one}")) for one in states)
    end = "" if context.command.name == "maintenance" else "="
    known = (component for component in settings.components if component.id.startswith(name))
    return (CompletionItem(f"{before}{comma}{one.id}{end}", help=one.name.pick(words.code)[0]) for one in known)


@quietly
def statuses(context: click.Context, typed: str) -> Iterator[CompletionItem[str]]:
    """How far an incident is; of a record that may be a maintenance its words, too."""
    _, words = _settings(context)
    known = INCIDENT_STATUSES if context.command.name == "new" else (*INCIDENT_STATUSES, *MAINTENANCE_STATUSES)
    return (CompletionItem(one, help=words(f"status.{one}")) for one in known if one.startswith(typed))


@quietly
def languages(context: click.Context, typed: str) -> Iterator[CompletionItem[str]]:
    """Those of the site."""
    return (CompletionItem(code) for code in _settings(context)[0].languages if code.startswith(typed))


@quietly
def targets(context: click.Context, typed: str) -> Iterator[CompletionItem[str]]:
    """Places to publish to, each with what is there."""
    settings, _ = _settings(context)
    known = settings.status.targets.items()
    return (CompletionItem(name, help=f"{one.kind}: {one.place}") for name, one in known if name.startswith(typed))


@quietly
def spans(_: click.Context, typed: str) -> Iterator[CompletionItem[str]]:
    """Until when is easily said from now on."""
    return (CompletionItem(one) for one in ("+30m", "+1h", "+2h", "+1d") if one.startswith(typed))


@quietly
def files(_: click.Context, typed: str) -> Items:
    """Whatever lies on the disk: the shell knows."""
    return [CompletionItem(typed, type="file")]


def _config(context: click.Context) -> Path:
    found: Any = context.find_root().params.get("config")
    return Path(found)


def _settings(context: click.Context) -> tuple[Settings, Language]:
    """The settings, and the words of the admin. Raises LookupError where the settings cannot be used."""
    settings, _ = read_settings(_config(context))
    if settings is None:
        raise LookupError
    code = language_of(context.find_root().params.get("language"))
    return settings, tool_language(code, settings.zone)
