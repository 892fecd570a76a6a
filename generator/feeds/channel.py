"""The feeds of one language: addresses, the ids by which programs know what they have seen, small pieces."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from generator.addresses import Feed, component_page, incident_page
from generator.history import History
from generator.language import Language
from generator.markup import fill, joined, safe
from generator.model import Incident
from generator.prose import to_html, to_inline_html
from generator.texts import Line, Prose, Text

_LIKE_A_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
SINCE = "2026"
"""The year that every id carries: RFC 4151 has a tag name a date at which its author held the domain.

It is the year of this product's first release: no site made such a tag before. It never changes.
"""


@dataclass(frozen=True)
class Channel:
    """The history told in one language."""

    history: History
    language: Language

    @property
    def root(self) -> str:
        """The absolute address of this language's front page."""
        return self.history.settings.url_of(self.language.code)

    @property
    def id(self) -> str:
        """Each language is a feed of its own."""
        return self._tag(f"history/{self.language.code}")

    def title(self, feed: Feed) -> str:
        return self._named(feed, "title")

    def subtitle(self, feed: Feed) -> str:
        return self._named(feed, "subtitle")

    def _named(self, feed: Feed, what: str) -> str:
        names = [self.bare(c.name) for c in self.history.components if c.id == feed.component]
        return plain(self.t(f"feeds.{feed.topic}.{what}", site=self.history.settings.name, name="".join(names)))

    @property
    def author(self) -> str:
        settings = self.history.settings
        return settings.status.publisher.name or settings.name

    def home(self, feed: Feed) -> str:
        """The page that a feed belongs to."""
        return self.root + (component_page(feed.component) if feed.component else "")

    def page(self, incident: Incident) -> str:
        return self.root + incident_page(incident.id)

    def record_id(self, incident: Incident) -> str:
        """What an entry of the Atom feed is known by.

        Made of the record's id alone: the same in every language, under every title and at every address.
        Who subscribes to two languages gets every message in one of them at least.
        """
        return self._tag(f"incidents/{incident.id}")

    def item_id(self, incident: Incident, key: str) -> str:
        """What an item of the RSS feed is known by: its record and its `key` in it."""
        return f"{self.record_id(incident)}#{key}"

    def _tag(self, name: str) -> str:
        authority = quote(self.history.settings.authority, safe="")
        return f"tag:{authority},{SINCE}:{name}"

    def t(self, key: str, **values: object) -> str:
        return self.language(key, **values)

    def bare(self, line: Line) -> str:
        return line.pick(self.language.code)[0]

    def line(self, line: Line) -> Markup:
        """A single line; one that lacks this feed's language is marked with the language it is in."""
        return self._marked(fill("{}", self.bare(line)), line, "span")

    def prose(self, text: Prose) -> Markup:
        """A text, marked in the same way."""
        html = to_html(text.pick(self.language.code)[0], self.root)
        return self._marked(safe(html), text, "div")

    def inline(self, text: Prose) -> Markup:
        """A text for a line of its own, marked in the same way."""
        html = to_inline_html(text.pick(self.language.code)[0], self.root)
        return self._marked(safe(html), text, "div" if "<p>" in html else "span")

    def _marked(self, html: Markup, text: Text, element: str) -> Markup:
        code = text.pick(self.language.code)[1]
        if code == self.language.code:
            return html
        return fill('<{0} lang="{1}">{2}</{0}>', element, code, html)

    def label(self, key: str, value: object) -> Markup:
        """A value after its label."""
        return fill("<div><strong>{}</strong> {}</div>", self.t(key), value)


def plain(title: str) -> str:
    """A title for programs that show plain words and for those that take it for HTML: a tag for neither."""
    return _LIKE_A_TAG.sub("< ", title)


def bullets(items: Iterable[object]) -> Markup:
    """Pieces as a list."""
    return fill("<ul>{}</ul>", joined((fill("<li>{}</li>", item) for item in items), ""))
