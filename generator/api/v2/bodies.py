"""The body of an update. Real ones hold words, `<br />` and links: programs show them as HTML or as plain words.

So line breaks and links are HTML, and every other character is itself, but for those that HTML would take for its own.
"""

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser

from generator.addresses import incident_page
from generator.api.v2.page import Page
from generator.model import Incident, Status, Update
from generator.prose import to_html
from generator.texts import Prose

_LIKE_HTML = re.compile(r"<(?=[a-zA-Z/!?])|&(?=#?\w+;)")
_BLOCKS = frozenset(("p", "pre", "ul", "ol", "blockquote", "hr"))
_BREAK, _ITEM = "<br />", "- "


class _Words(HTMLParser):
    """The HTML of a text as lines: a paragraph ends with an empty one, an item of a list begins with a hyphen."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.verbatim = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.verbatim = self.verbatim or tag == "pre"
        if tag == "a":
            self.words += f'<a href="{escape(given.get("href") or "")}">'
        elif tag == "img":
            self.words += _safe(given.get("alt") or "")
        elif tag == "br":
            self._end_line("\n")
        elif tag == "li":
            self._end_line("- " if self.words.endswith("\n") else "\n- ")
        elif tag in _BLOCKS and not self.words.endswith(_ITEM):
            self._end_line("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self.verbatim = self.verbatim and tag != "pre"
        if tag == "a":
            self.words += "</a>"
        elif tag in _BLOCKS:
            self._end_line("\n\n")

    def handle_data(self, data: str) -> None:
        words = data if self.verbatim else re.sub(r"\s+", " ", data)
        begins = self.words.endswith(("\n", _ITEM)) and not self.verbatim
        self.words += _safe(words.lstrip() if begins else words)

    def _end_line(self, after: str) -> None:
        self.words = self.words.rstrip(" ") + after


def _safe(words: str) -> str:
    return _LIKE_HTML.sub(lambda match: escape(match[0]), words)


def told(page: Page, text: Prose) -> str:
    """One text as it stands in a body."""
    parser = _Words()
    parser.feed(to_html(text.pick(page.language.code)[0], page.root))
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", parser.words.strip()).replace("\n", _BREAK)


def entry_body(page: Page, entry: Update, status: Status) -> str:
    """All that an entry tells readers; one without words tells the status."""
    named = (("front.advice", entry.advice), ("front.restriction", entry.restriction))
    parts = [told(page, entry.text) if entry.text else ""]
    parts += [f"{page.t(key)} {told(page, text)}" for key, text in named if text]
    parts += [f"{page.t('front.available_at')} {_link(entry.available_at)}"] if entry.available_at else []
    parts += [page.t("incident.next", time=page.language.tell(entry.next_update))] if entry.next_update else []
    return _paragraphs(parts) or page.t(f"status.{status}")


def post_mortem_body(page: Page, incident: Incident) -> str:
    """What happened and why, no more certainly than is known; the rest is on the page."""
    cause = incident.cause
    parts = [told(page, incident.summary) if incident.summary else ""]
    parts += [f"{page.t(f'certainty.{cause.certainty}')} {told(page, cause.text)}"] if cause and cause.text else []
    return _paragraphs([*parts, _link(shortlink(page, incident))])


def shortlink(page: Page, incident: Incident) -> str:
    """The address of the record's page."""
    return page.root + incident_page(incident.id)


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{_safe(address)}</a>'


def _paragraphs(parts: Iterable[str]) -> str:
    return (_BREAK * 2).join(part for part in parts if part)
