"""`mkdocs.yml` as settings: MkDocs' own names for the site, and `extra.status` for what is ours."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field

from generator.addresses import FEEDS, Feed, component_feed, slug
from generator.aliases import alias_problems, old_address
from generator.contacts import contacts_file
from generator.declared import Independence
from generator.elsewhere import fallen_with, host_of, is_site_address, mirror_address, mirror_problems
from generator.git_host import GitHost
from generator.guesses import closest, did_you_mean
from generator.hostnames import ascii_host
from generator.language import available_languages
from generator.mail_settings import MailSettings
from generator.model import Component, KeptId, Part, WebAddress
from generator.moments import Day
from generator.own_pages import Files, page_problems, read_own_pages
from generator.problems import Mistyped, Problem, wrong
from generator.sentences import Sentence, either, say
from generator.targets import Target
from generator.texts import Line, Prose
from generator.validate import validate
from generator.yaml_source import Document, Where, parse_yaml, read_yaml

_COMPONENT = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_FOLDER = re.compile(r"[\w-]+(/[\w-]+)*")
_PICTURE = re.compile(r"([a-z0-9_-]+/)*[a-z0-9_-]+(\.[a-z0-9_-]+)*\.(svg|png|webp|jpe?g)", re.ASCII | re.IGNORECASE)
UNDER = ("extra", "status")
IMPRINT = ("represented_by", "street", "city", "country", "email", "phone")
"""What German law (§ 5 DDG) has every publisher state: name, who acts for it, address, two quick ways in."""


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


class ComponentSettings(Part):
    """Something that readers rely on, and that records give a state."""

    id: Annotated[str, AfterValidator(_component_id)] = Field(description="its name in records and addresses")
    name: Line = Field(description="its name for readers")
    description: Prose | None = Field(None, description="what it is for")
    group: Line | None = Field(None, description="the heading it stands under")
    url: WebAddress | None = Field(None, description="where it is reached")
    since: Day | None = Field(None, description="no data before that day; left out: its first record")


class Publisher(Part):
    """Who publishes the site, for the imprint. What is left out is asked for by `incidents check`."""

    name: str = Field(description="the company, with its legal form")
    represented_by: str | None = Field(None, description="who acts for it")
    street: str | None = Field(None, description="street and number")
    city: str | None = Field(None, description="postal code and town")
    country: str | None = Field(None, description="country")
    email: str | None = Field(None, description="e-mail address")
    phone: str | None = Field(None, description="telephone")
    website: WebAddress | None = Field(None, description="the company's own site")
    registration: str | None = Field(None, description="court and number, if registered")
    vat_id: str | None = Field(None, description="VAT identification number, if there is one")
    responsible: str | None = Field(None, description="who answers for the texts, with address")
    privacy_contact: str | None = Field(None, description="whom to ask about personal data")


class Hosting(Part):
    """Whose servers deliver the pages, for the privacy page."""

    name: str = Field(description="the company")
    address: str | None = Field(None, description="its postal address")
    privacy: WebAddress | None = Field(None, description="its privacy notice")


class Security(Part):
    """Whom to tell of a weak point, for `/.well-known/security.txt`."""

    contact: tuple[Contact, ...] = Field(min_length=1, description="where to write or call, the best way first")
    expires: Day = Field(description="the last day on which this holds, less than a year from now")
    policy: SecureAddress | None = Field(None, description="how you deal with what is reported")


class StatusSettings(Part):
    """`extra.status` in `mkdocs.yml`."""

    time_zone: Annotated[str, AfterValidator(_zone)] = Field(description="the zone of all times here")
    languages: tuple[Annotated[str, AfterValidator(_language)], ...] = Field(
        min_length=1, description="the site's languages; the first one lives at /"
    )
    components: tuple[ComponentSettings, ...] = Field(min_length=1, description="what has a state")
    publisher: Publisher = Field(description="who publishes the site")
    hosting: Hosting | None = Field(None, description="who hosts it")
    independent_of: tuple[Annotated[str, AfterValidator(_host)], ...] = Field(
        (), description="the domains whose outage must not touch the site"
    )
    independence: Independence = Field(
        Independence(), description="what `incidents independence` cannot see by itself, and what is accepted"
    )
    mirrors: tuple[MirrorAddress, ...] = Field(
        (), description="further addresses of the same site, each at another host, for when this one is gone"
    )
    targets: dict[Annotated[str, AfterValidator(_component_id)], Target] = Field(
        {}, description="name: a place that `incidents deploy` publishes to"
    )
    records: Annotated[str, AfterValidator(_folder)] = Field("incidents", description="the folder of the records")
    feed_authority: Annotated[str, AfterValidator(_host)] | None = Field(
        None, description="a domain of yours that feed ids carry for ever; left out: the host of site_url"
    )
    statuspage_id: KeptId | None = Field(
        None, description="the id of the Statuspage page it was moved from, by which programs know it; else left out"
    )
    stale_after: Hours = Field("26", description="hours without a build after which pages about the present say so")
    aliases: dict[OldAddress, FeedPath] = Field(
        {}, description="addresses that feeds had before: the feed that is there now"
    )
    source: WebAddress | None = Field(None, description="where this folder can be read, for links to records")
    logo: Annotated[str, AfterValidator(_picture)] | None = Field(
        None, description="a picture in `docs/<first language>/`, about as wide as high, for the head of every page"
    )
    security: Security | None = Field(None, description="whom to tell of a weak point; left out: nothing is said")
    mail: MailSettings | None = Field(None, description="how `incidents announce --send` sends mail; else left out")
    form: GitHost | None = Field(None, description="the form at `/admin/` to write records with; left out: no form")
    contacts: Annotated[str, AfterValidator(contacts_file)] | None = Field(
        None, description="a file on your laptop that says whom to call, seen from this one; for `incidents drill`"
    )
    announcement: Prose | None = Field(None, description="a standing note on the front page, below what is going on")

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed of one language; all languages have the same."""
        return (*FEEDS, *(component_feed(component.id) for component in self.components))


@dataclass(frozen=True)
class Settings:
    """The settings, checked."""

    name: str
    url: str
    status: StatusSettings
    pages: dict[str, Files]
    """The hand-written files of every language."""
    config: str
    """The text of mkdocs.yml, handed on to the engine."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.status.time_zone)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.status.languages

    @property
    def records(self) -> str:
        return self.status.records

    @property
    def logo(self) -> str | None:
        """The address of the logo below the site's root; None without one, or without its file."""
        name = self.status.logo
        return name if name and name in self.pages[self.languages[0]] else None

    def prefix(self, language: str) -> str:
        """Where a language lives below the site's root: nowhere for the first, `en/` for the others."""
        return "" if language == self.languages[0] else f"{language}/"

    def url_of(self, language: str) -> str:
        """The full address of a language's front page."""
        return self.url + self.prefix(language)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the site is found: its own address, then its mirrors'."""
        return (self.url, *self.status.mirrors)

    @property
    def authority(self) -> str:
        """The host that feed ids carry."""
        return self.status.feed_authority or host_of(self.url) or "localhost"

    @property
    def components(self) -> tuple[Component, ...]:
        return tuple(self._component(settings) for settings in self.status.components)

    def _component(self, settings: ComponentSettings) -> Component:
        since = settings.since and datetime.combine(settings.since, time(), self.zone).astimezone(UTC)
        return Component(**settings.model_dump(exclude={"since"}), since=since)

    @property
    def context(self) -> dict[str, Any]:
        """What the reader of a record has to know."""
        return {
            "zone": self.zone,
            "languages": self.languages,
            "components": frozenset(component.id for component in self.status.components),
        }


_OURS: tuple[Where, ...] = (UNDER, ("site_name",), ("site_url",), ("site_description",))


def read_settings(path: Path) -> tuple[Settings | None, list[Problem]]:
    """Read `mkdocs.yml` and the hand-written pages beside it; None when the settings cannot be used."""
    document = read_yaml(path, path.name, _OURS)
    status, problems = _sound(document)
    if status is None:
        return None, problems
    pages = read_own_pages(path.parent / "docs", status.languages)
    problems += page_problems(pages)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    settings = _settings(document, status, pages)
    return settings, sorted([*problems, *_logo_problems(document, settings)])


def parse_settings(content: bytes, name: str) -> tuple[Settings | None, list[Problem]]:
    """The same for the bytes of a `mkdocs.yml`, called `name` in messages, that has no pages beside it."""
    document = parse_yaml(content, name, _OURS)
    status, problems = _sound(document)
    return (_settings(document, status, {code: {} for code in status.languages}) if status else None), problems


def _sound(document: Document) -> tuple[StatusSettings | None, list[Problem]]:
    """Our part of the settings, unless something is wrong with them."""
    if not document.complete:
        return None, document.problems
    status, problems = _status(document)
    problems = sorted({*document.problems, *problems, *_site_problems(document)})
    return (None if any(problem.severity == "error" for problem in problems) else status), problems


def _settings(document: Document, status: StatusSettings, pages: dict[str, Files]) -> Settings:
    return Settings(document.data["site_name"], document.data["site_url"], status, pages, document.text)


def _logo_problems(document: Document, settings: Settings) -> list[Problem]:
    """A page without its logo is better than no page: a warning."""
    if not settings.status.logo or settings.logo:
        return []
    message = say("there is no file {file}", file=f"docs/{settings.languages[0]}/{settings.status.logo}")
    hint = say("Put it there, or correct its name; until then our own mark is shown")
    return [document.problem((*UNDER, "logo"), message, hint, severity="warning")]


def _status(document: Document) -> tuple[StatusSettings | None, list[Problem]]:
    extra = document.data.get("extra", {})
    data = extra.get("status") if isinstance(extra, dict) else None
    if not isinstance(data, dict):
        message = say("the settings of the status site are missing")
        return None, [document.problem(UNDER, message, say("Add extra: status: …, see the README"))]
    codes = data.get("languages")
    languages = tuple(code for code in codes if isinstance(code, str)) if isinstance(codes, list) else ()
    status, problems = validate(StatusSettings, document, data, {"languages": languages}, UNDER)
    if status:
        problems += _twice(document, "languages", list(status.languages))
        problems += _twice(document, "components", [component.id for component in status.components])
        feeds = [feed.path for feed in status.feeds]
        problems += alias_problems(document, (*UNDER, "aliases"), status.aliases, feeds, status.languages)
        problems += _imprint(document, status.publisher)
        problems += _shared_names(document, status.independent_of)
        at, url = (*UNDER, "mirrors"), document.data.get("site_url")
        problems += mirror_problems(document, at, url, status.mirrors, status.independent_of)
    return status, problems


def _twice(document: Document, name: str, values: list[str]) -> list[Problem]:
    return [
        document.problem((*UNDER, name, index), say("'{name}' is listed twice", name=value), say("Keep one of the two"))
        for index, value in enumerate(values)
        if value in values[:index]
    ]


def _imprint(document: Document, publisher: Publisher) -> list[Problem]:
    missing = [name for name in IMPRINT if getattr(publisher, name) is None]
    message = say("the imprint lacks {names}", names=", ".join(missing))
    hint = say("Add what is true of you; nothing is made up, the page says that it is missing")
    path = (*UNDER, "publisher")
    return [document.problem(path, message, hint, severity="warning")] if missing else []


def _shared_names(document: Document, independent_of: tuple[str, ...]) -> list[Problem]:
    """The site must not live under a name that it has to survive without."""
    url = document.data.get("site_url")
    name = fallen_with(url, independent_of) if isinstance(url, str) else None
    what = say(
        "'{host}' is gone when '{name}' is, and the site must be independent of that", host=host_of(url), name=name
    )
    hint = say("Publish it under another domain")
    return [document.problem(("site_url",), what, hint, severity="warning")] if name else []


def _site_problems(document: Document) -> list[Problem]:
    problems = []
    for name, example in (("site_name", "Example Status"), ("site_url", "https://status.example.net/")):
        if not isinstance(document.data.get(name), str):
            hint = say("Add a line {line}", line=f"{name}: {example}")
            problems.append(document.problem((name,), say("'{name}' is missing", name=name), hint))
    url = document.data.get("site_url", "")
    if isinstance(url, str) and url and not is_site_address(url):
        hint = say("Write it like {example}, with a slash at the end", example="https://status.example.net/")
        hint = document.set_right(("site_url",), Mistyped(url, f"{url}/" if is_site_address(f"{url}/") else ""), hint)
        message = say("'{text}' is not the site's address", text=url[:60])
        problems.append(document.problem(("site_url",), message, hint))
    return problems
