"""The two sites of this repository, built as the command builds them, and their pages as trees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from generator.addresses import EMBED
from generator.facts import is_open, is_upcoming
from generator.history import build_history
from generator.language import Language, language
from generator.project import Project
from generator.publish import publish
from generator.site import build_site

HERE = Path(__file__).parent
SITES = {
    "velorent": (HERE.parent / "mkdocs.yml", datetime(2026, 11, 22, 11, 0, tzinfo=UTC)),
    "demo": (HERE / "records" / "demo.yml", datetime(2026, 10, 20, 8, 15, tzinfo=UTC)),
}
"""Name to its settings and the instant it is built for."""
EXTERNAL = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Built:
    """A published folder and what it was built from."""

    folder: Path
    project: Project
    now: datetime

    @property
    def url(self) -> str:
        return self.project.settings.url

    @property
    def languages(self) -> tuple[str, ...]:
        return self.project.settings.languages

    def words(self, code: str) -> Language:
        return language(code, self.project.settings.zone)

    def pages(self, code: str | None = None) -> list[str]:
        """The addresses of all pages below the site's root, in one language or in all.

        Without those for unknown addresses and for frames, which are no places to read.
        """
        found = sorted(path.parent.relative_to(self.folder).as_posix() for path in self.folder.rglob("index.html"))
        addresses = ["" if name == "." else f"{name}/" for name in found]
        places = [address for address in addresses if self.inside(address) != EMBED]
        return [address for address in places if code is None or self.language_of(address) == code]

    def kinds(self, code: str) -> list[str]:
        """A page of every kind in one language; of the lists the fullest, of the records each kind and the longest."""
        history = build_history(self.project.records, self.project.settings, self.now)
        courses = sorted(history.courses, key=lambda course: len(course.incident.model_dump_json()))
        records = {(course.incident.kind, is_open(course), is_upcoming(course)): course.incident.id
                   for course in courses}  # fmt: skip
        year = max(history.years, key=lambda year: len(history.years[year]))
        names = ["", "history/", f"history/{year}/", "uptime/", f"components/{history.components[0].id}/",
                 "commitments/", "subscribe/", "independence/", "imprint/", "privacy/", "404.html", EMBED]  # fmt: skip
        names += [f"incidents/{name}/" for name in records.values()]
        return [self.project.settings.prefix(code) + name for name in names]

    def language_of(self, address: str) -> str:
        first = address.partition("/")[0]
        return first if first in self.languages[1:] else self.languages[0]

    def inside(self, address: str) -> str:
        """A page's address below the root of its language."""
        return address.removeprefix(self.project.settings.prefix(self.language_of(address)))

    def file(self, address: str) -> Path:
        """The file that is served under an address below the site's root."""
        path = self.folder / unquote(address)
        return path / "index.html" if address == "" or address.endswith("/") else path

    def tree(self, address: str) -> html.HtmlElement:
        return _tree(self.file(address))

    def text(self, address: str) -> str:
        """The words of a page, with single blanks; those that break no line stay as they are."""
        return re.sub(r"[ \n\t]+", " ", self.tree(address).find("body").text_content())


def build(project: Project, now: datetime, target: Path) -> Built:
    """Build a site without a fault in its records into a folder that is not there yet."""
    assert not project.errors
    site = build_site(project.records, project.settings, now, checked=project.checked)
    publish(site, project.settings.languages, target, now)
    return Built(target, project, now)


@cache
def _tree(file: Path) -> html.HtmlElement:
    return html.fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def links(tree: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """Everything in a page that names an address, with the address as it is written."""
    for element in tree.iter("a", "link", "img", "script", "iframe", "source"):
        for name in ("href", "src", "srcset"):
            if element.get(name) is not None:
                yield element, element.get(name)


def resolve(page: str, written: str) -> tuple[str, str]:
    """Address below the site's root and fragment of a link on the page at `page`."""
    parts = urlsplit(urljoin(f"https://site.invalid/{page}", written))
    return parts.path.removeprefix("/"), parts.fragment
