"""What subscribers get: each message once in RSS, each record as it stands in Atom, under ids that stay."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import feedparser
import pytest
from lxml import etree

from generator.feeds import render_feeds
from generator.history import History
from generator.language import language
from generator.model import Incident
from generator.texts import Prose
from tests.builders import BERLIN, entry, history, incident, maintenance, outage, utc

NOW = utc("2026-03-05 12:00")
WORDS = language("en", BERLIN)
ROOT = "https://status.invented.example/"
TAG = "tag:status.invented.example,2026:incidents/one"
HOSTILE = (
    "<script>alert(1)</script>",
    "a]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "![x](https://elsewhere.example/x.png)",
    '<!--><svg onload="alert(1)">',
    "</description><item>",
    "null \x00 bell \x07 lone \ud800 end",
)
TAGS = {"p", "strong", "em", "code", "pre", "a", "img", "ul", "li", "div", "span", "small", "hr"}


def feeds(found: History, code: str = "en") -> dict[str, bytes]:
    return render_feeds(found, language(code, found.settings.zone))


def rss(incidents: Iterable[Incident], now: datetime = NOW, code: str = "en", **more: Any) -> Any:
    return feedparser.parse(feeds(history(incidents, now, **more), code)["history.rss"], sanitize_html=False)


def atom(incidents: Iterable[Incident], now: datetime = NOW, code: str = "en", **more: Any) -> Any:
    return feedparser.parse(feeds(history(incidents, now, **more), code)["history.atom"], sanitize_html=False)


def ids(feed: Any) -> list[str]:
    return [item.id for item in feed.entries]


def story(**more: Any) -> Incident:
    """An outage with all that reaches subscribers: updates, one of them untimed, a report, a correction."""
    timeline = [
        entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"}),
        entry(kind="finding", text="The disk is full."),
        entry(status="monitoring", states={"shop": "partial_outage"}, text="It comes back."),
        entry("2026-03-02 11:00", kind="decision"),
        entry("2026-03-02 12:00", "resolved", text="It is over."),
    ]
    corrections = [{"at": "2026-03-04 08:00", "text": "It was the other disk."}]
    return incident(timeline, **({"published": "2026-03-03 09:00", "corrections": corrections} | more))


def test_rss_has_an_item_for_every_update_and_one_for_the_report_and_each_correction() -> None:
    """Newest first; findings and decisions are for the page."""
    assert [item.title for item in rss([story()]).entries] == [
        "Correction: It broke",
        "The full report: It broke",
        "Resolved: It broke",
        "Monitoring: It broke",
        "Investigating: It broke",
    ]


def test_an_item_is_known_by_its_record_and_its_own_time() -> None:
    """What nobody timed takes the time of the last dated entry and is counted."""
    assert ids(rss([story()])) == [
        f"{TAG}#correction-20260304T080000Z",
        f"{TAG}#post-mortem",
        f"{TAG}#20260302T120000Z",
        f"{TAG}#20260302T100000Z-2",
        f"{TAG}#20260302T100000Z",
    ]


@pytest.mark.parametrize("read", [rss, atom])
def test_a_new_title_a_language_or_an_address_changes_no_id(read: Any) -> None:
    """Readers would be shown everything again. The host in the ids is pinned when the site moves."""
    before = ids(read([story()]))
    moved = {"url": "https://elsewhere.example/below/", "feed_authority": "status.invented.example"}
    assert ids(read([story(title="Another title")])) == before
    assert ids(read([story(title={"de": "Kaputt", "en": "Broken"})], code="de")) == before
    assert ids(read([story()], languages=("de", "en"))) == before
    assert ids(read([story()], zone="Asia/Tokyo")) == before
    assert ids(read([story()], **moved)) == before


def test_a_finding_written_in_later_changes_no_id_of_an_update() -> None:
    """Place in the timeline is no part of an id."""
    full = story()
    lean = full.model_copy(update={"timeline": tuple(e for e in full.timeline if e.kind != "finding")})
    assert ids(rss([full])) == ids(rss([lean]))


def test_two_updates_of_one_minute_are_two_items() -> None:
    """An id is never used twice."""
    timeline = [entry("2026-03-02 10:00", "investigating"), entry("2026-03-02 10:00", text="Still there.")]
    assert ids(rss([incident(timeline)])) == [f"{TAG}#20260302T100000Z-2", f"{TAG}#20260302T100000Z"]


def test_a_reader_that_drops_known_ids_sees_every_message_once() -> None:
    """Told hour by hour, before, during and after: nothing is missed, nothing comes twice."""
    seen: list[tuple[str, str]] = []
    records = [story(), outage("2026-03-02 10:30", "2026-03-02 13:00", name="api", id="two")]
    for hour in range(-2, 96):
        feed = rss(records, utc("2026-03-02 10:00") + timedelta(hours=hour))
        seen += [(item.id, item.summary) for item in reversed(feed.entries) if item.id not in dict(seen)]
    last = rss(records)
    assert sorted(seen) == sorted((item.id, item.summary) for item in last.entries)
    assert len(seen) == 7
    one = [number.split("#")[-1] for number, _ in seen if "/one#" in number]
    updates = ["20260302T100000Z", "20260302T100000Z-2", "20260302T120000Z"]
    assert one == [*updates, "post-mortem", "correction-20260304T080000Z"]


def test_an_update_that_nobody_timed_stays_in_its_place() -> None:
    """It is never dated before the entry above it, however vague that one's time."""
    timeline = [
        entry("2026-03-02 10:00", "investigating"),
        entry("~2026-03-02 11:00", "identified"),
        entry(text="Untimed."),
        entry("2026-03-02 12:00", "resolved"),
    ]
    items = rss([incident(timeline)]).entries
    assert "Untimed." in items[1].summary
    assert items[1].id == f"{TAG}#20260302T110000Z-2"
    assert items[1].published == items[2].published == "Mon, 02 Mar 2026 11:00:00 +0000"
    assert f"Monday, 2 March 2026, {WORDS('time.undated')}" in items[1].summary


def test_the_report_is_not_dated_before_what_it_tells_of() -> None:
    """`published` may give the day alone."""
    items = rss([story(published="2026-03-02", corrections=[])]).entries
    assert items[0].id == f"{TAG}#post-mortem"
    assert items[0].published == "Mon, 02 Mar 2026 12:00:00 +0000"


def test_before_it_appeared_the_report_is_in_neither_feed() -> None:
    """What is not yet published is not told."""
    found, now = story(summary="The whole truth."), utc("2026-03-03 08:59")
    assert f"{TAG}#post-mortem" not in ids(rss([found], now))
    assert "The whole truth." not in atom([found], now).entries[0].content[0].value
    assert "The whole truth." in atom([found]).entries[0].content[0].value


def test_atom_has_one_entry_per_record_that_moves_up_when_it_changes() -> None:
    """`updated` is the newest thing that the record says; the id stays."""
    records = [story(), outage("2026-03-03 06:00", "2026-03-03 07:00", id="two")]
    assert [number.split("/")[-1] for number in ids(atom(records, utc("2026-03-03 07:00")))] == ["two", "one"]
    feed = atom(records)
    assert [number.split("/")[-1] for number in ids(feed)] == ["one", "two"]
    assert feed.entries[0].updated == feed.feed.updated == "2026-03-04T08:00:00+00:00"
    assert feed.entries[0].published == "2026-03-02T10:00:00+00:00"
    assert feed.entries[0].title == "Resolved: It broke"


def test_atom_tells_when_a_maintenance_begins_and_ends_by_its_plan() -> None:
    """Nobody has to write it during the work."""
    planned = maintenance(
        [entry("2026-03-01 10:00", "scheduled", {"shop": "under_maintenance"})],
        "2026-03-02 10:00", "2026-03-02 11:00",
    )  # fmt: skip
    heads = []
    for now in ("2026-03-02 09:00", "2026-03-02 10:30", "2026-03-02 11:30"):
        feed = atom([planned], utc(now))
        heads.append((feed.entries[0].title, feed.entries[0].updated[:16]))
    assert heads == [
        ("Planned: It broke", "2026-03-01T10:00"),
        ("In progress: It broke", "2026-03-02T10:00"),
        ("Completed: It broke", "2026-03-02T11:00"),
    ]


def test_an_announcement_names_the_window_and_what_it_concerns() -> None:
    """Nothing is under maintenance yet."""
    planned = maintenance(
        [entry("2026-03-01 10:00", "scheduled", {"shop": "under_maintenance"})],
        "2026-03-02 10:00", "2026-03-02 11:00",
    )  # fmt: skip
    (item,) = rss([planned]).entries
    assert "Concerns:</strong> Shop" in item.summary
    assert "Monday, 2 March 2026, 11:00" in item.summary
    assert WORDS("state.under_maintenance") not in item.summary


def test_an_item_holds_the_whole_text() -> None:
    """State, components, text, advice, restriction, other address, next update, the page, the zone."""
    told = entry(
        "2026-03-02 10:00", "investigating", {"shop": "major_outage", "api": "degraded_performance"},
        text="See [uptime](uptime/) for **figures**.", advice="Wait.", restriction="No orders.",
        available_at="https://other.example/?a=1&b=2", next_update="2026-03-02 11:00",
    )  # fmt: skip
    (item,) = rss([incident([told])]).entries
    for part in (
        f"<strong>{WORDS('status.investigating')}</strong> · Monday, 2 March 2026, 11:00",
        f"<li>Shop: {WORDS('state.major_outage')}</li><li>Api: {WORDS('state.degraded_performance')}</li>",
        f'See <a href="{ROOT}uptime/">uptime</a> for <strong>figures</strong>',
        f"<strong>{WORDS('front.advice')}</strong> Wait.",
        f"<strong>{WORDS('front.restriction')}</strong> No orders.",
        '<a href="https://other.example/?a=1&amp;b=2">',
        "Monday, 2 March 2026, 12:00",
        f'<a href="{ROOT}incidents/one/">',
        WORDS.zone_sentence,
    ):
        assert part in item.summary
    assert item.link == f"{ROOT}incidents/one/"


def test_links_stay_in_the_language_of_the_feed() -> None:
    """Those of the texts too: they are relative to the root of their language."""
    told = entry("2026-03-02 10:00", "investigating", text="See [uptime](uptime/).")
    for read in (rss, atom):
        (item,) = read([incident([told])], code="de").entries
        assert item.link == f"{ROOT}de/incidents/one/"
        assert f'<a href="{ROOT}de/uptime/">' in item.summary


def test_what_is_well_again_is_named_though_nobody_wrote_it() -> None:
    """The end gives back what was broken; what was fine all along is not news."""
    timeline = [
        entry("2026-03-02 10:00", "investigating", {"shop": "major_outage", "api": "operational"}),
        entry("2026-03-02 11:00", "resolved"),
    ]
    newest = rss([incident(timeline)]).entries[0]
    assert f"<ul><li>Shop: {WORDS('state.operational')}</li></ul>" in newest.summary


def test_the_report_tells_the_cause_with_its_certainty_what_helped_and_what_is_promised() -> None:
    """The rest is on the page."""
    found = story(
        summary="Nobody could order.",
        cause={"certainty": "suspected", "text": "A full disk."},
        mitigations=[{"text": "We mailed lists.", "restores": "Orders.", "limits": "By hand."}],
        actions=[
            {"text": "A bigger disk.", "owner": "Operations", "due": "2026-06-01"},
            {"text": "A second disk.", "status": "dropped", "reason": "Too noisy."},
        ],
    )
    text = rss([found]).entries[1].summary
    for part in (
        "Nobody could order.",
        WORDS("certainty.suspected"),
        "A full disk.",
        "We mailed lists.",
        f"<strong>{WORDS('incident.restores')}</strong> Orders.",
        f"<strong>{WORDS('incident.limits')}</strong> By hand.",
        f"A bigger disk. ({WORDS('action.owner', owner='Operations')}, by 1 June 2026)",
        f"A second disk. ({WORDS('action.dropped')})",
        f"<strong>{WORDS('action.reason')}</strong> Too noisy.",
    ):
        assert part in text


def test_a_text_without_a_translation_is_marked_with_its_language() -> None:
    """The words of the feed are in the reader's language, the text in the one it has."""
    timeline = [entry("2026-03-02 10:00", "investigating", text={"de": "Es geht nicht."}, advice="Wait.")]
    promise = {"text": "A bigger disk.", "owner": {"de": "Technik"}}
    report, item = rss([incident(timeline, title={"de": "Kaputt"}, published="2026-03-03", actions=[promise])]).entries
    assert '<span lang="de">Technik</span>' in report.summary
    assert '<div lang="de"><p>Es geht nicht.</p></div>' in item.summary
    assert item.title == "Investigating: Kaputt"
    assert item.summary.count("lang=") == 1


def test_each_language_is_a_feed_of_its_own() -> None:
    """Own id, own address, own language; the messages have the same ids."""
    for read, name in ((rss, "history.rss"), (atom, "history.atom")):
        english, german = read([story()]), read([story()], code="de")
        assert (english.feed.language, german.feed.language) == ("en", "de")
        assert _links(english) == {"self": ROOT + name, "alternate": ROOT}
        assert _links(german) == {"self": f"{ROOT}de/{name}", "alternate": f"{ROOT}de/"}
        assert ids(english) == ids(german)
    assert atom([story()]).feed.id != atom([story()], code="de").feed.id


def _links(feed: Any) -> dict[str, str]:
    return {link.rel: link.href for link in feed.feed.links}


@pytest.mark.parametrize("read", [rss, atom])
def test_a_feed_is_dated_by_its_records(read: Any) -> None:
    """Not by the build: the same records at another time give the same bytes."""
    assert read([story()]).feed.updated_parsed[:5] == (2026, 3, 4, 8, 0)
    assert feeds(history([story()], NOW)) == feeds(history([story()], NOW + timedelta(days=300)))


def test_a_site_without_records_has_sound_empty_feeds() -> None:
    """The first build of a new site."""
    assert rss([]).feed.title == "Invented Status: incidents, maintenance and notices"
    assert (rss([]).bozo, atom([]).bozo, rss([]).entries, atom([]).entries) == (False, False, [], [])
    assert atom([]).feed.updated == "2026-03-05T12:00:00+00:00"


def test_two_builds_give_the_same_bytes_in_whatever_order_records_come() -> None:
    """The machine's clock and the order of files reach no feed."""
    records = [story(id=f"r{number}") for number in range(20)]
    assert feeds(history(records, NOW)) == feeds(history(records[::-1], NOW))


def test_a_feed_does_not_grow_with_the_years() -> None:
    """5,000 records weigh what 100 weigh, and the newest are in it."""
    few, many = _years(100), _years(5000)
    for name, size in _sizes(few).items():
        assert abs(_sizes(many)[name] - size) < 0.02 * size
    newest = rss(many, utc("2046-01-01 00:00")).entries
    assert len(newest) == 50
    assert newest[0].link == f"{ROOT}incidents/r4999/"


def _years(count: int) -> Sequence[Incident]:
    start = utc("2026-01-01 00:00")
    days = (f"{start + timedelta(days=number):%Y-%m-%d}" for number in range(count))
    return [outage(f"{day} 10:00", f"{day} 11:00", id=f"r{number:04}") for number, day in enumerate(days)]


def _sizes(incidents: Sequence[Incident]) -> dict[str, int]:
    found = feeds(history(incidents, utc("2046-01-01 00:00")))
    return {name: len(content) for name, content in found.items()}


class _Elements(HTMLParser):
    """Every element of a piece of HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _evil(text: str) -> Incident:
    """A record that says `text` wherever a text can stand, past the checks of the reader."""
    prose, line = Prose.model_construct({"en": text}), {"en": text.replace("\n", " ")}
    told = entry("2026-03-02 10:00", "investigating", {"shop": "major_outage"})
    found = incident([told], title=line, published="2026-03-02", actions=[{"text": "x", "owner": line}])
    first = found.timeline[0].model_copy(update={"text": prose, "advice": prose, "restriction": prose})
    action = found.actions[0].model_copy(update={"text": prose})
    return found.model_copy(update={"timeline": (first,), "summary": prose, "actions": (action,)})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing_in_a_reader(text: str) -> None:
    """Read as XML there is nothing but the feed; read as HTML, titles too, nothing that runs or loads."""
    components = [{"id": "shop", "name": text}, "tours", "api"]
    for path, content in feeds(history([_evil(text)], NOW, components=components)).items():
        if path.endswith(".json"):
            for item in json.loads(content)["items"]:
                _assert_harmless(item["title"])
                _assert_harmless(item["content_html"])
            continue
        document = etree.fromstring(content)
        assert {str(element.tag).rsplit("}")[-1] for element in document.iter()} <= _OF_A_FEED
        for element in document.iter("{*}title", "{*}description", "{*}content", "{*}encoded", "{*}subtitle"):
            _assert_harmless(element.text or "")


_OF_A_FEED = {
    "rss", "channel", "title", "link", "description", "docs", "generator", "language", "lastBuildDate",
    "item", "guid", "pubDate", "feed", "id", "updated", "author", "name", "subtitle", "entry", "content",
    "published", "category",
}  # fmt: skip


def _assert_harmless(html: str) -> None:
    for tag, attributes in _Elements(html).found:
        assert tag in TAGS
        assert set(attributes) <= {"href", "src", "alt", "lang"}
        assert (attributes.get("href") or "#").startswith(("https://", "#"))
        assert (attributes.get("src") or "#").startswith(("#", ROOT))


def test_a_title_keeps_its_signs() -> None:
    """Programs differ in whether a title is HTML; nothing of it is lost in either."""
    (item,) = rss([outage("2026-03-02 10:00", title="R&D: 3 < 4, <b>bold</b>")]).entries
    assert item.title == "Investigating: R&D: 3 < 4, < b>bold< /b>"


@pytest.mark.parametrize("name", ["history.rss", "history.atom"])
def test_guids_are_no_addresses_and_html_is_declared(name: str) -> None:
    """Else a program would open the id as a page, or show tags as words."""
    text = feeds(history([story()], NOW))[name].decode()
    if name.endswith("rss"):
        assert text.count('<guid isPermaLink="false">') == text.count("<item>") == 5
    else:
        assert text.count('<content type="html">') == text.count("<entry>") == 1
