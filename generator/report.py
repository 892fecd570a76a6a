"""Problems as text for people, JSON for programs, or annotations for GitHub's pull requests."""

import json
from collections.abc import Iterable
from dataclasses import asdict
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


def _annotation(problem: Problem) -> str:
    """GitHub's workflow command; percent signs and line ends are escaped as it asks for."""
    text = f"{problem.field}: {problem.text}" if problem.field else problem.text
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = f"file={problem.file},line={problem.line},col={problem.column}"
    return f"::{problem.severity} {place}::{text}"
