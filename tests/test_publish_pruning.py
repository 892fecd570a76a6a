"""What the theme brings along and no page uses is left out; what a page does use looks as it did."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from generator.project import read_project
from generator.publish import Published, publish
from generator.publish.pruning import prune
from generator.publish.styles import Classes, trim
from generator.site import build_site
from tests.bench.weight import with_all_it_loads
from tests.browser import served, window
from tests.built import SITES, Built
from tests.tiny_site import fingerprint

THEME_STYLE = "assets/stylesheets/main.0.min.css"
FRONT, INCIDENT = 30_000, 32_000
"""Budgets in bytes: everything that a page loads, gzipped."""
EXTENSIONS = """\
markdown_extensions:
  - admonition
  - pymdownx.details
  - pymdownx.tasklist: {custom_checkbox: true}
  - pymdownx.highlight
  - pymdownx.superfences
"""
OWN_PAGE = """\
# Notes of our own

!!! warning "Mind the gap"
    Between `train` and platform.

??? tip "More"
    Folded away.

- [x] done
- [ ] open

```python
print("well")  # said
```

<kbd class=keys>Ctrl</kbd>
"""
Circumstance = tuple[int, Literal["light", "dark"], Literal["screen", "print"]]
CIRCUMSTANCES: tuple[Circumstance, ...] = (
    (390, "light", "screen"),
    (390, "dark", "screen"),
    (1280, "light", "screen"),
    (800, "light", "print"),
)
"""Width of the window in pixels, colour scheme, medium."""


def trimmed(style: str, *classes: str) -> str:
    return trim(style.encode(), classes).decode()


def classes_of(page: str) -> set[str]:
    found = Classes()
    found.add_page(page.encode())
    return found.names()


def test_a_rule_goes_when_each_selector_asks_for_a_class_that_is_nowhere() -> None:
    """All classes of a selector have to be there; one selector that can match keeps the whole rule, in its place."""
    style = "p{top:0}.gone,p .gone:hover{top:1px}.here.gone{top:2px}.gone, .here>p{top:3px}"
    assert trimmed(style, "here") == "p{top:0}.gone, .here>p{top:3px}"


@pytest.mark.parametrize(
    "style",
    [
        ":root{--md-icon:url(\"data:image/svg+xml,<svg d='}.x{'/>\")}",
        "#gone{top:0}",
        "[data-gone=gone] video{top:0}",
        "p:not(.gone){top:0}",
        ":is(.gone,p){top:0}",
        ".here{.gone{top:0}}",
        r".md\:here{top:0}",
        ".HERE{top:0}",
        '@charset "UTF-8";',
        "@page{margin:1cm}",
        '@font-face{font-family:"A";src:url(a.woff2)}',
        "@keyframes gone{0%{top:0}to{top:1px}}",
        "@layer one{.gone{top:0}}",
        "/*! a licence */",
        "@media print{@supports (top:0){.here{top:0}}}",
    ],
)
def test_what_might_be_used_stays_as_it_is(style: str) -> None:
    """Nothing but classes is judged: no element, id, attribute, variable, negation, nor any rule of another kind."""
    assert trimmed(style, "here", "md:here") == style


def test_a_condition_with_nothing_left_goes_with_it() -> None:
    """`@media` and `@supports` lose their rules one by one, and go with the last."""
    style = "@media print{.gone{top:0}.here{top:0}}@media screen{ .gone{top:0} @supports (top:0){.gone{top:0}} }"
    assert trimmed(style, "here") == "@media print{.here{top:0}}"
    assert trimmed(style) == ""


def test_bytes_that_are_no_utf_8_and_rules_that_break_off_do_no_harm() -> None:
    """A publisher's own theme may hold anything."""
    assert trim(b"p:after{content:'\xe4'}.gone{}.half", {"here"}) == b'p:after{content:"\xe4"}'


@pytest.mark.parametrize(
    "page",
    [
        '<p class="one two">',
        "<p class='one two'>",
        "<P CLASS = 'One\n\tTwo'>",
        '<p class="on&#101; two">',
        "<p id=x class=one><p class=two>",
        '<p id="x"class="one"title="two"class=two>',
        '<script>a.className = "one two"</script>',
        '<p class="one"><script type="module">a.classList.add(`two`)</script>',
    ],
)
def test_classes_are_found_in_every_notation(page: str) -> None:
    """Generated pages write them in one way, publishers in all; a script inside a page may set what it names."""
    assert {"one", "two"} <= classes_of(page)


def test_words_that_are_no_classes_keep_no_rule() -> None:
    """A text may speak of a note or a table without paying for their styles."""
    page = '<p title="note">a note <a href="note/">on</a> class</p><script src="note.js" data-a="note"></script>'
    assert classes_of(page) == set()


@pytest.fixture
def parts(tmp_path: Path) -> dict[Path, set[str]]:
    """Two languages as MkDocs leaves them. The second uses the first one's stylesheet, with a class of its own."""
    style = '<link rel="stylesheet" href="../assets/stylesheets/main.0.min.css">'
    files = {
        "de/index.html": f'<!doctype html>{style}<p class="both">',
        "de/404.html": '<p class="lost">',
        "de/hand/written.html": '<p class="own">',
        "de/assets/extra.js": "element.classList.add('scripted')",
        "de/assets/images/favicon.png": "",
        "de/assets/stylesheets/own.css": ".own-gone{}",
        f"de/{THEME_STYLE}": ".both{}.lost{}.own{}.scripted{}.french{}.bundled{}.gone{}",
        "de/assets/javascripts/bundle.js": "'bundled'",
        "fr/index.html": f'{style}<p class="french">',
        "fr/assets/images/favicon.png": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return {tmp_path / "de": {"assets/stylesheets/own.css", "assets/extra.js"}, tmp_path / "fr": set()}


def test_the_stylesheet_keeps_what_any_page_or_script_of_any_language_uses(
    parts: dict[Path, set[str]], tmp_path: Path
) -> None:
    """The page for unknown addresses and hand-written ones count; a script of the theme that goes does not."""
    prune(parts)
    assert (tmp_path / "de" / THEME_STYLE).read_text() == ".both{}.lost{}.own{}.scripted{}.french{}"
    assert (tmp_path / "de/assets/stylesheets/own.css").read_text() == ".own-gone{}"


def test_a_site_with_the_scripts_of_the_theme_keeps_its_whole_stylesheet(
    parts: dict[Path, set[str]], tmp_path: Path
) -> None:
    """They put class names together as they run."""
    with (tmp_path / "de/index.html").open("a") as page:
        page.write('<script src="assets/javascripts/bundle.js"></script>')
    before = (tmp_path / "de" / THEME_STYLE).read_text()
    prune(parts)
    assert (tmp_path / "de" / THEME_STYLE).read_text() == before
    assert (tmp_path / "de/assets/javascripts/bundle.js").is_file()


def test_no_empty_folder_is_left(parts: dict[Path, set[str]], tmp_path: Path) -> None:
    """Folders whose last file goes, go too, up to the language's own."""
    prune(parts)
    assert not (tmp_path / "de/assets/images").exists()
    assert [path.name for path in (tmp_path / "fr").iterdir()] == ["index.html"]


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The first site with Markdown extensions and a page that uses them."""
    return build_extended(tmp_path_factory.mktemp("extended") / "site")


def build_extended(target: Path) -> Published:
    config, now = SITES["velorent"]
    project = read_project(config)
    site = dict(build_site(project.records, project.settings, now))
    site["mkdocs.yml"] = str(site["mkdocs.yml"]).replace("markdown_extensions: []\n", EXTENSIONS)
    return publish(site | {"de/own.md": OWN_PAGE}, project.settings.languages, target, now)


def style_of(folder: Path) -> Path:
    (found,) = folder.glob("assets/stylesheets/main.*.css")
    return found


def whole_style(folder: Path) -> bytes:
    """Material's stylesheet as it is delivered."""
    return files("material").joinpath("templates/assets/stylesheets", style_of(folder).name).read_bytes()


def test_an_extension_of_the_publisher_keeps_its_styles(extended: Published, sites: dict[str, Built]) -> None:
    """Only a site whose pages hold admonitions, task lists or code carries the rules for them."""
    with_them, without = (style_of(folder).read_text() for folder in (extended.folder, sites["velorent"].folder))
    for rule in (".md-typeset .admonition.warning", ".md-typeset .task-list-item", ".highlight .nb"):
        assert rule in with_them
        assert rule not in without
    for rule in (".md-search", ".md-nav", ".tabbed-set"):
        assert rule not in with_them


def test_the_same_pages_give_the_same_stylesheet(extended: Published, tmp_path: Path) -> None:
    """To the byte, in every language."""
    assert fingerprint(build_extended(tmp_path / "site").folder) == fingerprint(extended.folder)


def test_pages_look_as_they_did_with_the_whole_stylesheet(
    extended: Published, sites: dict[str, Built], browser: Browser
) -> None:
    """Pixel by pixel: telephone and desk, light, dark and printed."""
    assert changed(extended.folder, ["incidents/2021-07-17-dns/", "no/such/page/", "own/"], browser) == []
    assert changed(sites["demo"].folder, ["", "history/2026/", "components/shop/", "commitments/"], browser) == []


def changed(folder: Path, pages: list[str], browser: Browser) -> list[str]:
    """The pages that the trimmed stylesheet shows in another way, with the circumstances."""
    ours = dict(looks(folder, pages, browser, style_of(folder).read_bytes()))
    whole = dict(looks(folder, pages, browser, whole_style(folder)))
    assert len(ours) == len(pages) * len(CIRCUMSTANCES)
    return [name for name, picture in whole.items() if picture != ours[name]]


def looks(folder: Path, pages: list[str], browser: Browser, style: bytes) -> Iterator[tuple[str, bytes]]:
    """A picture of each page in each of the circumstances, with a stylesheet in the place of the theme's."""
    with served(folder) as base, window(browser, base) as seen:
        seen.page.route("**/assets/stylesheets/*", lambda route: route.fulfill(body=style, content_type="text/css"))
        seen.page.clock.set_fixed_time(SITES["velorent"][1])
        for page in pages:
            seen.open(page)
            seen.page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
            for width, scheme, media in CIRCUMSTANCES:
                seen.page.set_viewport_size({"width": width, "height": 900})
                seen.page.emulate_media(color_scheme=scheme, media=media)
                yield f"/{page} {width} {scheme} {media}", seen.page.screenshot(full_page=True, animations="disabled")


@pytest.mark.parametrize("name", SITES)
def test_pages_keep_to_their_weight(name: str, sites: dict[str, Built]) -> None:
    """With everything they load: front pages at most 30 kB, incidents at most 32 kB, in every language."""
    site = sites[name]
    limits = {page: FRONT if site.inside(page) == "" else INCIDENT for page in site.pages()
              if site.inside(page) == "" or site.inside(page).startswith("incidents/")}  # fmt: skip
    weights = {page: with_all_it_loads(site.file(page)) for page in limits}
    assert {page: weight for page, weight in weights.items() if weight > limits[page]} == {}
