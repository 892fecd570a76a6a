"""The settings of an imported page: a new `mkdocs.yml`, or what to add to the one there is."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.engine import ENGINE
from generator.sentences import say
from generator.statuspage.gathering import Source
from generator.statuspage.losses import Losses
from generator.statuspage.noticing import note_losses_of_component, note_losses_of_page
from generator.statuspage.shapes import KEPT_ID, Component, Page
from generator.statuspage.wording import to_line, to_record
from generator.yaml_text import legible, render_yaml

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?")
_NOBODY = Page(name="Status", url="https://status.example.net")
HEAD = """\
# The site, as it was on {root}
# Everything outside `extra.status` is MkDocs' own setting; `extra.status` is read by `incidents`.

"""


def root_of(source: Source) -> str:
    """The address of the Statuspage, with a slash at the end; empty when no answer tells it."""
    match = _ADDRESS.match(source.page.url) if source.page else None
    return f"{match[0]}/" if match else ""


def zone_of(source: Source, losses: Losses) -> ZoneInfo:
    """The page's time zone; UTC where no answer tells one that is known."""
    page = source.page or _NOBODY
    try:
        return ZoneInfo(page.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        losses.note("page.time_zone", say("there is no such time zone, all times are in UTC"), page.time_zone)
        return ZoneInfo("Etc/UTC")


def components_of(source: Source, unlisted: dict[str, str], root: str, losses: Losses) -> list[dict[str, Any]]:
    """The settings' list of components: by position, the members of a group together, the unlisted ones last."""
    for component in source.components.values():
        note_losses_of_component(component, losses)
    listed = [_component(component, source, root, losses) for component in _in_order(source)]
    return listed + [{"id": name, "name": to_line(words)} for name, words in sorted(unlisted.items())]


def _in_order(source: Source) -> Iterator[Component]:
    """Components as the page shows them; each after its group."""

    def place(component: Component) -> tuple[int, int, str]:
        group = source.components.get(component.group_id or "")
        return (group or component).position, component.position if group else 0, component.id

    yield from sorted((c for c in source.components.values() if not c.group), key=place)


def _component(component: Component, source: Source, root: str, losses: Losses) -> dict[str, Any]:
    group = source.components.get(component.group_id or "")
    about = to_record(component.description or "", losses, component.id, root)
    since = component.start_date.isoformat() if component.start_date else None
    told = {
        "id": component.id,
        "name": to_line(component.name),
        "description": about,
        "group": to_line(group.name) if group else None,
        "since": since,
    }
    return {field: value for field, value in told.items() if value}


def render_settings(source: Source, components: list[dict[str, Any]], language: str, losses: Losses) -> str:
    """A new `mkdocs.yml` with all that the Statuspage tells of itself."""
    page, root = source.page or _NOBODY, root_of(source) or f"{_NOBODY.url}/"
    if source.page:
        note_losses_of_page(source.page, losses)
    else:
        losses.note(
            "page", say("no answer tells name, address and time zone: correct them in mkdocs.yml"), "mkdocs.yml"
        )
    name = to_line(page.name)
    status: dict[str, Any] = {
        "time_zone": zone_of(source, losses).key,
        "languages": [language],
        "components": components,
        "publisher": {"name": name},
    }
    host = urlsplit(root).hostname or ""
    status |= {"feed_authority": host} if "." in host.strip(".0123456789") else {}
    site = render_yaml({"site_name": name, "site_url": root})
    status |= {"statuspage_id": page.id} if page.id and KEPT_ID.fullmatch(page.id) else {}
    return HEAD.format(root=legible(root)) + site + ENGINE + render_yaml({"extra": {"status": status}})


def render_missing(components: list[dict[str, Any]]) -> str:
    """Components as they are added below `extra.status.components`."""
    lines = render_yaml({"components": components}).splitlines()[1:]
    return "\n".join(f"    {line}" for line in lines)
