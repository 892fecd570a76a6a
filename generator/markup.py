"""HTML from templates of our own: whatever is put in is escaped unless it is HTML already."""

from collections.abc import Iterable

from markupsafe import Markup, escape


def fill(template: str, *values: object, **named: object) -> Markup:
    """`template`, our own HTML, with values in place of its bare braces; plain texts among them are escaped."""
    # Escaped first, then put in by str: Markup's own formatter takes twice as long.
    escaped = {name: escape(value) for name, value in named.items()}
    return Markup(template.format(*map(escape, values), **escaped))  # noqa: S704 - templates are ours


def safe(html: str) -> Markup:
    """HTML that `prose` made, which is safe by construction."""
    return Markup(html)  # noqa: S704 - see prose.to_html


def joined(parts: Iterable[object], between: str = "\n") -> Markup:
    """The parts that are there, one after the other."""
    return Markup(between.join(escape(part) for part in parts if part))  # noqa: S704 - `between` is ours
