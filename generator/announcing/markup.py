"""The text of a message, which is HTML of our own, made fit for mail and for programs that show plain words."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from generator.feeds.channel import Channel

_KEPT = {"href", "lang", "start"}
_BLOCKS = {"p", "div", "ul", "ol", "li", "blockquote", "pre", "hr"}
_STYLES = {"pre": "white-space:pre-wrap", "blockquote": "margin-left:1em"}


def read_markup(html: str, channel: Channel, page: str) -> BeautifulSoup:
    """The text without what mail programs block or cannot reach.

    Pictures become links, links lead to whole addresses, and what lacks the message's language says which it is in.
    """
    soup = BeautifulSoup(html, "html.parser")
    for picture in soup.find_all("img"):
        picture.replace_with(_link(soup, str(picture.get("src", "")), str(picture.get("alt", ""))))
    for link in soup.find_all("a"):
        _lead_somewhere(link, page)
    for tag in soup.find_all(lang=True):
        _say_language(soup, tag, channel)
    for tag in soup.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in _KEPT}
        if tag.name in _STYLES:
            tag["style"] = _STYLES[tag.name]
    return soup


def _link(soup: BeautifulSoup, address: str, words: str) -> Tag:
    link = soup.new_tag("a", href=address)
    link.string = words or address
    return link


def _lead_somewhere(link: Tag, page: str) -> None:
    """A place on the same page is one of the record's page; a link that was disarmed is none."""
    target = str(link.get("href", "#"))
    if target == "#":
        link.unwrap()
    elif target.startswith("#"):
        link["href"] = page + target


def _say_language(soup: BeautifulSoup, tag: Tag, channel: Channel) -> None:
    code = str(tag["lang"])
    known: dict[str, Any] = channel.language.texts["only"]
    note = soup.new_tag("small")
    note.string = f" ({known.get(code, code)})"
    paragraphs = tag.find_all("p")
    (paragraphs[-1] if paragraphs else tag).append(note)


class Plain:
    """How plain words show what HTML does: links with their address behind, lists with hyphens."""

    bullet = "- "

    def escape(self, text: str) -> str:
        return text

    def strong(self, words: str) -> str:
        return words

    def code(self, words: str) -> str:
        return words

    def lines(self, text: str) -> str:
        """Lines of code."""
        return text

    def link(self, words: str, address: str) -> str:
        bare = address.removeprefix("mailto:")
        return words if bare in words else f"{words} ({bare})"


def blocks(parent: Tag, style: Plain) -> Iterator[str]:
    """The paragraphs, lists and the like of a text, each with the line breaks that belong to it."""
    words = ""
    for child in parent.children:
        if isinstance(child, Tag) and child.name in _BLOCKS:
            yield from _paragraph(words)
            yield from _block(child, style)
            words = ""
        else:
            words += _inline(child, style)
    yield from _paragraph(words)


def _paragraph(words: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in words.split("\n"))
    text = "\n".join(line for line in lines if line)
    if text:
        yield text


def _block(tag: Tag, style: Plain) -> Iterator[str]:
    if tag.name in ("ul", "ol"):
        yield "\n".join(_items(tag, style))
    elif tag.name == "blockquote":
        inner = "\n\n".join(blocks(tag, style))
        yield "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    elif tag.name == "pre":
        yield style.lines(style.escape(tag.get_text().strip("\n")))
    elif tag.name != "hr":
        yield from blocks(tag, style)


def _items(tag: Tag, style: Plain) -> Iterator[str]:
    start = int(str(tag.get("start", "1"))) if tag.name == "ol" else 1
    for number, item in enumerate(tag.find_all("li", recursive=False), start):
        mark = f"{number}. " if tag.name == "ol" else style.bullet
        first, *more = "\n".join(blocks(item, style)).split("\n")
        yield "\n".join([mark + first, *(" " * len(mark) + line for line in more)])


def _inline(node: object, style: Plain) -> str:
    """Words within a line; `\\n` is a line break that was written as one."""
    if isinstance(node, NavigableString):
        return style.escape(re.sub(r"\s+", " ", str(node)))
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return "\n"
    words = "".join(_inline(child, style) for child in node.children)
    if node.name == "a":
        return style.link(words, str(node.get("href", "")))
    if node.name == "strong":
        return style.strong(words)
    return style.code(words) if node.name == "code" else words
