"""What the host is told: headers, redirects, and how Netlify builds the site."""

import subprocess
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from generator.addresses import address_of
from generator.headers import render_headers, render_redirects
from generator.own_pages import Files
from generator.project import read_project
from generator.settings import Settings
from generator.site import Site, build_site
from tests.browser import Headers, read_headers
from tests.builders import settings as invented
from tests.built import SITES
from tests.hosts import HOSTS, MAX_LINE, MAX_RULES, sent

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


def sent_for(settings: Settings, path: str) -> dict[str, str]:
    """The headers at a path, on which the hosts agree."""
    found = read_headers(render_headers(settings))
    one, other = (dict(sent(found, path, host)) for host in HOSTS)
    assert one == other
    return one


@cache
def demo() -> Site:
    """The invented company's site in three languages, as a mapping."""
    config, now = SITES["demo"]
    project = read_project(config)
    return build_site(project.records, project.settings, now)


def paths() -> list[str]:
    """Where everything of that site is found: pages by their address, and by the name of their file, too."""
    found = []
    for key in demo():
        code, _, name = key.partition("/")
        root = {"de": "/", "en": "/en/", "fr": "/fr/"}.get(code)
        if root and name.endswith(".md"):
            found += [f"{root}{address_of(name)}", f"{root}{address_of(name)}index.html"]
        elif root:
            found.append(root + name)
    return found


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(settings: Settings) -> None:
    """The policy holds on every path, names only ourselves, and has no loophole."""
    policy = rules(settings)["/*"]["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert set(directives.values()) <= {"'none'", "'self'"}
    assert {"base-uri", "form-action"} <= set(directives)


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
            assert sent_for(settings, root + path)["Content-Type"] == f"application/{kind}; charset=utf-8"


def test_a_program_on_another_page_may_read_the_feeds(settings: Settings) -> None:
    """They are public; every one of them, and for minutes at most what was read before."""
    paths = [f"/{settings.prefix(code)}{feed.path}" for code in settings.languages for feed in settings.status.feeds]
    assert len(paths) == 2 * (5 + len(settings.components))
    found = [sent_for(settings, path) for path in paths]
    assert {headers["Access-Control-Allow-Origin"] for headers in found} == {"*"}
    assert {headers["Cache-Control"] for headers in found} == {"public, max-age=300"}


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


@pytest.mark.parametrize("host", HOSTS)
def test_no_header_is_set_by_two_rules(host: str) -> None:
    """At no address of the site, on neither host: what they would make of it is told in different ways."""
    found = read_headers(str(demo()["de/_headers"]))
    for path in paths():
        names = [name for name, _ in sent(found, path, host)]
        assert len(names) == len(set(names)), path


@pytest.mark.parametrize("host", HOSTS)
def test_monitoring_and_finders_of_weak_points_get_the_types_they_ask_for(host: str) -> None:
    """Prometheus refuses what names no type it knows; RFC 9116 asks for plain text in UTF-8."""
    found = read_headers(str(demo()["de/_headers"]))
    assert dict(sent(found, "/metrics", host))["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert dict(sent(found, "/.well-known/security.txt", host))["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("host", HOSTS)
def test_no_page_can_be_framed_but_the_one_that_is_made_for_it(host: str) -> None:
    """Nor a page that somebody wrote by hand; whatever the host makes of overlapping rules, for there are none."""
    found = read_headers(str(demo()["de/_headers"]))
    framed = {path for path in paths() if path.endswith(("/", ".html")) and not refuses_frames(found, path, host)}
    assert framed == {"/embed/index.html", "/en/embed/index.html", "/fr/embed/index.html"}
    assert not refuses_frames(found, "/embed/", host)
    own: dict[str, Files] = {"de": {"notes/today.md": b"# Mine\n"}, "en": {}}
    found = read_headers(render_headers(replace(invented(languages=("de", "en")), pages=own)))
    assert refuses_frames(found, "/notes/today/", host)


def refuses_frames(rules: Headers, path: str, host: str) -> bool:
    """Whether a browser shows the page at a path in no frame of another site."""
    headers = dict(sent(rules, path, host))
    assert "frame-ancestors" not in headers["Content-Security-Policy"], "it would overrule the other header"
    return headers.get("X-Frame-Options") == "DENY"


def test_the_hosts_read_every_rule() -> None:
    """Three languages keep to what Cloudflare Pages takes: number of rules, length of a line, one star in a pattern."""
    text = str(demo()["de/_headers"])
    assert len(read_headers(text)) <= MAX_RULES
    assert max(map(len, text.splitlines())) <= MAX_LINE
    assert all(pattern.count("*") <= 1 for pattern, _ in read_headers(text))


@pytest.mark.parametrize("host", HOSTS)
def test_what_programs_read_is_open_to_all_has_its_type_and_is_soon_old(host: str) -> None:
    """Scripts of other sites may read it, and nobody shows yesterday's state."""
    found = read_headers(str(demo()["de/_headers"]))
    types = {
        "calendar.ics": "text/calendar", "badge.svg": "image/svg+xml", "badge.json": "application/json",
        "components/shop.svg": "image/svg+xml", "components/shop.json": "application/json",
    }  # fmt: skip
    for path, kind in types.items():
        for root in ("/", "/en/", "/fr/"):
            headers = dict(sent(found, root + path, host))
            assert headers["Content-Type"] == f"{kind}; charset=utf-8"
            assert headers["Access-Control-Allow-Origin"] == "*"
            assert headers["Cache-Control"] == "public, max-age=300"
    assert "Access-Control-Allow-Origin" not in dict(sent(found, "/components/shop/", host))


def test_the_first_language_is_found_below_its_own_name(settings: Settings) -> None:
    """`/de/uptime/` leads to `/uptime/`, with status codes that Netlify and Cloudflare both know."""
    lines = [line.split() for line in render_redirects(settings).splitlines()]
    assert ["/de/*", "/:splat", "301"] in lines
    assert ["/en/sitemap.xml", "/sitemap.xml", "301"] in lines
    assert all(len(line) == 3 and line[2] in ("301", "302", "307", "308") for line in lines)


def test_an_old_address_of_a_feed_leads_to_the_new_one() -> None:
    """With a slash at its end and without, ahead of all other rules; our own short ones give way."""
    aliases = {"/blog/feed/": "history.rss", "/de/old.xml": "de/reports.rss", "/rss": "feed.json"}
    lines = [tuple(line.split()) for line in render_redirects(invented(aliases=aliases)).splitlines()]
    assert lines == [
        ("/blog/feed", "/history.rss", "301"), ("/blog/feed/", "/history.rss", "301"),
        ("/de/old.xml", "/de/reports.rss", "301"), ("/de/old.xml/", "/de/reports.rss", "301"),
        ("/rss", "/feed.json", "301"), ("/rss/", "/feed.json", "301"),
        ("/feed", "/history.rss", "301"), ("/feed/", "/history.rss", "301"),
        ("/de/sitemap.xml", "/sitemap.xml", "301"), ("/en/*", "/:splat", "301"),
    ]  # fmt: skip


def test_netlify_builds_with_the_command_everybody_uses() -> None:
    """`make site` into `site/`; every language has its own 404 page."""
    told = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))
    assert "make site" in told["build"]["command"]
    assert told["build"]["publish"] == "site"
    assert told["build"]["environment"]["PYTHON_VERSION"]
    missing = [(rule["from"], rule["to"], rule["status"]) for rule in told["redirects"]]
    assert missing == [("/en/*", "/en/404.html", 404)]


def test_a_preview_checks_the_records_and_is_not_found_by_search_engines(tmp_path: Path) -> None:
    """No page, feed or file of it: on either host, and beside the headers that are there anyway."""
    contexts = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))["context"]
    assert contexts.keys() == {"deploy-preview", "branch-deploy"}
    assert {context["command"] for context in contexts.values()} == {"make preview"}
    dry = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "preview"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    *before, last = dry.stdout.splitlines()
    assert [line for line in before if line.endswith("incidents check")]
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "_headers").write_text(str(demo()["de/_headers"]), encoding="utf-8")
    subprocess.run(["sh", "-c", last], cwd=tmp_path, check=True)
    found = read_headers((tmp_path / "site" / "_headers").read_text(encoding="utf-8"))
    for host in HOSTS:
        for path in paths():
            headers = sent(found, path, host)
            assert dict(headers)["X-Robots-Tag"] == "noindex"
            assert len(dict(headers)) == len(headers) > 5
