"""Texts in Markdown without raw HTML: what is wrong with one; its HTML. The only room with Markdown."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape

from markdown import Markdown
from markdown.inlinepatterns import SimpleTextInlineProcessor

from generator.sentences import Sentence, say

Fault = tuple[Sentence, Sentence]
"""What is wrong, and what to do."""

_PLAIN = re.compile(r"[^<>&`\[\]{}!\\_|]*")
"""Texts of these characters, in lines that open no block, mean the same in every Markdown."""
_BLOCK_START = re.compile(r"^(?:[ \t]|#|>|[-+*=~:/?$%]|\d+[.)])|  $", re.MULTILINE)
_NESTED = re.compile(r"^\s*(?:(?:[-+*>]|\d+[.)])\s*){9}", re.MULTILINE)
MAX_CHARACTERS, MAX_LINES, MAX_MARKS, MAX_OPEN = 10_000, 300, 500, 5
"""What a converter of Markdown digests in no time: beyond, its work grows with the square of the text."""
_STAR_IN_WORD = re.compile(r"(?<=\w)\*(?=\w)")
_CODE = re.compile(r"<code.*?</code>", re.DOTALL)
_LINK = re.compile(r'(?P<name><(?:a|img)\b[^<>]*? (?:href|src)=")(?P<to>[^"]*)')
_ABSOLUTE = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)


def _markdown() -> Markdown:
    """A converter that passes no HTML through and keeps the German gender star (`Händler*innen`) a star."""
    converter = Markdown(extensions=["fenced_code"])
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    heading = converter.parser.blockprocessors["hashheader"]
    heading.RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=\s)(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")  # not #12
    star = SimpleTextInlineProcessor(r"((?<=\w)\*(?=\w))", converter)
    converter.inlinePatterns.register(star, "gender_star", 175)
    return converter


_CONVERTER = _markdown()


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and not _BLOCK_START.search(text)


def find_faults(text: str) -> Iterator[Fault]:
    """What a text may not contain, as (message, hint): raw HTML, headings, odd links, far pictures."""
    too_much = next(_excess(text), None)
    if too_much:
        yield too_much
        return
    if _is_plain(text):
        return
    html = _convert(text)
    without_code = _CODE.sub("", html)
    tag = re.search(r"&lt;[a-zA-Z/!?][^\s&]{0,20}", without_code) if "<" in text else None
    if tag:
        yield (
            say("raw HTML is not allowed in a text ('{tag}')", tag=unescape(tag[0])),
            say("Use Markdown (**bold**, [words](https://…)), or put `…` around it to show it as it is"),
        )
    if re.search(r"<h[1-6]", html):
        yield say("a text has no headings of its own"), say("Use **bold words** instead of # or an underline")
    for match in _LINK.finditer(without_code):
        yield from _link_faults(match["name"], _target(match["to"]))


def _excess(text: str) -> Iterator[Fault]:
    if len(text) > MAX_CHARACTERS:
        message = say("the text has {count} characters, {most} is the most", count=len(text), most=MAX_CHARACTERS)
        yield message, say("Shorten it")
    if text.count("\n") > MAX_LINES:
        yield say("the text has more than {most} lines", most=MAX_LINES), say("Shorten it")
    if _NESTED.search(text):
        yield say("lists or quotations are nested more than eight levels deep"), say("Write it with fewer levels")
    if len(re.findall(r"[*_`\\\[(<&]", text)) > MAX_MARKS:
        yield say("the text has more than {most} characters such as * _ ` [ (", most=MAX_MARKS), say("Shorten it")
    if max(_most_open("[", r"\[|\]", text), _most_open("](", r"\]\(|\)", text)) > MAX_OPEN:
        message = say("more than {most} brackets are open at once", most=MAX_OPEN)
        yield message, say("Close each of them, or leave them out")


def _most_open(opening: str, both: str, text: str) -> int:
    """How many brackets are open at the most in a place; unclosed ones stay open."""
    most = now = 0
    for bracket in re.findall(both, text):
        now = now + 1 if bracket == opening else max(0, now - 1)
        most = max(most, now)
    return most


def _target(attribute: str) -> str:
    """A link's target as a browser reads it: entities resolved, white space and control characters gone."""
    return re.sub(r"[\x00-\x20\x7f-\x9f]", "", unescape(attribute))


def _is_relative(target: str) -> bool:
    first = re.split(r"[/?#]", target, maxsplit=1)[0]
    return not target.startswith("//") and ":" not in first and "\\" not in target


def _link_faults(tag: str, target: str) -> Iterator[Fault]:
    if tag.startswith("<img") and not _is_relative(target):
        yield (say("a picture from elsewhere ('{target}') would tell its host who reads the page", target=target[:60]),
               say("Put the file into docs/<language>/ and name it without https://"))  # fmt: skip
    elif not (_is_relative(target) or _ABSOLUTE.match(target)):
        yield (say("the link '{target}' leads neither to http(s) nor to mailto", target=target[:60]),
               say("Write https://…, mailto:…, or a page of this site such as uptime/"))  # fmt: skip


@lru_cache(maxsize=8192)
def _convert(text: str) -> str:
    try:
        html: str = _CONVERTER.reset().convert(text)
    except RecursionError:
        return f"<p>{escape(text, quote=False)}</p>"
    return html


def to_html(text: str, root: str = "./") -> str:
    """The HTML of one text, by itself: nothing in it reaches the texts around it.

    `root` is put before relative links: the way from the page to the root of its language, or an address.
    Pictures and links to anywhere but http(s), mailto and this site are disarmed whatever was checked before.
    """
    if _is_plain(text) and "*" not in text:
        paragraphs = re.split(r"\n\s*\n", text.strip())
        return "\n".join(f"<p>{escape(paragraph.strip(), quote=False)}</p>" for paragraph in paragraphs)
    return _LINK.sub(lambda match: f"{match['name']}{escape(_resolve(match, root))}", _convert(text))


def _resolve(match: re.Match[str], root: str) -> str:
    target = _target(match["to"])
    if any(_link_faults(match["name"], target)):
        return "#"
    if target.startswith("#") or not _is_relative(target):
        return target
    return root + re.sub(r"^(?:\.?/)+", "", target)


def to_inline_html(text: str, root: str = "./") -> str:
    """The same without the paragraph around it when there is only one: for list items and table cells."""
    html = to_html(text, root)
    one = html.startswith("<p>") and html.count("<p>") == 1 and html.endswith("</p>")
    return html[3:-4] if one else html


def to_markdown(text: str, root: str = "./") -> str:
    """The text for a Markdown page: as written where that is safe beside other texts, else its HTML.

    A text that opens blocks, links or holds HTML characters could change what follows it (an open fence, a
    reference, a list), and engines differ; its own HTML cannot.
    """
    if _is_plain(text):
        return _STAR_IN_WORD.sub(r"\\*", text.strip())
    # An empty line would end the block of HTML: inside of it, line breaks that make one are written as entities.
    html = re.sub(r"\n(?=\s*\n)", "\n&#10;", to_html(text, root)).replace("&#10;\n", "&#10;")
    return f"<div>{html}</div>"


def to_plain(text: str) -> str:
    """The bare words, in one line, for descriptions and titles of feeds."""
    if _PLAIN.fullmatch(text) and "*" not in text:
        return " ".join(text.split())
    return " ".join(unescape(re.sub(r"<[^>]+>", "", _convert(text))).split())
