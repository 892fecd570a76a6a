"""The results that `--record` keeps beside `mkdocs.yml`, read back, with every fault in its line."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from generator.independence.result import FOLDER, MAX_BYTES, Result, result_file
from generator.problems import Problem, cannot_read
from generator.sentences import Sentence, say
from generator.validate import first_problems
from generator.yaml_source import Document, parse_yaml

_DAYS = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"
_AGAIN = say("Have it made again: incidents independence --record")


def read_newest_result(home: Path) -> tuple[Result | None, list[Problem]]:
    """The newest result kept in the folder `home`; None if there is none, or it cannot be used.

    An older one never takes the place of a broken one: what it says may no longer hold.
    """
    files = sorted((home / FOLDER).glob(_DAYS))
    if not files:
        return None, []
    name = f"{FOLDER}/{files[-1].name}"
    try:
        if files[-1].is_symlink() or not files[-1].is_file():
            return None, [_refused(name, say("this is not a plain file"))]
        with files[-1].open("rb") as file:
            return parse_result(file.read(MAX_BYTES + 1), name)
    except OSError as error:
        return None, [Problem(name, 1, 1, "", *cannot_read(error))]


def parse_result(content: bytes, name: str) -> tuple[Result | None, list[Problem]]:
    """The same of a file's content; `name` is the file's, below the folder of `mkdocs.yml`."""
    if len(content) > MAX_BYTES:
        return None, [_refused(name, say("the file has more than {n} MB", n=MAX_BYTES // 1_000_000))]
    try:
        result = Result.model_validate(json.loads(content))
    except json.JSONDecodeError as error:
        return None, [_refused(name, say("from here on this is not JSON"), error.lineno, error.colno)]
    except ValidationError as error:
        document = _places(content, name)
        return None, first_problems([_problem(document, fault) for fault in error.errors(include_url=False)])
    except (ValueError, RecursionError):
        return None, [_refused(name, say("from here on this is not JSON"))]
    if result_file(result) == name:
        return result, []
    told = say("the file is named for another day than that of {time}", time=result.checked)
    return None, [_places(content, name).problem(("checked",), told, _AGAIN)]


def read_places(home: Path, result: Result) -> Document:
    """Where each field of a kept result stands in its file; nowhere if that is gone by now."""
    name = result_file(result)
    try:
        return _places((home / name).read_bytes(), name)
    except OSError:
        return Document(name)


def _refused(name: str, message: Sentence, line: int = 1, column: int = 1) -> Problem:
    return Problem(name, line, column, "", message, _AGAIN)


def _places(content: bytes, name: str) -> Document:
    """Where each field stands: JSON is YAML, whose reader knows the lines. What it finds odd is of no concern here."""
    return parse_yaml(content, name, ())


def _problem(document: Document, fault: Any) -> Problem:
    place = fault["loc"]
    message = say("this is no result of `incidents independence`")
    if fault["type"] == "missing":
        message = say("'{name}' is missing", name=place[-1])
    elif fault["type"] == "extra_forbidden":
        message = say("there is no field '{name}' here", name=str(place[-1])[:60])
    return document.problem(place, message, _AGAIN)
