"""Texts of a Statuspage, which may hold HTML, as the Markdown that a record may hold. The one room with markdownify."""

import html
import re
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from generator.prose import find_faults
from generator.sentences import say
from generator.statuspage.escaping import ENTITY, GREATER, RULE, escape_lines, escape_words, unescape_words
from generator.statuspage.losses import Losses
from generator.yaml_text import legible

_ELEMENTS = (
    "a|abbr|address|article|audio|b|bdi|big|blockquote|br|caption|center|cite|code|col|dd|del|details|dfn|div|dl|dt|em|"
    "embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|main|mark|nav|"
    "noscript|object|ol|p|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|"
    "table|tbody|td|template|tfoot|th|thead|time|tr|tt|u|ul|var|video"
)
"""What is HTML. Anything else between angle brackets (`List<String>`) is text."""
_TAG = rf"</?(?:{_ELEMENTS})(?=[\s/>])[^<>]*>|<!--"
_MARKED_UP = re.compile(f"{_TAG}|{ENTITY}", re.IGNORECASE)
_NO_TAG = re.compile(rf"<(?!/?(?:{_ELEMENTS})(?=[\s/>])[^<>]*>|!--)", re.IGNORECASE)
_NO_ENTITY = re.compile(f"&(?!{ENTITY[1:]})")
_BLOCK = re.compile(r"<(?:p|div|ul|ol|dl|pre|table|blockquote|section|article|h[1-6])\b", re.IGNORECASE)
_BROKEN_LINE = re.compile(r"(?:<br\s*/?>[ \t]*)?\r?\n", re.IGNORECASE)
_GOOD_LINK = re.compile(r"https?://[^\s/]|mailto:[^\s@]+@", re.IGNORECASE)
_TOGETHER = re.compile(r"\s*(?:[-*+] |[>|]|\d+[.)] )|\s|```")
"""Lines that belong to the one before it: of a list, a quotation, a table, code."""
_SPECIAL = re.compile(r"[\\`*_\[\]]|^[#>+~=-]")
_SIGNS = re.compile(r"[*_`\\\[\](){}<>&#~|=+!-]")
_NOT_TEXT = ("script", "style", "template", "noscript", "object", "svg", "form")


class _Converter(MarkdownConverter):
    """HTML to our Markdown: no headings, no pictures from elsewhere, no links that lead nowhere."""

    def __init__(self, root: str, losses: Losses, place: str) -> None:
        super().__init__(escape_asterisks=False, escape_underscores=False, bullets="-", autolinks=False)
        self.root, self.losses, self.place = root, losses, place

    def convert_hN(self, _level: int, _el: Tag, text: str, _parents: Any) -> str:  # noqa: N802 - the library's name
        self.losses.note("body", say("a heading became bold words"), self.place)
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_a(self, el: Tag, text: str, **_: Any) -> str:
        target = urljoin(self.root, str(el.get("href") or "").strip())
        if _GOOD_LINK.match(target):
            words = " ".join(text.split()) or target
            return f"[{words}]({target.replace(' ', '%20').replace(')', '%29').replace('(', '%28')})"
        self.losses.note("body", say("a link that leads neither to http(s) nor to mailto became its words"), self.place)
        return text

    def convert_img(self, el: Tag, *_: Any, **__: Any) -> str:
        target = urljoin(self.root, str(el.get("src") or "").strip())
        self.losses.note("body", say("a picture or film from elsewhere became a link to it"), self.place)
        words = " ".join(str(el.get("alt") or el.get("title") or "").split())
        return f"[{words or target}]({target})" if _GOOD_LINK.match(target) else words

    convert_iframe = convert_video = convert_audio = convert_embed = convert_img

    def escape(self, text: str, *_: Any) -> str:
        return escape_words(text)

    def convert_hr(self, *_: Any, **__: Any) -> str:
        return f"\n\n{RULE}\n\n"

    def convert_br(self, *_: Any, **__: Any) -> str:
        return "\n"


def to_record(text: str, losses: Losses, place: str, root: str = "") -> str:
    """The Markdown for a record. `root` is the page's address, for links that are relative to it.

    What is plain stays as it was typed. What a record refuses is kept word for word, its signs escaped, or gone
    where they are too many.
    """
    text = text.replace(GREATER, "").replace(RULE, "")
    text = _from_html(text, losses, place, root) if _MARKED_UP.search(text) else _from_text(text)
    written = _with_blocks(legible(escape_lines(text)), losses, place)
    if not any(find_faults(written)):
        return written
    lines = (_SPECIAL.sub(r"\\\g<0>", unescape_words(line)) for line in written.split("\n"))
    plain = escape_lines("\n".join(lines)).replace("<", "&lt;")
    if not any(find_faults(plain)):
        losses.note("body", say("Markdown that a record refuses is shown as plain text"), place)
        return plain
    losses.note("body", say("a thicket of signs that a record refuses: its words alone are kept"), place)
    return " ".join(_SIGNS.sub(" ", written).split())


def _with_blocks(text: str, losses: Losses, place: str) -> str:
    """Markdown would join lines that Statuspage breaks: each becomes a paragraph, lists and code stay together."""
    lines, is_code = [""], False
    for line in text.split("\n"):
        is_code ^= line.startswith("```")
        if line and lines[-1] and not is_code and not (_TOGETHER.match(line) and _TOGETHER.match(lines[-1])):
            if not _TOGETHER.match(line):
                losses.note("body", say("a single line break became a paragraph"), place)
            lines.append("")
        lines.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines[1:]))


def _from_text(text: str) -> str:
    """What was typed without HTML; fenced code is let be."""
    parts = re.split(r"(^```.*?(?:^```.*?$|\Z))", text, flags=re.DOTALL | re.MULTILINE)
    return "".join(part if index % 2 else escape_words(part) for index, part in enumerate(parts))


def _from_html(text: str, losses: Losses, place: str, root: str) -> str:
    if not _BLOCK.search(text):
        text = _BROKEN_LINE.sub("<br>", text)  # Statuspage shows the line breaks of a text without paragraphs.
    try:
        soup = BeautifulSoup(_NO_TAG.sub("&lt;", _NO_ENTITY.sub("&amp;", text)), "html.parser")
        for tag in soup.find_all(_NOT_TEXT):
            losses.note("body", say("a <{tag}>, which is no text, is left out", tag=tag.name), place)
            tag.decompose()
        if soup.find("table"):
            losses.note("body", say("a table became lines of text"), place)
        return re.sub(r"\n (?! )", "\n", str(_Converter(root, losses, place).convert_soup(soup)))
    except RecursionError:
        losses.note("body", say("HTML nested too deeply is kept without its tags"), place)
        return html.unescape(re.sub(r"<[^<>]*>", " ", text))


def to_line(text: str) -> str:
    """A title or a name: one line, entities resolved, no tags."""
    return re.sub(r"[ \n]+", " ", legible(html.unescape(re.sub(_TAG, "", text))))
