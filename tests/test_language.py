"""Days, times, durations and shares are told as each language writes them; every language has every text."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.language import Language, available_languages, iso, language, tool_language, tool_languages
from generator.moments import Moment

BERLIN = ZoneInfo("Europe/Berlin")
CODES = available_languages()
HOUSE = Path(__file__).parents[1] / "generator"
DAY = date(2021, 7, 17)
NBSP = "\u00a0"
EARLY = datetime(2021, 7, 17, 7, 5, tzinfo=UTC)
"""Five past nine by Berlin's clock."""


def told_in(code: str) -> Language:
    return language(code, BERLIN)


def flat(texts: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every text with its whole key."""
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        else:
            yield above + key, value


def texts_of(code: str) -> dict[str, Any]:
    return dict(flat(told_in(code).texts))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def moment(written: object) -> Moment:
    """A moment as a record of a site in Berlin writes it."""
    return Moment.model_validate(written, context={"zone": BERLIN, "languages": CODES})


MOMENTS = {
    "exact": moment("2021-07-17 11:14"),
    "day": moment("2021-07-17"),
    "about": moment("~2021-07-17 11:14"),
    "before": moment({"before": "2021-07-17 11:14"}),
    "after": moment({"after": "2021-07-17 11:14"}),
    "between": moment({"between": ["2021-07-17 09:05", "2021-07-17 11:14"]}),
}


def test_german_english_and_french_are_there() -> None:
    """The three languages that the product has texts for."""
    assert CODES == ("de", "en", "fr")


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_the_same_texts(code: str) -> None:
    """A text that is missing, or left over, in one language is told by its key."""
    assert set(texts_of(code)) ^ set(texts_of("de")) == set()


@pytest.mark.parametrize("code", CODES)
def test_every_language_puts_the_same_values_in(code: str) -> None:
    """A value that German tells is told in every language, and no other value is asked for."""
    german = {key: placeholders(text) for key, text in texts_of("de").items()}
    assert {key: placeholders(text) for key, text in texts_of(code).items()} == german


def test_the_commands_say_the_same_in_each_language() -> None:
    """German and English, text by text, with the same values put in."""
    assert set(tool_languages()) >= {"de", "en"}
    english, *others = (dict(flat(tool_language(code, BERLIN).texts["tool"])) for code in ("en", *tool_languages()))
    for texts in others:
        assert {key: placeholders(text) for key, text in texts.items()} == {
            key: placeholders(text) for key, text in english.items()
        }


def test_every_refusal_has_its_words() -> None:
    """No command ends for a reason that it cannot tell."""
    source = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "cli").glob("*.py"))
    source += "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "editing").glob("*.py"))
    reasons = r'(?:Refused\("|refuse\("|"(?:tool\.)?refused\.|"(?=nothing_))(\w+)'
    assert set(re.findall(reasons, source)) == set(tool_language("en", BERLIN).texts["tool"]["refused"])


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_words(code: str) -> None:
    """None is empty, and none was read as a truth value or a number."""
    texts = texts_of(code)
    assert [key for key, text in texts.items() if not isinstance(text, str) or not text.strip()] == []


@pytest.mark.parametrize("code", [code for code in CODES if code != "de"])
def test_no_sentence_was_left_in_german(code: str) -> None:
    """Single words may be alike in two languages, sentences are not."""
    german, texts = texts_of("de"), texts_of(code)
    sentences = [key for key, text in german.items() if len(re.findall(r"[^\W\d_]{2,}", text)) >= 3]
    assert len(sentences) > 100
    assert [key for key in sentences if texts[key] == german[key]] == []


@pytest.mark.parametrize("code", CODES)
def test_every_language_can_name_the_others(code: str) -> None:
    """A text that exists in one language only says in which."""
    assert set(told_in(code).texts["only"]) == set(CODES)


def test_french_keeps_its_marks_beside_their_words() -> None:
    """Before : ; ? ! % and inside quotation marks stands a space at which no line breaks."""
    loose = re.compile(rf"[^{NBSP}][:;?!%»]|«[^{NBSP}]")
    assert [key for key, text in texts_of("fr").items() if loose.search(text)] == []


@pytest.mark.parametrize(
    ("code", "form", "expected"),
    [
        ("de", "long", "Samstag, 17. Juli 2021"),
        ("de", "medium", "17. Juli 2021"),
        ("de", "short", "17.07.2021"),
        ("de", "month", "Juli 2021"),
        ("en", "long", "Saturday, 17 July 2021"),
        ("en", "medium", "17 July 2021"),
        ("en", "short", "17/07/2021"),
        ("en", "month", "July 2021"),
        ("fr", "long", "samedi 17 juillet 2021"),
        ("fr", "medium", "17 juillet 2021"),
        ("fr", "short", "17/07/2021"),
        ("fr", "month", "juillet 2021"),
    ],
)
def test_a_day_in_each_form(code: str, form: str, expected: str) -> None:
    """With its weekday, without, in figures, and the month alone."""
    assert told_in(code).day(DAY, form) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", "Sonntag, 18. Juli 2021, 00:30\u00a0Uhr"),
        ("en", "Sunday, 18 July 2021, 00:30"),
        ("fr", "dimanche 18 juillet 2021, 00:30"),
    ],
)
def test_an_instant_is_told_by_the_clock_of_the_site(code: str, expected: str) -> None:
    """Half past ten in the evening in UTC is the next day in Berlin in summer."""
    late = datetime(2021, 7, 17, 22, 30, tzinfo=UTC)
    assert told_in(code).instant(late) == expected
    assert told_in(code).local_day(late) == date(2021, 7, 18)


@pytest.mark.parametrize(("code", "expected"), [("de", "09:05\u00a0Uhr"), ("en", "09:05"), ("fr", "09:05")])
def test_a_time_of_day(code: str, expected: str) -> None:
    """Hours from 00 to 23 in every language; German adds its word, a chart leaves it out."""
    assert told_in(code).clock(EARLY) == expected
    assert told_in(code).clock(EARLY, bare=True) == "09:05"


@pytest.mark.parametrize(
    ("code", "form", "expected"),
    [
        ("de", "exact", "Samstag, 17. Juli 2021, 11:14\u00a0Uhr"),
        ("de", "day", "Samstag, 17. Juli 2021"),
        ("de", "about", "Samstag, 17. Juli 2021, gegen 11:14\u00a0Uhr"),
        ("de", "before", "Samstag, 17. Juli 2021, spätestens 11:14\u00a0Uhr"),
        ("de", "after", "Samstag, 17. Juli 2021, frühestens 11:14\u00a0Uhr"),
        ("de", "between", "Samstag, 17. Juli 2021, zwischen 09:05\u00a0Uhr und 11:14\u00a0Uhr"),
        ("en", "exact", "Saturday, 17 July 2021, 11:14"),
        ("en", "day", "Saturday, 17 July 2021"),
        ("en", "about", "Saturday, 17 July 2021, around 11:14"),
        ("en", "before", "Saturday, 17 July 2021, by 11:14 at the latest"),
        ("en", "after", "Saturday, 17 July 2021, 11:14 at the earliest"),
        ("en", "between", "Saturday, 17 July 2021, between 09:05 and 11:14"),
        ("fr", "exact", "samedi 17 juillet 2021, 11:14"),
        ("fr", "day", "samedi 17 juillet 2021"),
        ("fr", "about", "samedi 17 juillet 2021, vers 11:14"),
        ("fr", "before", "samedi 17 juillet 2021, 11:14 au plus tard"),
        ("fr", "after", "samedi 17 juillet 2021, 11:14 au plus tôt"),
        ("fr", "between", "samedi 17 juillet 2021, entre 09:05 et 11:14"),
    ],
)
def test_a_moment_is_told_no_more_exactly_than_it_is_known(code: str, form: str, expected: str) -> None:
    """Every form of a moment, with its day."""
    assert told_in(code).tell(MOMENTS[form]) == expected


@pytest.mark.parametrize(
    ("code", "form", "expected"),
    [
        ("de", "about", "gegen 11:14\u00a0Uhr"),
        ("de", "day", "im Lauf des Tages"),
        ("en", "about", "around 11:14"),
        ("en", "day", "during the day"),
        ("fr", "about", "vers 11:14"),
        ("fr", "day", "dans la journée"),
    ],
)
def test_a_day_that_was_just_told_is_not_told_again(code: str, form: str, expected: str) -> None:
    """Further entries of a day carry their time alone."""
    assert told_in(code).clock_of(MOMENTS[form], DAY) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", "Samstag, 17. Juli 2021, zwischen 23:50\u00a0Uhr und 18. Juli 2021, 00:20\u00a0Uhr"),
        ("en", "Saturday, 17 July 2021, between 23:50 and 18 July 2021, 00:20"),
        ("fr", "samedi 17 juillet 2021, entre 23:50 et 18 juillet 2021, 00:20"),
    ],
)
def test_a_time_of_another_day_carries_that_day(code: str, expected: str) -> None:
    """A moment that may lie on either side of midnight."""
    midnight = moment({"between": ["2021-07-17 23:50", "2021-07-18 00:20"]})
    assert told_in(code).tell(midnight) == expected


def test_the_wording_of_the_source_stands_in_for_the_figures() -> None:
    """In the language of the page; where it has no wording, the figures stand."""
    noon = moment({"about": "2021-07-17 12:00", "told": {"de": "gegen Mittag", "en": "around noon"}})
    assert told_in("de").tell(noon) == "Samstag, 17. Juli 2021, gegen Mittag"
    assert told_in("en").tell(noon) == "Saturday, 17 July 2021, around noon"
    assert told_in("fr").clock_of(noon) == "vers 12:00"


@pytest.mark.parametrize(
    ("seconds", "german", "english", "french"),
    [
        (0, "weniger als eine Minute", "less than a minute", "moins d’une minute"),
        (59.9, "weniger als eine Minute", "less than a minute", "moins d’une minute"),
        (60, "1 Minute", "1 minute", "1 minute"),
        (7799, "2 Stunden 9 Minuten", "2 hours 9 minutes", "2 heures 9 minutes"),
        (7800, "2 Stunden 10 Minuten", "2 hours 10 minutes", "2 heures 10 minutes"),
        (3600, "1 Stunde", "1 hour", "1 heure"),
        (86400, "1 Tag", "1 day", "1 jour"),
        (2 * 86400 + 3 * 3600 + 240, "2 Tage 3 Stunden", "2 days 3 hours", "2 jours 3 heures"),
    ],
)
def test_a_duration_in_whole_minutes(seconds: float, german: str, english: str, french: str) -> None:
    """Rounded down, in two units at most, each in its singular or plural."""
    told = [told_in(code).duration(seconds).replace(NBSP, " ") for code in ("de", "en", "fr")]
    assert told == [german, english, french]


@pytest.mark.parametrize(
    ("least", "most", "german", "english", "french"),
    [
        (3600, None, "mindestens 1 Stunde", "at least 1 hour", "au moins 1 heure"),
        (3600, 3659, "1 Stunde", "1 hour", "1 heure"),
        (59, 1800, "höchstens 30 Minuten", "at most 30 minutes", "au plus 30 minutes"),
        (
            7800,
            9000,
            "2 Stunden 10 Minuten bis 2 Stunden 30 Minuten",
            "2 hours 10 minutes to 2 hours 30 minutes",
            "2 heures 10 minutes à 2 heures 30 minutes",
        ),
    ],
)
def test_duration_bounds(least: float, most: float | None, german: str, english: str, french: str) -> None:
    """Only what is known: at least, at most, between; one figure where both bounds read alike."""
    told = [told_in(code).between(least, most).replace(NBSP, " ") for code in ("de", "en", "fr")]
    assert told == [german, english, french]


@pytest.mark.parametrize(("code", "expected"), [("de", "99,66 %"), ("en", "99.66%"), ("fr", "99,66 %")])
def test_a_share_in_per_cent(code: str, expected: str) -> None:
    """Two figures after the comma or point that the language writes."""
    assert told_in(code).percent(0.9966).replace(NBSP, " ") == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (1.0, "100%"),
        (0.99999, "99.99%"),
        (1 - 1 / (10 * 365 * 86400), "99.99%"),
        (0.999949, "99.99%"),
        (0.57, "57.00%"),
        (0.29, "29.00%"),
        (0.00009, "0.00%"),
        (0.0, "0.00%"),
    ],
)
def test_a_share_is_rounded_down(part: float, expected: str) -> None:
    """Only the whole reads 100, not ten years less a second; no hundredth is lost to floating point."""
    assert told_in("en").percent(part) == expected


@pytest.mark.parametrize(
    ("code", "none", "one", "many"),
    [
        ("de", "vor 0 Tagen", "vor 1 Tag", "vor 90 Tagen"),
        ("en", "0 days ago", "1 day ago", "90 days ago"),
        ("fr", "il y a 0 jour", "il y a 1 jour", "il y a 90 jours"),
    ],
)
def test_a_count_takes_the_form_of_its_language(code: str, none: str, one: str, many: str) -> None:
    """Nought is singular in French, plural in German and English."""
    told = [told_in(code)("front.days_ago", n=count).replace(NBSP, " ") for count in (0, 1, 90)]
    assert told == [none, one, many]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", "Dashboard, Homepage und Demoinstanz"),
        ("en", "Dashboard, Homepage and Demoinstanz"),
        ("fr", "Dashboard, Homepage et Demoinstanz"),
    ],
)
def test_names_in_a_sentence(code: str, expected: str) -> None:
    """Commas, and the language's own "and" before the last."""
    assert told_in(code).together(["Dashboard", "Homepage", "Demoinstanz"]) == expected


def test_the_zone_is_named_with_its_summer_time_only_where_there_is_one() -> None:
    """Berlin changes its clocks, Lagos does not."""
    assert told_in("en").zone_sentence == (
        "All times are Berlin time (Central European Time, daylight saving in summer)."
    )
    lagos = language("en", ZoneInfo("Africa/Lagos")).zone_sentence
    assert lagos.startswith("All times are Lagos time (West Africa")
    assert "summer" not in lagos


@pytest.mark.parametrize(
    ("zone", "code", "expected"),
    [
        ("UTC", "en", "All times are UTC."),
        ("Etc/UTC", "de", "Alle Uhrzeiten sind in UTC angegeben."),
        ("Etc/GMT+5", "en", "All times are UTC-05:00."),
        ("Europe/London", "en", "All times are London time (daylight saving in summer)."),
        ("Asia/Kolkata", "de", "Alle Uhrzeiten gelten für Kolkata."),
    ],
)
def test_a_zone_without_a_name_or_a_place_is_told_in_other_words(zone: str, code: str, expected: str) -> None:
    """Never as the time of an unknown region, as on a page that came from elsewhere in UTC."""
    assert language(code, ZoneInfo(zone)).zone_sentence == expected


def test_machines_read_an_instant_in_utc() -> None:
    """Whatever zone it comes in."""
    assert iso(datetime(2021, 7, 17, 11, 14, tzinfo=BERLIN)) == "2021-07-17T09:14:00Z"
