"""Problems as text for people, JSON for programs, or annotations for GitHub's pull requests."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import PurePath
from typing import Literal

from generator.problems import Problem
from generator.sentences import Sentence, say
from generator.wording import translated

Format = Literal["text", "json", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "github")


def render_report(problems: Iterable[Problem], form: Format, code: str = "en") -> str:
    """All problems in one text, a line each; JSON is one list. `code` is the language of messages and hints."""
    told = [in_language(problem, code) for problem in problems]
    if form == "json":
        return json.dumps([asdict(problem) for problem in told], ensure_ascii=False, indent=2)
    return "\n".join(_annotation(problem) if form == "github" else _line(problem, code) for problem in told)


def in_language(problem: Problem, code: str) -> Problem:
    """The problem with its words in a language; what programs go by (file, place, field, severity) stays."""
    message, hint = (Sentence(translated(text, code)) for text in (problem.message, problem.hint))
    return replace(problem, message=message, hint=hint)


def _line(problem: Problem, code: str) -> str:
    if problem.severity == "error":
        return str(problem)
    return translated(say("warning: {problem}", problem=str(problem)), code)


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
