"""What one field asks of another, as far as JSON Schema can say it; `records` has all of it."""

from typing import Any

from generator.model import INCIDENT_STATUSES, MAINTENANCE_STATUSES, Action, Incident, Part, Update

Schema = dict[str, Any]


def _has(name: str, value: str) -> Schema:
    return {"properties": {name: {"const": value}}, "required": [name]}


def _each_entry(fields: Schema) -> Schema:
    return {"properties": {"timeline": {"items": {"properties": fields}}}}


_ONLY_MAINTENANCE = {"properties": {"scheduled": False}}
_SOME_STATUS = {"properties": {"timeline": {"contains": {"required": ["status"]}}}}

RULES: dict[type[Part], Schema] = {
    Incident: {
        "allOf": [
            {"properties": {"timeline": {"items": [{"required": ["at"]}]}}},
            {
                "if": {"properties": {"kind": {"const": "incident"}}},
                "then": {
                    "allOf": [
                        _each_entry({"status": {"enum": list(INCIDENT_STATUSES)}}),
                        _SOME_STATUS,
                        _ONLY_MAINTENANCE,
                    ]
                },
            },
            {
                "if": _has("kind", "maintenance"),
                "then": _each_entry({"status": {"enum": list(MAINTENANCE_STATUSES)}}) | {"required": ["scheduled"]},
            },
            {
                "if": _has("kind", "notice"),
                "then": {
                    "allOf": [_each_entry({"status": False, "components": {"maxProperties": 0}}), _ONLY_MAINTENANCE]
                },
            },
        ]
    },
    Update: {"anyOf": [{"required": [name]} for name in ("text", "status", "components", "advice")]},
    Action: {
        "allOf": [
            {"if": {"required": ["done_at"]}, "then": _has("status", "done")},
            {"if": _has("status", "dropped"), "then": {"required": ["reason"]}},
        ]
    },
}
"""A model to what its fields ask of each other; to be laid over its form."""
