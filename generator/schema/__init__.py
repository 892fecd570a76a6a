"""The JSON Schema of a record's file, for editors that complete, explain and check while somebody types.

Drawn from the model and this site's settings. It knows the form of a record; what only reading can tell (times in
order, HTML in a text, other records) is `incidents check`'s. Draft 7 is what the editors' plugins for YAML understand.
"""

import json
from pathlib import Path

from generator.model import Incident
from generator.problems import Problem
from generator.schema.forms import Forms
from generator.schema.rules import Schema
from generator.sentences import say
from generator.settings import Settings

__all__ = ["FIRST_LINE", "SCHEMA", "build_schema", "read_first_line", "read_schema_problems", "render_schema"]
SCHEMA = "record.schema.json"
"""Its file, in the folder of the records."""
FIRST_LINE = f"# yaml-language-server: $schema={SCHEMA}\n"
"""By this comment at the top of a record editors find the schema."""


def build_schema(settings: Settings) -> Schema:
    """What a record of this site may say, as JSON Schema; with its components and languages.

    It describes what a parser of YAML 1.2 makes of the file, where `no` is a text and `404` a number. What it refuses,
    reading refuses, too; a text that is only the word `null` is the one exception.
    """
    forms = Forms(settings.languages, _components(settings))
    record = forms.part(Incident)
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | record | {"definitions": forms.definitions}


def render_schema(settings: Settings) -> str:
    """The same as the text of `record.schema.json`."""
    return json.dumps(build_schema(settings), ensure_ascii=False, indent=1) + "\n"


def read_first_line(folder: Path) -> str:
    """What a new record in this folder begins with: the comment for editors, where there is a schema."""
    return FIRST_LINE if (folder / SCHEMA).is_file() else ""


def read_schema_problems(folder: Path, settings: Settings) -> list[Problem]:
    """A warning where the schema in the folder of the records is not the one of these settings; none without one."""
    file = folder / SCHEMA
    try:
        outdated = file.is_file() and file.read_bytes() != render_schema(settings).encode()
    except OSError:
        outdated = True
    message = say("editors are told what no longer holds: the schema is not the one of these settings")
    name = f"{settings.records}/{SCHEMA}"
    return [Problem(name, 1, 1, "", message, say("Run: incidents schema"), "warning")] if outdated else []


def _components(settings: Settings) -> dict[str, str]:
    return {component.id: component.name.pick(settings.languages[0])[0] for component in settings.components}
