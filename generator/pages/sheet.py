"""What a page is written with: its language, its place in the site, and the small pieces that all pages share."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from generator.addresses import component_page, incident_page
from generator.facts import Course, began, ended, is_open, is_upcoming, status_of
from generator.headline import as_of, headline
from generator.history import History
from generator.language import Language, iso
from generator.markup import fill, joined, safe
from generator.model import Incident, State
from generator.moments import Moment
from generator.prose import to_html, to_inline_html, to_markdown, to_plain
from generator.texts import Prose, Text

BLANK = "\n\n"


@dataclass(frozen=True)
class Sheet:
    """One page under way. `address` is relative to the language's root: `` for the front page, `history/2021/`."""

    history: History
    language: Language
    address: str

    @property
    def root(self) -> str:
        """The way from this page to the root of its language."""
        return "../" * self.address.count("/") or "./"

    def t(self, key: str, **values: object) -> str:
        return self.language(key, **values)

    def html(self, key: str, **values: object) -> Markup:
        """Our own words with HTML put in; what is not HTML yet is escaped."""
        return fill(self.language.template(key, values.get("n")), **values)

    def pair(self, element: str, name: object, value: object) -> Markup:
        """`name: value` the way the language punctuates it, in an element."""
        return fill("<{0}>{1}</{0}>", safe(element), self.html("pair", a=name, b=value))

    def link(self, to: str, words: object) -> Markup:
        """A link to a page of this language."""
        return fill('<a href="{}">{}</a>', self.root + to, words)

    def line(self, text: Text) -> Markup:
        """A single line, marked with its language where that is not the page's."""
        words, code = text.pick(self.language.code)
        return self._marked(fill("{}", words), code, "span")

    def plain(self, text: Text) -> str:
        """The bare words, for titles and descriptions."""
        return to_plain(text.pick(self.language.code)[0]) if isinstance(text, Prose) else self.bare(text)

    def bare(self, text: Text) -> str:
        return text.pick(self.language.code)[0]

    def prose(self, text: Prose) -> Markup:
        """A text as HTML of its own."""
        words, code = text.pick(self.language.code)
        return self._marked(safe(to_html(words, self.root)), code, "div")

    def inline(self, text: Prose) -> Markup:
        """A text for a list item or a table cell."""
        words, code = text.pick(self.language.code)
        html = to_inline_html(words, self.root)
        return self._marked(safe(html), code, "div" if "<p>" in html else "span")

    def markdown(self, text: Prose) -> str:
        """A text for the body of a page: Markdown where that is safe, and its own HTML else."""
        words, code = text.pick(self.language.code)
        return to_markdown(words, self.root) if code == self.language.code else f"{self.prose(text)}"

    def _marked(self, html: Markup, code: str, element: str) -> Markup:
        if code == self.language.code:
            return html
        only = self.t(f"only.{code}") if code in self.language.texts["only"] else code
        marked = '<{e} lang="{code}">{html}</{e}> <span class="tag">{only}</span>'
        return fill(marked, e=element, code=code, html=html, only=only)

    def time(self, moment: Moment, words: str) -> Markup:
        """A moment in these words; for the script, how exact it is. A mere day has no time of day there either."""
        if moment.day:
            return fill('<time datetime="{}">{}</time>', moment.day.isoformat(), words)
        form = next((name for name in ("about", "before", "after", "between") if getattr(moment, name)), "")
        more = fill(' data-form="{}"', form) if form else Markup("")
        more += fill(' data-end="{}"', iso(moment.between[1])) if moment.between else ""
        return fill('<time datetime="{}"{}>{}</time>', iso(moment.nominal), more, words)

    def moment(self, moment: Moment, form: str = "long") -> Markup:
        """A moment as it was told, with its day."""
        return self.time(moment, self.language.tell(moment, form))

    def until(self, words: object, *later: tuple[datetime, str]) -> Markup:
        """Words, and those that take their place from an instant (UTC) on, which only the reader's clock can tell.

        All of them have one place on the page, so that nothing moves when the script puts in the later ones.
        """
        html = '<span class="later" data-at="{}" data-words="{}"></span>'
        places = joined((fill(html, iso(at), then) for at, then in later), "")
        return fill('<span class="until"><span>{}</span>{}</span>', words, places)

    def state(self, state: State) -> Markup:
        return fill('<span class="state s-{}">{}</span>', state, self.t(f"state.{state}"))

    def status(self, course: Course) -> str:
        """The status of a record in words, with what its plan makes of it; empty for a notice."""
        status, window = status_of(course), course.incident.scheduled
        words = self.t(f"status.{status}") if status else ""
        if not window or not is_present(course):
            return words
        begun, ended = (window.start.nominal, self.t("plan.begun")), (window.end.nominal, self.t("plan.ended"))
        return self.until(words, begun, ended)

    def title(self, incident: Incident) -> Markup:
        """A record's title, linked to its page."""
        return self.link(incident_page(incident.id), self.line(incident.title))

    def name(self, component: str) -> Markup:
        """A component's name, linked to its page."""
        found = next(c for c in self.history.components if c.id == component)
        return self.link(component_page(component), self.line(found.name))

    def names(self, components: Iterable[str]) -> str:
        """Components in a sentence: `Dashboard und Buchungssystem`."""
        named = set(components)
        return self.language.together([self.bare(c.name) for c in self.history.components if c.id in named])

    def span(self, course: Course, form: str = "medium") -> Markup:
        """When a record began and ended, as told."""
        first, last = began(course), ended(course)
        begin = self.moment(first, form)
        if last is None:
            return self.html("time.since", time=begin) if is_open(course) else begin
        day = self.language.local_day(last.nominal)
        same_day = self.language.local_day(first.nominal) == day
        end = self.time(last, self.language.clock_of(last, day)) if same_day else self.moment(last, form)
        return self.html("time.from_to", a=begin, b=end)

    def heading(self, title: str | Text) -> str:
        """The words of a Markdown heading, marked with their language where that is not the page's."""
        words, code = (title, self.language.code) if isinstance(title, str) else title.pick(self.language.code)
        shown = heading(words)
        return shown if code == self.language.code else f'<span lang="{code}">{shown}</span>'

    def page(self, title: str | Text, body: Iterable[object], **meta: object) -> str:
        """The Markdown document: front matter, one heading, the blocks of the body."""
        return self.document(title, [f"# {self.heading(title)}", *body], **meta)

    def document(self, title: str | Text, body: Iterable[object], **meta: object) -> str:
        """The same of a body that has its heading."""
        blocks = [str(block).strip() for block in body if block]
        words = title if isinstance(title, str) else self.bare(title)
        front = {"title": words} | {key: value for key, value in meta.items() if value}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
        return BLANK.join(["---\n" + "\n".join(lines) + "\n---", *blocks]) + "\n"

    def absolute(self, path: str) -> str:
        """The full address of a file or page of this language."""
        return self.history.settings.url_of(self.language.code) + path

    def stamp(self) -> str:
        """As of when a page about the present was built."""
        return as_of(self.history, self.language)

    def built(self) -> Markup:
        """The same as HTML, with a place for how long ago that is, which the script knows."""
        html = '<time datetime="{0}">{1}</time> <span class="since" data-built="{0}"></span>'
        return fill(html, iso(self.history.now), self.stamp())

    def present(self) -> dict[str, str]:
        """What the front matter of a page about the present says of its build."""
        return {"stamp": self.stamp(), "built": iso(self.history.now), "card": self.card()}

    def card(self) -> str:
        """What the picture of the present says, for those who share a page and cannot see it."""
        _, words = headline(self.history, self.language)
        return self.t("pair", a=self.history.settings.name, b=f"{words} {self.stamp()}")

    def list(self, courses: Iterable[Course]) -> Markup:
        """Records as a list of links."""
        items = joined(self._item(course) for course in courses)
        return fill('<ol class="incidents">\n{}\n</ol>', items)

    def _item(self, course: Course) -> Markup:
        incident = course.incident
        facts = [
            self.t(f"kind.{incident.kind}"),
            self.span(course),
            self.names(course.affected),
            self.status(course),
        ]
        facts_line = joined((fact for fact in facts if fact), " · ")
        return fill('<li>{}<p class="meta">{}</p></li>', self.title(incident), facts_line)


def heading(title: str) -> str:
    """A title as a Markdown heading: no character of it opens anything."""
    return "".join(f"&#{ord(char)};" if char in "\\`*_{}[]()#+-!|~<>&\"'" else char for char in title)


def is_present(course: Course) -> bool:
    """Whether a record is about the present: going on, or still to come."""
    return is_open(course) or is_upcoming(course)


def keys(pairs: Iterable[tuple[object, object]]) -> Markup:
    """Names and what belongs to them, as a list."""
    rows = [fill("<dt>{}</dt><dd>{}</dd>", key, value) for key, value in pairs]
    return fill('<dl class="keys">\n{}\n</dl>', joined(rows)) if rows else Markup("")


def table(label: str, heads: list[str], rows: list[list[object]]) -> Markup:
    """A table whose first column names the row; wide ones scroll by themselves. No two on a page share a label."""
    head = joined((fill('<th scope="col">{}</th>', words) for words in heads), "")
    body = joined(
        fill('<tr><th scope="row">{}</th>{}</tr>', row[0], joined((fill("<td>{}</td>", cell) for cell in row[1:]), ""))
        for row in rows
    )
    html = """<div class="scroll" role="region" tabindex="0" aria-label="{}"><table>
<thead><tr>{}</tr></thead>
<tbody>
{}
</tbody></table></div>
"""
    return fill(html, label, head, body)
