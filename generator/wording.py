"""What our English sentences are in the language of the admin, from the catalogues in `locales/`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from generator.sentences import Sentence
from generator.yaml_source import read_yaml

LOCALES = Path(__file__).parent / "locales"


def read_own(name: str) -> dict[str, Any]:
    """The texts in a file of ours, called by its path below `locales/`."""
    document = read_yaml(LOCALES / name, name)
    if document.problems:
        raise RuntimeError(f"our own texts are broken: {document.problems[0]}")
    texts: dict[str, Any] = document.data
    return texts


@cache
def read_catalogue(name: str, code: str) -> Mapping[str, str]:
    """English to the language `code`: the sections of `locales/<name>/<code>.yml` in one; empty without such a file."""
    path = f"{name}/{code}.yml"
    sections = read_own(path) if (LOCALES / path).exists() else {}
    return {english: words for section in sections.values() for english, words in section.items()}


def translated(text: str, code: str, catalogue: str = "sentences") -> str:
    """A sentence, or a plain text of ours, in the language `code`; what no catalogue has stays English."""
    known = read_catalogue(catalogue, code)
    if not isinstance(text, Sentence):
        return known.get(text, text)
    words = known.get(text.template, text.template)
    values = {name: translated(value, code, catalogue) if isinstance(value, Sentence) else value
              for name, value in text.values.items()}  # fmt: skip
    return words.format(**values) if values else words
