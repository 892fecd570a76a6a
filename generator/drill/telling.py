"""A scene as the admin reads it, and all of them for programs."""

import json
from collections import Counter
from collections.abc import Sequence

from generator.drill.lines import wrapped
from generator.drill.runbook import render_orders, told_of
from generator.drill.scenes import NAMES, Scene
from generator.drill.steps import STATES, Step
from generator.language import Language
from generator.sentences import Sentence
from generator.settings import Settings
from generator.wording import translated

WIDTH = 100
_MARK = 10
"""Columns of the word at the head of a line that says how it is."""


def render_scene(scene: Scene, settings: Settings, words: Language) -> str:
    """What is gone, how each check went and what follows from it, and what to do on that day."""
    known = told_of(settings, words)
    number = words("tool.drill.number", n=NAMES.index(scene.name) + 1, all=len(NAMES))
    title = words(f"tool.drill.scene.{scene.name}.title")
    gone = words(f"tool.drill.scene.{scene.name}.gone", **known)
    steps = [line for step in scene.steps for line in _step(step, words)]
    orders = [line for order in render_orders(scene.name, settings, words) for line in _wrapped(order, "  ", 3)]
    return "\n".join([f"{number} {title}", *_wrapped(gone, "  "), "", *steps, "",
                      words("tool.drill.then"), *orders])  # fmt: skip


def _step(step: Step, words: Language) -> list[str]:
    values = {name: _said(value, words) for name, value in step.values.items()}
    mark = f"{words(f'tool.drill.state.{step.state}'):<{_MARK}}"
    lines = _wrapped(mark + words(f"tool.drill.step.{step.what}.{step.state}", **values), "", _MARK)
    if step.state == "done":
        return lines
    return lines + _wrapped("→ " + words(f"tool.drill.step.{step.what}.do", **values), " " * _MARK, 2)


def _said(value: object, words: Language) -> object:
    return translated(value, words.code) if isinstance(value, Sentence) else value


def _wrapped(text: str, indent: str, hanging: int = 0) -> list[str]:
    return [line.replace("`", "") for line in wrapped(text, WIDTH, indent, hanging)]


def render_sum(scenes: Sequence[Scene], words: Language) -> str:
    """How many checks went how, and what that means."""
    counted = Counter(step.state for scene in scenes for step in scene.steps)
    told = words("tool.drill.sum", **{state: counted[state] for state in STATES})
    verdict = "failed" if counted["failed"] else "unchecked" if counted["unchecked"] else "done"
    return f"{told} {words(f'tool.drill.verdict.{verdict}')}"


def render_json(scenes: Sequence[Scene]) -> str:
    """The same for programs: each scene with its steps, each step with its state and what it is about."""
    told = [{"scene": scene.name, "steps": [_data(step) for step in scene.steps]} for scene in scenes]
    return json.dumps({"failed": any(scene.has_failed for scene in scenes), "scenes": told},
                      ensure_ascii=False, indent=1)  # fmt: skip


def _data(step: Step) -> dict[str, object]:
    return {"step": step.what, "state": step.state, "about": dict(step.values)}
