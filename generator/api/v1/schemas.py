"""A JSON Schema for each kind of file in API v1, drawn from its model."""

import json
from functools import cache

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from generator.api.v1.documents import (
    AvailabilityFile,
    CommitmentsFile,
    File,
    IncidentFile,
    IncidentsFile,
    IndependenceFile,
    StatusFile,
    YearFile,
)

KINDS: dict[str, type[File]] = {
    "status": StatusFile,
    "incidents": IncidentsFile,
    "year": YearFile,
    "incident": IncidentFile,
    "availability": AvailabilityFile,
    "commitments": CommitmentsFile,
    "independence": IndependenceFile,
}
"""The name of a schema to what it describes."""


class _Plain(GenerateJsonSchema):
    """Without titles that repeat the names of fields, and without defaults: every field is always there."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - asked for each field
        return False


@cache
def _schema(name: str) -> dict[str, object]:
    return KINDS[name].model_json_schema(schema_generator=_Plain, mode="serialization")


def render_schema(name: str, address: str) -> str:
    """The schema of one kind of file. It knows every field and refuses any other."""
    head = {"$schema": _Plain.schema_dialect, "$id": address}
    return json.dumps(head | _schema(name), ensure_ascii=False, indent=1) + "\n"
