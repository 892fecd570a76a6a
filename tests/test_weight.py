"""Pages stay light: somebody stands in a shop, and the telephone has one bar."""

import pytest
from playwright.sync_api import Browser

from tests.bench.weight import gzipped, loaded, with_all_it_loads
from tests.browser import served, window
from tests.built import SITES, Built

FRONT, REPORT, PAGE = 30_000, 32_000, 100_000
"""Bytes, gzipped: a front page and a record's page with all they load, and any page alone."""
REQUESTS = 6
each_site = pytest.mark.parametrize("name", SITES)


@each_site
def test_a_front_page_is_light(name: str, sites: dict[str, Built]) -> None:
    """In every language, on a calm day and in an outage."""
    site = sites[name]
    weights = {code: with_all_it_loads(site.file(site.project.settings.prefix(code))) for code in site.languages}
    assert {code: weight for code, weight in weights.items() if weight > FRONT} == {}


@each_site
def test_the_page_of_a_record_is_light(name: str, sites: dict[str, Built]) -> None:
    """The longest post-mortem, too."""
    site = sites[name]
    records = [address for address in site.pages() if "incidents/" in address]
    weights = {address: with_all_it_loads(site.file(address)) for address in records}
    assert {address: weight for address, weight in weights.items() if weight > REPORT} == {}


@each_site
def test_no_page_is_heavy(name: str, sites: dict[str, Built]) -> None:
    """Lists are cut before they grow over this."""
    site = sites[name]
    assert {
        address: gzipped(site.file(address)) for address in site.pages() if gzipped(site.file(address)) > PAGE
    } == {}


@each_site
def test_a_page_asks_for_little(name: str, sites: dict[str, Built], browser: Browser) -> None:
    """At most six requests, and none that the weights above would not know of."""
    site = sites[name]
    with served(site.folder) as base, window(browser, base, site.now) as seen:
        asked: list[str] = []
        seen.page.on("request", lambda request: asked.append(request.url.removeprefix(base)))
        for address in [address for address in site.kinds(site.languages[-1]) if not address.endswith("404.html")]:
            asked.clear()
            seen.page.goto(base + address, wait_until="networkidle")
            known = {path.relative_to(site.folder).as_posix() for path in loaded(site.file(address))}
            assert set(asked) - {address} <= known, address
            assert len(known | set(asked)) <= REQUESTS, address
