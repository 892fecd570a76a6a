"""From the answers of a Statuspage to files: records, settings, and what to say about them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from generator.problems import Problem
from generator.records import parse_record
from generator.sentences import say
from generator.settings import Settings, parse_settings
from generator.statuspage.configuring import components_of, render_missing, render_settings, root_of, zone_of
from generator.statuspage.gathering import Source, gather
from generator.statuspage.losses import Loss, Losses
from generator.statuspage.naming import Naming
from generator.statuspage.noticing import note_losses
from generator.statuspage.reading import Answer
from generator.statuspage.renewing import seal
from generator.statuspage.shapes import Incident
from generator.statuspage.translating import translate
from generator.statuspage.writing import Writer
from generator.yaml_text import legible, render_yaml


@dataclass(frozen=True)
class Import:
    """Sound records and, where there were none, settings by path; what is wrong; what could not be expressed."""

    files: dict[str, str]
    problems: tuple[Problem, ...]
    losses: tuple[Loss, ...]
    missing: str = ""
    """Components to add to the settings by hand, as YAML; until then there are no files."""


def build_import(
    answers: Iterable[Answer],
    settings: Settings | None,
    language: str,
    config: str = "mkdocs.yml",
    first_line: str = "",
) -> Import:
    """What the answers become in a folder with these `settings`; None: it has none yet.

    `language` is the one that the texts are written in, `config` the name of new settings, `first_line` a comment
    that each record begins with. A record that our own reader would refuse is a problem and not among the files.
    """
    source, losses = gather(answers), Losses()
    if len(source.pages) > 1:
        return Import({}, (*source.problems, _mixed(source)), ())
    writer = Writer(
        settings.zone if settings else zone_of(source, losses),
        language if settings and settings.languages[0] != language else None,
        root_of(source),
        Naming(source, losses),
        losses,
    )
    records = {name: _record(source.incidents[name], writer, first_line) for name in sorted(source.incidents)}
    components = components_of(source, writer.naming.unlisted, writer.root, losses)
    if settings:
        return _added(source, records, components, settings, losses)
    return _founded(source, records, components, language, config, losses)


def _mixed(source: Source) -> Problem:
    """Of several pages, one site cannot be made: whose name, zone and components would it have?"""
    names = [f"{name} ({page_id})" for page_id, name in sorted(source.pages.items())]
    listed = ", ".join(names[:5]) + ("" if len(names) <= 5 else ", …")
    place = list(source.pages_in.values())[1]
    message = say("these answers are of {n} pages: {names}", n=len(names), names=listed)
    return Problem(place, 1, 1, "", message, say("Give one page's answers"))


def _record(incident: Incident, writer: Writer, first_line: str) -> str:
    note_losses(incident, writer.losses)
    text = render_yaml(translate(incident, writer)).replace("\n  - at: ", "\n\n  - at: ")
    text = text.replace("timeline:\n\n", "timeline:\n", 1)
    page = f"{writer.root}incidents/{incident.id}" if writer.root else ""
    places = [legible(place) for place in (page, incident.shortlink or "") if place.isprintable() and place]
    return seal(" and ".join(places) or f"Statuspage, {incident.id}", text, first_line)


def _added(
    source: Source, records: dict[str, str], components: list[dict[str, Any]], settings: Settings, losses: Losses
) -> Import:
    """Into settings that are there: what they lack is told, for their comments and order are somebody's work."""
    known = {component.id for component in settings.components}
    lacking = [component for component in components if component["id"] not in known]
    if lacking:
        return Import({}, tuple(source.problems), losses.listed(), render_missing(lacking))
    return _checked(Import({}, tuple(source.problems), losses.listed()), records, settings)


def _founded(
    source: Source,
    records: dict[str, str],
    components: list[dict[str, Any]],
    language: str,
    config: str,
    losses: Losses,
) -> Import:
    """Where there are no settings yet: with new ones."""
    if not components:
        hint = say("Save /api/v2/summary.json as well, or name a component in a mkdocs.yml of yours")
        return Import({}, (*source.problems, Problem(config, 1, 1, "", say("no answer names a component"), hint)), ())
    text = render_settings(source, components, language, losses)
    settings, problems = parse_settings(text.encode(), config)
    if settings is None:
        return Import({}, (*source.problems, *problems), losses.listed())
    return _checked(Import({config: text}, tuple(source.problems), losses.listed()), records, settings)


def _checked(found: Import, records: dict[str, str], settings: Settings) -> Import:
    """With those records that our reader takes."""
    files, problems = dict(found.files), list(found.problems)
    for name, text in records.items():
        path = f"{settings.records}/{name}.yml"
        _, faults = parse_record(name, path, text.encode(), settings)
        problems += faults
        if not faults:
            files[path] = text
    return replace(found, files=files, problems=tuple(problems))
