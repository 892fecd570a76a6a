"""Problems as text for people, JSON for programs, or annotations for GitHub's pull requests."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import PurePath
from typing import Literal

from generator.problems import Problem

Format = Literal["text", "json", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "github")


def render_report(problems: Iterable[Problem], form: Format) -> str:
    """All problems in one text, a line each; JSON is one list."""
    if form == "json":
        return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)
    return "\n".join(_annotation(problem) if form == "github" else _line(problem) for problem in problems)


def _line(problem: Problem) -> str:
    return f"warning: {problem}" if problem.severity == "warning" else str(problem)


def below(problems: Iterable[Problem], folder: PurePath) -> tuple[Problem, ...]:
    """The same problems in files that lie in `folder`: annotations want paths from the top of the repository."""
    return tuple(replace(problem, file=(folder / problem.file).as_posix()) for problem in problems)


def _annotation(problem: Problem) -> str:
    """GitHub's workflow command: what would end it, or one of its properties, is escaped as GitHub's own tools do."""
    text = f"{problem.field}: {problem.text}" if problem.field else problem.text
    file = _escaped(problem.file).replace(":", "%3A").replace(",", "%2C")
    return f"::{problem.severity} file={file},line={problem.line},col={problem.column}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
