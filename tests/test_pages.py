"""What pages say, and which of them an update touches."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest

from generator.facts import is_open, is_upcoming
from generator.history import build_history
from generator.language import language
from generator.model import Incident, Update
from generator.moments import Moment
from generator.project import Project, read_project
from generator.records import Records, Unreadable
from generator.site import Site, build_site
from generator.texts import Prose
from tests.builders import BERLIN, entry, incident, maintenance, outage, settings, utc
from tests.built import SITES, Built

NOW = utc("2026-03-05 12:00")
EN = language("en", BERLIN)
RUNNING = EN("front.none")


def site(*incidents: Incident, now: datetime = NOW, unreadable: Iterable[Unreadable] = (), **more: Any) -> Site:
    """The site of some records in English and German, with the components Shop, Tours and Api."""
    return build_site(Records(tuple(incidents), tuple(unreadable)), settings(**more), now)


def words(built: Site, page: str) -> str:
    """What a page says below its front matter, without its markup."""
    body = str(built[page]).split("\n---\n", 1)[1]
    text = re.sub(r"\\([*])", r"\1", unescape(re.sub(r"<[^>]+>", " ", body)))
    return re.sub(r"\s+([.,:])(?=\s)", r"\1", re.sub(r"[ \n]+", " ", text))


def headline(built: Site) -> str:
    """The one sentence on top of the English front page."""
    found = re.search(r'<h1 class="headline">(.*?)</h1>', str(built["en/index.md"]))
    assert found
    return unescape(found[1])


# What is finished stays as it is


@pytest.fixture(scope="module")
def demo() -> Project:
    return read_project(SITES["demo"][0])


def _with_update(project: Project, name: str, at: datetime) -> Records:
    """The records after one more update of the record called `name`."""
    news = Update(at=Moment(exact=at), text=Prose({"de": "Es geht voran.", "en": "We are getting there."}))
    changed = tuple(
        found.model_copy(update={"timeline": (*found.timeline, news)}) if found.id == name else found
        for found in project.records.incidents
    )
    assert changed != project.records.incidents
    return Records(changed)


def _changed(before: Site, after: Site) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_one_new_update_touches_only_the_pages_about_the_present(demo: Project) -> None:
    """Every finished post-mortem and every year gone by is byte-equal; so is all that is not a page."""
    now = SITES["demo"][1]
    later = now + timedelta(minutes=5)
    before = build_site(demo.records, demo.settings, now)
    after = build_site(_with_update(demo, "2026-10-20-slow-orders", later), demo.settings, later)
    present = {"index.md", "uptime.md", "commitments.md", "history/index.md", "history/2026.md"}
    present |= {f"components/{component.id}.md" for component in demo.settings.components}
    present |= {f"incidents/{name}.md" for name in _open(demo, now)} | {"card.png", "embed/index.html"}
    present |= {"history.rss", "history.atom", "feed.json", "components/shop.rss", "components/website.rss"}
    # Every file in the form of Statuspage says when the page last changed.
    present |= {path.removeprefix("en/") for path in after if path.startswith("en/api/")}
    wanted = {f"{code}/{path}" for code in demo.settings.languages for path in present}
    own = ("status", "incidents", "availability", "commitments", "years/2026", "incidents/2026-10-20-slow-orders")
    assert _changed(before, after) == wanted | {f"de/api/v1/{name}.json" for name in own} | {
        "de/build.json",
        "de/metrics",
        "de/sitemap.xml",
    }


def _open(project: Project, now: datetime) -> set[str]:
    """The records that are going on or still to come."""
    courses = build_history(project.records, project.settings, now).courses
    return {course.incident.id for course in courses if is_open(course) or is_upcoming(course)}


def test_a_finished_report_does_not_change_with_the_years(demo: Project) -> None:
    """Not even when promises of it have become overdue: those are told where the present is told."""
    now = SITES["demo"][1]
    before, after = (build_site(demo.records, demo.settings, then) for then in (now, now + timedelta(days=800)))
    finished = {found.id for found in demo.records.incidents} - _open(demo, now)
    assert len(finished) > 10
    pages = {f"{code}/incidents/{name}.md" for code in demo.settings.languages for name in finished}
    assert _changed(before, after) & pages == set()


# Languages


def test_a_text_without_translation_is_shown_in_the_language_it_has_and_marked() -> None:
    """With `lang` for screen readers and with words for everybody; the heading too. No mark where none is needed."""
    told = entry("2026-03-02 10:00", "resolved", {"shop": "major_outage"}, text={"de": "Kasse aus."})
    built = site(incident([told], title={"de": "Kasse"}, summary={"de": "Kurz **aus**.", "en": "Off for a bit."}))
    page = str(built["en/incidents/one.md"])
    assert '# <span lang="de">Kasse</span>' in page
    assert '<div lang="de"><p>Kasse aus.</p></div> <span class="tag">in German</span>' in page
    assert "Off for a bit." in page
    assert re.search('<a href="[^"]*incidents/one/"><span lang="de">Kasse</span>', str(built["en/history/2026.md"]))
    german = str(built["de/incidents/one.md"])
    assert "# Kasse\n" in german
    assert "auf Deutsch" not in german


# What is known and what is not


@pytest.mark.parametrize(
    ("impact", "said"),
    [
        (None, "not stated"),
        ({"text": "It was slow."}, "not stated"),
        ({"data_loss": "no"}, "No."),
        ({"data_loss": "yes"}, "Yes."),
        ({"data_loss": "unknown"}, EN("incident.data_loss_unknown")),
    ],
)
def test_not_stated_is_another_answer_than_no(impact: dict[str, str] | None, said: str) -> None:
    """A report that is silent about data loss says that it is silent."""
    more: dict[str, Any] = {"impact": impact} if impact else {}
    told = entry("2026-03-02 10:00", "resolved", {"shop": "major_outage"})
    built = site(incident([told], **more))
    asked = re.escape(EN("incident.data_loss"))
    found = re.search(rf"<dt>{asked}</dt><dd>(.*?)</dd>", str(built["en/incidents/one.md"]))
    assert found
    assert found[1] == said


def test_a_report_without_a_known_length_prints_bounds() -> None:
    """Between the shortest and the longest that the told times allow."""
    start = {"between": ["2026-03-02 09:00", "2026-03-02 10:00"]}
    built = site(outage(start, "2026-03-02 11:00"))
    assert "1 hour to 2 hours" in words(built, "en/incidents/one.md")


# The front page


def test_all_is_well_only_when_nothing_is_going_on() -> None:
    """The same sentence never stands over an open incident, even one that hurts no component."""
    over = outage("2026-03-02 10:00", "2026-03-02 11:00")
    quiet = outage("2026-03-05 10:00", state="operational", id="two")
    assert headline(site(over)) == RUNNING
    assert headline(site(over, quiet)) == EN("front.open")


def test_the_headline_names_what_is_down() -> None:
    """The worst state and those that are in it."""
    built = site(outage("2026-03-05 10:00"), outage("2026-03-05 11:00", None, "degraded_performance", "api", id="b"))
    assert headline(built) == EN("front.major_outage", n=1, names="Shop")


def test_a_component_that_a_finished_record_left_down_is_not_called_fine() -> None:
    """Resolved with a named state means that state."""
    told = [entry("2026-03-02 10:00", "resolved", {"shop": "partial_outage"})]
    assert headline(site(incident(told))) == EN("front.partial_outage", n=1, names="Shop")


def test_an_unreadable_record_is_named_and_what_may_be_going_on_is_not_hidden() -> None:
    """`--keep-going` leaves a record out, never in silence."""
    lost = Unreadable("2026-03-05-lost", "Checkout <broken>", may_be_ongoing=True)
    built = site(outage("2026-03-02 10:00", "2026-03-02 11:00"), unreadable=[lost])
    assert headline(built) == EN("front.unknown", n=1) != RUNNING
    assert "Checkout <broken>" in words(built, "en/index.md")
    assert "incidents/2026-03-05-lost.yml" in words(built, "en/index.md")
    assert language("de", BERLIN)("front.none") not in str(built["de/index.md"])


def test_an_unreadable_record_that_is_over_is_named_without_alarm() -> None:
    """What is wrong with its file is no outage."""
    lost = Unreadable("2026-01-01-old", "Long ago", may_be_ongoing=False)
    built = site(unreadable=[lost])
    assert headline(built) == RUNNING
    assert "Long ago" in words(built, "en/index.md")


@pytest.mark.parametrize(("time", "key"), [("12:30", "front.next_by"), ("11:30", "front.overdue_by")])
def test_the_promised_next_update_is_told_and_an_overdue_one_owned_up_to(time: str, key: str) -> None:
    """Readers see which of the two it is."""
    until = f"2026-03-05 {time}"
    built = site(incident([entry("2026-03-05 11:00", "investigating", {"shop": "major_outage"}, next_update=until)]))
    told = EN.clock(utc(until))
    assert EN(key, time=told) in words(built, "en/index.md")


def test_advice_stands_on_the_front_page_until_other_advice_replaces_it() -> None:
    """A later update without advice does not take it back."""
    first = entry("2026-03-05 10:00", "investigating", {"shop": "major_outage"}, advice="Do not pay twice.")
    second = entry("2026-03-05 10:30", text="Still at it.")
    third = entry("2026-03-05 11:00", advice="You may pay again.")
    assert "Do not pay twice." in words(site(incident([first, second])), "en/index.md")
    after = words(site(incident([first, second, third])), "en/index.md")
    assert "You may pay again." in after
    assert "Do not pay twice." not in after


def test_maintenance_to_come_is_announced_and_running_maintenance_is_the_headline() -> None:
    """Announced: under its heading, all well. Begun: named on top."""
    told = [
        entry("2026-03-04 10:00", "scheduled", text="We will be short."),
        entry("2026-03-06 10:00", "in_progress", {"shop": "under_maintenance"}),
    ]
    planned = maintenance(told, "2026-03-06 10:00", "2026-03-06 12:00", title="New tills")
    before = site(planned)
    assert headline(before) == RUNNING
    assert EN("front.upcoming") in words(before, "en/index.md")
    assert "New tills" in words(before, "en/index.md")
    during = site(planned, now=utc("2026-03-06 11:00"))
    assert headline(during) == EN("front.under_maintenance", n=1, names="Shop")
    assert EN("front.upcoming") not in words(during, "en/index.md")


def test_news_from_the_future_is_not_told_yet() -> None:
    """A site built as of a moment knows what was known then."""
    found = outage("2026-03-05 10:00", "2026-03-05 14:00")
    assert headline(site(found)) != RUNNING
    assert headline(site(found, now=utc("2026-03-05 14:01"))) == RUNNING


# Legal pages


def test_what_the_imprint_lacks_is_said_and_not_made_up() -> None:
    """The company's name is all that these settings know."""
    built = site()
    page = words(built, "en/imprint.md")
    assert "Invented" in page
    assert EN("imprint.incomplete") in page
    assert page.count(EN("imprint.missing")) == 6


# The first publisher's outage


SEED = {
    "the day": ("Samstag, 17. Juli 2021", "Saturday, 17 July 2021"),
    "start as told": ("in aller Früh", "in the early hours"),
    "first hints as told": ("kurz nach 9", "shortly after 9"),
    "end as told": ("gegen 11:14", "around 11:14"),
    "untimed events say so": ("Uhrzeit nicht festgehalten", "time not recorded"),
    "what was down": ("Buchungssystem unter app.velo.rent", "the booking system at app.velo.rent"),
    "seen from a telephone": ("iPhone bestätigt den Ausfall", "iPhone confirms the outage"),
    "homepage and demo were fine": ("ist erreichbar, die Demoinstanz auch", "the homepage answers, so does the demo"),
    "servers of their own": ("auf eigenen Servern", "on servers of their own"),
    "hypothesis one": ("Die Webanwendung ist abgestürzt. ausgeschlossen", "The web application has crashed. ruled out"),
    "hypothesis of the server": ("selbst ist abgestürzt. ausgeschlossen", "The server itself has crashed. ruled out"),
    "hypothesis two": ("Zweiter Verdacht: Es liegt am DNS", "Second suspicion: it is DNS"),
    "unknown to DNS": ("dass sie diese Adresse nicht kennen", "that they do not know the address"),
    "the server ran": ("der Server ist also nicht abgestürzt", "so the server has not crashed"),
    "decision to wait": ("hilft nur warten", "the only remedy is to wait"),
    "bookings by mail": ("per Mail die Buchungen, die heute anstehen", "we mail our merchants the bookings due today"),
    "limited business": ("Das Tagesgeschäft, eingeschränkt", "The day's business, in a limited way"),
    "second domain": ("zweite Domain, die auf denselben Server", "second domain that points to the same server"),
    "advice on new bookings": ("vorerst keine neuen Buchungen anlegen", "do not create new bookings for now"),
    "its reason": ("mit dem Zahlungsdienstleister läuft asynchron", "payment provider is asynchronous"),
    "end of advice unknown": ("Wann dieser Rat endete, ist nicht", "When that advice ended is not on record"),
    "for the most part": ("Größtenteils heißt", "For the most part means"),
    "cause only suspected": ("Die Ursache ist vermutet, nicht bewiesen.", "The cause is suspected, not proven."),
    "two entries": ("kannten die beiden Einträge nicht mehr", "no longer knew the two entries that point to"),
    "hiccup": ("einen kurzen Aussetzer", "a short hiccup"),
    "caching": ("drei bis 24 Stunden", "three to 24 hours"),
    "no change for months": ("seit Monaten", "for months"),
    "first of its kind": ("zum ersten Mal", "the first incident of its kind"),
    "alerting was silent": ("Warnsysteme haben nicht angeschlagen", "alerting stayed silent"),
    "who gave the hints is unknown": ("von wem sie kamen, ist nicht festgehalten", "who gave them is not on record"),
    "number of merchants unknown": ("Wie viele es waren, ist nicht festgehalten", "How many is not on record"),
    "data loss not stated": ("Gingen Daten verloren? nicht angegeben", "Was any data lost? not stated"),
    "personal data not stated": ("persönliche Daten betroffen? nicht angegeben", "personal data involved? not stated"),
    "promise one": ("schneller und zuverlässiger informieren", "informs us faster and more reliably"),
    "promise two": ("Eine andere Lösung für einen Fall wie diesen", "Find another answer to a case like this one"),
    "influence on DNS": ("Auf DNS-Server haben wir kaum Einfluss", "hardly any influence on DNS servers"),
    "database stayed in reach": ("Der Zugriff auf die Datenbank blieb", "Access to the database remained"),
    "telephone book": ("Das Telefonbuch des Internets", "The telephone book of the internet"),
    "automatic restart": ("die Webanwendung normalerweise selbst neu", "normally restarts the web application"),
    "the nerd aside": ("Etwas für die Nerds", "One for the nerds"),
}  # fmt: skip
"""Each fact of the post on the outage of 17 July 2021, and the words that carry it."""


@pytest.fixture(scope="module")
def velorent() -> Site:
    project = read_project(SITES["velorent"][0])
    return build_site(project.records, project.settings, SITES["velorent"][1])


@pytest.mark.parametrize("fact", SEED)
@pytest.mark.parametrize("code", ["de", "en"])
def test_no_fact_of_the_first_outage_is_lost(fact: str, code: str, velorent: Site) -> None:
    """In German and in English."""
    german, english = SEED[fact]
    assert (german if code == "de" else english) in words(velorent, f"{code}/incidents/2021-07-17-dns.md")


@pytest.mark.parametrize("code", ["de", "en"])
def test_the_unrelated_announcement_is_a_notice_of_its_own(code: str, velorent: Site) -> None:
    """It changes no state and stands on no page of the outage but as its neighbour."""
    page, outage_page = (words(velorent, f"{code}/incidents/2021-07-17-{name}.md") for name in ("next-version", "dns"))
    announced = "Rechnungsstellung" if code == "de" else "automated invoicing"
    assert language(code, BERLIN)("kind.notice") in page
    assert announced in page
    assert announced not in outage_page


def test_both_sites_say_that_all_is_well_as_of_their_day(sites: dict[str, Built]) -> None:
    """velorent has nothing going on; the invented company has, and names it."""
    assert "Alles läuft." in sites["velorent"].text("")
    assert "Alles läuft." not in sites["demo"].text("")
    assert "Bestellseite" in sites["demo"].tree("").findtext(".//h1[@class='headline']")


# The present, in one glance


def test_the_banner_says_what_still_works() -> None:
    """While one component is down, the others are named as fine."""
    broken = site(outage("2026-03-05 09:00"))
    assert "Still working: Tours and Api." in words(broken, "en/index.md")
    assert "Still working" not in words(site(), "en/index.md")


def test_the_next_update_of_today_is_told_by_the_clock() -> None:
    """`by 13:30` is enough today; another day is named."""
    today = incident(
        [entry("2026-03-05 09:00", "investigating", {"shop": "major_outage"}, next_update="2026-03-05 12:30")]
    )
    assert "Next update by 13:30" in words(site(today), "en/index.md")
    tomorrow = incident(
        [entry("2026-03-05 09:00", "investigating", {"shop": "major_outage"}, next_update="2026-03-06 08:00")]
    )
    assert "Next update by 6 March 2026, 09:00" in words(site(tomorrow), "en/index.md")


def test_durations_are_told_as_a_distribution() -> None:
    """Every resolved incident is in one class; the median and the longest are named, no mean is."""
    records = [
        outage("2026-03-01 10:00", "2026-03-01 10:10", id="short"),
        outage("2026-03-02 10:00", "2026-03-02 12:00", id="middle"),
        outage("2026-02-01 10:00", "2026-02-06 10:00", id="long"),
        outage("2026-03-05 09:00", id="open"),
    ]
    said = words(site(*records), "en/history/index.md")
    assert "From 3 resolved incidents." in said
    counts = re.findall(r"(?:up to|more than) [\d a-z]+? (\d+) (?=up to|more than|Half)", said)
    assert [int(count) for count in counts] == [1, 0, 1, 0, 0, 0, 1]
    assert "Half of them were over after 2 hours at the latest." in said


def test_a_report_links_to_its_record_where_the_settings_say_where() -> None:
    """Readers can see the record itself, and what changed in it."""
    record = outage("2026-03-01 10:00", "2026-03-01 10:10")
    told = site(record, source="https://code.example/status/src/main/")
    assert 'href="https://code.example/status/src/main/incidents/one.yml"' in str(told["en/incidents/one.md"])
    assert "code.example" not in str(site(record)["en/incidents/one.md"])
