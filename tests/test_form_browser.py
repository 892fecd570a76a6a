"""The form at `/admin/` in a real browser, with the program it is made for: what it shows, and what it commits."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.form import build_form_config
from generator.model import Incident
from generator.project import read_project
from generator.records import parse_record
from generator.settings import Settings
from generator.yaml_source import parse_yaml
from generator.yaml_text import render_yaml
from tests.builders import settings as invented
from tests.builders import utc
from tests.built import SITES
from tests.git_host import DESK, PHONE, TALL, signed_in, with_form

DEMO = read_project(SITES["demo"][0])
RECORDS = {
    f"valid/{path.name}": path.read_text(encoding="utf-8")
    for path in sorted(SITES["demo"][0].parent.glob("valid/*.yml"))
}


def parsed(path: str, text: str, settings: Settings) -> Incident:
    """A committed file as the build reads it, which finds nothing wrong with it."""
    stem = path.rpartition("/")[2].removesuffix(".yml")
    others = [name.rpartition("/")[2].removesuffix(".yml") for name in RECORDS]
    record, problems = parse_record(stem, path, text.encode(), settings, others)
    assert [str(problem) for problem in problems] == [], text
    assert record
    return record


def paths_of(fields: list[dict[str, Any]], above: str = "") -> Iterator[list[str]]:
    """Every field of the form with its label, by its place; of a list the first entry's."""
    for field in fields:
        path = f"{above}{field['name']}"
        yield [path, field["label"]]
        inner = f"{path}.0." if field["widget"] == "list" else f"{path}."
        yield from paths_of(field.get("fields", []), inner)


FULLEST = sorted(RECORDS, key=lambda path: len(RECORDS[path]))[-2:]
SHOWN = """() => [...document.querySelectorAll('[data-key-path]')].map(
    field => [field.dataset.keyPath, field.querySelector('h4').innerText])"""
"""The place of every field on the page, with its label."""
OPEN_MORE = """round => {
    const all = (query, where = document) => [...where.querySelectorAll(query)];
    const parts = all('[data-field-type=object] [role=checkbox][aria-checked=false]');
    const lists = all('[data-field-type=list]').filter(list => !list.querySelector('[id$=-item-list]').children.length);
    const added = lists.map(list => all('button', list).findLast(button => button.innerText.startsWith('add')));
    for (const button of [...parts, ...added]) {
        if (round - (button.dataset.clicked ?? -100) < 25) continue;
        button.dataset.clicked = round;
        button.click();
    }
}"""
"""Add every part that may be left out and an entry to every empty list. A second click, before the first one is drawn,
would take it away again: each button is left alone for a while."""
ROUNDS, BEGIN_ANEW = 450, 150
"""What is added is drawn in a moment, and has parts of its own; on a busy machine it takes long, or clicks get lost."""


@pytest.fixture
def demo() -> Settings:
    return with_form(DEMO.settings)


def test_the_form_shows_every_field(browser: Browser, demo: Settings, tmp_path: Path) -> None:
    """Each field of the configuration is there with its label, in each place where the model has one."""
    assert demo.status.form
    config = build_form_config(demo, demo.status.form)
    with signed_in(browser, demo, tmp_path, {}, viewport=TALL) as form:
        missing = list(paths_of(config["collections"][0]["fields"]))
        for number in range(ROUNDS):
            if number % BEGIN_ANEW == 0:
                form.page.goto("about:blank")
                form.new()
            form.page.evaluate(OPEN_MORE, number)
            form.page.wait_for_timeout(200)
            shown = form.page.evaluate(SHOWN)
            missing = [pair for pair in missing if pair not in shown]
            if not missing:
                break
        assert missing == []
        assert form.take_faults() == []


def test_an_outage_is_written_down_on_a_telephone(browser: Browser, demo: Settings, tmp_path: Path) -> None:
    """A title, a state and a sentence, then Save: what is committed can be published, dated by the site's clock."""
    now = utc("2026-03-02 08:05")
    with signed_in(browser, demo, tmp_path, dict(RECORDS), viewport=PHONE, now=now, timezone_id="Asia/Tokyo") as form:
        form.new()
        form.fill("title.de", "Größere Störung: Bestellseite & Café")
        form.choose("timeline.0.components.shop", "Ausgefallen")
        form.fill("timeline.0.text.de", "Wir prüfen, warum nichts geht.\n\nBestellungen sind sicher: 100 %.")
        path, text = form.save()
        assert form.take_faults() == []
    assert path == "valid/2026-03-02-groessere-stoerung-bestellseite-cafe.yml"
    assert (
        text
        == """\
title: 'Größere Störung: Bestellseite & Café'
timeline:
  - at: 2026-03-02 09:05
    status: investigating
    components:
      shop: major_outage
    text: |-
      Wir prüfen, warum nichts geht.

      Bestellungen sind sicher: 100 %.
"""
    )
    assert parsed(path, text, demo).timeline[0].at


def test_an_entry_is_added_with_a_time_and_a_promise(browser: Browser, demo: Settings, tmp_path: Path) -> None:
    """The time comes by a button, in the site's zone; what is added to a record changes nothing else of it."""
    name = "2026-10-20-slow-orders"
    now = utc("2026-10-20 08:15")
    with signed_in(browser, demo, tmp_path, dict(RECORDS), now=now, timezone_id="Asia/Tokyo") as form:
        form.edit(name)
        count = len(parsed(f"valid/{name}.yml", RECORDS[f"valid/{name}.yml"], demo).timeline)
        form.field("timeline").get_by_role("button", name="Meldung").last.click()
        form.field(f"timeline.{count}.at.exact").get_by_role("button", name="Now").click()
        form.fill(f"timeline.{count}.text.en", "Better.")
        path, text = form.save()
    before, after = parsed(path, RECORDS[path], demo), parsed(path, text, demo)
    assert after.timeline[:-1] == before.timeline
    assert after.model_copy(update={"timeline": before.timeline}) == before
    added = after.timeline[-1]
    assert added.at
    assert (added.at.exact, added.text and added.text.root) == (now, {"en": "Better."})


@pytest.mark.parametrize(("names", "size"), [(RECORDS, DESK), (FULLEST, TALL)], ids=["all", "fullest"])
def test_a_record_that_is_saved_keeps_every_fact(
    browser: Browser, demo: Settings, tmp_path: Path, names: Iterable[str], size: dict[str, int]
) -> None:
    """Every record of the invented company, opened, given another title and saved, says what it said, all of it.

    The fullest with every field in sight, too: what is drawn could be filled in by the program itself.
    """
    templates = {"valid/_incident.yml": "title:\ntimeline:\n  - at:\n    status: investigating\n"}
    with signed_in(browser, demo, tmp_path, RECORDS | templates, viewport=size) as form:
        for path in names:
            kept = parsed(path, RECORDS[path], demo)
            form.edit(kept.id)
            form.fill("title.de", "Anders")
            saved, after = form.save()
            assert saved == path
            found = parsed(path, after, demo)
            assert found.title.root["de"] == "Anders"
            assert found.model_copy(update={"title": kept.title}) == kept
        assert form.take_faults() == []


def test_a_site_in_one_language_has_plain_boxes(browser: Browser, tmp_path: Path) -> None:
    """Texts are single boxes, lists of texts too; what is read, and what is written, are plain texts."""
    record = {
        "title": "no", "summary": "1.10", "timeline": [{"at": "~2026-03-02 09:05", "status": "resolved", "text": "Ja"}],
        "lessons": {"went_well": ["Eins", "Zwei"]}, "related": ["two"],
        "started": {"before": "2026-03-02 09:00", "told": "früh"}, "published": "2026-03-04",
    }  # fmt: skip
    settings = with_form(invented(languages=("de",)))
    text = render_yaml(record)
    with signed_in(browser, settings, tmp_path, {"incidents/one.yml": text, "incidents/two.yml": text}) as form:
        form.edit("one")
        form.fill("lessons.went_well.1", "Drei")
        _, saved = form.save()
        assert form.take_faults() == []
    found = parse_yaml(saved.encode(), "one.yml").data
    assert found == record | {"lessons": {"went_well": ["Eins", "Drei"]}}
