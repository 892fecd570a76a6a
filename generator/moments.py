"""A moment as it was told: exact, about, before, after, between, or some time on a day; its bounds in UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_serializer, model_validator

from generator.problems import Mistyped, wrong
from generator.sentences import Sentence, all_of, either, say
from generator.texts import Line

ABOUT = timedelta(minutes=10)
"""How far off a time told as "about" may be, either way. Our convention; the field reference states it."""

INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt]| +)(\d{1,2}):(\d\d)(?::(\d\d))? ?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
YEARS = range(1990, 2101)
"""Outside of them a year is a slip of the pen."""
_EXAMPLE_DAY = say("Write it like {example}", example="2021-07-17")
_EXAMPLE = say("Write it like {example}", example="2021-07-17 09:05")


def _in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock time; the two hours of a clock change are refused, not guessed."""
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        real = f"{first.astimezone(UTC).astimezone(zone):%Y-%m-%d %H:%M}"
        raise wrong(
            say("{time} does not exist in {zone}: the clocks went forward", time=_shown(local), zone=zone.key),
            say("Write what the clock really showed: {time}", time=real),
        )
    written = (moment.isoformat(" ") for moment in (first, second))
    choices = either([f"{text[:16]}{text[19:]}" for text in written])
    raise wrong(
        say("{time} happened twice in {zone}: the clocks went back", time=_shown(local), zone=zone.key),
        say("Add the offset: {choices}", choices=choices),
    )


def _shown(local: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M}"


def parse_instant(text: str, zone: ZoneInfo) -> datetime:
    """The UTC instant of `2021-07-17 09:05`, read in `zone` unless the text ends in an offset or Z."""
    match = INSTANT.fullmatch(text.strip())
    if not match:
        hint, meant = _how_to_write(text)
        mistyped = Mistyped(text.strip(), meant) if meant else None
        raise wrong(say("'{text}' is not a date with a time", text=text[:40]), hint, mistyped)
    *numbers, offset = match.groups()
    _refuse_odd_year(text, int(numbers[0]))
    try:
        local = datetime(*(int(number or 0) for number in numbers))  # type: ignore[arg-type]  # noqa: DTZ001
        told = datetime.fromisoformat(f"{local.isoformat()}{(offset or 'Z').upper()}")
    except (ValueError, OverflowError):
        message = say("'{text}' does not exist in the calendar or on the clock", text=text.strip())
        raise wrong(message, say("Check the day and the time")) from None
    return told.astimezone(UTC) if offset else _in_zone(local, zone)


def written(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as a record writes it: local time, to the second where it has seconds.

    It carries its offset where a clock change leaves two readings.
    """
    local = instant.astimezone(zone).replace(microsecond=0, fold=0)
    text = local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return text
    offset = instant.astimezone(zone).strftime("%z")
    return f"{text}{offset[:3]}:{offset[3:]}"


def _refuse_odd_year(text: str, year: int) -> None:
    if year not in YEARS:
        message = say("the year of '{text}' lies outside of {first} to {last}",
                      text=text.strip(), first=YEARS[0], last=YEARS[-1])  # fmt: skip
        raise wrong(message, say("Correct the year"))


def parse_day(text: str) -> date:
    """The date of `2021-07-17`."""
    if not DAY.fullmatch(text.strip()):
        _, meant = _how_to_write(text)
        day = meant.lstrip("~")[:10]
        mistyped = Mistyped(text.strip(), day) if day else None
        hint = say("Write {corrected}", corrected=day) if day else _EXAMPLE_DAY
        raise wrong(say("'{text}' is not a date", text=text[:40]), hint, mistyped)
    _refuse_odd_year(text, int(text.strip()[:4]))
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = say("'{text}' does not exist in the calendar", text=text.strip())
        raise wrong(message, say("Check the day")) from None


_MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_CLOCK = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?: ?Uhr)?"
_GERMAN = re.compile(
    r"(?P<day>\d{1,2})\. ?(?:(?P<month>\d{1,2})\.|(?P<name>[A-Za-zä]{3})[a-z]*\.?) ?(?P<year>\d{4}|\d\d)?\b"
    rf"(?:,?\s*(?:um |gegen )?{_CLOCK})?",
    re.IGNORECASE | re.ASCII,
)
_ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    rf"(?:[,T]?\s*(?:um |gegen )?{_CLOCK})?",
    re.IGNORECASE | re.ASCII,
)


def _how_to_write(text: str) -> tuple[Sentence, str]:
    """What to do about the usual slips (a German date, a time without its date, `9.05`, `um 9 Uhr`); what was meant.

    The second is empty where that cannot be known.
    """
    bare = re.sub(r"^(?:~|ca\.?|circa|etwa|gegen)\s*", "", text.strip(), flags=re.IGNORECASE)
    about = "~" if bare != text.strip() else ""
    clock = re.fullmatch(_CLOCK, bare, re.IGNORECASE | re.ASCII)
    if re.fullmatch(r"[0-3]?\d\.[01]\d", bare):
        return say("Write the day in full, like {example}", example="2021-07-17 09:05"), ""
    if clock and (clock["minute"] or "uhr" in bare.lower()):
        example = f"{about}2021-07-17 {int(clock['hour']):02}:{clock['minute'] or '00'}"
        return say("Put the date before it, like {example}", example=example), ""
    match = _GERMAN.fullmatch(bare) or _ISO.fullmatch(bare)
    corrected = f"{about}{_as_iso(match.groupdict())}" if match else ""
    if not match or not _exists(corrected.lstrip("~")):
        return _EXAMPLE, ""
    if not match["year"]:
        return say("Write it like {example}", example=corrected), ""
    if not match["hour"]:
        return say("Write it like {example}", example=corrected), corrected[: -len(" 09:05")]
    return say("Write {corrected}", corrected=corrected), corrected


def _exists(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _as_iso(parts: dict[str, str | None]) -> str:
    """Day and time of a date as it was typed, in our order; what was left out is an example."""
    name = (parts.get("name") or "").lower()[:3]
    month = _MONTHS.index(name) + 1 if name in _MONTHS else int(parts["month"] or 0)
    year = parts["year"] or "2021"
    clock = f"{int(parts['hour']):02}:{parts['minute'] or '00'}" if parts["hour"] else "09:05"
    return f"{year if len(year) == 4 else '20' + year}-{month:02}-{int(parts['day'] or 1):02} {clock}"


def _instant(value: Any, info: ValidationInfo) -> Any:
    return parse_instant(value, info.context["zone"]) if isinstance(value, str) and info.context else value


def _day(value: Any) -> Any:
    return parse_day(value) if isinstance(value, str) else value


Instant = Annotated[datetime, BeforeValidator(_instant)]
"""A UTC instant, written as local time of the site or with an offset."""
Day = Annotated[date, BeforeValidator(_day)]
"""A calendar day, `2021-12-31`."""
_FORMS = ("exact", "day", "about", "before", "after", "between")
NOT_WRITTEN = ("exact", "day", "zone")
"""Fields of a moment that are ours: a record writes such a moment as a plain text."""


class Bounds(BaseModel):
    """A moment as programs read it, in UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    precision: Literal["exact", "day", "about", "before", "after", "between"] = Field(description="how it was told")
    nominal: datetime = Field(description="the one instant to sort by; no more exact than `precision` says")
    earliest: datetime | None = Field(description="at this instant at the earliest; null: nobody knows")
    latest: datetime | None = Field(description="at this instant at the latest; null: nobody knows")
    told: Line | None = Field(description="language: the wording of the source")


class Moment(BaseModel):
    """When something happened, no more exactly than it is known. Exactly one form is set, beside `told`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exact: Instant | None = Field(None, description="the minute is known; written without a map")
    day: Day | None = Field(None, description="only the day is known; written without a map: `2021-07-17`")
    about: Instant | None = Field(None, description="at about this time, ten minutes either way; short: `~…`")
    before: Instant | None = Field(None, description="at this time at the latest, nobody knows since when")
    after: Instant | None = Field(None, description="at this time at the earliest")
    between: tuple[Instant, Instant] | None = Field(None, description="between these two times")
    told: Line | None = Field(None, description="the wording of the source, shown instead of the figures")
    zone: str = Field("UTC", exclude=True, repr=False, description="the site's zone; set by the reader")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any, info: ValidationInfo) -> Any:
        zone = {"zone": info.context["zone"].key} if info.context else {}
        if isinstance(value, str):
            return zone | _short_form(value.strip())
        if isinstance(value, dict):
            _refuse_inner_names(value)
            return zone | value
        return value

    @model_validator(mode="after")
    def _has_one_form(self) -> "Moment":
        given = [name for name in _FORMS if getattr(self, name) is not None]
        if not given:
            hint = say("Add one: about, before, after or between")
            raise wrong(say("here is no time"), hint)
        if len(given) > 1:
            message = say("a moment has exactly one time, here there is {names}", names=all_of(given))
            raise wrong(message, say("Keep one of them"))
        if self.between and self.between[0] > self.between[1]:
            raise wrong(say("the second time lies before the first"), say("Swap the two"))
        return self

    @property
    def earliest(self) -> datetime | None:
        """The first UTC instant this moment can be; None when nothing is known of it."""
        if self.day:
            return self._midnight(self.day)
        if self.about:
            return self.about - ABOUT
        return self.exact or self.after or (self.between[0] if self.between else None)

    @property
    def latest(self) -> datetime | None:
        """The last UTC instant this moment can be; None when nothing is known of it."""
        if self.day:
            return self._midnight(self.day + timedelta(days=1))
        if self.about:
            return self.about + ABOUT
        return self.exact or self.before or (self.between[1] if self.between else None)

    @property
    def nominal(self) -> datetime:
        """The one UTC instant to sort and date by when a single one is needed (feeds, lists)."""
        return self.about or self.earliest or self.latest or datetime.max.replace(tzinfo=UTC)

    @model_serializer
    def _bounds(self) -> Bounds:
        form: Any = next(name for name in _FORMS if getattr(self, name) is not None)
        return Bounds(precision=form, nominal=self.nominal, earliest=self.earliest, latest=self.latest, told=self.told)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)


def _short_form(text: str) -> dict[str, str]:
    if text.startswith("~"):
        return {"about": text[1:].strip()}
    return {"day": text} if DAY.fullmatch(text) else {"exact": text}


def _refuse_inner_names(value: dict[str, Any]) -> None:
    for name in NOT_WRITTEN:
        if isinstance(value.get(name), str):
            hint = say("Write the time alone, like at: 2021-07-17 09:05")
            raise wrong(say("'{name}' is not written out", name=name), hint)
