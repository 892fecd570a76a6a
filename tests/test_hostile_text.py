"""Whatever somebody writes into a text: in pages and feeds it is words, and it stays in its place.

One site holds them all: a record for every hostile text, which stands in each of its fields, and settings made of
them. Only what the reader lets through is of interest here; where a text may not hold it bare, it is put as code.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import feedparser
import pytest
from lxml import html
from playwright.sync_api import Browser
from pydantic import BaseModel

from generator.model import Incident, Part, fields_of
from generator.project import read_project
from generator.prose import find_faults, to_plain
from generator.publish import publish
from generator.site import build_site
from generator.texts import Line, Prose
from tests.browser import Window, served, window
from tests.built import Built

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
LONG = "W" * 300
HOSTILE = (
    "An ordinary text.",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "<!--><script>alert(1)</script>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "</div></article></main><style>*{display:none}</style>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "![x](https://elsewhere.example/x.png)",
    '[y](uptime/ "\' onclick=alert(1)") [z](#content)',
    "<javascript:alert(1)> <https://elsewhere.example/>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62; &amp;lt;b&amp;gt;",
    "{{ 7*7 }} ${7*7} #{7*7} {{ config }}",
    '{% raw %}{% include "main.html" %}{# no #}',
    '--8<-- "mkdocs.yml"',
    "[TOC]",
    "*[HTML]: x",
    "[foo]: javascript:alert(1) 'foo'",
    "[^1]: [^1] a note",
    "{: onclick=alert(1) }",
    '!!! note "title"',
    "```html",
    "~~~ {.python onclick=alert(1)}",
    "`unclosed **and *stars _and __lines",
    "a ]]> b <![CDATA[<script>alert(1)</script>]]>",
    r"\x3cimg src=x onerror=alert(1)\x3e \u003c \" \\",
    "---",
    "| a | b |",
    "1. one",
    "<details><summary>open",
    "wzxhzdk:0 klzzwxh:0001",
    "%s %(x)s {0} {n} {names} {time!r}",
    ":smile: ==x== ^^x^^ ~~x~~ ++x++",
    "שלום עולם مرحبا بالعالم",
    "👩‍👩‍👧‍👦 🏴‍☠️ 🥳",
    "Z͑ͫ̓ͪ̂ͫ̽A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́O̵̹̻̝̳͂̌̌͘",
    "https://elsewhere.example/" + "a" * 250,
    "!ENV PATH $(id) !!python/object:os.system",
    LONG,
)
ADDRESS = "https://elsewhere.example/{{7*7}}?a=javascript:alert(1)&lt;b&b=%22"
"""As much as an address may hold: quotes, brackets and blanks are refused."""
MIRROR = "https://mirror.example/{{7*7}}/&lt;b&b=%22/"
"""The same for a mirror's, which ends where its pages begin."""
NAME = '"><img src=x onerror=alert(1)> {{ 7*7 }} </title><script>alert(1)</script>'
ELEMENTS = (
    "html head meta link title body header main article footer nav section aside div span p h1 h2 h3 a img ul ol li dl "
    "dt dd details summary table thead tbody tr th td strong em code pre br hr blockquote time figure figcaption svg "
    "rect circle line path text defs pattern label input small"
)
_INPUTS = "input:not(.md-toggle)"
_LOOK = """([elements, inputs]) => {
  const found = [...window.ran.map(name => `ran ${name}`)];
  if (window.pwned) found.push('ran');
  for (const element of document.querySelectorAll('*')) {
    const ours = element.matches('script[src$="assets/status.js"]:empty');
    if (!ours && !elements.split(' ').includes(element.localName)) found.push(`<${element.localName}>`);
    for (const {name, value} of element.attributes) {
      if (/^on|^style$|^srcdoc$|^formaction$/i.test(name)) found.push(`${name}=${value}`);
      if (/href$|^src$|^action$/.test(name) && !/^(https?|mailto|data):$/.test(new URL(value, location).protocol))
        found.push(`${name}=${value}`);
    }
  }
  for (const element of document.querySelectorAll(inputs)) found.push(`input ${element.type}`);
  for (const image of document.images) if (!image.src.startsWith(location.origin)) found.push(image.src);
  return found;
}"""
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def as_prose(text: str) -> str:
    """The text itself where the reader lets it pass, else as code."""
    for wrapped in (text, f"`` {text} ``", f"    {text}"):
        if not list(find_faults(wrapped)):
            return wrapped
    raise AssertionError(f"{text} cannot be written in a text at all")


def record(line: str, over: bool) -> dict[str, Any]:
    """A record with `line` in each of its texts, resolved or going on."""
    prose = as_prose(line)
    start = {"about": "2026-03-02 10:00", "told": line}
    first = {"at": start, "status": "investigating", "components": {"c00": "major_outage"}, "text": prose,
             "advice": prose, "restriction": prose, "available_at": ADDRESS,
             "next_update": {"about": "2026-03-02 11:00", "told": line}}  # fmt: skip
    last = {"at": {"about": "2026-03-02 12:00", "told": line}, "text": prose, "advice": prose, "restriction": prose}
    hypothesis = {"text": prose, "outcome": "open", "evidence": prose}
    action = {"text": prose, "owner": line, "status": "dropped", "reason": prose}
    return {
        "title": line,
        "summary": prose,
        "started": {"about": "2026-03-02 09:00", "told": line},
        "timeline": [first, {"kind": "finding", "text": prose}, last | ({"status": "resolved"} if over else {})],
        "impact": {"text": prose, "customers": prose},
        "detection": {"text": prose},
        "cause": {"certainty": "known", "text": prose, "contributing": [prose, prose], "hypotheses": [hypothesis]},
        "mitigations": [{"at": start, "text": prose, "restores": prose, "limits": prose}],
        "actions": [action],
        "lessons": {"went_well": [prose], "went_wrong": [prose], "lucky": [prose]},
        "explanations": [{"term": line, "text": prose}],
        "technical": prose,
        "published": {"about": "2026-03-03 10:00", "told": line},
        "corrections": [{"at": {"about": "2026-03-04 10:00", "told": line}, "text": prose}],
    }


def upcoming(line: str) -> dict[str, Any]:
    """A maintenance to come whose window is told in hostile words."""
    start, end = {"about": "2026-03-09 10:00", "told": line}, {"about": "2026-03-09 12:00", "told": line}
    entry = {"at": "2026-03-01 10:00", "status": "scheduled", "text": as_prose(line)}
    return {"kind": "maintenance", "title": line, "scheduled": {"start": start, "end": end}, "timeline": [entry]}


def mkdocs_yml() -> dict[str, Any]:
    """Settings with a hostile text wherever one fits."""
    components = [
        {"id": f"c{index:02}", "name": HOSTILE[index], "description": as_prose(HOSTILE[-index]),
         "group": HOSTILE[-index - 1], "url": ADDRESS}
        for index in range(0, len(HOSTILE), 3)
    ]  # fmt: skip
    publisher = dict.fromkeys(("name", "represented_by", "street", "city", "country", "email", "phone", "registration",
                               "vat_id", "responsible", "privacy_contact"), NAME) | {"website": ADDRESS}  # fmt: skip
    status = {
        "time_zone": "Europe/Berlin",
        "languages": ["de", "en"],
        "components": components,
        "publisher": publisher,
        "hosting": {"name": NAME, "address": LONG, "privacy": ADDRESS},
        "mirrors": [MIRROR],
        "announcement": as_prose("</div>{{ 7*7 }} <script>alert(1)</script>"),
    }
    return {
        "site_name": NAME, "site_description": NAME, "site_url": "https://status.invented.example/",
        "theme": {"name": "material", "font": False}, "plugins": [],
        "not_in_nav": "/incidents/\n/history/\n/components/\n", "extra": {"status": status},
    }  # fmt: skip


def write_project(folder: Path) -> Path:
    """The whole of it on disk, JSON being YAML. One record is broken, so that its title is shown in a warning."""
    (folder / "incidents").mkdir(parents=True)
    texts = {f"incidents/r{index:02}": record(text, over=index % 2 == 0) for index, text in enumerate(HOSTILE)}
    texts |= {"incidents/control": record(HOSTILE[0], over=False), "incidents/upcoming": upcoming(HOSTILE[1])}
    texts |= {"incidents/broken": {"title": HOSTILE[3], "timeline": []}, "mkdocs": mkdocs_yml()}
    for name, data in texts.items():
        (folder / f"{name}.yml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder / "mkdocs.yml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("hostile")
    project = read_project(write_project(folder))
    assert {problem.file for problem in project.errors} == {"incidents/broken.yml"}, project.errors
    target = folder / "site"
    publish(build_site(project.records, project.settings, NOW), project.settings.languages, target, NOW)
    return Built(target, project, NOW)


def test_every_text_of_a_record_is_hostile_here(site: Built) -> None:
    """A text that is added to the record is added here."""
    incident = next(found for found in site.project.records.incidents if found.id == "r01")
    assert set(_texts_told(incident)) == set(_texts_of(Incident))


def _texts_of(model: type[BaseModel]) -> Iterator[str]:
    for name, field in fields_of(model).items():
        for kind in _kinds(field.annotation):
            if issubclass(kind, Line | Prose):
                yield f"{model.__name__}.{name}"
            elif issubclass(kind, Part):
                yield from _texts_of(kind)


def _kinds(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def _texts_told(part: BaseModel) -> Iterator[str]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        for found in value if isinstance(value, tuple) else (value,):
            if isinstance(found, Line | Prose):
                yield f"{type(part).__name__}.{name}"
            elif isinstance(found, Part):
                yield from _texts_told(found)


@pytest.mark.parametrize("code", ["de", "en"])
def test_nothing_runs_in_a_page_and_nothing_overflows(site: Built, code: str, browser: Browser) -> None:
    """With the policy lifted, which would stop it anyway; on the narrowest screen."""
    more: dict[str, Any] = {"viewport": {"width": 320, "height": 800}, "timezone_id": "Europe/Berlin"}
    with served(site.folder) as base, window(browser, base, site.now, bypass_csp=True, **more) as seen:
        faults = [f"/{page}: {fault}" for page in site.pages(code) for fault in _faults(seen, page)]
    assert faults == []


def _faults(seen: Window, address: str) -> Iterator[str]:
    seen.open(address)
    seen.page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
    yield from seen.page.evaluate(_LOOK, [ELEMENTS, _INPUTS])
    yield from seen.take_faults()
    over = seen.page.evaluate(_OVERFLOW)
    if over > 0:
        yield f"{over} px too wide"


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_title_is_shown_as_it_was_written(site: Built, prefix: str) -> None:
    """As heading, as the window's title, and in the history."""
    trees = [site.tree(f"{prefix}incidents/r{index:02}/") for index in range(len(HOSTILE))]
    told = [(tree.find(".//h1").text_content().strip(), tree.findtext(".//title")) for tree in trees]
    assert told == [(text, f"{text} – {NAME}") for text in HOSTILE]
    links = site.tree(f"{prefix}history/2026/").xpath("//ol[@class='incidents']/li/a")
    listed = [(link if prefix == "" else link.find("span[@lang]")).text_content() for link in links]
    assert set(HOSTILE) <= set(listed)


def test_a_text_stays_in_its_place(site: Built) -> None:
    """The headings and blocks of a page are those of the same page with an ordinary text."""
    names = [f"r{index:02}" for index in range(len(HOSTILE))]
    shapes = {name: _shape(site, name) for name in ["control", *names]}
    assert [name for name in names if shapes[name] != shapes["r00" if _is_over(name) else "control"]] == []


def _shape(site: Built, name: str) -> list[tuple[str, str | None]]:
    blocks = site.tree(f"en/incidents/{name}/").xpath("//article/* | //article//h2 | //article//h3")
    return [(block.tag, block.get("class")) for block in blocks]


def _is_over(name: str) -> bool:
    return int(name[1:]) % 2 == 0


@pytest.mark.parametrize("text", [text for text in HOSTILE if to_plain(text) == text])
def test_what_means_nothing_in_markdown_is_shown_word_for_word(site: Built, text: str) -> None:
    """Template brackets, placeholders and the like are words as any others."""
    assert text in site.text(f"incidents/r{HOSTILE.index(text):02}/")


@pytest.mark.parametrize("path", ["history.rss", "history.atom", "en/history.rss", "en/history.atom"])
def test_nothing_runs_in_what_a_feed_carries(site: Built, path: str, browser: Browser) -> None:
    """A reader's program that shows a message as it comes shows words."""
    feed = feedparser.parse((site.folder / path).read_bytes(), sanitize_html=False)
    assert len(feed.entries) > len(HOSTILE)
    faults = []
    with served(site.folder) as base, window(browser, base, bypass_csp=True) as seen:
        seen.open("")
        for entry in feed.entries:
            for part in [*(found.value for found in entry.get("content", ())), entry.get("summary", "")]:
                seen.page.set_content(part)
                found = [*seen.page.evaluate(_LOOK, [ELEMENTS, _INPUTS]), *seen.take_faults()]
                faults += [f"{entry.link}: {fault}" for fault in found]
    assert faults == []


@pytest.mark.parametrize("path", ["history.atom", "en/history.atom"])
def test_a_title_in_a_feed_is_words_even_for_a_program_that_takes_it_for_html(site: Built, path: str) -> None:
    """As it was written, after the status; only what would be a tag has a blank in it."""
    feed = feedparser.parse((site.folder / path).read_bytes(), sanitize_html=False)
    titles = {entry.link.rstrip("/").rpartition("/")[2]: entry.title_detail for entry in feed.entries}
    for index, text in enumerate(HOSTILE):
        detail = titles[f"r{index:02}"]
        assert detail.type == "text/plain"
        assert detail.value.replace("< ", "<").endswith(f": {text}")
        assert len(html.fragment_fromstring(detail.value, create_parent="div")) == 0
