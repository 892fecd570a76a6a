"""The page on why the site still stands: what was found, what it means, since when, and nothing more than that."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from generator.config import render_config
from generator.declared import DIMENSIONS
from generator.independence import Result, build_result, exit_status, judge, render_result
from generator.language import available_languages, language
from generator.project import read_project
from generator.records import Records
from generator.settings import Settings
from generator.site import build_site
from tests.builders import BERLIN
from tests.builders import settings as invented
from tests.built import SITES
from tests.independence_world import NOTHING, NOW, SITE, WATCHED, evidence, zone

URL = "https://status.apart.example/"
WATCHING = ("app.velo.rent",)
SAME_TLD = replace(WATCHED, name="app.velo.example")
"""Shares the ending of its name, which is worth a warning alone."""


def settings(**status: Any) -> Settings:
    """Settings of a site at URL that has to survive app.velo.rent, in German and English."""
    return invented(url=URL, languages=("de", "en"), **{"independent_of": WATCHING} | status)


def checked(*seen: Any, sites: tuple[str, ...] = (URL,), watched: tuple[str, ...] = WATCHING) -> Result:
    """What a check of NOW found in invented evidence."""
    found = judge(evidence(*seen), NOW)
    return build_result(NOW, sites, watched, exit_status(found), found)


def page(result: Result | None, now: datetime = NOW, code: str = "de", **status: Any) -> str:
    """The page, without its front matter."""
    return str(build_site(Records(()), settings(**status), now, checked=result)[f"{code}/independence.md"]).split(
        "---\n", 2
    )[2]


def section(text: str, title: str) -> str:
    """What stands under a heading; nothing without it."""
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


# What it says


def test_nothing_shared_is_told_point_by_point() -> None:
    """Everything that was looked at stands under what is separate, and no other heading is there."""
    told = page(checked())
    assert "banner tone-good" in told
    assert section(told, "Was getrennt oder in Ordnung ist").count("<dt>") == len(DIMENSIONS)
    assert re.findall("^## (.*)$", told, re.MULTILINE) == [
        "Was getrennt oder in Ordnung ist",
        "Wie geprüft wird",
        "Prüfen Sie es selbst",
    ]


def test_what_is_shared_is_named_with_the_reason_that_makes_it_acceptable() -> None:
    """In the reader's language, beside what is shared."""
    reason = {"accepted": {"tld": {"de": "Das ist *selten*.", "en": "That is rare."}}}
    result = checked(SITE, SAME_TLD)
    german = section(page(result, independence=reason), "Was geteilt ist")
    assert "Die Endung des Namens" in german
    assert "gemeinsam: .example" in german
    assert "<strong>Warum wir das hinnehmen:</strong> Das ist <em>selten</em>." in german
    assert "That is rare." in section(page(result, code="en", independence=reason), "What is shared")


def test_what_is_shared_without_a_reason_says_that_there_is_none() -> None:
    """Nothing is made up for the publisher."""
    told = section(page(checked(SITE, SAME_TLD)), "Was geteilt ist")
    assert told.count("noch nicht angegeben") == told.count("<li") == 1


def test_what_is_not_known_is_never_shown_as_passed() -> None:
    """It has a heading of its own, and where it has to be separate the whole is uncertain."""
    told = page(checked(SITE, replace(WATCHED, certificate=NOTHING)))
    assert "banner tone-unknown" in told
    assert "keine Antwort zu: app.velo.rent" in section(told, "Was wir nicht wissen")
    passed = section(told, "Was getrennt oder in Ordnung ist")
    assert "<dt>Das Zertifikat</dt>" not in passed
    assert "<dt>Das Zertifikat</dt>" in section(page(checked()), "Was getrennt oder in Ordnung ist")


def test_what_nobody_stated_is_told_as_such() -> None:
    """No server was asked about a login."""
    seen = replace(evidence(), here=evidence().here.model_copy(update={"login": None}))
    found = judge(seen, NOW)
    told = section(page(build_result(NOW, (URL,), WATCHING, 0, found)), "Was wir nicht wissen")
    assert told.count("von außen nicht zu sehen, und noch nicht angegeben") == told.count("<li") == 1


def test_what_must_not_be_shared_is_told_as_what_it_is() -> None:
    """By sign and in words; a reason that accepts it changes neither."""
    same = replace(SITE, zones=WATCHED.zones)
    reason = {"accepted": {"zone": "Später."}}
    for told in (page(checked(same)), page(checked(same), independence=reason)):
        assert "banner tone-critical" in told
        assert "tone-critical" in section(told, "Was geteilt ist")
        assert "müsste getrennt sein" in section(told, "Was geteilt ist")


def test_a_weak_point_of_one_host_is_no_sharing() -> None:
    """It stands under a heading of its own."""
    slow = replace(zone("velo.rent", *WATCHED.zones[0].nameservers), negative_ttl=86400)  # type: ignore[union-attr, misc]
    told = page(checked(SITE, replace(WATCHED, zones=(slow,))))
    assert "betrifft: velo.rent" in section(told, "Wo es eine Schwäche gibt")
    assert section(told, "Was geteilt ist") == ""


def test_without_a_check_the_page_claims_nothing() -> None:
    """It says that there is no result, and still how anyone can check."""
    told = page(None)
    assert "Ein Ergebnis dieser Prüfung liegt hier zurzeit nicht vor." in told
    assert "banner" not in told
    assert "<dt>" not in told
    assert "incidents independence" in told
    assert "dig +short app.velo.rent" in told


def test_a_check_says_nothing_of_what_was_added_later() -> None:
    """An address, or a domain: the page names it, and no longer says that all is well."""
    told = page(checked(), mirrors=("https://mirror.example/",), independent_of=(*WATCHING, "pay.velo.rent"))
    assert "hinzugekommen, das sie noch nicht kennt: https://mirror.example/ und pay.velo.rent." in told
    assert "banner tone-unknown" in told
    assert "hinzugekommen" not in page(checked())


def test_long_lists_of_names_are_cut_short() -> None:
    """The file for programs has them all."""
    result = checked(SITE, SAME_TLD)
    many = [{"fact": "same_tld", "values": {"tld": f"t{n}"}} for n in range(50)]
    told = json.loads(render_result(result))
    next(found for found in told["findings"] if found["dimension"] == "tld")["evidence"] = many
    assert "gemeinsam: .t0, .t1, .t2, .t3, .t4 und …<" in page(Result.model_validate(told))


def test_what_servers_told_cannot_break_the_page() -> None:
    """It is escaped, and what is invisible is left out."""
    told = json.loads(render_result(checked(SITE, SAME_TLD)))
    evil = [{"fact": "same_operator", "values": {"name": "<script>\u202e\n\n# x"}}]
    next(found for found in told["findings"] if found["dimension"] == "tld")["evidence"] = evil
    text = page(Result.model_validate(told))
    assert "&lt;script&gt;# x" in text
    assert "<script>" not in text


@pytest.mark.parametrize("code", available_languages())
def test_every_dimension_has_its_words(code: str) -> None:
    """In every language of the site, and for no other."""
    assert list(language(code, BERLIN).texts["independence"]["of"]) == list(DIMENSIONS)


# Since when


def test_it_says_when_it_was_checked_and_in_which_zone() -> None:
    """With day and time of day, local to the site."""
    told = page(checked())
    assert (
        '<time datetime="2026-11-22T12:00:00Z">Sonntag, 22. November 2026, 13:00\u00a0Uhr</time> (Europe/Berlin)'
        in told
    )


def test_an_old_check_says_so() -> None:
    """From the thirtieth day on; a page that is not built any more has it said by the script."""
    young, old = (page(checked(), NOW + timedelta(days=30, seconds=more)) for more in (0, 1))
    assert "<strong>Das ist über 30 Tage her" not in young
    assert "<strong>Das ist über 30 Tage her" in old
    assert 'data-at="2026-12-22T12:00:00Z" data-words="Das ist über 30 Tage her' in young
    assert "keine 30 Tage" not in old


def test_between_two_builds_the_page_stays_as_it_is() -> None:
    """As long as nothing was checked anew, and nothing has grown old."""
    assert page(checked(), NOW) == page(checked(), NOW + timedelta(days=29))


def test_a_check_of_later_is_not_known_yet() -> None:
    """A site as of a moment tells what was known at it."""
    assert page(checked(), NOW - timedelta(seconds=1)) == page(None, NOW - timedelta(seconds=1))


# Where it is


def test_a_site_that_has_to_survive_nothing_has_no_such_page() -> None:
    """Nor a file for programs, nor a link."""
    for watched, there in ((WATCHING, True), ((), False)):
        told = settings(independent_of=watched)
        site = build_site(Records(()), told, NOW, checked=checked())
        assert ("de/independence.md" in site) == there
        assert ("de/api/v1/independence.json" in site) == there
        assert ("independence/" in render_config(told, language("de", BERLIN))) == there
        assert (f"{URL}en/independence/" in str(site["de/sitemap.xml"])) == there


def test_programs_read_the_whole_result() -> None:
    """With its evidence, and with what is accepted."""
    site = build_site(Records(()), settings(), NOW, checked=checked())
    told = json.loads(site["de/api/v1/independence.json"])
    assert told["result"] == json.loads(render_result(checked()))
    assert told["accepted"] == {}
    without = build_site(Records(()), settings(), NOW)
    assert json.loads(without["de/api/v1/independence.json"])["result"] is None


def test_the_invented_company_shows_every_kind_of_row() -> None:
    """So that pictures and judges see them all."""
    config, now = SITES["demo"]
    project = read_project(config)
    text = str(build_site(project.records, project.settings, now, checked=project.checked)["en/independence.md"])
    wanted = (
        "Why we accept that:",
        "not stated yet.",
        "weak point</span>",
        "no answer about",
        "not to be seen from outside",
    )
    assert [words for words in wanted if words not in text] == []
