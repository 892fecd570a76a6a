"""What a new site has to know, from options or from answers to questions."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain, count
from typing import Any

from generator.addresses import slug
from generator.elsewhere import host_of
from generator.problems import InvalidRecords, Problem
from generator.sentences import Sentence, say
from generator.settings import parse_settings
from generator.starting.answers import Answers
from generator.starting.configuring import render_settings
from generator.yaml_text import legible

SOMEWHERE = "https://status.example.net/"
"""Stands for an address that is not known yet."""
MAX_NAME = 80
MAX_ID = 40


def default_answers(name: str, language: str, time_zone: str, component: str) -> Answers:
    """What holds where nothing else is said; `component` is the name of the only one."""
    return Answers(_line(name)[:MAX_NAME] or "Status", SOMEWHERE, (language,), time_zone, _with_ids([component]))


def answered(answers: Answers, field: str, texts: Iterable[str]) -> Answers:
    """The answers with one more. A list may come as several texts, or as one with commas.

    Raises InvalidRecords when the settings of the site could not say so, with what is wrong.
    """
    understood: dict[str, Any] = {field: FIELDS[field]([_line(text) for text in texts])}
    changed = replace(answers, **understood)
    _, problems = parse_settings(render_settings(changed).encode(), "mkdocs.yml")
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        raise InvalidRecords(wrong[:1])
    return changed


def _line(text: str) -> str:
    return " ".join(legible(text).split())


def _name(texts: list[str]) -> str:
    if len(texts[0]) > MAX_NAME:
        _refuse(
            say("this name has {count} characters, {most} is the most", count=len(texts[0]), most=MAX_NAME),
            say("Shorten it"),
        )
    if not texts[0]:
        _refuse(say("nothing is written here"), say("Write the name of your company"))
    return texts[0]


def _refuse(message: Sentence, hint: Sentence) -> None:
    raise InvalidRecords([Problem("mkdocs.yml", 1, 1, "site_name", message, hint)])


def _address(texts: list[str]) -> str:
    """`status.example.org` is taken for what it means."""
    address = texts[0] if "://" in texts[0] else f"https://{texts[0]}"
    return address if address.endswith("/") else f"{address}/"


def _listed(texts: list[str]) -> tuple[str, ...]:
    """The parts of a list, each once."""
    parts = (part.strip() for text in texts for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _languages(texts: list[str]) -> tuple[str, ...]:
    return tuple(code.lower() for code in _listed(texts))


def _hosts(texts: list[str]) -> tuple[str, ...]:
    """Domains, also of whole addresses."""
    hosts = (host_of(host) or host if "://" in host else host.rstrip("/") for host in _listed(texts))
    return tuple(dict.fromkeys(host.lower() for host in hosts))


def _components(texts: list[str]) -> tuple[tuple[str, str], ...]:
    return _with_ids(_listed(texts))


def _with_ids(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Names with the ids by which records will call them, each another one."""
    found: dict[str, str] = {}
    for name in names:
        words = re.sub(r"-*$", "", slug(name)[: MAX_ID - 3]) or "service"
        numbered = chain([words], (f"{words}-{number}" for number in count(2)))
        found[next(known for known in numbered if known not in found)] = name
    return tuple(found.items())


FIELDS: dict[str, Callable[[list[str]], object]] = {
    "name": _name,
    "url": _address,
    "languages": _languages,
    "time_zone": lambda texts: texts[0],
    "components": _components,
    "independent_of": _hosts,
}
"""What is asked, in this order, and how an answer is understood."""
