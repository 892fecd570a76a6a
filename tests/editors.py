"""What the plugins of editors make of a file: YAML 1.2 in its core form, where `no` is a text and `404` a number."""

import re
from typing import Any

import yaml


class Core(yaml.SafeLoader):
    """PyYAML with the types of YAML 1.2 instead of those of 1.1."""

    yaml_implicit_resolvers: dict[str | None, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's form


def _number(kind: type[float]) -> Any:
    return lambda _, node: kind(node.value)


for _name, _pattern, _made in (
    ("null", "~|null|Null|NULL|", None),
    ("bool", "true|True|TRUE|false|False|FALSE", None),
    ("int", r"[-+]?[0-9]+", int),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", float),
):
    _tag = f"tag:yaml.org,2002:{_name}"
    Core.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern})$"), None)
    if _made:
        Core.add_constructor(_tag, _number(_made))


def as_an_editor_reads(text: str) -> Any:
    """The data in a file. Raises ValueError where it is no YAML at all."""
    try:
        return yaml.load(text, Loader=Core)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(error) from error
