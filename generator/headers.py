"""`_headers` and `_redirects`: what the host has to send along, as Netlify and Cloudflare Pages both read it."""

from generator.settings import Settings

POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "img-src 'self'",
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
))  # fmt: skip
"""Nothing from elsewhere, nothing inline, no script: a hostile text in a record finds nothing to run."""
_EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Without includeSubDomains: the site may live under a name that others share.
    "Strict-Transport-Security": "max-age=31536000",
}
_FEEDS = {"history.rss": "application/rss+xml", "history.atom": "application/atom+xml"}
_HOUR, _YEAR = "public, max-age=3600", "public, max-age=31536000, immutable"


def render_headers(settings: Settings) -> str:
    """The `_headers` file. Both hosts join the values of rules that overlap, so only `/*` overlaps another rule.

    Pages get no time here: both hosts let browsers ask anew each time, which is right for a page about the present.
    Material's stylesheet has a hash in its name and may be kept for a year.
    """
    rules = [("/*", _EVERYWHERE), ("/assets/stylesheets/*", {"Cache-Control": _YEAR})]
    rules += [(f"/assets/{name}", {"Cache-Control": _HOUR}) for name in ("status.css", "icon.svg")]
    for code in settings.languages:
        rules += [
            (f"/{settings.prefix(code)}{name}",
             {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "public, max-age=300"})
            for name, kind in _FEEDS.items()
        ]  # fmt: skip
    lines = ["# Read by Netlify and Cloudflare Pages. Written by `incidents`."]
    for path, headers in rules:
        lines += [path, *(f"  {name}: {value}" for name, value in headers.items())]
    return "\n".join(lines) + "\n"


def render_redirects(settings: Settings) -> str:
    """The `_redirects` file: the first language lives at the root, and is found below its own name, too."""
    first = settings.languages[0]
    return f"/{first}/* /:splat 301\n/feed /history.rss 301\n/rss /history.rss 301\n"
