"""The theme's stylesheet without the rules that can match nothing on any page of the site.

Material styles whatever documentation may hold, and every page would carry all of it. A rule goes if each of its
selectors asks for a class that no page carries and no script names. That is safe, because all the rest stays as it is:

- every rule that asks for no class, and whatever stands inside `:not()`, `:is()` and the like, which we do not ask;
- a rule with all its selectors as soon as one of them can match, and the order of the rules;
- custom properties, used or not: a publisher's own stylesheet may use them;
- `@media` and `@supports` unless nothing is left inside, and every other at-rule whole. Animations that nothing uses
  weigh a tenth of a kilobyte, less than it would take to find them.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import pairwise

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

_CLASS = re.compile(rb"""class\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""")
_WORD = re.compile(r"[\w-]+")
_GROUPS = {"media", "supports"}


class Classes:
    """The classes that elements may have: noted cheaply page by page, looked at once for all of them.

    In lower case, since on a page without a doctype `Note` and `note` are one class.
    """

    def __init__(self) -> None:
        self._written: set[bytes] = set()
        self._scripts: set[bytes] = set()

    def add_page(self, page: bytes) -> None:
        """Note an HTML page's classes, in whatever notation, and the scripts inside it."""
        page = page.lower()
        self._written.update(_CLASS.findall(page))
        elements = (part.partition(b"</script")[0] for part in page.split(b"<script")[1:])
        self._scripts.update(element.partition(b">")[2] for element in elements)

    def add_script(self, script: bytes) -> None:
        """Note a script. It may give an element any class that it names, so each of its words counts."""
        self._scripts.add(script.lower())

    def names(self) -> set[str]:
        written = (unescape(value.decode(errors="replace").strip("\"'")) for value in self._written)
        scripts = (script.decode(errors="replace") for script in self._scripts)
        return {name for value in written for name in value.split()} | {
            word for script in scripts for word in _WORD.findall(script)
        }


def trim(stylesheet: bytes, classes: Collection[str]) -> bytes:
    """The stylesheet without the rules that can match nothing if elements have only these classes, in lower case."""
    # Bytes that are no UTF-8 come out as they went in.
    rules = tinycss2.parse_stylesheet(stylesheet.decode(errors="surrogateescape"))
    kept: str = tinycss2.serialize(_matching(rules, classes))
    return kept.encode(errors="surrogateescape")


def _matching(rules: Iterable[Node], classes: Collection[str]) -> Iterator[Node]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            if _can_match(rule, classes):
                yield rule
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in _GROUPS and rule.content is not None:
            rule.content = list(_matching(tinycss2.parse_rule_list(rule.content), classes))
            if any(isinstance(inner, QualifiedRule | AtRule) for inner in rule.content):
                yield rule
        elif rule.type != "error":  # what browsers skip, too
            yield rule


def _can_match(rule: QualifiedRule, classes: Collection[str]) -> bool:
    """Whether all classes of one of its selectors are there. A block, as of `:not(…)`, is a single part here."""
    fits = [True]
    for part, following in pairwise(rule.prelude):
        if part == ",":
            fits.append(True)
        elif part == "." and following.type == "ident":
            fits[-1] &= following.lower_value in classes
    return any(fits)
