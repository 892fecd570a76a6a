"""The site's own words per language, and how that language writes days, times, durations and figures (Babel)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache, cached_property, lru_cache
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_decimal

from generator.moments import Moment
from generator.wording import LOCALES, read_own


@cache
def available_languages() -> tuple[str, ...]:
    """The codes of the languages that the product has texts for."""
    return tuple(sorted(path.stem for path in LOCALES.glob("*.yml")))


@cache
def language(code: str, zone: ZoneInfo) -> "Language":
    """The language `code`, telling times in `zone`."""
    return Language(code, zone, read_own(f"{code}.yml"))


@cache
def tool_language(code: str, zone: ZoneInfo) -> "Language":
    """The same with what the commands say to the admin, as texts below `tool`."""
    return Language(code, zone, language(code, zone).texts | {"tool": read_own(f"tool/{code}.yml")})


@cache
def form_language(code: str, zone: ZoneInfo) -> "Language":
    """The same with what the form at `/admin/` says, as texts below `form`; English where it does not speak `code`."""
    known = code if (LOCALES / "form" / f"{code}.yml").is_file() else "en"
    return Language(known, zone, language(known, zone).texts | {"form": read_own(f"form/{known}.yml")})


@cache
def tool_languages() -> tuple[str, ...]:
    """The codes of the languages that the commands speak."""
    return tuple(sorted(path.stem for path in (LOCALES / "tool").glob("*.yml")))


class Language:
    """Words and forms of one language. Instants go in as UTC, texts come out in the site's zone."""

    def __init__(self, code: str, zone: ZoneInfo, texts: dict[str, Any]) -> None:
        self.code, self.zone, self.texts = code, zone, texts
        self.locale = Locale.parse(texts["locale"])

    def __call__(self, key: str, **values: object) -> str:
        """The text called `key` (dots go deeper) with `values` put in; `n` chooses the plural form."""
        words = self.template(key, values.get("n"))
        return words.format(**values) if values else words

    def template(self, key: str, n: object = None) -> str:
        """The text called `key` before anything is put in, in the plural form for `n`."""
        found: Any = self.texts
        for part in key.split("."):
            found = found[part]
        if isinstance(found, dict):
            found = found.get(self.locale.plural_form(n), found["other"])  # type: ignore[arg-type]
        return str(found)

    @cached_property
    def zone_sentence(self) -> str:
        """In which time zone the times of a page are."""
        winter, summer = (datetime(2021, month, 1, tzinfo=self.zone) for month in (1, 7))
        if self.zone.key == "UTC" or self.zone.key.startswith("Etc/"):
            return self("time.zone_fixed", name=f"UTC{winter.isoformat()[19:]}" if winter.utcoffset() else "UTC")
        city = get_timezone_location(self.zone, locale=self.locale, return_city=True)
        name = get_timezone_name(self.zone, width="long", locale=self.locale)
        # Of a zone without a name Babel tells the country, which is no name to tell readers.
        has_name = name != get_timezone_location(self.zone, locale=self.locale)
        form = "zone" if has_name else "zone_nameless"
        return self(f"time.{form}" if winter.utcoffset() != summer.utcoffset() else f"time.{form}_plain",
                    city=city, name=name)  # fmt: skip

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    def day(self, when: date | datetime, form: str = "long") -> str:
        """`Samstag, 17. Juli 2021`; forms: long, medium (no weekday), month, short."""
        return self._day(self.local(when).date() if isinstance(when, datetime) else when, form)

    @lru_cache(maxsize=4096)  # noqa: B019 - languages live as long as the process
    def _day(self, day: date, form: str) -> str:
        return format_date(day, self("dates." + form), locale=self.locale)

    def clock(self, instant: datetime, bare: bool = False) -> str:
        """`11:14 Uhr`; bare without the word."""
        local = self.local(instant)
        figures = self._figures(time(local.hour, local.minute))
        return figures if bare else self("time.clock", time=figures)

    @lru_cache(maxsize=4096)  # noqa: B019 - as above
    def _figures(self, clock: time) -> str:
        return format_time(clock, "HH:mm", locale=self.locale)

    def instant(self, instant: datetime, form: str = "long") -> str:
        """Day and time of day."""
        return self("time.at", day=self.day(instant, form), time=self.clock(instant))

    def clock_of(self, moment: Moment, day: date | None = None) -> str:
        """A moment as it was told, without its day where that is `day`: `gegen 11:14 Uhr`."""
        if moment.told and self.code in moment.told.root:
            return moment.told.root[self.code]
        if moment.day:
            return self("time.during_day")
        form = next(name for name in ("exact", "about", "before", "after", "between") if getattr(moment, name))
        instants = moment.between or (getattr(moment, form),)
        parts = [self._clock_on(instant, day) for instant in instants]
        return self(f"time.{form}", **dict(zip("ab", parts, strict=False)))

    def _clock_on(self, instant: datetime, day: date | None) -> str:
        if day is None or self.local(instant).date() == day:
            return self.clock(instant)
        return self.instant(instant, "medium")

    def tell(self, moment: Moment, form: str = "long") -> str:
        """A moment with its day: `Samstag, 17. Juli 2021, gegen 11:14 Uhr`."""
        day = self.local(moment.nominal).date()
        if moment.day and not moment.told:
            return self.day(day, form)
        return self("time.at", day=self.day(day, form), time=self.clock_of(moment, day))

    def duration(self, seconds: float) -> str:
        """`2 Stunden 10 Minuten`, to the minute, rounded down; two units at most."""
        minutes = int(seconds // 60)
        units = [("day", minutes // 1440), ("hour", minutes // 60 % 24), ("minute", minutes % 60)]
        told = [self(f"duration.{name}", n=count) for name, count in units if count]
        return " ".join(told[:2]) or self("duration.moment")

    def between(self, least: float, most: float | None) -> str:
        """A duration of which only the bounds, in seconds, are known."""
        if most is None:
            return self("duration.at_least", a=self.duration(least))
        low, high = self.duration(least), self.duration(most)
        if low == high:
            return low
        return self("duration.at_most", b=high) if least < 60 else self("duration.between", a=low, b=high)

    def percent(self, part: float) -> str:
        """A share between 0 and 1 in per cent, rounded down: 99.999 % must not read as 100 %."""
        return self("number.percent", n=self._hundredths(part))

    def percents(self, least: float, most: float) -> str:
        """Two shares as bounds, one figure where both read the same: `99,66 bis 99,71 %`."""
        low, high = self._hundredths(least), self.percent(most)
        return high if self.percent(least) == high else self("number.between", a=low, b=high)

    def _hundredths(self, part: float) -> str:
        if part == 1:
            return format_decimal(100, locale=self.locale)
        return format_decimal(floor(round(part * 10_000, 6)) / 100, "0.00", locale=self.locale)

    def tenths(self, number: float) -> str:
        """A number to one place: `1,2`."""
        return format_decimal(number, "0.0", locale=self.locale)

    def together(self, names: Sequence[str]) -> str:
        """Names in a sentence: `Dashboard, Homepage und Demoinstanz`."""
        return format_list(names, locale=self.locale)

    def local_day(self, instant: datetime) -> date:
        """The calendar day of an instant in the site's zone."""
        return self.local(instant).date()


def iso(instant: datetime) -> str:
    """An instant as machines read it: `2021-07-17T09:14:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
