"""Data as YAML that looks as if a person had typed it, and that the strict reader takes back as it was."""

import re
from textwrap import wrap
from typing import Any

import yaml

from generator.yaml_source import FORBIDDEN

WIDTH = 110
"""Characters to a line, where a text can be folded."""
COMMENT_WIDTH = 100
"""Characters of a comment's line, its indentation included."""
_ODD_INDENT = re.compile(r"^( *)[^\S ]\s*")
_RESOLVERS: dict[str, list[tuple[str, Any]]] = yaml.SafeDumper.yaml_implicit_resolvers


class InOneLine(dict[str, str]):
    """A small map that is written in brackets: `{dashboard: major_outage}`."""


class ListInOneLine(list[str]):
    """A short list that is written in brackets: `[de, en]`."""


class _Dumper(yaml.SafeDumper):
    """Times need no quotes, lists are indented, long texts are blocks."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the library declares it
        first: [(tag, form) for tag, form in found if not tag.endswith(":timestamp")]
        for first, found in _RESOLVERS.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def ignore_aliases(self, _: Any) -> bool:
        """What stands twice is written twice."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    long = len(text) > WIDTH - 20 and " " in text
    style = "|" if "\n" in text else ">" if long else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _in_one_line(dumper: _Dumper, data: InOneLine) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


def _list_in_one_line(dumper: _Dumper, data: ListInOneLine) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(ListInOneLine, _list_in_one_line)
_Dumper.add_representer(InOneLine, _in_one_line)


def render_yaml(data: dict[str, Any]) -> str:
    """Maps, lists and texts as YAML, in their order, with a line break at the end.

    Texts must be `legible`; others come out in quotes, or are refused when they are read again.
    """
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


def render_comment(*sentences: str, indent: int = 0) -> str:
    """A comment of whole sentences, in lines that a browser's editor shows without scrolling; nothing of nothing."""
    margin = " " * indent + "# "
    lines = wrap(" ".join(sentences), COMMENT_WIDTH - len(margin), break_long_words=False, break_on_hyphens=False)
    return "".join(f"{margin}{line}\n" for line in lines)


def legible(text: str) -> str:
    """The text without what no record may hold: invisible characters, tabs, white space at the ends of lines."""
    lines = re.split(r"\r\n|[\r\n\u0085\u2028\u2029]", text)
    clean = (FORBIDDEN.sub("", line.replace("\t", "    ")).rstrip() for line in lines)
    return "\n".join(_ODD_INDENT.sub(r"\1", line) for line in clean).strip()
