"""The same site at other addresses: told on its pages in words to note down, and held against what it must survive."""

from pathlib import Path

import pytest

from generator.elsewhere import spoken
from generator.settings import Settings, parse_settings
from tests.builders import SETTINGS
from tests.built import Built

MIRROR = "https://brotfuhre-status-spiegel.example/"
every_language = pytest.mark.parametrize("code", ["de", "en", "fr"])


def parsed(*mirrors: str, more: str = "") -> tuple[Settings | None, list[str]]:
    text = f"{SETTINGS}    mirrors: [{', '.join(mirrors)}]\n{more}"
    settings, problems = parse_settings(text.encode(), "mkdocs.yml")
    return settings, [problem.text for problem in problems]


# On the pages


@every_language
@pytest.mark.parametrize("page", ["", "subscribe/", "404.html", "incidents/2026-01-14-lost-invoices/"])
def test_pages_say_where_else_the_site_is_found(page: str, code: str, sites: dict[str, Built]) -> None:
    """Each address by its host, linked in the reader's language, the site's own among them."""
    site = sites["demo"]
    prefix = site.project.settings.prefix(code)
    foot = site.tree(prefix + page).xpath("//footer//*[@class='addresses']")[0]
    links = {link.text_content(): link.get("href") for link in foot.iter("a")}
    assert links == {spoken(url): url + prefix for url in (site.url, MIRROR)}
    assert site.words(code)("site.mirrors") in foot.text_content()


@every_language
def test_who_subscribes_can_copy_the_addresses(code: str, sites: dict[str, Built]) -> None:
    """Below a heading of their own, beside the feeds."""
    site = sites["demo"]
    prefix = site.project.settings.prefix(code)
    codes = [code.text for code in site.tree(f"{prefix}subscribe/").xpath("//code[@class='copy']")]
    assert codes[-2:] == [site.url + prefix, MIRROR + prefix]


def test_no_page_can_tell_which_address_it_is_at(sites: dict[str, Built]) -> None:
    """The same bytes lie on every mirror: no page names the mirror but among all addresses, for one to choose from."""
    site = sites["demo"]
    for page in site.pages():
        names = site.tree(page).xpath(f"//*[@href[starts-with(., '{MIRROR}')]]/ancestor::*[@class='addresses']")
        assert len(names) == 1, page


def test_the_canonical_address_is_the_one_of_the_settings(sites: dict[str, Built]) -> None:
    """On each mirror, too: search engines shall know one of them."""
    site = sites["demo"]
    for page in site.pages():
        (canonical,) = site.tree(page).xpath("//link[@rel='canonical']/@href")
        assert canonical == site.url + page


def test_what_programs_read_names_no_mirror(sites: dict[str, Built]) -> None:
    """An entry's id and links are the same wherever a feed was read: nobody hears the same news twice.

    The result of the check of independence is about the mirrors, too.
    """
    folder = sites["demo"].folder
    files = [path for path in folder.rglob("*") if path.suffix in {".rss", ".atom", ".json", ".ics", ".svg", ".xml"}]
    assert len(files) > 50
    assert [path.name for path in files if b"status-spiegel" in path.read_bytes()] == ["independence.json"]


def test_a_site_without_mirrors_says_nothing_of_them(sites: dict[str, Built]) -> None:
    """A single address needs no list."""
    assert sites["velorent"].tree("").xpath("//*[@class='addresses']") == []


# In the settings


@pytest.mark.parametrize(
    ("written", "read", "noted"),
    [
        ("https://status.example.org/", "https://status.example.org/", "status.example.org"),
        ("https://status.example.org", "https://status.example.org/", "status.example.org"),
        ("https://example.org/status", "https://example.org/status/", "example.org/status"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/", "127.0.0.1:8000"),
    ],
)
def test_a_mirror_ends_with_a_slash(written: str, read: str, noted: str) -> None:
    """Written or not: pages are found below it."""
    settings, problems = parsed(written)
    assert settings
    assert settings.status.mirrors == (read,)
    assert spoken(read) == noted
    assert problems == []


@pytest.mark.parametrize(
    "written", ["status.example.org", "ftp://example.org/", "https://example.org/?a=1", "https://"]
)
def test_what_is_no_address_of_a_site_is_refused(written: str) -> None:
    """With the form it should have."""
    settings, problems = parsed(written)
    assert settings is None
    assert "https://" in problems[0]


@pytest.mark.parametrize(
    ("mirrors", "said"),
    [
        (["https://status.example.net/two/"], "'status.example.net' is the site itself"),
        (["https://STATUS.example.net:8443/"], "'status.example.net' is the site itself"),
        (["https://a.example/", "https://b.example/", "https://a.example/2/"], "'a.example' stands here twice"),
        (["https://status.app.example/"], "'status.app.example' is gone when 'app.example' is"),
        (["https://app.example/"], "'app.example' is gone when 'app.example' is"),
    ],
)
def test_a_mirror_that_falls_with_the_rest_is_a_warning(mirrors: list[str], said: str) -> None:
    """Under a name that it has to survive, at the host of another one, or of the site."""
    settings, problems = parsed(*mirrors, more="    independent_of: [app.example]\n")
    assert settings
    assert [said in problem for problem in problems] == [True]


def test_the_warning_names_the_line(tmp_path: Path) -> None:
    """Of the mirror that is meant."""
    text = f"{SETTINGS}    mirrors:\n      - https://a.example/\n      - https://a.example/b/\n"
    _, problems = parse_settings(text.encode(), "mkdocs.yml")
    assert [(problem.line, problem.field) for problem in problems] == [(17, "extra.status.mirrors[1]")]
