"""How the site is found: by search engines, and by somebody who has found a weak point and wants to tell."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from urllib.parse import quote

from generator.addresses import FRONT, HISTORY, SECURITY, SITEMAP, incident_page, year_page
from generator.history import History
from generator.language import iso
from generator.markup import fill, joined
from generator.news import changed
from generator.settings import Settings

Addresses = Mapping[str, Collection[str]]
"""Language to the addresses of its pages, below its root."""
_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
{}
</urlset>
"""


def render_robots(settings: Settings) -> str:
    """`robots.txt` (RFC 9309): everything may be read, and where the list of it is."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {settings.url}{SITEMAP}\n"


def render_sitemap(history: History, pages: Addresses) -> str:
    """The pages of all languages in one `sitemap.xml`, each with its translations (`hreflang`).

    A page says when it last changed where the records tell that: a finished report is not new with every build.
    """
    found = _changes(history)
    places: dict[str, list[str]] = {}
    for code, addresses in pages.items():
        for address in addresses:
            places.setdefault(address, []).append(code)
    entries = (
        _entry(history.settings, address, code, codes, found.get(address))
        for address, codes in places.items()
        for code in codes
    )
    return fill(_SITEMAP, joined(entries))


def _entry(settings: Settings, address: str, code: str, codes: list[str], when: datetime | None) -> str:
    urls = {code: settings.url_of(code) + quote(address) for code in codes}
    link = '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>'
    others = (fill(link, *pair) for pair in urls.items()) if len(codes) > 1 else ()
    date = fill("<lastmod>{}</lastmod>", iso(when)) if when else ""
    return fill("<url><loc>{}</loc>{}{}</url>", urls[code], date, joined(others, ""))


def _changes(history: History) -> dict[str, datetime]:
    """Address to when the records changed what its page tells (UTC). Others tell of days that pass, or of settings."""
    found = {incident_page(course.incident.id): changed(course) for course in history.courses}
    for year, courses in history.years.items():
        found[year_page(year)] = max(map(changed, courses))
    newest = max(found.values(), default=None)
    return found | ({FRONT: newest, HISTORY: newest} if newest else {})


def render_security(settings: Settings) -> dict[str, str]:
    """`security.txt` (RFC 9116) by its path; nothing where the settings name nobody to tell."""
    told = settings.status.security
    return {SECURITY: "".join(f"{line}\n" for line in _security(settings))} if told else {}


def _security(settings: Settings) -> Iterator[str]:
    told = settings.status.security
    if told:
        yield from (f"Contact: {contact}" for contact in told.contact)
        # Through that day: until the next one begins.
        end = datetime.combine(told.expires + timedelta(days=1), time(), settings.zone)
        yield f"Expires: {iso(end.astimezone(UTC))}"
        yield f"Preferred-Languages: {', '.join(settings.languages)}"
        yield f"Canonical: {settings.url}{SECURITY}"
        if told.policy:
            yield f"Policy: {told.policy}"
