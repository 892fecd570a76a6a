"""Every page of both sites in a real browser: sound, readable by everybody, at home at any address."""

import json
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser

from generator.facts import is_open, is_upcoming
from generator.history import build_history
from tests.browser import MISSING, Window, find_chromium, read_headers, served, window
from tests.built import EXTERNAL, SITES, Built, links, resolve

LANGUAGES = [("velorent", "de"), ("velorent", "en"), ("demo", "de"), ("demo", "en"), ("demo", "fr")]
WIDTHS = (320, 390, 1280, 2560)
HEIGHT = 900
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()
_PRESENT = ("", "history/", "uptime/", "commitments/")
_KEPT = "[document.cookie, localStorage.length, sessionStorage.length, navigator.serviceWorker?.controller ?? null]"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
each_site = pytest.mark.parametrize("name", SITES)
each_language = pytest.mark.parametrize(("name", "code"), LANGUAGES)


@pytest.fixture
def site(name: str, sites: dict[str, Built]) -> Built:
    return sites[name]


def test_every_language_of_the_sites_is_tested(sites: dict[str, Built]) -> None:
    """A language that is added to a site is added here."""
    assert [(name, code) for name in SITES for code in sites[name].languages] == LANGUAGES


def test_without_chromium_the_tests_fail_and_say_what_to_install() -> None:
    """They are never skipped: a page that nobody looked at is not a page that passed."""
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"):
        find_chromium({"PATH": "/nowhere"}, "/nowhere/chrome")
    assert "CHROMIUM=" in MISSING


@each_language
def test_a_page_keeps_its_policy_and_to_itself_and_fits_every_screen(site: Built, code: str, browser: Browser) -> None:
    """No other host, nothing that its policy stops, no error, nothing kept on the device, no sideways scrolling."""
    with served(site.folder) as base, window(browser, base, site.now) as seen:
        faults = [fault for address in site.pages(code) for fault in _visit(seen, address)]
        assert not seen.page.context.cookies()
    assert faults == []


def _visit(seen: Window, address: str) -> Iterator[str]:
    status = seen.open(address)
    if status != 200:
        yield f"/{address}: status {status}"
    for width in WIDTHS:
        seen.page.set_viewport_size({"width": width, "height": HEIGHT})
        over = seen.page.evaluate(_OVERFLOW)
        if over > 0:
            yield f"/{address}: {over} px too wide at {width} px"
    found, kept = seen.page.evaluate("window.violated"), seen.page.evaluate(_KEPT)
    yield from (f"/{address}: policy: {violation}" for violation in found)
    if kept != ["", 0, 0, None]:
        yield f"/{address}: kept on the device: {kept}"
    yield from (f"/{address}: {fault}" for fault in seen.take_faults())


@each_language
def test_no_kind_of_page_has_a_barrier_that_can_be_found_by_machine(site: Built, code: str, browser: Browser) -> None:
    """WCAG 2.2 AA and best practice, on a telephone."""
    assert _all_barriers(site, code, browser, RULES, {"width": 390, "height": HEIGHT}, "light") == []


@each_site
def test_by_night_everything_can_be_made_out(site: Built, browser: Browser) -> None:
    """Colours have enough contrast in the dark scheme, too, here on a desk."""
    size = {"width": 1280, "height": HEIGHT}
    assert _all_barriers(site, site.languages[0], browser, ["color-contrast"], size, "dark") == []


def _all_barriers(
    site: Built, code: str, browser: Browser, rules: list[str], size: dict[str, int], scheme: str
) -> list[str]:
    faults = []
    with served(site.folder) as base, window(browser, base, site.now, viewport=size, color_scheme=scheme) as seen:
        for address in site.kinds(code):
            seen.open(address)
            faults += [f"/{address}: {fault}" for fault in _barriers(seen, rules)]
    return faults


def _barriers(seen: Window, rules: list[str]) -> Iterator[str]:
    seen.page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
    only = {"runOnly": rules, "resultTypes": ["violations"]}
    for violation in _AXE.run(seen.page, options=only).response["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html'][:150]} {node['failureSummary'][:300]}"


@each_language
def test_a_page_has_one_heading_its_language_and_a_title(site: Built, code: str) -> None:
    """What a screen reader says first; the front page's heading is its answer, its title the site's name."""
    for address in site.pages(code):
        tree = site.tree(address)
        heading = tree.xpath("//h1")
        assert len(heading) == 1, address
        assert tree.get("lang") == code, address
        named = site.project.settings.name if not site.inside(address) else heading[0].text_content().strip()
        assert named in tree.findtext(".//title"), address


@each_site
def test_every_link_leads_somewhere_and_stays_relative(site: Built) -> None:
    """Internal addresses exist with their fragments; whole addresses are this site's own, or plain links."""
    faults = [
        f"/{page}: {written}" for page in site.pages() for element, written in links(site.tree(page))
        if not _leads_somewhere(site, page, element, written)
    ]  # fmt: skip
    assert faults == []


def _leads_somewhere(site: Built, page: str, element: html.HtmlElement, written: str) -> bool:
    if written.startswith(site.url):
        address, fragment = written.removeprefix(site.url), ""
    elif written.startswith(EXTERNAL):
        return bool(element.tag == "a")
    elif written.startswith("/"):
        return False
    else:
        address, fragment = resolve(page, written)
    if not site.file(address).is_file():
        return False
    return not fragment or bool(site.tree(address).xpath("//*[@id=$id]", id=fragment))


@each_site
def test_the_folder_works_below_any_path(site: Built) -> None:
    """Following every link from the front page reaches every page, at the root of a host and deep below it."""
    reached = []
    for below in ("/", "/some/deep%20path/"):
        with served(site.folder, below) as base:
            reached.append(_crawl(base))
    assert reached[0] == reached[1]
    assert set(site.pages()) <= reached[0]


def _crawl(base: str) -> set[str]:
    """The addresses below `base` that links reach; every one of them has to answer."""
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        address = waiting.pop()
        if address in reached:
            continue
        reached.add(address)
        with urlopen(Request(base + address), timeout=10) as answer:
            assert answer.status == 200
            body = answer.read() if answer.headers.get_content_type() == "text/html" else b""
        inside = links(html.fromstring(body)) if body else ()
        waiting += [resolve(address, to)[0] for _, to in inside if not to.startswith(EXTERNAL)]
    return reached


@each_site
def test_the_page_for_an_unknown_address_leads_home_from_any_depth(site: Built, browser: Browser) -> None:
    """It is served where its own address is not known, so it is dressed and leads home all the same."""
    with served(site.folder) as base, window(browser, base, site.now) as seen:
        assert seen.open("no/such/page/") == 404
        assert seen.page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        seen.page.click("a.button")
        assert seen.page.url == base
        faults = [fault for fault in seen.take_faults() if "404" not in fault]
    assert faults == []


@each_language
def test_a_page_links_to_itself_in_the_other_languages(site: Built, code: str) -> None:
    """For readers by a link, for search engines by `hreflang`; a page that is missing there leads to the front."""
    for address in site.pages(code):
        tree = site.tree(address)
        shown = {a.get("hreflang"): resolve(address, a.get("href"))[0] for a in tree.xpath("//header//a[@hreflang]")}
        there = {other: site.project.settings.prefix(other) for other in site.languages}
        same = {other: root + site.inside(address) for other, root in there.items()}
        exists = {other for other in site.languages if site.file(same[other]).is_file()}
        wanted = {other: same[other] if other in exists else there[other] for other in site.languages if other != code}
        assert shown == wanted, address
        told = {link.get("hreflang"): link.get("href") for link in tree.xpath("//head/link[@hreflang]")}
        assert told.pop("x-default", None) in {site.url + path for path in same.values()}, address
        assert told == {other: site.url + same[other] for other in exists}, address


@each_language
def test_the_head_of_every_page_names_the_feeds_of_its_language(site: Built, code: str) -> None:
    """A reader's program finds them from any page; on a component's page its own comes first."""
    names = ("history.rss", "history.atom", "feed.json", "maintenance.rss", "reports.rss")
    wanted = [site.project.settings.prefix(code) + name for name in names]
    for address in site.pages(code):
        found = site.tree(address).xpath("//head/link[@rel='alternate'][starts-with(@type, 'application/')]")
        own = [f"{address.rstrip('/')}.rss"] if "components/" in address else []
        assert [resolve(address, link.get("href"))[0] for link in found] == own + wanted, address
        assert len({link.get("title") for link in found}) == len(found), address


@each_language
def test_every_page_says_in_which_time_zone_its_times_are(site: Built, code: str) -> None:
    """In its own language."""
    for address in site.pages(code):
        assert site.words(code).zone_sentence in site.text(address), address


@each_language
def test_a_page_about_the_present_says_as_of_when_and_a_finished_one_when_it_changed(site: Built, code: str) -> None:
    """Never both: a finished post-mortem does not know when it was built."""
    words, prefix = site.words(code), site.project.settings.prefix(code)
    as_of = words("time.as_of", time=words.instant(site.now))
    changed = words("time.changed", time="").strip()
    present = {prefix + path for path in _PRESENT} | {page for page in site.pages(code) if "components/" in page}
    history = build_history(site.project.records, site.project.settings, site.now)
    for course in history.courses:
        address = f"{prefix}incidents/{course.incident.id}/"
        text = site.text(address)
        lasting = not (is_open(course) or is_upcoming(course))
        assert (changed in text) == lasting, address
        assert (as_of in text) == (not lasting), address
    for address in present:
        assert as_of in site.text(address), address
        assert changed not in site.text(address), address


@each_site
def test_without_script_readers_find_their_way(site: Built, browser: Browser) -> None:
    """The menu, the newest report, its translation and back: nothing needs JavaScript."""
    first, second = site.languages[:2]
    with served(site.folder) as base, window(browser, base, java_script_enabled=False) as seen:
        seen.open("")
        for item in seen.page.locator("nav.menu a").all_text_contents():
            seen.page.click(f"nav.menu a:text-is({json.dumps(item, ensure_ascii=False)})")
            assert seen.page.locator("h1").count() == 1
        seen.open("")
        seen.page.click("ol.incidents a >> nth=0")
        here = seen.page.url.removeprefix(base)
        assert here.startswith("incidents/")
        seen.page.click(f"nav.languages a[hreflang={second}]")
        assert seen.page.url == f"{base}{second}/{here}"
        assert seen.page.locator("html").get_attribute("lang") == second
        seen.page.click(f"nav.languages a[hreflang={first}]")
        assert seen.page.url == base + here
        assert seen.take_faults() == []


@each_site
def test_folded_parts_open_with_the_keyboard(site: Built, browser: Browser) -> None:
    """The tables behind the pictures are one key away."""
    with served(site.folder) as base, window(browser, base, java_script_enabled=False) as seen:
        seen.open("uptime/")
        seen.page.locator("summary").first.focus()
        seen.page.keyboard.press("Enter")
        assert seen.page.locator("details").first.get_attribute("open") is not None


@each_site
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(site: Built) -> None:
    """What the host is told to send along, for every address."""
    rules = dict(read_headers((site.folder / "_headers").read_text(encoding="utf-8")))
    policy = dict(part.strip().partition(" ")[::2] for part in rules["/*"]["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in " ".join(policy.values())
    assert policy["script-src"] == "'self'"
    assert rules["/*"]["X-Content-Type-Options"] == "nosniff"
    assert "includeSubDomains" not in rules["/*"]["Strict-Transport-Security"]
