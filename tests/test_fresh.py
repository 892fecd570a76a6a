"""What the reader's clock adds to a page, and that everything else is there without it."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route

from generator.config import read_theme, render_config
from generator.language import language
from generator.model import Incident
from generator.moments import Moment
from generator.pages.sheet import Sheet
from generator.records import Records
from generator.settings import Settings
from generator.site import build_site
from tests.browser import served, window
from tests.builders import BERLIN, entry, history, incident, settings, utc
from tests.built import Built, resolve
from tests.test_browser import RULES

Read = Callable[[str, timedelta], Page]
SCRIPT = read_theme("de")["de/assets/status.js"]
CODES = ("de", "en", "fr")
NOW = timedelta()
AGE = ".since[data-built]"
BUTTON = ".bottom button"
PLANNED, MOVE, OUTAGE = "2026-10-27-label-printers", "2026-10-20-invoice-archive", "2026-10-20-slow-orders"
SEED = "incidents/2021-07-17-dns/"
_ADDED = (
    "[...document.querySelectorAll('.since, .later, .stale, .local')].map(found => found.textContent).filter(Boolean)"
)
_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => { window.shifts.push(...list.getEntries().map(entry => entry.value)); })
    .observe({type: 'layout-shift', buffered: true});
"""
_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"
_PAINTED = """() => new Promise(done => new PerformanceObserver(
    list => list.getEntriesByName('first-contentful-paint').forEach(done)).observe({type: 'paint', buffered: true}))
"""
_PAINTED_FIRST = """
performance.getEntriesByName('first-contentful-paint')[0].startTime
    < performance.getEntriesByType('resource').find(file => file.name.endsWith('.js')).responseEnd
"""
_KEPT = "[window.violated.length, document.cookie, localStorage.length, sessionStorage.length]"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def reader(site: Built, browser: Browser, zone: str = "Europe/Berlin", **more: Any) -> Iterator[Read]:
    """Somebody in `zone`, who opens a page so much later than it was built. What it does wrong fails the test."""
    with served(site.folder) as base, window(browser, base, now=site.now, timezone_id=zone, **more) as seen:

        def read(address: str, later: timedelta = NOW) -> Page:
            seen.page.clock.set_fixed_time(site.now + later)
            seen.open(address)
            return seen.page

        yield read
        assert seen.take_faults() == []
        assert seen.page.evaluate(_KEPT) == [0, "", 0, 0]


@pytest.fixture
def demo(sites: dict[str, Built]) -> Built:
    """Built on 20 October 2026 at 10:15 in Berlin, with an outage, a maintenance, and one to come."""
    return sites["demo"]


@pytest.fixture
def velorent(sites: dict[str, Built]) -> Built:
    """Built on a calm day."""
    return sites["velorent"]


def words(code: str, key: str, **values: object) -> str:
    return language(code, BERLIN)(f"fresh.{key}", **values)


def planned(code: str, key: str) -> str:
    return language(code, BERLIN)(f"plan.{key}")


def overdue(code: str, clock: str) -> str:
    words = language(code, BERLIN)
    return words("front.overdue_by", time=words("time.clock", time=clock))


def at(site: Built, code: str, address: str = "") -> str:
    return site.project.settings.prefix(code) + address


def added(page: Page) -> list[str]:
    """Everything that the script says on a page."""
    found: list[str] = page.evaluate(_ADDED)
    return found


# How old a page is


AGES = {
    "de": {0: "gerade eben", 12: "vor 12 Minuten", 60: "vor 1 Stunde", 25 * 60 + 59: "vor 25 Stunden"},
    "en": {1: "1 minute ago", 12: "12 minutes ago", 3 * 60: "3 hours ago"},
    "fr": {0: "à l’instant", 12: "il y a 12 minutes"},
}


@pytest.mark.parametrize("code", AGES)
def test_beside_the_time_of_the_build_stands_how_long_ago_that_is(code: str, demo: Built, browser: Browser) -> None:
    """On the front page and at the foot of any other page about the present, in the words of its language."""
    with reader(demo, browser) as read:
        for address in ("", "uptime/"):
            for minutes, told in AGES[code].items():
                page = read(at(demo, code, address), timedelta(minutes=minutes))
                assert page.locator(AGE).all_text_contents() == [told], address


def test_a_clock_that_runs_slow_tells_no_age(demo: Built, browser: Browser) -> None:
    """No page was built in an hour from now."""
    with reader(demo, browser) as read:
        assert added(read("", -timedelta(hours=1))) == []


@pytest.mark.parametrize(("name", "code"), [("demo", "de"), ("velorent", "en")])
def test_at_the_time_of_the_build_nothing_is_added_but_the_age(
    name: str, code: str, sites: dict[str, Built], browser: Browser
) -> None:
    """For a reader in the site's zone, on every kind of page."""
    with reader(sites[name], browser) as read:
        for address in sites[name].kinds(code):
            page = read(address, NOW)
            assert added(page) == [words(code, "now")] * page.locator(AGE).count(), address
            assert page.locator("button").count() == 0, address


def test_a_page_left_open_grows_old_before_its_readers_eyes(demo: Built, browser: Browser) -> None:
    """Its age, what has become due, and that it is too old."""
    with served(demo.folder) as base, window(browser, base, timezone_id="Europe/Berlin") as seen:
        seen.page.clock.install(time=demo.now)
        seen.open("")
        assert added(seen.page) == [words("de", "now")]
        seen.page.clock.fast_forward("35:00")
        assert added(seen.page) == ["vor 35 Minuten", overdue("de", "10:45")]
        seen.page.clock.fast_forward("27:00:00")
        assert seen.page.locator(".stale").text_content() == words("de", "stale", age="vor 27 Stunden")


# What was due since


@pytest.mark.parametrize("code", CODES)
def test_a_next_update_that_did_not_come_is_called_overdue(code: str, demo: Built, browser: Browser) -> None:
    """Announced by 10:45, the page being of 10:15: at 10:45, on the front page and on the record's own."""
    with reader(demo, browser) as read:
        for address in ("", f"incidents/{OUTAGE}/"):
            for minutes, times in ((29, 0), (30, 1)):
                found = added(read(at(demo, code, address), timedelta(minutes=minutes)))
                assert found.count(overdue(code, "10:45")) == times, (address, minutes)


@pytest.mark.parametrize("code", CODES)
def test_planned_maintenance_begins_and_ends_by_its_plan(code: str, demo: Built, browser: Browser) -> None:
    """From 13 to 15 o'clock in Berlin: in the list on the front page, and on its own page."""
    status, begun, ended = language(code, BERLIN)("status.scheduled"), planned(code, "begun"), planned(code, "ended")
    with reader(demo, browser) as read:
        for clock, wanted in {"11:59": "", "12:00": begun, "13:59": begun, "14:00": ended}.items():
            then = utc(f"2026-10-27 {clock}") - demo.now
            item = read(at(demo, code), then).locator(f"li:has(a[href*='{PLANNED}']) .until")
            assert seen_in(item) == (wanted or status), clock
            own = read(at(demo, code, f"incidents/{PLANNED}/"), then).locator(".meta .until")
            assert seen_in(own) == (wanted or status), clock


def seen_in(place: Locator) -> str:
    """The one of several words in the same place that is to be seen, alone."""
    shown = [words.inner_text() for words in place.locator(":scope > *").all() if words.is_visible()]
    assert len([text for text in shown if text]) == 1
    return "".join(shown)


def test_running_maintenance_is_over_when_its_window_is(demo: Built, browser: Browser) -> None:
    """That it had begun the page says itself."""
    with reader(demo, browser) as read:
        for clock, wanted in {"09:59": "Läuft gerade", "10:00": planned("de", "ended")}.items():
            page = read("", utc(f"2026-10-20 {clock}") - demo.now)
            assert seen_in(page.locator(f"section:has(a[href*='{MOVE}']) .meta .until")) == wanted


def test_the_script_knows_what_was_due_and_when_the_page_was_built() -> None:
    """So it does not say again what was overdue at the build already."""
    page = front([_promising("2026-03-05 11:30")], "2026-03-05 12:00")
    assert "Update due by" in page
    assert "later" not in page
    assert 'data-built="2026-03-05T12:00:00Z"' in page


def test_an_uncertain_promise_is_overdue_when_it_is_so_for_certain() -> None:
    """One for some time on a day is not late at noon."""
    page = front([_promising("2026-03-05")], "2026-03-05 12:00")
    assert '<span class="later" data-at="2026-03-06T00:00:00Z" data-words="Update is late' in page
    assert '<time datetime="2026-03-05">' in page


def _promising(next_update: str) -> Incident:
    return incident([entry("2026-03-05 11:00", "investigating", {"shop": "major_outage"}, next_update=next_update)])


def front(records: list[Incident], now: str) -> str:
    """The English front page of some records."""
    return str(build_site(Records(tuple(records)), settings(), utc(now))["en/index.md"])


# A page that is too old


@pytest.mark.parametrize(("code", "age"), [("de", "vor 3 Tagen"), ("en", "3 days ago")])
def test_a_page_older_than_it_should_be_says_so(code: str, age: str, velorent: Built, browser: Browser) -> None:
    """After 26 hours, first of all that is read, and it no longer looks as if all were well."""
    with reader(velorent, browser) as read:
        page = read(at(velorent, code), timedelta(hours=26))
        assert page.locator("[role=status]").text_content() == ""
        assert page.locator(".banner.tone-good").count() == 1
        page = read(at(velorent, code), timedelta(days=3))
        assert page.locator("[role=status]").text_content() == words(code, "stale", age=age)
        assert page.locator("[role=status]").is_visible()
        assert page.evaluate("document.querySelector('.stale').nextElementSibling.tagName") == "HEADER"
        assert page.locator(".tone-good").count() == 0


def test_a_finished_report_never_gets_too_old(velorent: Built, browser: Browser) -> None:
    """It says when it changed, and has nothing that the clock could add to."""
    assert not velorent.tree(SEED).xpath("//*[contains(@class, 'since') or contains(@class, 'stale')]")
    with reader(velorent, browser) as read:
        assert added(read(SEED, timedelta(days=3000))) == []


@pytest.mark.parametrize("height", [640, 400])
def test_the_note_hides_nothing_for_good(height: int, velorent: Built, browser: Browser) -> None:
    """What lies under it can be scrolled into sight; on a low screen it scrolls along."""
    with reader(velorent, browser, viewport={"width": 320, "height": height}) as read:
        page = read("", timedelta(days=3))
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        last, note = (_box(page, name) for name in (".bottom .column > :last-child", ".stale"))
        free = note["y"] if height > 480 else height
        assert 0 < last["y"] + last["height"] <= free


def _box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return {"y": found["y"], "height": found["height"]}


def test_how_old_is_too_old_is_a_setting() -> None:
    """In hours, 26 unless the settings say otherwise."""
    assert script_data(settings(), "en")["hours"] == "26"
    assert script_data(settings(stale_after="3"), "en")["hours"] == "3"


def script_data(found: Settings, code: str) -> dict[str, str]:
    told: dict[str, str] = json.loads(render_config(found, language(code, BERLIN)))["extra"]["site"]["script_data"]
    return told


# The reader's own zone


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Paris"])
def test_who_lives_by_the_sites_clock_is_offered_no_other(zone: str, velorent: Built, browser: Browser) -> None:
    """By whatever name their zone goes."""
    with reader(velorent, browser, zone) as read:
        for address in ("", SEED):
            assert read(address, NOW).locator("button").count() == 0


TOLD = {
    "de": (
        "kurz nach 9 (bei Ihnen zwischen 03:00\u00a0Uhr und 03:15\u00a0Uhr)",
        "gegen 11:14 (bei Ihnen gegen 05:14\u00a0Uhr)",
        "in aller Früh (bei Ihnen zwischen 16. Juli, 18:00\u00a0Uhr und 03:15\u00a0Uhr)",
    ),
    "en": (
        "shortly after 9 (between 03:00 and 03:15 your time)",
        "around 11:14 (around 05:14 your time)",
        "in the early hours (between 16 July, 18:00 and 03:15 your time)",
    ),
}


@pytest.mark.parametrize("code", TOLD)
def test_times_are_shown_in_the_readers_zone_and_back(code: str, velorent: Built, browser: Browser) -> None:
    """Behind those of the page, as uncertain as they are, with the day where it is another; also by keyboard."""
    with reader(velorent, browser, "America/New_York") as read:
        page = read(at(velorent, code, SEED), NOW)
        before, button = page.locator("article").inner_text(), page.locator(BUTTON)
        assert button.text_content() == words(code, "mine")
        button.focus()
        page.keyboard.press("Enter")
        shown = page.locator("article").inner_text()
        assert [text for text in TOLD[code] if text not in shown] == []
        assert button.text_content() == words(code, "site")
        page.keyboard.press("Enter")
        assert page.locator("article").inner_text() == before
        assert button.text_content() == words(code, "mine")


def test_exact_times_get_the_readers_clock_time_and_mere_days_get_none(demo: Built, browser: Browser) -> None:
    """Tokyo is eight hours ahead of Berlin in winter time, seven in summer time."""
    with reader(demo, browser, "Asia/Tokyo") as read:
        page = read(f"incidents/{PLANNED}/", NOW)
        page.click(BUTTON)
        shown = page.locator("article").inner_text()
        assert "13:00\u00a0Uhr (bei Ihnen 21:00\u00a0Uhr)" in shown
        assert "Stand: Dienstag, 20. Oktober 2026, 10:15\u00a0Uhr (bei Ihnen 17:15\u00a0Uhr)" in shown
        page = read(f"components/{demo.project.settings.components[0].id}/", NOW)
        page.click(BUTTON)
        assert page.locator("time:not([datetime*=T]) .local").count() == 0


@pytest.mark.parametrize(
    ("written", "attributes"),
    [
        ("2026-03-05 11:00", 'datetime="2026-03-05T11:00:00Z"'),
        ("2026-03-05", 'datetime="2026-03-05"'),
        ("~2026-03-05 11:00", 'datetime="2026-03-05T11:00:00Z" data-form="about"'),
        ({"before": "2026-03-05 11:00"}, 'datetime="2026-03-05T11:00:00Z" data-form="before"'),
        ({"after": "2026-03-05 11:00"}, 'datetime="2026-03-05T11:00:00Z" data-form="after"'),
        (
            {"between": ["2026-03-05 11:00", "2026-03-05 12:00"]},
            'datetime="2026-03-05T11:00:00Z" data-form="between" data-end="2026-03-05T12:00:00Z"',
        ),
    ],
)
def test_a_time_tells_the_script_how_exact_it_is(written: object, attributes: str) -> None:
    """So that nothing is shown in another zone as more exact than it was told."""
    moment = Moment.model_validate(written, context={"zone": ZoneInfo("UTC"), "languages": CODES})
    sheet = Sheet(history([], utc("2026-03-06 12:00")), language("en", BERLIN), "")
    assert sheet.time(moment, "then") == f"<time {attributes}>then</time>"


# What the script is allowed, and what it costs


def test_the_script_is_small_and_asks_for_nothing() -> None:
    """Less than 1.6 kB compressed, readable as it is; no storage, no request, no markup."""
    assert len(gzip.compress(SCRIPT, 9)) < 1600
    source = SCRIPT.decode()
    forbidden = "fetch|XMLHttpRequest|sendBeacon|WebSocket|import|eval|Function|innerHTML|document.write|Storage|cookie"
    assert re.findall(forbidden, source) == []
    assert max(len(line) for line in source.splitlines()) <= 120


@pytest.mark.parametrize("code", CODES)
def test_the_script_has_all_its_words_from_the_page(code: str) -> None:
    """Each that it asks for is there, and each that is there it asks for."""
    asked = set(re.findall(r"words\.(\w+)", SCRIPT.decode())) | {"about", "before", "after", "between"}
    assert asked == script_data(settings(languages=CODES), code).keys()


def test_every_page_loads_the_script_once_from_the_sites_root(demo: Built) -> None:
    """All languages share one file, and no page waits for it."""
    for address in demo.pages():
        scripts = demo.tree(address).xpath("//script")
        assert [resolve(address, script.get("src"))[0] for script in scripts] == ["assets/status.js"], address
        assert scripts[0].get("defer") is not None


def test_nothing_moves_when_the_script_comes_late(demo: Built, browser: Browser) -> None:
    """What it adds has its place already, or lies above the page; here on a telephone, with everything to be said."""
    then, size = utc("2026-10-27 12:30").timestamp() * 1000, {"width": 320, "height": 3000}
    with served(demo.folder) as base, window(browser, base, timezone_id="America/New_York", viewport=size) as seen:
        # Not by Playwright's clock: it stops the browser's own measurements, too.
        seen.page.add_init_script(f"Date.now = () => {then}; {_SHIFTS}")
        seen.page.route("**/status.js", _late)
        for address in ("", f"incidents/{PLANNED}/", f"incidents/{OUTAGE}/", "uptime/"):
            seen.open(address)
            seen.page.evaluate(_FRAMES)
            assert len(added(seen.page)) > 1, address
            assert seen.page.evaluate(_PAINTED_FIRST), address
            assert seen.page.evaluate("window.shifts") == [], address


def _late(route: Route) -> None:
    """After the page has been painted, however long this machine takes over that."""
    route.request.frame.evaluate(_PAINTED)
    route.continue_()


def test_without_script_nothing_is_missing_and_no_place_is_kept_free(demo: Built, browser: Browser) -> None:
    """The time of the build is there, the zone is named, no button promises anything."""
    with served(demo.folder) as base, window(browser, base, java_script_enabled=False) as seen:
        seen.open("")
        assert seen.page.locator("button").count() == 0
        assert "Stand: Dienstag, 20. Oktober 2026, 10:15\u00a0Uhr" in seen.page.locator(".banner").inner_text()
        assert "Alle Uhrzeiten gelten für Berlin" in seen.page.locator(".bottom").inner_text()
        assert [place.bounding_box() for place in seen.page.locator(".since").all() if _has_room(place)] == []


def _has_room(place: Any) -> bool:
    box = place.bounding_box()
    return bool(box and box["width"])


@pytest.mark.parametrize(("code", "scheme"), [("de", "light"), ("en", "dark")])
def test_what_is_added_has_no_barrier(code: str, scheme: str, demo: Built, browser: Browser) -> None:
    """With everything to be said at once, and times in two zones, on the smallest screen."""
    more: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": 320, "height": 640}}
    with reader(demo, browser, "Asia/Tokyo", **more) as read:
        page = read(at(demo, code), utc("2026-10-27 12:30") - demo.now)
        page.click(BUTTON)
        assert {planned(code, "ended"), overdue(code, "10:45")} <= set(added(page))
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
        assert page.evaluate(_OVERFLOW) <= 0
