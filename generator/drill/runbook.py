"""The page for the wall: what to do in each scene, with the addresses and targets of this very site."""

from collections.abc import Sequence

from generator.drill.hosts import git_hosts, without_git_hosts, without_host
from generator.drill.lines import wrapped
from generator.drill.scenes import NAMES, Name
from generator.language import Language
from generator.settings import Settings

WIDTH = 80
"""Characters in a line: a printer set to plain text has room for as many on A4."""


def render_runbook(settings: Settings, words: Language) -> str:
    """One sheet of A4 as Markdown. It needs nothing but the settings, and holds nothing that must not be read."""
    known = told_of(settings, words)
    title = words("tool.drill.runbook.title", name=settings.name)
    parts = [f"# {title}", *wrapped(words("tool.drill.runbook.lead", **known), WIDTH)]
    for number, name in enumerate(NAMES, 1):
        orders = render_orders(name, settings, words)
        parts += ["", f"## {number}. {words(f'tool.drill.scene.{name}.title')}",
                  *wrapped(words(f"tool.drill.scene.{name}.gone", **known), WIDTH), "",
                  *(line for order in orders for line in wrapped(order, WIDTH, hanging=3))]  # fmt: skip
    parts += ["", f"## {words('tool.drill.runbook.calls')}"]
    parts += [line for whom in words("tool.drill.runbook.whom", **known).splitlines() for line in wrapped(whom, WIDTH)]
    return "\n".join(parts) + "\n"


def render_orders(name: Name, settings: Settings, words: Language) -> list[str]:
    """What to do in a scene, numbered."""
    orders = words(f"tool.drill.scene.{name}.orders", **told_of(settings, words)).splitlines()
    return [f"{number}. {order}" for number, order in enumerate(orders, 1)]


def told_of(settings: Settings, words: Language) -> dict[str, str]:
    """What the sentences are filled with, as the settings have it; what is missing says so."""
    status = settings.status
    found: dict[str, Sequence[str]] = {
        "page": [settings.url],
        "mirrors": status.mirrors,
        "fallen": status.independent_of,
        "targets": list(status.targets),
        "elsewhere": without_host(settings),
        "without_git": without_git_hosts(settings, git_hosts(settings)),
        "contacts": [status.contacts] if status.contacts else [],
        "hours": [status.stale_after],
    }
    return {name: ", ".join(values) or words("tool.drill.none") for name, values in found.items()}
