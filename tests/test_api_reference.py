"""What developers read of the API is what is built: its files, its fields, its examples, its words."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator.api.v1.documents import Document, File
from generator.api.v2.files import STATUS
from generator.moments import Bounds
from generator.project import read_project
from generator.site import build_site
from tests.built import SITES

TEXT = (Path(__file__).parent.parent / "reference" / "api.md").read_text(encoding="utf-8")


@cache
def built() -> dict[str, str]:
    """Every file of the invented company's API by its path below the root: those of v2 in English."""
    config, now = SITES["demo"]
    project = read_project(config)
    site = build_site(project.records, project.settings, now, checked=project.checked)
    texts = {path: content if isinstance(content, str) else content.decode() for path, content in site.items()
             if path.startswith(("en/api/v2/", "de/api/v1/"))}  # fmt: skip
    return {path.partition("/")[2]: text for path, text in texts.items()}


def test_every_file_is_listed_and_every_listed_file_is_built() -> None:
    """A record's id and a year stand for all of them."""
    listed = set(re.findall(r"`(api/v\d/[^`]*)`", TEXT))
    kinds = {re.sub(r"(v1/incidents/)[^/]+\.json", r"\1<id>.json", path) for path in built()}
    kinds = {re.sub(r"(v1/years/)\d+", r"\1<year>", path) for path in kinds}
    assert kinds <= listed
    assert listed - kinds <= built().keys()


def _models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


@pytest.mark.parametrize("model", [Bounds, *(m for m in _models(Document) if m is not File)], ids=lambda m: m.__name__)
def test_every_field_is_explained(model: type[BaseModel]) -> None:
    """In a table of its own, in the words of the schema."""
    rows = [f"| `{name}` | {field.description} |" for name, field in model.model_fields.items()]
    assert "\n".join(["| field | meaning |", "|---|---|", *rows, ""]) in TEXT


EXAMPLES = re.findall(r"^`(api/[^`]+)`[^\n]*:\n\n```json\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_there_are_examples() -> None:
    """Of both forms."""
    assert {path.split("/")[1] for path, _ in EXAMPLES} == {"v1", "v2"}


@pytest.mark.parametrize(("path", "example"), EXAMPLES, ids=[path for path, _ in EXAMPLES])
def test_the_examples_are_of_the_files_they_name(path: str, example: str) -> None:
    """The whole file, or a piece of it as it stands there."""
    assert json.loads(example) in list(_pieces(json.loads(built()[path])))


def _pieces(value: Any) -> Iterator[Any]:
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _pieces(inner)


def test_the_words_of_the_status_are_those_we_use() -> None:
    """The table of indicators, row by row."""
    rows = re.findall(r"\| `(\w+)` \| ([A-Z][\w ]+) \|", TEXT)
    assert rows == list(STATUS.values())


def test_every_key_that_is_spoken_of_exists() -> None:
    """What the notes on the form of Statuspage name is a key, a status or an impact of it."""
    notes = TEXT[TEXT.index("### What the fields mean here") : TEXT.index("## API v1")]
    named = set(re.findall(r"`([a-z_]+)`", notes))
    known = set(re.findall(r'"([a-z_]+)"', "".join(built().values())))
    assert named - known <= {"feed_authority", "since"}
