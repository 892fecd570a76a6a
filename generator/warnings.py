"""What is no mistake and yet worth a word before publishing: missing translations, silence, an old check."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from generator.facts import course, is_open
from generator.independence import Result, is_old, question, uncovered
from generator.model import Incident
from generator.sentences import NOTHING, Sentence, say
from generator.settings import UNDER, Settings
from generator.texts import Text
from generator.yaml_source import Where

Warned = tuple[Where, Sentence, Sentence]
"""Place, message, hint."""
_ANEW = say("Have it checked: incidents independence --record")
_IN_TIME, _YEAR = 30, 366
"""Days. RFC 9116 asks for less than a year."""


def find_warnings(incident: Incident, settings: Settings, now: datetime) -> Iterator[Warned]:
    """The warnings for one record, as (place, message, hint)."""
    found = course(incident, now)
    for language in settings.languages:
        missing = [path for path, text in _texts(incident, ()) if language not in text.root]
        if missing:
            alone = say("no text in '{language}' here", language=language)
            among = say("no text in '{language}' here and {n} more", language=language, n=len(missing) - 1)
            yield missing[0], among if len(missing) > 1 else alone, say("Add {line}", line=f"{language}: …")
    impact = incident.impact
    if incident.kind == "incident" and incident.published and not (impact and impact.data_loss):
        what = say("the post-mortem does not say whether data was lost")
        yield ("impact", "data_loss"), what, say("Add data_loss: no, yes or unknown under impact")
    if incident.kind == "incident" and not is_open(found) and found.events and incident.cause is None:
        what = say("the incident is over, and nothing is said of its cause")
        yield ("cause",), what, say("Add cause: {certainty: unknown} or what you know")
    for index, entry in enumerate(incident.timeline):
        if entry.at and entry.at.nominal > now:
            what = say("this lies in the future and is not shown before then")
            yield ("timeline", index, "at"), what, say("Check the date")


def find_settings_warnings(settings: Settings, now: datetime) -> Iterator[Warned]:
    """The same for the settings, with places in `mkdocs.yml`: what was right once and is not for ever."""
    told = settings.status.security
    if told:
        left = (told.expires - now.astimezone(settings.zone).date()).days
        message = _about_day(left)
        if message:
            hint = say("Check that the rest still holds, then write a later day")
            fresh = say("Write a day within a year: who reads it wants it fresh")
            yield (*UNDER, "security", "expires"), message, fresh if left > _YEAR else hint


def _about_day(left: int) -> Sentence:
    """What is to be said of a day that lies so many days ahead."""
    if left < 0:
        return say("this day is over, nobody may rely on the contact any more")
    if left < 2:
        return say("this day is near: it is tomorrow") if left else say("this day is near: it is today")
    if left < _IN_TIME:
        return say("this day is near, {n} days from now", n=left)
    return say("this is more than a year from now") if left > _YEAR else NOTHING


def find_unchecked(settings: Settings) -> Iterator[Warned]:
    """The warning for a site whose independence was never checked, with its place in `mkdocs.yml`."""
    if settings.status.independent_of:
        yield (*UNDER, "independent_of"), say("whether the site is independent of these was never checked"), _ANEW


def find_check_warnings(checked: Result, settings: Settings, now: datetime) -> Iterator[Warned]:
    """The same for the newest check of the site's independence, with places in the file that keeps it."""
    if is_old(checked, now):
        days = (now - checked.instant).days
        yield ("checked",), say("this check is {n} days old, and readers are told so", n=days), _ANEW
    later = uncovered(checked, question(settings))
    if later:
        what = say("this check says nothing of {names}, which the settings name", names=", ".join(later))
        yield ("watched",), what, _ANEW
    for index, found in enumerate(checked.findings):
        if found.severity == "failure" and found.verdict in ("shared", "weak"):
            what = say("{site} may go down with {watched}", site=found.site, watched=found.watched or found.site)
            yield ("findings", index, "verdict"), what, say("See what is shared: incidents independence")


def _texts(value: Any, path: Where) -> Iterator[tuple[Where, Text]]:
    """Every text of a record with its place."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
