"""`_headers` and `_redirects`: what the host has to send along, as Netlify and Cloudflare Pages both read it."""

from collections.abc import Iterator

from generator.addresses import (
    ADMIN,
    API,
    ASSETS,
    BADGE,
    BADGE_DATA,
    BUILD,
    CALENDAR,
    CARD,
    EMBED,
    FEEDS,
    FRONT,
    ICON,
    MANIFEST,
    METRICS,
    NEWS,
    REPORT_CARD,
    SCREEN_ICON,
    SCRIPT,
    SECURITY,
    SITEMAP,
    STYLE,
    TAB_ICON,
    UNFRAMED,
    component_badge,
    component_badge_data,
    component_feed,
    first_part,
)
from generator.own_pages import added_pages
from generator.settings import Settings

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
    "base-uri 'none'", "form-action 'none'",
))  # fmt: skip
"""Nothing from elsewhere, nothing inline: a hostile text in a record finds nothing to run.

No page connects to anything; programs that judge pages read robots.txt from inside a page, and may.
Who may frame a page is not in it, for that is not the same everywhere: see `_unframed`.
"""
_CSP = "Content-Security-Policy"
_EVERYWHERE = {
    _CSP: POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Without includeSubDomains: the site may live under a name that others share.
    "Strict-Transport-Security": "max-age=31536000",
}
_ASSETS = (STYLE, SCRIPT, ICON, TAB_ICON, SCREEN_ICON)
_CARDS = (CARD, REPORT_CARD)
_HOUR = "public, max-age=3600"
_FILES = {
    CALENDAR: "text/calendar",
    BADGE: "image/svg+xml", component_badge("*"): "image/svg+xml",
    BADGE_DATA: "application/json", component_badge_data("*"): "application/json",
    **{feed.path: feed.form.media_type for feed in (*FEEDS, component_feed("*"))},
}  # fmt: skip
"""Files of every language that programs and other sites read, with their types."""


def render_headers(settings: Settings) -> str:
    """The `_headers` file. No header is set by two rules at one address: hosts differ in what they make of that.

    Pages get no time here: both hosts let browsers ask anew each time, which is right for a page about the present.
    Material's stylesheet has a hash in its name, but what a build leaves of it differs: an hour for it, too.
    """
    lines = ["# Read by Netlify and Cloudflare Pages. Written by `incidents`."]
    for path, headers in _rules(settings):
        lines += [path, *(f"  {name}: {value}" for name, value in headers.items())]
    return "\n".join(lines) + "\n"


def _rules(settings: Settings) -> Iterator[tuple[str, dict[str, str]]]:
    """Each pattern with its headers. Cloudflare Pages takes a hundred: so a kind of file has a rule, not each file."""
    yield from _everywhere(settings)
    yield "/assets/stylesheets/*", {"Cache-Control": _HOUR}
    yield from ((f"/{path}", {"Cache-Control": _HOUR}) for path in _kept(settings))
    yield from ((pattern, {"X-Frame-Options": "DENY"}) for pattern in _unframed(settings))
    # The type of Prometheus' own text format: what answers without one is refused.
    yield f"/{METRICS}", _open_to_all("text/plain; version=0.0.4")
    # Who compares mirrors wants to know how it is now.
    yield from ((f"/{path}", _open_to_all("application/json", 60)) for path in (BUILD, MANIFEST))
    if settings.status.security:
        yield f"/{SECURITY}", {"Content-Type": "text/plain; charset=utf-8"}
    for root in (f"/{settings.prefix(code)}" for code in settings.languages):
        yield f"{root}{API}*", _open_to_all("application/json", 60)
        yield from ((root + path, _open_to_all(kind)) for path, kind in _FILES.items())


def _everywhere(settings: Settings) -> Iterator[tuple[str, dict[str, str]]]:
    """What goes with every address, and the policy: one for all, or one for each part of the site but the form.

    The form needs a policy of its own, and what `/*` forbade, no rule could allow again. An unknown address gets none
    then; its page holds no word of any record.
    """
    form = settings.status.form
    if form is None:
        yield "/*", _EVERYWHERE
        return
    yield "/*", {name: value for name, value in _EVERYWHERE.items() if name != _CSP}
    yield from ((pattern, {_CSP: POLICY}) for pattern in _parts(settings))
    yield f"/{ADMIN}*", {_CSP: form.policy, "X-Frame-Options": "DENY", "X-Robots-Tag": "noindex"}


def _parts(settings: Settings) -> Iterator[str]:
    """Patterns for all pages of the site but the form: each other language lies in one folder, the first in several."""
    first, *others = settings.languages
    folders = {*UNFRAMED, *added_pages(settings.pages[first]), EMBED, ASSETS, API}
    yield from ("/", "/index.html", "/404.html")
    yield from (f"/{part}/*" for part in sorted(set(map(first_part, folders)) - {FRONT}))
    yield from (f"/{settings.prefix(code)}*" for code in others)


def _open_to_all(kind: str, seconds: int = 300) -> dict[str, str]:
    """For a file of this type that scripts of any other site may read: it holds nothing that is not public."""
    return {
        "Content-Type": f"{kind}; charset=utf-8",
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": f"public, max-age={seconds}",
    }


def _unframed(settings: Settings) -> Iterator[str]:
    """Patterns for every page but the one that is made to be framed.

    A header of its own, not a part of the policy: what `/*` forbade there, no rule could allow again on both hosts.
    A front page is also found by the name of its file. Who asks for an unknown address gets a page without it.
    """
    for code in settings.languages:
        root = f"/{settings.prefix(code)}"
        pages = {*UNFRAMED, *added_pages(settings.pages[code])}
        yield from (root, f"{root}index.html")
        yield from (f"{root}{part}/*" for part in sorted(set(map(first_part, pages)) - {FRONT}))


def _kept(settings: Settings) -> list[str]:
    """Files that pages share: browsers need not ask for them with each page."""
    cards = [f"{settings.prefix(code)}{name}" for code in settings.languages for name in _CARDS]
    logo = [settings.logo] if settings.logo and settings.logo not in _ASSETS else []
    return [*_ASSETS, *logo, *cards]


def render_redirects(settings: Settings) -> str:
    """The `_redirects` file: old addresses of feeds; the first language, at the root, below its own name, too.

    The topmost rule that fits is taken, so the publisher's own come first. Cloudflare tells an address with a
    slash at its end from one without. Every language had a sitemap once; now all share one.
    """
    first, *others = settings.languages
    aliases = {old.rstrip("/"): feed for old, feed in settings.status.aliases.items()}
    kept = aliases | {old: NEWS.path for old in ("/feed", "/rss") if old not in aliases}
    lines = [f"{old}{end} /{feed} 301" for old, feed in kept.items() for end in ("", "/")]
    lines += [f"/{settings.prefix(code)}{SITEMAP} /{SITEMAP} 301" for code in others]
    return "\n".join([*lines, f"/{first}/* /:splat 301"]) + "\n"
