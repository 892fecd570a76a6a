"""What the host is told: headers, redirects, and how Netlify builds the site."""

import tomllib
from pathlib import Path

from generator.headers import render_headers, render_redirects
from generator.settings import Settings
from tests.builders import settings as built

ROOT = Path(__file__).parents[1]


def rules(settings: Settings) -> dict[str, dict[str, str]]:
    """The `_headers` file as its readers read it: pattern to headers."""
    found: dict[str, dict[str, str]] = {}
    pattern = ""
    for line in render_headers(settings).splitlines():
        if line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            assert name not in found[pattern], f"{pattern} sets {name} twice"
            found[pattern][name] = value
        elif not line.startswith("#"):
            pattern = line
            found[pattern] = {}
    return found


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(settings: Settings) -> None:
    """The policy holds on every path, names only ourselves, and has no loophole."""
    policy = rules(settings)["/*"]["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert set(directives.values()) <= {"'none'", "'self'"}
    assert {"base-uri", "form-action", "frame-ancestors"} <= set(directives)


def test_the_other_headers(settings: Settings) -> None:
    """Types are not guessed, no address leaks, HTTPS stays without binding the names beside ours."""
    everywhere = rules(settings)["/*"]
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert everywhere["Referrer-Policy"] == "no-referrer"
    assert "includeSubDomains" not in everywhere["Strict-Transport-Security"]


def test_feeds_have_their_types_in_every_language(settings: Settings) -> None:
    """A feed served as plain text is shown instead of subscribed to."""
    types = {"history.rss": "rss+xml", "history.atom": "atom+xml", "feed.json": "feed+json", "reports.rss": "rss+xml",
             "maintenance.rss": "rss+xml", "components/dashboard.rss": "rss+xml"}  # fmt: skip
    for path, kind in types.items():
        for root in ("/", "/en/"):
            assert rules(settings)[root + path]["Content-Type"] == f"application/{kind}; charset=utf-8"


def test_a_program_on_another_page_may_read_the_feeds(settings: Settings) -> None:
    """They are public; every one of them, and for minutes at most what was read before."""
    found = rules(settings)
    paths = [f"/{settings.prefix(code)}{feed.path}" for code in settings.languages for feed in settings.status.feeds]
    assert len(paths) == 2 * (5 + len(settings.components))
    assert {found[path]["Access-Control-Allow-Origin"] for path in paths} == {"*"}
    assert {found[path]["Cache-Control"] for path in paths} == {"public, max-age=300"}


def test_any_site_may_read_the_api(settings: Settings) -> None:
    """As JSON, in every language, and not older than a minute: programs ask often."""
    for path in ("/api/*", "/en/api/*"):
        found = rules(settings)[path]
        assert found["Content-Type"].startswith("application/json")
        assert found["Access-Control-Allow-Origin"] == "*"
        assert found["Cache-Control"] == "public, max-age=60"


def test_nothing_is_kept_for_longer_than_an_hour(settings: Settings) -> None:
    """Every address keeps its name when its content changes, Material's stylesheet too: it holds what pages use."""
    kept = {path: headers["Cache-Control"] for path, headers in rules(settings).items() if "Cache-Control" in headers}
    assert "/assets/stylesheets/*" in kept
    assert all(int(value.removeprefix("public, max-age=")) <= 3600 for value in kept.values())


def test_no_header_is_set_by_two_rules(settings: Settings) -> None:
    """Both hosts join values where rules overlap; only `/*` overlaps others, so no name of it may recur."""
    found = rules(settings)
    everywhere = set(found.pop("/*"))
    assert not any(everywhere & set(headers) for headers in found.values())
    assert not any("*" in pattern.removesuffix("/*") for pattern in found)


def test_the_first_language_is_found_below_its_own_name(settings: Settings) -> None:
    """`/de/uptime/` leads to `/uptime/`, with status codes that Netlify and Cloudflare both know."""
    lines = [line.split() for line in render_redirects(settings).splitlines()]
    assert ["/de/*", "/:splat", "301"] in lines
    assert all(len(line) == 3 and line[2] in ("301", "302", "307", "308") for line in lines)


def test_an_old_address_of_a_feed_leads_to_the_new_one() -> None:
    """With a slash at its end and without, ahead of all other rules; our own short ones give way."""
    aliases = {"/blog/feed/": "history.rss", "/de/old.xml": "de/reports.rss", "/rss": "feed.json"}
    lines = [tuple(line.split()) for line in render_redirects(built(aliases=aliases)).splitlines()]
    assert lines == [
        ("/blog/feed", "/history.rss", "301"), ("/blog/feed/", "/history.rss", "301"),
        ("/de/old.xml", "/de/reports.rss", "301"), ("/de/old.xml/", "/de/reports.rss", "301"),
        ("/rss", "/feed.json", "301"), ("/rss/", "/feed.json", "301"),
        ("/feed", "/history.rss", "301"), ("/feed/", "/history.rss", "301"),
        ("/en/*", "/:splat", "301"),
    ]  # fmt: skip


def test_netlify_builds_with_the_command_everybody_uses() -> None:
    """`make site` into `site/`; previews run the record check first; every language has its own 404 page."""
    told = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))
    assert "make site" in told["build"]["command"]
    assert told["build"]["publish"] == "site"
    assert told["build"]["environment"]["PYTHON_VERSION"]
    assert "check" in told["context"]["deploy-preview"]["command"]
    missing = [(rule["from"], rule["to"], rule["status"]) for rule in told["redirects"]]
    assert missing == [("/en/*", "/en/404.html", 404)]
