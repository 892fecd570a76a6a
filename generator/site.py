"""The narrow waist: records and settings in, the whole site as a mapping of path to content out. Pure."""

from collections.abc import Mapping
from datetime import datetime

from generator.addresses import BUILD, CALENDAR, CARD, EMBED, METRICS, REPORT_CARD, ROBOTS, SITEMAP, address_of
from generator.api.v1 import render_own
from generator.api.v2 import render_statuspage
from generator.calendar import render_calendar
from generator.config import read_theme, render_config
from generator.discovery import render_robots, render_security, render_sitemap
from generator.embed import render_embed
from generator.feeds import render_feeds
from generator.form import Program, render_form
from generator.headers import render_headers, render_redirects
from generator.history import History, build_history
from generator.independence import Result
from generator.language import Language, language
from generator.metrics import render_metrics
from generator.pages import render_pages
from generator.pictures import render_badges, render_card, render_icons, render_report_card
from generator.provenance import NOT_TOLD, Origin, build_of, render_build
from generator.records import Records
from generator.settings import Settings

Site = dict[str, str | bytes]


def build_site(
    records: Records,
    settings: Settings,
    now: datetime,
    program: Program | None = None,
    origin: Origin = NOT_TOLD,
    checked: Result | None = None,
) -> Site:
    """The site as it is at `now` (UTC): sources for the engine and static files, by path.

    `program` are the files of the form's program; without them there is no form. `checked` is what the newest
    check of the site's independence found.
    `<language>/…` is that language's tree of Markdown and static files, `<language>.yml` its configuration, which
    inherits `mkdocs.yml`; `theme/…` the templates. A folder with these files builds with plain MkDocs.
    `origin` is what `build.json` says of the sources.
    """
    history = build_history(records, settings, now, checked)
    site: Site = {"mkdocs.yml": settings.config}
    for code in settings.languages:
        words = language(code, settings.zone)
        site |= {f"{code}/{path}": text for path, text in _content(history, words).items()}
        site[f"{code}.yml"] = render_config(settings, words)
    first = settings.languages[0]
    # Where a publisher has put an icon or a style of their own, theirs is taken.
    site = {**read_theme(first), **_at_root(first, _once(history, site, origin)), **site}
    site |= _at_root(first, render_form(settings, program or {}))
    site[f"{first}/_headers"] = render_headers(settings)
    site[f"{first}/_redirects"] = render_redirects(settings)
    return site


def _content(history: History, words: Language) -> Site:
    """One language's pages and files, generated and hand-written: at one address the hand-written page is taken."""
    own = history.settings.pages[words.code]
    written = {address_of(name) for name in own if name.endswith(".md")}
    pages = {name: text for name, text in render_pages(history, words).items() if address_of(name) not in written}
    return {**pages, **render_for_programs(history, words), **_cards(history, words), **own}


def render_for_programs(history: History, words: Language) -> Site:
    """What programs and other sites read of one language, by path below its root."""
    return {
        **render_feeds(history, words),
        **render_statuspage(history, words),
        CALENDAR: render_calendar(history, words),
        **render_badges(history, words),
        f"{EMBED}index.html": render_embed(history, words),
    }


def _once(history: History, site: Site, origin: Origin) -> Site:
    """What does not speak a language: for monitoring, for search engines, for who finds a weak point."""
    pages: dict[str, list[str]] = {code: [] for code in history.settings.languages}
    for path in site:
        code, _, name = path.partition("/")
        if name.endswith(".md"):
            pages[code].append(address_of(name))
    return {
        **render_icons(),
        **render_own(history),
        METRICS: render_metrics(history),
        BUILD: render_build(build_of(history, origin)),
        SITEMAP: render_sitemap(history, pages),
        ROBOTS: render_robots(history.settings),
        **render_security(history.settings),
    }


def _cards(history: History, words: Language) -> Site:
    """What a shared link shows: of a page about the present, and of any other."""
    return {CARD: render_card(history, words), REPORT_CARD: render_report_card(history, words)}


def _at_root(first: str, files: Mapping[str, str | bytes]) -> Site:
    return {f"{first}/{path}": content for path, content in files.items()}
