"""What a value in the settings may be, and what is said of one that may not."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator

from generator.addresses import slug
from generator.aliases import old_address
from generator.elsewhere import host_of, mirror_address
from generator.guesses import closest, did_you_mean
from generator.hostnames import ascii_host
from generator.language import available_languages
from generator.model import WebAddress
from generator.problems import Mistyped, wrong
from generator.sentences import Sentence, either, say

_COMPONENT = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_FOLDER = re.compile(r"[\w-]+(/[\w-]+)*")
_PICTURE = re.compile(r"([a-z0-9_-]+/)*[a-z0-9_-]+(\.[a-z0-9_-]+)*\.(svg|png|webp|jpe?g)", re.ASCII | re.IGNORECASE)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = say("there is no time zone '{name}'", name=name[:40])
        zones = sorted(available_timezones())
        towns = [zone for zone in zones if zone.lower().endswith(f"/{name.strip().lower()}")]
        raise wrong(message, _like("Europe/Berlin"), Mistyped(name, next(iter(towns), closest(name, zones)))) from None


def _like(example: str) -> Sentence:
    return say("Write it like {example}", example=example)


def _language(code: str) -> str:
    if code not in available_languages():
        hint, meant = did_you_mean(code, available_languages()), closest(code, available_languages())
        raise wrong(say("there are no texts in the language '{code}'", code=code[:20]), hint, Mistyped(code, meant))
    return code


def _component_id(name: str) -> str:
    if not _COMPONENT.fullmatch(name) or len(name) > 40:
        message = say("'{name}' cannot be part of an address", name=name[:60])
        raise wrong(message, say("Use small letters, digits and hyphens"), Mistyped(name, slug(name)[:40].strip("-")))
    return name


def _folder(name: str) -> str:
    if not _FOLDER.fullmatch(name):
        raise wrong(say("'{name}' is not a folder beside this file", name=name[:60]), _like("incidents"))
    return name


def _host(name: str) -> str:
    plain = ascii_host(name)
    if plain is None:
        host = host_of(name) if "://" in name else ""
        hint = say("Write it like {example}, without https://", example="example.com")
        raise wrong(say("'{name}' is not a domain", name=name[:60]), hint, Mistyped(name, host))
    return plain


def _picture(name: str) -> str:
    if not _PICTURE.fullmatch(name):
        hint = say("Write it like {example}", example=either(["logo.svg", "assets/logo.png"]))
        raise wrong(say("'{name}' is not a picture's file name", name=name[:60]), hint)
    return name


def _hours(number: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,3}", number, re.ASCII):
        raise wrong(say("'{text}' is not a number of hours", text=number[:40]), _like("26"))
    return number


def _contact(address: str) -> str:
    if not re.fullmatch(r"(mailto:|tel:|https://)[^\s\"'<>\\]+", address):
        ways = ["mailto:security@example.com", "tel:+49-30-1234", "https://example.com/report"]
        message = say("'{address}' cannot be written or called to safely", address=address[:60])
        meant = f"mailto:{address}" if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", address, re.ASCII) else ""
        raise wrong(message, say("Write it like {example}", example=either(ways)), Mistyped(address, meant))
    return address


def _secure(address: str) -> str:
    if not address.startswith("https://"):
        message = say("'{address}' could be changed on its way", address=address[:60])
        raise wrong(message, say("Write an address with https://"))
    return address


Hours = Annotated[str, AfterValidator(_hours)]
"""Whole hours, 1 to 9999."""
Contact = Annotated[str, AfterValidator(_contact)]
"""A way to reach somebody, as an address that programs understand."""
MirrorAddress = Annotated[WebAddress, AfterValidator(mirror_address)]
SecureAddress = Annotated[WebAddress, AfterValidator(_secure)]


OldAddress = Annotated[str, AfterValidator(old_address)]
FeedPath = Annotated[str, "the path of a feed below the site's root"]
ComponentName = Annotated[str, AfterValidator(_component_id)]
Folder = Annotated[str, AfterValidator(_folder)]
HostName = Annotated[str, AfterValidator(_host)]
LanguageCode = Annotated[str, AfterValidator(_language)]
PictureName = Annotated[str, AfterValidator(_picture)]
ZoneName = Annotated[str, AfterValidator(_zone)]
