"""Templates of records, to be copied and filled in where there is no terminal: in a git host's editor, on a phone.

What has to be filled in is left empty, which no record may be: a template that is copied and forgotten is a problem
with its line, never a page with dots in it.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from generator.language import Language, tool_language, tool_languages
from generator.model import INCIDENT_STATUSES
from generator.settings import Settings
from generator.yaml_text import render_comment

_OUTAGES = ("major_outage", "partial_outage", "degraded_performance")
_ON_GITHUB = re.compile(r"(https://github\.com/[^/]+/[^/]+)/(?:blob|tree)/(.+?)/?")


def build_templates(settings: Settings, first_line: str = "") -> dict[str, str]:
    """The templates by the names of their files, which the site passes over; in its first language, else in English.

    `first_line` is a comment for editors, such as the name of a schema.
    """
    words = _words(settings)
    kinds = {"incident": _incident, "maintenance": _maintenance, "notice": _notice}
    return {
        f"_{kind}.yml": "".join([first_line, *_head(kind, settings, words), *body(settings, words)])
        for kind, body in kinds.items()
    }


def new_file_link(settings: Settings, text: str) -> str:
    """Where GitHub begins a new record with this text; empty when `source` does not tell that the site lies there."""
    place = _ON_GITHUB.fullmatch(settings.status.source or "")
    if not place:
        return ""
    name = f"{settings.records}/{_words(settings)('tool.template.file')}"
    return f"{place[1]}/new/{place[2]}?{urlencode({'filename': name, 'value': text})}"


def _words(settings: Settings) -> Language:
    code = settings.languages[0]
    return tool_language(code if code in tool_languages() else "en", settings.zone)


def _head(kind: str, settings: Settings, words: Language) -> Iterator[str]:
    how = words("tool.template.how", folder=settings.records, name=words("tool.template.file"))
    yield render_comment(words(f"tool.template.{kind}"), how)
    if len(settings.languages) > 1:
        yield render_comment(
            words("tool.template.languages", form="{" + ", ".join(f"{c}: …" for c in settings.languages) + "}")
        )
    yield "\n"


def _incident(settings: Settings, words: Language) -> Iterator[str]:
    yield from _title(words)
    yield "timeline:\n"
    yield from _at(words, "at")
    yield render_comment(_choices(words, "status", INCIDENT_STATUSES), indent=4)
    yield "    status: investigating\n"
    yield render_comment(words("tool.template.components"), _choices(words, "state", _OUTAGES), indent=4)
    yield from _components(settings)
    yield from _text(words)
    yield render_comment(words("tool.template.next_update"), indent=4)
    yield "    next_update:\n"


def _maintenance(settings: Settings, words: Language) -> Iterator[str]:
    yield "kind: maintenance\n"
    yield from _title(words)
    yield render_comment(words("tool.template.window"))
    yield "scheduled:\n  start:\n  end:\n"
    yield "timeline:\n"
    yield from _at(words, "announced")
    yield "    status: scheduled\n"
    yield render_comment(words("tool.template.under_maintenance"), indent=4)
    yield from _components(settings)
    yield from _text(words)


def _notice(settings: Settings, words: Language) -> Iterator[str]:  # noqa: ARG001 - as the others
    yield "kind: notice\n"
    yield from _title(words)
    yield "timeline:\n"
    yield from _at(words, "published")
    yield from _text(words)


def _title(words: Language) -> Iterator[str]:
    yield render_comment(words("tool.template.title"))
    yield "title:\n"


def _at(words: Language, what: str) -> Iterator[str]:
    yield render_comment(words(f"tool.template.{what}"), indent=2)
    yield "  - at:\n"


def _text(words: Language) -> Iterator[str]:
    yield render_comment(words("tool.template.text"), indent=4)
    yield "    text:\n"


def _components(settings: Settings) -> Iterator[str]:
    yield "    components:\n"
    yield from (f"      {component.id}:\n" for component in settings.components)


def _choices(words: Language, kind: str, names: Iterable[str]) -> str:
    """`major_outage (Ausgefallen), …`, in the words that the site has for them."""
    return ", ".join(f"{name} ({words(f'{kind}.{name}')})" for name in names)
