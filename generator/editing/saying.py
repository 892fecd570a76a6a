"""What the options of a command say, as the fields of a record: texts, states, times, an entry of the timeline."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from generator.editing.refusing import Refused
from generator.language import available_languages
from generator.model import Incident, State, Status
from generator.moments import parse_instant, written
from generator.problems import InvalidRecords
from generator.settings import Settings
from generator.yaml_source import parse_yaml
from generator.yaml_text import InOneLine, legible

Fields = dict[str, Any]
_IN_LANGUAGE = re.compile(r"([a-z]{2})=(.*)", re.DOTALL)
_CLOCK = re.compile(r"(~?)\s*(\d{1,2}):(\d\d)")
_FROM_NOW = re.compile(r"([+-]?)(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m(?:in)?)?")
_BETWEEN = re.compile(r"\s*[=:\s]\s*")
HALF_A_DAY = 12 * 60


@dataclass(frozen=True)
class Told:
    """What one entry is to tell, as typed; what was not typed is empty. Texts may begin with `de=` or `en=`."""

    at: str | None = None
    kind: str | None = None
    status: str | None = None
    components: Sequence[str] = ()
    text: Sequence[str] = ()
    advice: Sequence[str] = ()
    restriction: Sequence[str] = ()
    available_at: str | None = None
    next_update: str | None = None


def build_entry(told: Told, settings: Settings, now: datetime, state: State | None = None) -> Fields:
    """An entry of the timeline as YAML would hold it; without its time it happens `now` (UTC).

    `state` is that of a component that is named without one. Raises Refused and InvalidRecords.
    """
    prose = {name: text_of(getattr(told, name), settings.languages) for name in ("text", "advice", "restriction")}
    fields = {
        "at": moment_of(told.at, now, settings.zone) if told.at else written(to_the_minute(now), settings.zone),
        "kind": told.kind,
        "status": told.status,
        "components": states_of(told.components, state),
        **prose,
        "available_at": told.available_at,
        "next_update": told.next_update and moment_of(told.next_update, now, settings.zone, ahead=True),
    }
    return {name: value for name, value in fields.items() if value}


def window_of(start: str, end: str, settings: Settings, now: datetime) -> Fields:
    """The window of a maintenance to come; the end is counted from the beginning."""
    begin = moment_of(start, now, settings.zone, ahead=True)
    try:
        base = parse_instant(str(begin).lstrip("~"), settings.zone)
    except ValueError:
        base = now
    return {"start": begin, "end": moment_of(end, base, settings.zone, ahead=True)}


def last_status(incident: Incident, cancel: bool) -> Status:
    """The status by which a record ends. Raises Refused where it cannot end that way."""
    if incident.kind == "notice":
        raise Refused("no_end")
    if cancel and incident.kind != "maintenance":
        raise Refused("not_cancelled")
    if cancel:
        return "cancelled"
    return "resolved" if incident.kind == "incident" else "completed"


def to_the_minute(instant: datetime) -> datetime:
    """The minute that a clock on the wall shows."""
    return instant.replace(second=0, microsecond=0)


def text_of(told: Sequence[str], languages: Sequence[str]) -> str | dict[str, str]:
    """A text as a record writes it: plain in the site's first language, else a map. Empty when nothing is told."""
    texts: dict[str, str] = {}
    for words in told:
        code, text = _in_its_language(words, languages)
        if code in texts:
            raise Refused("language_twice", code=code)
        texts[code] = legible(text)
    if set(texts) <= {languages[0]}:
        return texts.get(languages[0], "")
    return {code: texts[code] for code in languages if code in texts}


def gathered(words: Iterable[str]) -> list[str]:
    """A text for each language out of words that may have been typed without quotation marks."""
    texts: list[str] = []
    for word in words:
        if texts and not _IN_LANGUAGE.fullmatch(word):
            texts[-1] += f" {word}"
        else:
            texts.append(word)
    return texts


def _in_its_language(words: str, languages: Sequence[str]) -> tuple[str, str]:
    match = _IN_LANGUAGE.fullmatch(words)
    if not match or match[1] not in {*languages, *available_languages()}:
        return languages[0], words
    if match[1] not in languages:
        raise Refused("no_such_language", code=match[1], languages=", ".join(languages))
    return match[1], match[2]


def states_of(told: Iterable[str], state: State | None = None) -> InOneLine:
    """Components with their states: `dashboard=major_outage,booking=…`; without a state they get `state`.

    A colon or a space does for the sign of equality.
    """
    states = InOneLine()
    for pair in (pair for pairs in told for pair in pairs.split(",")):
        name, _, typed = _BETWEEN.sub("=", pair.strip(), count=1).partition("=")
        if not typed and not state:
            raise Refused("no_state", component=name)
        states[name] = typed or str(state)
    return states


def moment_of(text: str, now: datetime, zone: ZoneInfo, ahead: bool = False) -> Any:
    """A moment as a record writes it.

    `10:15` is a time of today, or of the day before or after where that is nearer: what lies `ahead` never lies in
    the past, nothing else more than half a day in the future. `+30m`, `-1h30m` count from `now`, and so does the `30m`
    of what lies ahead; `{…}` is YAML.
    Everything else is left to the reader of records.
    """
    text = legible(text)
    if not text.startswith("{"):
        return _time(text, now, zone, ahead)
    document = parse_yaml(f"at: {text}".encode(), "--at")
    if document.problems:
        raise InvalidRecords(document.problems)
    moment: Any = document.data["at"]
    return _with_times(moment, now, zone, ahead) if isinstance(moment, Mapping) else moment


def _with_times(moment: Mapping[str, Any], now: datetime, zone: ZoneInfo, ahead: bool) -> Fields:
    def time(value: Any) -> Any:
        if isinstance(value, list):
            return [time(item) for item in value]
        return _time(value, now, zone, ahead) if isinstance(value, str) else value

    return {name: value if name == "told" else time(value) for name, value in moment.items()}


def _time(text: str, now: datetime, zone: ZoneInfo, ahead: bool) -> str:
    clock, distance = _CLOCK.fullmatch(text), _FROM_NOW.fullmatch(text)
    if clock:
        return _on_its_day(clock, now.astimezone(zone), ahead)
    if not distance or len(text) < 2 or not (distance[1] or ahead):
        return text
    sign, *numbers = distance.groups()
    days, hours, minutes = (int(number or 0) for number in numbers)
    span = timedelta(days=days, hours=hours, minutes=minutes)
    return written(to_the_minute(now) + (-span if sign == "-" else span), zone)


def _on_its_day(clock: re.Match[str], local: datetime, ahead: bool) -> str:
    about, hour, minute = clock[1], int(clock[2]), clock[3]
    later = hour * 60 + int(minute) - local.hour * 60 - local.minute
    day = local.date()
    if ahead and later < 0:
        day += timedelta(days=1)
    elif not ahead and later > HALF_A_DAY:
        day -= timedelta(days=1)
    return f"{about}{day} {hour:02}:{minute}"
