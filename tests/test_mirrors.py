"""Mirrors on real servers, each broken in its own way: `incidents mirrors` says in which."""

import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
import trustme
from click.testing import Result

from generator.language import tool_language, tool_languages
from generator.mirrors.answers import Reason
from generator.mirrors.judging import VERDICTS
from generator.mirrors.seen import Fault
from tests.admin import Admin, admin_in
from tests.builders import SETTINGS
from tests.mirror_hosts import NOW, SITE, Host, Reply, Treat, only, packed, replaced, site, start, with_manifest
from tests.test_house import HOUSE

Serve = Callable[..., Host]
OLD: dict[str, Any] = {"built_at": "2026-02-27T08:00:00Z"}


def tell_its_address(host: Host, url: str) -> None:
    """Have an invented site say that its own address is this one."""
    build = host.files["build.json"].replace(b"http://status.invented.example/", url.encode())
    host.files = with_manifest({**host.files, "build.json": build})


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts hosts, and stops them. Their sites take the first one's address for their own."""
    servers = []
    hosts: list[Host] = []

    def run(files: dict[str, bytes] | None = None, treat: Treat | None = None, **more: Any) -> Host:
        host = Host(site() if files is None else files)
        host.treat = treat or host.treat
        servers.append(start(host, **more))
        hosts.append(host)
        tell_its_address(host, hosts[0].url)
        return host

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


class Watch:
    """An admin whose site has one mirror."""

    def __init__(self, admin: Admin, origin: Host) -> None:
        self.admin, self.origin = admin, origin

    def run(self, *mirrors: str, options: tuple[str, ...] = ()) -> Result:
        settings = SETTINGS.replace("https://status.example.net/", self.origin.url)
        self.admin.config.write_text(f"{settings}    mirrors: [{', '.join(mirrors)}]\n", encoding="utf-8")
        self.admin.clock = f"{NOW + timedelta(hours=1):%Y-%m-%d %H:%M}"  # Berlin
        return self.admin.try_to("mirrors", "--site", str(self.admin.folder / "site"), *options)

    def found(self, *mirrors: Host | str, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """What is told of each address, the site's own first."""
        urls = [mirror if isinstance(mirror, str) else mirror.url for mirror in mirrors]
        result = self.run(*urls, options=("--format", "json", *options))
        addresses: list[dict[str, Any]] = json.loads(result.stdout)["addresses"]
        assert result.exit_code == (0 if all(found["verdicts"] == ["current"] for found in addresses) else 1)
        return addresses

    def mirror(self, host: Host | str, *options: str) -> tuple[list[str], list[tuple[str, str]]]:
        """The verdicts on a mirror beside a sound site, and its findings as (what, path)."""
        origin, mirror = self.found(host, options=options)
        assert origin["verdicts"] == ["current"], origin
        return mirror["verdicts"], [(finding["what"], finding.get("path", "")) for finding in mirror["findings"]]

    def finding(self, host: Host | str, *options: str) -> dict[str, Any]:
        """The only finding on a mirror."""
        _, mirror = self.found(host, options=options)
        (found,) = mirror["findings"]
        return dict(found)


@pytest.fixture
def watch(tmp_path: Path, serve: Serve) -> Watch:
    return Watch(admin_in(tmp_path), serve())


# As it should be


def test_a_mirror_with_the_same_bytes_is_current(watch: Watch, serve: Serve) -> None:
    """Nothing is found, and it is said what was looked at."""
    origin, mirror = watch.found(serve())
    assert (mirror["verdict"], mirror["findings"], mirror["remarks"]) == ("current", [], [])
    assert (mirror["checked"], mirror["files"]) == (9, 9)
    assert mirror | {"address": ""} == origin | {"address": ""}


def test_packed_on_the_way_is_the_same(watch: Watch, serve: Serve) -> None:
    """Hosts compress what they send: what arrives counts."""
    assert watch.mirror(serve(treat=packed), "--full") == (["current"], [])


def test_files_for_the_host_and_hidden_ones_are_not_asked_for(watch: Watch, serve: Serve) -> None:
    """Hosts read them and hand out none. Pages are asked for as readers do."""
    mirror = serve()
    watch.found(mirror, options=("--full",))
    assert not {"/_headers", "/.incident-pages", "/index.html"} & set(mirror.asked)
    assert {"/", "/incidents/one/", "/404.html"} <= set(mirror.asked)


def test_without_full_some_files_are_looked_at(watch: Watch, serve: Serve) -> None:
    """What people and programs open first, and twenty others, the same at each address."""
    many = {f"incidents/n{number}/index.html": f"<html>{number}</html>".encode() for number in range(60)}
    watch.origin.files = with_manifest({**watch.origin.files, **many})
    mirror = serve(dict(watch.origin.files))
    _, told = watch.found(mirror)
    assert (told["checked"], told["files"]) == (27, 69)
    assert {"/", "/assets/status.css", "/api/v2/summary.json", "/history.rss"} <= set(mirror.asked)
    assert set(mirror.asked) == set(watch.origin.asked)
    _, told = watch.found(mirror, options=("--full",))
    assert told["checked"] == 69


def test_builds_that_hosts_make_by_themselves_may_lie_an_hour_apart(watch: Watch, serve: Serve) -> None:
    """Of the same commit, that is: of another one, the older build lacks something."""
    earlier = "2026-03-02T09:30:00Z"
    assert watch.mirror(serve(site(built_at=earlier))) == (["current"], [])
    assert watch.mirror(serve(site(built_at=earlier, revision="b" * 40))) == (["stale"], [("older", "")])


# Stale


def test_an_older_build_is_stale_and_by_how_long(watch: Watch, serve: Serve) -> None:
    """In itself it is sound: it is held against its own manifest."""
    mirror = serve(site(**OLD))
    assert watch.mirror(mirror, "--full") == (["stale"], [("older", "")])
    assert watch.finding(mirror)["seconds"] == 3 * 86400 + 2 * 3600
    assert "older by 3 days 2 hours: the newest build is of 2 March 2026, 11:00" in watch.run(mirror.url).stdout


def test_news_that_are_missing_are_told(watch: Watch, serve: Serve) -> None:
    """Even where it was built at the same time, from records that were not up to date."""
    mirror = serve(site(changed=NOW - timedelta(days=30)))
    verdicts, findings = watch.mirror(mirror)
    assert verdicts[-1] == "stale"
    assert findings[0] == ("news_missing", "")
    assert watch.mirror(serve(site(changed=None)))[1][0] == ("all_news_missing", "")


def test_the_site_itself_may_be_the_stale_one(watch: Watch, serve: Serve) -> None:
    """The newest of all addresses counts, whichever it is."""
    watch.origin.files = site(**OLD)
    tell_its_address(watch.origin, watch.origin.url)
    origin, mirror = watch.found(serve())
    assert (origin["verdict"], mirror["verdict"]) == ("stale", "current")


def test_all_may_be_too_old(watch: Watch, serve: Serve) -> None:
    """When nobody builds any more, no mirror is fresher than another: `stale_after` tells."""
    watch.origin.files = site(**OLD)
    tell_its_address(watch.origin, watch.origin.url)
    found = watch.found(serve(site(**OLD)))
    assert [[finding["what"] for finding in told["findings"]] for told in found] == [["too_old"], ["too_old"]]


def test_a_build_of_the_future_is_not_believed(watch: Watch, serve: Serve) -> None:
    """Else it would make all others look stale."""
    mirror = serve(site(built_at="2031-01-01T00:00:00Z"))
    assert watch.mirror(mirror) == (["altered"], [("from_the_future", "")])


# Incomplete


def test_files_that_are_missing_are_named(watch: Watch, serve: Serve) -> None:
    """An upload that did not end."""
    mirror = serve()
    for path in ("incidents/one/index.html", "history.rss"):
        del mirror.files[path]
    found = [("file.missing", "history.rss"), ("file.missing", "incidents/one/index.html")]
    assert watch.mirror(mirror, "--full") == (["incomplete"], found)


def test_a_page_in_the_place_of_what_is_missing_is_seen_through(watch: Watch, serve: Serve) -> None:
    """Some hosts answer everything with 200."""

    def always(_host: Host, _path: str, reply: Reply) -> Reply:
        return 200, reply[1], reply[2]

    mirror = serve(treat=always)
    del mirror.files["history.rss"], mirror.files["incidents/one/index.html"]
    found = [("file.missing_page", "history.rss"), ("file.missing_page", "incidents/one/index.html")]
    assert watch.mirror(mirror, "--full") == (["incomplete"], found)


@pytest.mark.parametrize("name", ["build.json", "manifest.json"])
def test_a_mirror_that_does_not_say_what_it_is_is_incomplete(name: str, watch: Watch, serve: Serve) -> None:
    """Nothing more can be said of it then. A page with 200 in its place is no better."""
    mirror = serve()
    del mirror.files[name]
    assert watch.mirror(mirror) == (["incomplete"], [("file.missing", name)])
    mirror.treat = only(f"/{name}", lambda *_: (200, {}, b"<!doctype html><html><p>Welcome</html>"))
    assert watch.mirror(mirror) == (["incomplete"], [("file.missing_page", name)])


def test_a_file_that_breaks_off_is_told(watch: Watch, serve: Serve) -> None:
    """Whether the host has only half of it or stops in the middle of sending it."""
    whole = SITE["index.html"].encode()
    half = serve()
    half.files["index.html"] = whole[:90]
    assert watch.mirror(half) == (["incomplete"], [("file.cut", "index.html")])

    def stop(_host: Host, _path: str, reply: Reply) -> Reply:
        return reply[0], reply[1] | {"Content-Length": str(len(reply[2])), "Connection": "close"}, reply[2][:90]

    stops = serve(treat=only("/", stop))
    assert watch.mirror(stops) == (["incomplete"], [("file.cut", "index.html")])


def test_a_list_that_breaks_off_is_told(watch: Watch, serve: Serve) -> None:
    """`manifest.json` of which only the beginning arrived lists nothing."""
    mirror = serve()
    mirror.files["manifest.json"] = mirror.files["manifest.json"][:200]
    assert watch.mirror(mirror) == (["altered"], [("file.altered", "manifest.json")])


# Altered


@pytest.mark.parametrize(
    ("treat", "what", "detail"),
    [
        (
            replaced("</body>", '<script defer src="https://static.cloudflareinsights.com/beacon.min.js"></script></body>'),
            "inserted",
            "<script> https://static.cloudflareinsights.com/beacon.min.js",
        ),
        (replaced("</body>", "<script>track('me')</script></body>"), "inserted", "<script> track('me')"),
        (replaced("<script src=", '<script type="x" data-src='), "removed", "<script> assets/status.js"),
        (replaced("history/index.html", "/history/"), "links", "history/index.html → /history/"),
        (replaced("mailto:post@example.net", "/cdn-cgi/l/email-protection#5a2a35"), "mail", ""),
        (replaced(">\n<", "><"), "blanks", ""),
        (replaced("<h1>", "<!-- served from the cache --><h1>"), "blanks", ""),
        (replaced("\n", "\r\n"), "line_ends", ""),
        (replaced("Alles läuft", "Nichts läuft"), "text", "3: <body><h1>Alles läuft"),
    ],
)  # fmt: skip
def test_what_a_host_does_to_a_page_is_named(treat: Treat, what: str, detail: str, watch: Watch, serve: Serve) -> None:
    """Found by holding it against the right page, from wherever there is one."""
    found = watch.finding(serve(treat=only("/", treat)))
    assert (found["verdict"], found["what"], found["path"]) == ("altered", "file.altered", "index.html")
    assert what in [change["what"] for change in found["changes"]]
    assert detail in " ".join(change["detail"] for change in found["changes"])


def test_a_script_is_named_even_where_no_right_page_is_left(watch: Watch, serve: Serve) -> None:
    """No page of ours has a script from elsewhere."""
    script = '<script src="https://evil.example/x.js"></script></body>'
    watch.origin.treat = only("/", replaced("</body>", script))
    origin, mirror = watch.found(serve(treat=watch.origin.treat))
    for told in (origin, mirror):
        (found,) = told["findings"]
        assert found["changes"] == [{"what": "inserted", "detail": "<script> https://evil.example/x.js"}]


def test_the_type_counts_too(watch: Watch, serve: Serve) -> None:
    """The right bytes as plain text: browsers show the source of a page, and take no style."""
    plain = serve(treat=lambda _host, _path, reply: (reply[0], {"Content-Type": "text/plain"}, reply[2]))
    verdicts, findings = watch.mirror(plain, "--full")
    assert verdicts == ["altered"]
    assert ("file.type", "assets/status.css") in findings
    assert ("file.type", "index.html") in findings
    assert ("file.type", "history.rss") not in findings


def test_a_list_that_lies_is_held_against_the_others(watch: Watch, serve: Serve) -> None:
    """A page altered, and the manifest with it: the same build has two contents, so one of the two is not ours."""
    mirror = serve()
    more = {"index.html": b"<html>Send money</html>", "more.html": b"<html></html>"}
    mirror.files = with_manifest({**mirror.files, **more})
    del mirror.files["history.rss"]
    mirror.files = with_manifest(mirror.files)
    found = [("unlisted", "history.rss"), ("added", "more.html"), ("listed_otherwise", "index.html")]
    assert watch.mirror(mirror) == (["altered", "incomplete"], found)


def test_the_folder_here_proves_which_of_two_is_altered(watch: Watch, serve: Serve) -> None:
    """Both addresses have the same build as `site/`: the one that differs from it is named."""
    good = dict(watch.origin.files)
    watch.origin.files = with_manifest({**good, "index.html": b"<html>Send money</html>"})
    for path, content in good.items():
        (watch.admin.folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (watch.admin.folder / "site" / path).write_bytes(content)
    origin, mirror = watch.found(serve(good))
    assert [finding["what"] for finding in origin["findings"]] == ["listed_otherwise"]
    assert origin["findings"][0]["than"] == str(watch.admin.folder / "site")
    assert mirror["verdict"] == "current"


def test_another_site_is_not_taken_for_this_one(watch: Watch, serve: Serve) -> None:
    """A domain that was given up and belongs to somebody else by now."""
    verdicts, findings = watch.mirror(serve(site(site="https://status.stranger.example/", revision="c" * 40)))
    assert verdicts[0] == "altered"
    assert ("another_site", "") in findings


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a/../../b", "https://x.example/"])
def test_a_list_that_leads_out_of_the_site_is_not_followed(path: str, watch: Watch, serve: Serve) -> None:
    """Nothing of it is fetched."""
    mirror = serve(with_manifest({**site(), path: b"x"}))
    assert watch.mirror(mirror) == (["altered"], [("manifest_unsound", "")])
    assert set(mirror.asked) == {"/build.json", "/manifest.json"}


# Unreachable


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_host_that_answers_with_an_error_is_unreachable(status: int, watch: Watch, serve: Serve) -> None:
    """With the status that it answers."""
    found = watch.finding(serve(treat=lambda *_: (status, {}, b"Sorry")))
    assert (found["verdict"], found["what"], found["status"]) == ("unreachable", "status", status)


def test_a_name_that_nobody_knows(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on the day that started it all: every server runs, and nobody knows the name. No resolver is asked here."""
    known = socket.getaddrinfo

    def look_up(host: str, *more: Any, **named: Any) -> Any:
        if host == "status.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    found = watch.finding("https://status.invalid/")
    assert (found["verdict"], found["what"]) == ("unreachable", "silence.dns")


def test_a_host_where_nobody_listens(watch: Watch, serve: Serve) -> None:
    """The connection is refused."""
    server = start(host := Host(site()))
    server.shutdown()
    server.server_close()
    assert watch.finding(host.url)["what"] == "silence.refused"


def test_a_certificate_that_cannot_be_trusted(watch: Watch, serve: Serve) -> None:
    """From an authority that nobody knows, or for another name: each is said in the words of the library."""
    unknown = serve(certificate=trustme.CA().issue_cert("localhost"), name="localhost")
    found = watch.finding(unknown)
    assert found["what"] == "silence.tls"
    assert "certificate" in found["detail"]


def test_a_certificate_for_another_name(watch: Watch, serve: Serve, tmp_path: Path) -> None:
    """A host that knows nothing of this name shows some other one's; the right one is taken."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    watch.admin.environment["SSL_CERT_FILE"] = str(tmp_path / "ca.pem")
    good = serve(certificate=authority.issue_cert("localhost"), name="localhost")
    assert watch.mirror(good) == (["current"], [])
    foreign = serve(certificate=authority.issue_cert("status.example.org"), name="localhost")
    found = watch.finding(foreign)
    assert found["what"] == "silence.tls"
    assert "localhost" in found["detail"]


def test_a_host_that_hangs_up(watch: Watch, serve: Serve) -> None:
    """Without a word."""
    assert watch.finding(serve(treat=lambda *_: None))["what"] == "silence.dropped"


@pytest.mark.parametrize("path", ["/build.json", "/history.rss"])
def test_a_host_that_is_too_slow(path: str, watch: Watch, serve: Serve) -> None:
    """It sends a byte now and then, for ever: nobody waits for the end."""

    ended: list[int] = []

    def drip(host: Host, _path: str, _reply: Reply) -> None:
        host.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        for _ in range(1200):
            time.sleep(0.05)
            host.handler.wfile.write(b" ")
        ended.append(1)

    mirror = serve(treat=only(path, drip))
    assert watch.mirror(mirror, "--timeout", "3") == (["unreachable"], [("silence.slow", "")])
    assert ended == []


def test_a_file_that_never_ends_is_read_no_further_than_needed(watch: Watch, serve: Serve) -> None:
    """Its size is known: a megabyte more is enough to see that it is another file."""
    sent: list[int] = []

    def endless(host: Host, _path: str, _reply: Reply) -> None:
        host.handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while len(sent) < 500:
            host.handler.wfile.write(b"x" * 100_000)
            sent.append(1)

    assert watch.mirror(serve(treat=only("/", endless))) == (["altered"], [("file.altered", "index.html")])
    assert len(sent) < 300


def test_what_is_packed_wrongly_did_not_arrive(watch: Watch, serve: Serve) -> None:
    """It says gzip, and is none."""
    mirror = serve(treat=lambda _host, _path, reply: (200, {"Content-Encoding": "gzip"}, reply[2]))
    assert watch.finding(mirror)["what"] == "silence.garbled"


# Redirects


def redirect(to: str) -> Treat:
    return lambda _host, path, _reply: (301, {"Location": to + path.removeprefix("/")}, b"")


def test_where_an_address_leads_is_told(watch: Watch, serve: Serve) -> None:
    """The site is there all the same."""
    other = serve()
    mirror = serve(treat=redirect(other.url.replace("127.0.0.1", "localhost")))
    _, told = watch.found(mirror)
    assert (told["verdict"], told["findings"]) == ("current", [])
    assert [(remark["what"], remark["to"]) for remark in told["remarks"]] == [
        ("leads_to", other.url.replace("127.0.0.1", "localhost"))
    ]


def test_a_mirror_that_leads_to_the_site_is_none(watch: Watch, serve: Serve) -> None:
    """It is gone when the site is."""
    server = serve(treat=redirect(watch.origin.url))
    mirror = server.url.replace("127.0.0.1", "localhost")
    assert watch.finding(mirror)["what"] == "leads_to_another"


@pytest.mark.parametrize("to", ["/build.json?", "ftp://example.org/", "//["])
def test_a_redirect_to_nowhere_is_no_answer(to: str, watch: Watch, serve: Serve) -> None:
    """In circles, to something that is no web address, or to none at all."""
    mirror = serve(treat=lambda _host, _path, _reply: (302, {"Location": to}, b""))
    assert watch.finding(mirror)["what"] in ("silence.redirects", "silence.address", "silence.network")


# What is said


REFERENCE = (Path(__file__).parent.parent / "reference" / "mirrors.md").read_text(encoding="utf-8")


def test_the_reference_tells_of_every_verdict_and_every_field(watch: Watch) -> None:
    """In the order of the code: the worst first."""
    assert tuple(re.findall(r"^\| `(\w+)` \|", REFERENCE, re.MULTILINE))[: len(VERDICTS)] == VERDICTS
    told = [name for row in re.findall(r"^\| (`\w+`.*?) \|", REFERENCE, re.MULTILINE) for name in row.split(", ")]
    assert [name.strip("`") for name in told[len(VERDICTS) :]] == list(watch.found()[0])


@pytest.mark.parametrize("code", tool_languages())
def test_every_finding_has_words(code: str) -> None:
    """In every language that the commands speak, there is a sentence for all that may be found, and no other."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "mirrors").glob("*.py"))
    texts = tool_language(code, ZoneInfo("UTC")).texts["tool"]["mirrors"]
    assert set(texts["silence"]) == set(get_args(Reason))
    assert set(texts["file"]) == {*get_args(Fault), "missing_page"}
    assert set(texts["verdict"]) == set(VERDICTS)
    assert set(texts["change"]) == set(re.findall(r'Change\(\s*"(\w+)"', sources))
    plain = {name for name, text in texts.items() if name not in ("silence", "file", "verdict", "change")}
    told = set(re.findall(r'Finding\(\s*"\w+",\s*"(\w+)"', sources))
    assert told - plain == set()


def test_what_is_found_is_said_in_german_too(watch: Watch, serve: Serve) -> None:
    """In sentences, a paragraph for each address, with what was looked at."""
    mirror = serve(site(**OLD))
    del mirror.files["history.rss"]
    watch.admin.environment["LANG"] = "de_DE.UTF-8"
    result = watch.run(mirror.url)
    assert result.exit_code == 1
    site_, other = result.stdout.strip().split("\n\n")
    assert site_.replace("\u00a0", " ").splitlines() == [
        f"{watch.origin.url}: aktuell",
        "  gebaut am 2. März 2026, 11:00 Uhr aus aaaaaaaaaa",
        "  alle 9 Dateien angesehen",
    ]
    assert other.replace("\u00a0", " ").splitlines() == [
        f"{mirror.url}: UNVOLLSTÄNDIG und VERALTET",
        "  gebaut am 27. Februar 2026, 09:00 Uhr aus aaaaaaaaaa",
        "  alle 9 Dateien angesehen",
        "  um 3 Tage 2 Stunden älter: der neueste Bau ist vom 2. März 2026, 11:00 Uhr",
        "  history.rss fehlt",
    ]


def test_a_site_without_mirrors_is_looked_at_alone(watch: Watch) -> None:
    """And it is said how to name one."""
    result = watch.run()
    assert result.exit_code == 0
    assert "There is no mirror yet" in result.stdout


def test_of_many_findings_the_first_are_told(watch: Watch, serve: Serve) -> None:
    """Then how many more there are: the terminal is not flooded."""
    many = {f"n{number:02}/index.html": b"<html></html>" for number in range(40)}
    mirror = serve(with_manifest({**site(), **many}))
    for path in many:
        del mirror.files[path]
    told = watch.run(mirror.url, options=("--full",)).stdout
    assert told.count(" is missing") == 10
    assert "and 30 more of this kind" in told
