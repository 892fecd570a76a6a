"""Asking the web: certificates, hops and what pages load, of servers on this machine that behave as a test says."""

import asyncio
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trustme

from generator.declared import Dependence
from generator.independence import Question, exit_status, judge
from generator.independence.evidence import Certificate, Hop, Pages, Unknown
from generator.probing import Manner, gather
from generator.probing.crawling import Crawl
from generator.probing.dialing import Line, Server
from generator.probing.fetching import MAX_BYTES, Browser
from generator.probing.parsing import parse_page, parse_styles
from generator.probing.shaking import fetch_certificate
from generator.probing.waiting import Patience, attempt
from tests.small_dns import book, small_dns

Talk = Callable[[socket.socket, str], None]
"""What a server does with a connection; it is told the path that was asked for."""
LOCAL = {("site.example", "A"): ("site.example. 300 IN A 127.0.0.1",),
         ("www.velo.rent", "A"): ("www.velo.rent. 300 IN A 127.0.0.1",)}  # fmt: skip


@contextmanager
def web(talk: Talk, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port of a server that treats each connection so."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(plain: socket.socket) -> None:
        try:
            with plain if context is None else context.wrap_socket(plain, server_side=True) as connection:
                asked = connection.recv(4000).decode("latin-1").split()
                talk(connection, asked[1] if len(asked) > 1 else "")
        except (OSError, ssl.SSLError):
            pass

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def page(body: str | bytes = "", status: str = "200 OK", *headers: str) -> Talk:
    content = body.encode() if isinstance(body, str) else body
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", "Connection: close", *headers))
    return lambda connection, _: connection.sendall(head.encode() + b"\r\n\r\n" + content)


def pages(**by_path: Talk) -> Talk:
    """Several pages: `index` is the front page; what is not there is 404."""

    def talk(connection: socket.socket, path: str) -> None:
        name = path.strip("/").replace(".", "_").replace("/", "__") or "index"
        by_path.get(name, page("", "404 Not Found"))(connection, path)

    return talk


def moved(target: str) -> Talk:
    return page("", "302 Found", f"Location: {target}")


def crawled(talk: Talk, step: float = 8, total: float = 60) -> Pages:
    """What a walk over `http://site.example` finds."""

    async def run(dns: int, port: int) -> Pages:
        browser = Browser(Line((Server("127.0.0.1", dns),), Patience(total, step)))
        try:
            return await Crawl(browser, f"http://site.example:{port}/").walk()
        finally:
            await browser.close()

    with small_dns(book(LOCAL)) as dns, web(talk) as port:
        return asyncio.run(run(dns, port))


def why(found: Pages) -> list[str]:
    return [unknown.reason for _, unknown in found.unread]


class TestPages:
    """What is loaded, and over which hops."""

    def test_everything_that_is_loaded_is_found(self) -> None:
        """In the page, in its style sheet, in what that imports, and on the pages that it links to."""
        found = crawled(
            pages(
                index=page(
                    "<link rel=stylesheet href=/a.css><a href=/two/>two</a><a href=https://www.velo.rent/>x</a>"
                ),
                a_css=page("@import 'b.css'; p{background:url(https://cdn.example/1.png)}"),
                b_css=page("@font-face{src:url('//fonts.example/2.woff')}"),
                two=page("<script src='https://js.example/3.js'></script>"),
            )
        )
        assert {load.host for load in found.loads} == {"site.example", "cdn.example", "fonts.example", "js.example"}
        assert found.read == 2
        assert found.hops == ()

    def test_a_link_loads_nothing(self) -> None:
        """A page may link to what it reports on."""
        assert crawled(page("<a href=https://www.velo.rent/>velorent</a>")).loads == ()

    def test_every_hop_is_kept(self) -> None:
        """Of the page, of what it loads, and of a refresh in HTML."""
        found = crawled(
            pages(
                index=moved("/de/"),
                de=page("<meta http-equiv=Refresh content='0; URL=/start/'><img src=/logo.png>"),
                logo_png=moved("http://www.velo.rent:1/logo.png"),
            )
        )
        targets = [hop.target.rpartition(":")[2].partition("/")[2] for hop in found.hops]
        assert targets == ["de/", "start/", "logo.png"]
        assert why(found) == ["refused"]

    def test_a_hop_before_a_failure_is_kept(self) -> None:
        """What stands behind it may be down just now: that it is on the way is the news."""
        found = crawled(moved("http://www.velo.rent:1/"))
        assert [type(hop) for hop in found.hops] == [Hop]
        assert (found.read, why(found)) == (0, ["refused"])

    def test_redirects_without_an_end_are_a_reason(self) -> None:
        assert why(crawled(moved("/"))) == ["hops"]

    @pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "http://", "http://[", "//:80/"])
    def test_a_redirect_to_no_web_address_is_a_reason(self, target: str) -> None:
        assert len(why(crawled(moved(target)))) == 1

    def test_a_page_without_an_end_is_read_to_a_limit(self) -> None:
        """And what was read counts."""

        def endless(connection: socket.socket, _: str) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n<img src=https://cdn.example/1.png>")
            while True:
                connection.sendall(b"<p>more</p>" * 1000)

        found = crawled(endless)
        assert why(found)[0] == "too_large"
        assert "cdn.example" in {load.host for load in found.loads}

    def test_a_page_that_unpacks_without_an_end_is_read_to_a_limit(self) -> None:
        """Packed although we ask for it plain."""
        bomb = gzip.compress(b"<p>" + b" " * (MAX_BYTES * 20))
        assert why(crawled(page(bomb, "200 OK", "Content-Encoding: gzip"))) == ["too_large"]

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            (b"\xff\xfe nonsense\r\n\r\n", "malformed"),
            (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000, "malformed"),
            (b"", "malformed"),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "malformed"),
        ],
        ids=["nonsense", "headers without end", "nothing", "cut short"],
    )
    def test_an_answer_that_is_none_is_a_reason(self, said: bytes, reason: str) -> None:
        assert why(crawled(lambda connection, _: connection.sendall(said))) == [reason]

    @pytest.mark.parametrize("drip", [b"", b"H"])
    def test_silence_and_drops_are_a_reason(self, drip: bytes) -> None:
        """A byte now and then does not keep us."""

        def slow(connection: socket.socket, _: str) -> None:
            while True:
                connection.sendall(drip)
                time.sleep(0.05)

        assert why(crawled(slow, step=0.2)) == ["silent"]

    @pytest.mark.parametrize("status", ["500 Oops", "403 Forbidden", "429 Too Many Requests", "404 Not Found"])
    def test_a_front_page_with_an_error_proves_nothing(self, status: str) -> None:
        found = crawled(page("<p>", status))
        assert (found.read, why(found)) == (0, ["status"])

    def test_more_pages_than_are_read_are_told(self) -> None:
        """What was not looked at is not passed over."""
        links = "".join(f"<a href=/{number}/>x</a>" for number in range(200))
        assert why(crawled(page(links))) == ["too_many"]

    def test_what_is_no_page_is_not_read(self) -> None:
        """A page may link to a film, however long; it loads nothing by itself."""
        film = page(b"\x00" * (MAX_BYTES + 1), "200 OK", "Content-Type: video/mp4")
        found = crawled(pages(index=page("<a href=/film>x</a>"), film=film))
        assert (found.read, found.unread) == (1, ())

    def test_mail_addresses_on_the_pages_are_noted(self) -> None:
        found = crawled(page("<a href='mailto:Hilfe@Velo.Rent?subject=x'>x</a><a href=mailto:nobody>y</a>"))
        assert found.mail == ("velo.rent",)


@pytest.mark.parametrize(
    ("html", "loaded"),
    [
        ("<img srcset='a.png 1x, //b.example/c.png 2x'>", {"a.png", "//b.example/c.png"}),
        ("<p style='background:url(\"d.png\")'>", {"d.png"}),
        ("<style>@import url(e.css);p{background:image-set('f.png' 1x)}</style>", {"e.css", "f.png"}),
        ("<svg><use href='s.svg#a'/><image xlink:href='i.png'/></svg>", {"s.svg#a", "i.png"}),
        ("<link rel='icon shortcut' href=i.ico><link rel=canonical href=c><link rel=alternate href=f>", {"i.ico"}),
        ("<link rel='preconnect' href='https://p.example'>", {"https://p.example"}),
        ("<video poster=p.jpg><source src=v.mp4></video><object data=o></object>", {"p.jpg", "v.mp4", "o"}),
        ("<img src='data:image/png;base64,AA'><img src=''><img>", set()),
        ("<!-- <img src=x.png> --><script>'<img src=y.png>'</script>", set()),
        ("", set()),
        ("\x00\x01 no html", set()),
        ("<b>" * 5000 + "<img src=deep.png>", set()),
    ],
)
def test_what_html_loads(html: str, loaded: set[str]) -> None:
    """As browsers do it; a comment loads nothing, and nesting without end does no harm."""
    found = set(parse_page(html.encode()).things)
    assert found == loaded or (len(html) > 5000 and found <= {"deep.png"})


@pytest.mark.parametrize(
    ("css", "loaded"),
    [
        ("@import 'a.css' screen; @import url(b.css);", ("a.css", "b.css")),
        ("p{background:URL( 'c.png' ),url(d.png)}", ("c.png", "d.png")),
        ("@media print{@supports (a:b){p{src:url(e)}}}", ("e",)),
        ("/* url(no.png) */ p::after{content:'url(no.png)'}", ()),
        ("p{background:url(data:image/png;base64,AA)}", ()),
        ("(" * 100_000, ()),
        ("p{background:url(", ()),
    ],
)
def test_what_css_loads(css: str, loaded: tuple[str, ...]) -> None:
    """Comments and texts load nothing; brackets without end do no harm."""
    assert parse_styles(css) == loaded


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Lab Authority")


def shown(authority: trustme.CA, trusted: trustme.CA | None = None, name: str = "site.example", **paper: Any) -> Any:
    """What comes of greeting a server that shows such a certificate, by the name site.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **paper).configure_cert(context)

    async def run(port: int) -> Certificate | Unknown:
        return await attempt(fetch_certificate(Patience(60, 8), ("127.0.0.1",), port, "site.example"))

    with pytest.MonkeyPatch.context() as patch, (trusted or authority).cert_pem.tempfile() as bundle:
        patch.setenv("SSL_CERT_FILE", bundle)
        with web(page(), context) as port:
            return asyncio.run(run(port))


class TestCertificates:
    """What a server shows, and whether a browser would take it."""

    def test_a_sound_one_is_read_whole(self, authority: trustme.CA) -> None:
        found = shown(authority)
        assert found.trouble == ""
        assert found.names == {"site.example"}
        assert found.issuer == "Lab Authority"
        assert len(found.fingerprint) == len(found.key) == 64
        assert found.until > datetime.now(UTC)

    def test_an_ended_one_is_read_and_refused(self, authority: trustme.CA) -> None:
        ended = datetime.now(UTC) - timedelta(days=1)
        found = shown(authority, not_before=ended - timedelta(days=30), not_after=ended)
        assert found.trouble == "certificate has expired"

    def test_one_for_another_name_is_read_and_refused(self, authority: trustme.CA) -> None:
        found = shown(authority, name="other.example")
        assert "hostname mismatch" in found.trouble
        assert found.names == {"other.example"}

    def test_one_of_an_authority_that_nobody_knows_is_read_and_refused(self, authority: trustme.CA) -> None:
        assert shown(authority, trusted=trustme.CA()).trouble != ""

    def test_a_server_without_tls_is_a_reason(self) -> None:
        async def run(port: int) -> Certificate | Unknown:
            return await attempt(fetch_certificate(Patience(60, 8), ("127.0.0.1",), port, "site.example"))

        with web(page()) as port:
            found = asyncio.run(run(port))
        assert isinstance(found, Unknown)
        assert found.reason == "tls"


def test_a_run_in_which_nothing_answers_ends_in_time_and_passes_nothing() -> None:
    """Every dimension that the network would show is unknown, and the command would say that it could not find out."""
    question = Question(("https://site.example/",), ("velo.rent",), ("site.example",), Dependence(), Dependence())
    now = datetime(2026, 11, 22, tzinfo=UTC)
    with small_dns(lambda query, tcp: None) as port:
        seen = gather(question, now, Manner(total=1, step=0.3, resolvers=(Server("127.0.0.1", port),)))
    findings = judge(seen, now)
    assert {found.dimension for found in findings if found.passed} <= {"domain", "tld", "hsts"}
    assert exit_status(findings) == 2
