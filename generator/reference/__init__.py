"""The field reference: what a record and the settings may say, drawn from the model so that it cannot be wrong."""

import re
import types
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.git_host import AppId, Branch, Encrypted, Repository, RepositoryFolder
from generator.mail_settings import Mailbox, Port, WayOut
from generator.model import ComponentId, Incident, KeptId, Part, RecordId, WebAddress
from generator.moments import Moment
from generator.reference.sections import INTRODUCTION, MOMENTS, RECORD, SETTINGS, Section, forms_of_a_moment
from generator.settings import Contact, FeedPath, Hours, MirrorAddress, OldAddress, SecureAddress
from generator.texts import Line, Prose

_NAMED = {
    Line: "[line](#texts)",
    Prose: "[text](#texts)",
    Moment: "[moment](#moments)",
    date: "day",
    str: "plain words",
    ComponentId: "component",
    RecordId: "record's id",
    WebAddress: "web address",
    Hours: "whole number",
    KeptId: "12 of `a-z0-9`",
    OldAddress: "old address",
    FeedPath: "feed",
    Contact: "address with `mailto:`, `tel:` or `https://`",
    SecureAddress: "web address",
    MirrorAddress: "web address",
    Port: "whole number",
    Mailbox: "mail address, with a name before it: `Name <a@example.com>`",
    WayOut: "address with `mailto:` or `https://`",
    Encrypted: "web address",
    Repository: "`owner/name`",
    Branch: "branch",
    RepositoryFolder: "folder",
    AppId: "id",
}
_HEADING = {section.model: section.heading for section in (*RECORD, *SETTINGS)}


def render_reference() -> str:
    """The whole reference as Markdown, for `reference/fields.md`."""
    chapters = [INTRODUCTION, _moments(), "## The record", *map(_section, RECORD)]
    chapters += ["## The settings", *map(_section, SETTINGS)]
    return "\n\n".join(chapters) + "\n"


def _section(section: Section) -> str:
    example = f"```yaml\n{section.example.strip()}\n```" if section.example else ""
    table = "\n".join(_rows(section.model))
    parts = [f"### {section.heading}", section.lead, example, table, section.notes]
    return "\n\n".join(part.strip() for part in parts if part)


def _rows(model: type[Part]) -> Iterator[str]:
    """A table of a model's fields; those that must be there are bold."""
    yield "| field | meaning | what to write |\n|---|---|---|"
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        if (model, name) == (Incident, "id"):
            continue
        shown = f"**`{name}`**" if field.is_required() else f"`{name}`"
        default = f" (left out: `{field.default}`)" if isinstance(field.default, str) else ""
        yield f"| {shown} | {field.description} | {form_of(hints[name])}{default} |"


def form_of(kind: Any) -> str:
    """How a value of this type is written: its allowed words, or the name of its form."""
    kind = _given(kind)
    if kind in _NAMED:
        return _NAMED[kind]
    if kind in _HEADING:
        return f"see [`{_HEADING[kind]}`](#{anchor(_HEADING[kind])})"
    return _compound(get_origin(kind), get_args(kind))


def _compound(origin: Any, parts: tuple[Any, ...]) -> str:
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in parts)
    if origin is Annotated:
        return form_of(parts[0])
    if origin is tuple:
        inner = form_of(parts[0])
        return inner if inner.startswith("see ") else f"list: {inner}"
    if origin is dict:
        return f"map, {form_of(parts[0])}: {form_of(parts[1])}"
    raise TypeError(f"the reference has no words for {origin} of {parts}")


def _given(kind: Any) -> Any:
    """`kind` without the None of a field that may be left out."""
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    return next(part for part in get_args(kind) if part is not types.NoneType)


def anchor(heading: str) -> str:
    """The fragment that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")


def _moments() -> str:
    """The ways to write a moment, in the order of the model."""
    told = {name: field.description for name, field in Moment.model_fields.items()}
    rows = [f"| `{written}` | {told[name]} |" for name, written in forms_of_a_moment()]
    lead, notes = MOMENTS
    return "\n".join([lead, "", "| what to write | when |", "|---|---|", *rows, "", notes])
