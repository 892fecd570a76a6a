"""What a folder with a `mkdocs.yml` holds, read whole: settings, records, and everything to say about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic_core import PydanticCustomError

from generator.form import Program, read_program
from generator.independence import FOLDER, Result, read_newest_result, read_places
from generator.moments import parse_instant
from generator.problems import InvalidRecords, Problem, advised
from generator.records import Records, read_records
from generator.schema import read_schema_problems
from generator.sentences import say
from generator.settings import UNDER, Settings, read_settings
from generator.warnings import find_check_warnings, find_settings_warnings, find_unchecked, find_warnings
from generator.yaml_source import read_yaml


@dataclass(frozen=True)
class Project:
    """Settings and records that can be published, and every problem beside them."""

    settings: Settings
    records: Records
    problems: tuple[Problem, ...]
    program: Program = field(default_factory=dict)
    """The files of the form's program; none without a form."""
    checked: Result | None = None
    """What the newest check of the site's independence found; None without one that can be read."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")


def read_project(config: Path) -> Project:
    """Read `mkdocs.yml` and the records beside it.

    Raises InvalidRecords when the settings cannot be used. Faulty records are in `problems`, not raised.
    """
    settings, problems = read_settings(config)
    if settings is None:
        raise InvalidRecords(problems)
    records = read_records(config.parent / settings.records, settings)
    program = read_program(config.parent, settings)
    checked, faults = read_newest_result(config.parent) if settings.status.independent_of else (None, [])
    return Project(settings, records, tuple(sorted([*problems, *records.problems, *faults])), program, checked)


def parse_as_of(text: str, settings: Settings) -> datetime:
    """The UTC instant of `--as-of`, local to the site unless it carries an offset.

    Raises ValueError when it cannot be understood; its argument is the sentence that says what to write.
    """
    try:
        return parse_instant(text, settings.zone)
    except PydanticCustomError as error:
        context = error.context or {}
        raise ValueError(advised(context["message"], context["hint"])) from None


def read_warnings(project: Project, config: Path, now: datetime) -> tuple[Problem, ...]:
    """What `check` has to say at `now` beside the problems; files are read again for the places."""
    found = [*_settings_warnings(project, config, now), *_check_warnings(project, config, now)]
    found += read_schema_problems(config.parent / project.settings.records, project.settings)
    for incident in project.records.incidents:
        warnings = list(find_warnings(incident, project.settings, now))
        if warnings:
            name = f"{project.settings.records}/{incident.id}.yml"
            document = read_yaml(config.parent / name, name)
            found += [document.problem(path, message, hint, "warning") for path, message, hint in warnings]
    return tuple(sorted(found))


def find_missing_program(project: Project, config: Path) -> tuple[Problem, ...]:
    """What a build has to say when the settings ask for a form and its program is not there: the site goes without."""
    form = project.settings.status.form
    if form is None or project.program:
        return ()
    message = say("the form is left out: its program is not in {folder}", folder=form.packages)
    command = f"npm ci --ignore-scripts --prefix {form.packages.removesuffix('/node_modules')}"
    hint = say("Fetch it with Node: {command}, then build again", command=command)
    document = read_yaml(config, config.name, (UNDER,))
    return (document.problem((*UNDER, "form"), message, hint, "warning"),)


def _settings_warnings(project: Project, config: Path, now: datetime) -> Iterator[Problem]:
    warnings = list(find_settings_warnings(project.settings, now))
    if not project.checked and not any(problem.file.startswith(f"{FOLDER}/") for problem in project.problems):
        warnings += find_unchecked(project.settings)
    if warnings:
        document = read_yaml(config, config.name, (UNDER,))
        yield from (document.problem(path, message, hint, "warning") for path, message, hint in warnings)


def _check_warnings(project: Project, config: Path, now: datetime) -> Iterator[Problem]:
    warnings = list(find_check_warnings(project.checked, project.settings, now)) if project.checked else []
    if project.checked and warnings:
        document = read_places(config.parent, project.checked)
        yield from (document.problem(path, message, hint, "warning") for path, message, hint in warnings)
