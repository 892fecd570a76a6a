"""One feed of everything in three forms, one of maintenance, one of reports, one of each component."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from time import strftime
from typing import Any

import feedparser
import pytest

from generator.feeds import render_feeds
from generator.language import language
from generator.model import Incident
from tests.builders import COMPONENTS, entry, history, incident, maintenance, outage, utc
from tests.test_feeds import NOW, ROOT, TAG, WORDS, story

PER_MESSAGE = [
    "history.rss",
    "feed.json",
    "maintenance.rss",
    "reports.rss",
    *(f"components/{c}.rss" for c in COMPONENTS),
]


def feed_ids(path: str, incidents: Iterable[Incident], now: datetime = NOW, code: str = "en", **more: Any) -> list[str]:
    """The ids of a feed of messages, newest first."""
    found = history(incidents, now, **more)
    content = render_feeds(found, language(code, found.settings.zone))[path]
    if path.endswith(".json"):
        return [item["id"] for item in json.loads(content)["items"]]
    return [item.id for item in feedparser.parse(content).entries]


def json_feed(*incidents: Incident, now: datetime = NOW, code: str = "en") -> Any:
    found = history(incidents, now)
    return json.loads(render_feeds(found, language(code, found.settings.zone))["feed.json"])


def work(**more: Any) -> Incident:
    """A maintenance of the programming interface, announced, done and looked back on."""
    timeline = [
        entry("2026-03-01 10:00", "scheduled", {"api": "under_maintenance"}),
        entry("2026-03-02 22:00", "in_progress"),
        entry("2026-03-02 23:00", "completed"),
    ]
    return maintenance(timeline, "2026-03-02 22:00", "2026-03-02 23:00", id="work", **more)


def test_every_topic_has_the_messages_that_belong_to_it() -> None:
    """Under the ids that they have in the feed of everything; reports with what was corrected in them."""
    records = [story(), work(published="2026-03-03")]
    everything = feed_ids("history.rss", records)
    assert len(everything) == 5 + 4
    wanted = {
        "feed.json": everything,
        "maintenance.rss": [name for name in everything if "/work#" in name],
        "reports.rss": [name for name in everything if name.endswith("#post-mortem") or "#correction-" in name],
        "components/shop.rss": [name for name in everything if "/one#" in name],
        "components/api.rss": [name for name in everything if "/work#" in name],
        "components/tours.rss": [],
    }
    assert {path: feed_ids(path, records) for path in wanted} == wanted
    assert len(wanted["reports.rss"]) == 3


def test_a_component_that_was_fine_all_along_is_not_disturbed() -> None:
    """That it was looked at is told in the feeds of those that were not fine."""
    told = entry("2026-03-02 10:00", "investigating", {"shop": "major_outage", "tours": "operational"})
    assert feed_ids("components/shop.rss", [incident([told])])
    assert feed_ids("components/tours.rss", [incident([told])]) == []


def test_a_component_that_is_drawn_in_later_hears_what_was_told_before() -> None:
    """All of it at once, and each message once."""
    timeline = [
        entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"}),
        entry("2026-03-02 11:00", states={"tours": "degraded_performance"}),
    ]
    found = incident(timeline)
    assert feed_ids("components/tours.rss", [found], utc("2026-03-02 10:30")) == []
    assert feed_ids("components/tours.rss", [found]) == [f"{TAG}#20260302T110000Z", f"{TAG}#20260302T100000Z"]


@pytest.mark.parametrize("path", PER_MESSAGE)
def test_a_new_title_a_language_or_an_address_changes_no_id(path: str) -> None:
    """Whatever the feed: readers would be shown everything again."""
    records = [story(), work(), outage("2026-03-02 10:30", name="tours", id="two")]
    before = feed_ids(path, records)
    assert before
    renamed = [record.model_copy(update={"title": story(title="Another").title}) for record in records]
    moved: dict[str, Any] = {"url": "https://elsewhere.example/below/", "feed_authority": "status.invented.example"}
    names = [{"id": name, "name": f"New {name}"} for name in COMPONENTS]
    assert feed_ids(path, renamed) == before
    assert feed_ids(path, records, code="de") == before
    assert feed_ids(path, records, components=names, **moved) == before


@pytest.mark.parametrize("path", PER_MESSAGE)
def test_no_feed_holds_more_than_its_limit(path: str) -> None:
    """Though each topic has more to tell."""
    start = utc("2026-01-01 00:00")
    days = (f"{start + timedelta(days=number):%Y-%m-%d}" for number in range(60))
    records = [_day(number, day) for number, day in enumerate(days)]
    assert len(feed_ids(path, records, utc("2027-01-01 00:00"))) == 50


def _day(number: int, day: str) -> Incident:
    """A maintenance of everything, with a report."""
    states = dict.fromkeys(COMPONENTS, "under_maintenance")
    timeline = [entry(f"{day} 01:00", "scheduled", states), entry(f"{day} 03:00", "completed")]
    return maintenance(timeline, f"{day} 02:00", f"{day} 03:00", id=f"m{number}", published=f"{day} 04:00")


def test_a_component_without_news_has_a_sound_empty_feed_that_no_build_changes() -> None:
    """There is no date to give it, so it has none."""
    first, second = (history([story()], now) for now in (NOW, NOW + timedelta(days=1)))
    path = "components/tours.rss"
    content = render_feeds(first, WORDS)[path]
    assert content == render_feeds(second, WORDS)[path]
    feed = feedparser.parse(content)
    assert (feed.bozo, feed.entries, feed.feed.title) == (False, [], "Invented Status: Tours")
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": f"{ROOT}components/tours.rss",
        "alternate": f"{ROOT}components/tours/",
    }


def test_the_json_feed_says_what_it_is_and_whose() -> None:
    """In its language, with its own address and that of the page."""
    found = json_feed(story(), code="de")
    assert found.pop("items")
    assert found == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Invented Status: Störungen, Wartungen und Hinweise",
        "home_page_url": f"{ROOT}de/",
        "feed_url": f"{ROOT}de/feed.json",
        "description": language("de", WORDS.zone)("feeds.history.subtitle"),
        "language": "de",
        "authors": [{"name": "Invented"}],
    }


def test_a_message_is_the_same_in_json_as_in_rss() -> None:
    """Title, text, address, date and tags."""
    found = history([story(), work()], NOW)
    feeds = render_feeds(found, WORDS)
    rss = feedparser.parse(feeds["history.rss"], sanitize_html=False)
    items = json.loads(feeds["feed.json"])["items"]
    for item, told in zip(items, rss.entries, strict=True):
        assert (item["id"], item["url"], item["title"]) == (told.id, told.link, told.title)
        assert item["content_html"].strip() == told.summary
        assert item["date_published"] == strftime("%Y-%m-%dT%H:%M:%SZ", told.published_parsed)
        assert item["tags"] == [tag.term for tag in told.tags]


def test_only_a_report_that_was_corrected_is_said_to_have_been_modified() -> None:
    """By its last correction; when anything else was changed nobody wrote down."""
    items = json_feed(story())["items"]
    assert {item["id"].split("#")[1]: item["date_modified"] for item in items if "date_modified" in item} == {
        "post-mortem": "2026-03-04T08:00:00Z"
    }
    assert not any("date_modified" in item for item in json_feed(story(corrections=[]))["items"])


def test_tags_tell_kind_status_and_what_was_affected_by_then() -> None:
    """What comes later in the record changes none of an earlier message; what was fine is no tag."""
    timeline = [
        entry("2026-03-02 10:00", "investigating", {"shop": "major_outage", "api": "operational"}),
        entry("2026-03-02 11:00", states={"tours": "degraded_performance"}),
        entry("2026-03-02 12:00", "resolved"),
    ]
    assert [item["tags"] for item in json_feed(incident(timeline))["items"]] == [
        ["Incident", "Resolved", "Shop", "Tours"],
        ["Incident", "Investigating", "Shop", "Tours"],
        ["Incident", "Investigating", "Shop"],
    ]


def test_every_message_names_what_is_affected_while_it_is() -> None:
    """An update that changes no state still tells which are bad; the report and a correction name them all."""
    timeline = [
        entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"}),
        entry("2026-03-02 11:00", text="Still at it."),
        entry("2026-03-02 12:00", "resolved"),
    ]
    told = incident(timeline, published="2026-03-03", corrections=[{"at": "2026-03-04", "text": "Not so."}])
    correction, report, _, update, _ = (item["content_html"] for item in json_feed(told)["items"])
    assert f"<li>Shop: {WORDS('state.major_outage')}</li>" in update
    assert f"<strong>{WORDS('feeds.concerned')}</strong> Shop" in report
    assert f"<strong>{WORDS('feeds.concerned')}</strong> Shop" in correction


def test_a_report_holds_the_whole_text() -> None:
    """Nothing of it is left for the page alone but the pictures; what is not stated is not there."""
    found = story(
        first_of_its_kind="yes",
        impact={"text": "No orders.", "customers": "All shops.", "data_loss": "no", "personal_data": "unknown"},
        detection={"by": "customer", "text": "A call.", "alerting_fired": "no"},
        cause={
            "certainty": "known", "category": "hardware", "text": "A disk.", "contributing": ["No spare."],
            "hypotheses": [{"text": "The network.", "outcome": "rejected", "evidence": "It answered."}],
        },
        mitigations=[{"text": "Lists.", "at": "2026-03-02 11:00"}],
        lessons={"went_well": ["Calm."], "went_wrong": ["Late."], "lucky": ["A Sunday."]},
        explanations=[{"term": "Disk", "text": "Where things are kept."}],
        technical="RAID **5**.",
    )  # fmt: skip
    report = json_feed(found)["items"][1]["content_html"]
    for part in (
        WORDS("incident.first_yes"), "No orders.", "<strong>Affected</strong>: All shops.",
        f"{WORDS('incident.data_loss')} {WORDS('incident.data_loss_no')}",
        f"{WORDS('incident.personal_data')} {WORDS('incident.personal_data_unknown')}",
        f"<strong>{WORDS('incident.detected_by')}</strong>: A call.", WORDS("incident.alerting"),
        WORDS("category.hardware"), "A disk.", "No spare.",
        f"The network. ({WORDS('outcome.rejected')})<div>It answered.</div>",
        "Lists.<div>2 March 2026, 12:00</div>", "Calm.", "Late.", "A Sunday.",
        "<strong>Disk</strong>: Where things are kept.", "RAID <strong>5</strong>.",
    ):  # fmt: skip
        assert part in report
    bare = json_feed(story())["items"][1]["content_html"]
    assert not any(WORDS(f"incident.{name}") in bare for name in ("data_loss", "personal_data", "alerting", "lessons"))
