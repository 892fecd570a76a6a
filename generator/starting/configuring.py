"""The `mkdocs.yml` of a new site, with comments in the language of its admin."""

from collections.abc import Callable, Iterator
from datetime import date
from textwrap import indent
from typing import Any

from generator.engine import ENGINE
from generator.language import Language
from generator.starting.answers import Answers
from generator.yaml_text import InOneLine, ListInOneLine, render_comment, render_yaml

_INNER = 4
"""Spaces before the settings below `extra.status`."""
_LATER = {
    "hosting": "{name: …, address: …, privacy: https://…}",
    "targets": "{main: {kind: netlify, place: …}}",
    "mirrors": "[https://…/]",
    "source": "https://github.com/…/blob/main/",
}
"""What a site may also say, one day, with the form that it has."""
Comment = Callable[[str], str]


def render_settings(
    answers: Answers, words: Language | None = None, description: str = "", since: date | None = None
) -> str:
    """The settings as YAML.

    `words` are what the tool says to the admin; without them there are no comments. `since` is the day from which on
    the components are reported on.
    """
    comment = _comments(words)
    site = {"site_description": description} if description else {}
    return "".join(
        (
            comment("head"), "\n",
            render_yaml({"site_name": f"{answers.name} Status"}),
            comment("url"), render_yaml({"site_url": answers.url}),
            render_yaml(site) if site else "",
            "\n", comment("engine"), _engine(), "\n",
            "extra:\n  status:\n", indent("".join(_status(answers, comment, since)), " " * _INNER),
        )
    )  # fmt: skip


def _comments(words: Language | None) -> Comment:
    return lambda name: render_comment(words(f"tool.start.comment.{name}")) if words else ""


def _engine() -> str:
    """Without what it says to those who write this product."""
    lines = ENGINE.strip().splitlines()
    return "".join(f"{line}\n" for line in lines if line and not line.lstrip().startswith("#"))


def _status(answers: Answers, comment: Comment, since: date | None) -> Iterator[str]:
    """What is ours, piece by piece, each below its comment."""
    yield comment("time_zone") + render_yaml({"time_zone": answers.time_zone})
    yield comment("languages") + render_yaml({"languages": ListInOneLine(answers.languages)})
    components = [_component(answers, name, told, since) for name, told in answers.components]
    yield "\n" + comment("components") + render_yaml({"components": components})
    yield "\n" + comment("publisher") + render_yaml({"publisher": {"name": answers.name}})
    yield "\n" + comment("independent_of") + render_yaml({"independent_of": ListInOneLine(answers.independent_of)})
    if comment("all"):
        yield from (f"\n{comment(name)}# {name}: {example}\n" for name, example in _LATER.items())
        yield "\n" + comment("all")


def _component(answers: Answers, name: str, told: str, since: date | None) -> dict[str, Any]:
    several = len(answers.languages) > 1
    words = InOneLine(dict.fromkeys(answers.languages, told)) if several else told
    return {"id": name, "name": words} | ({"since": since.isoformat()} if since else {})
