"""`extra.status` in `mkdocs.yml`, part by part: one definition gives types, checks and the reference."""

from typing import Annotated

from pydantic import AfterValidator, Field

from generator.addresses import FEEDS, Feed, component_feed
from generator.contacts import contacts_file
from generator.declared import Independence
from generator.git_host import GitHost
from generator.mail_settings import MailSettings
from generator.model import KeptId, Part, WebAddress
from generator.moments import Day
from generator.settings.values import (
    ComponentName,
    Contact,
    FeedPath,
    Folder,
    HostName,
    Hours,
    LanguageCode,
    MirrorAddress,
    OldAddress,
    PictureName,
    SecureAddress,
    ZoneName,
)
from generator.targets import Target
from generator.texts import Line, Prose


class ComponentSettings(Part):
    """Something that readers rely on, and that records give a state."""

    id: ComponentName = Field(description="its name in records and addresses")
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

    time_zone: ZoneName = Field(description="the zone of all times here")
    languages: tuple[LanguageCode, ...] = Field(
        min_length=1, description="the site's languages; the first one lives at /"
    )
    components: tuple[ComponentSettings, ...] = Field(min_length=1, description="what has a state")
    publisher: Publisher = Field(description="who publishes the site")
    hosting: Hosting | None = Field(None, description="who hosts it")
    independent_of: tuple[HostName, ...] = Field((), description="the domains whose outage must not touch the site")
    independence: Independence = Field(
        Independence(), description="what `incidents independence` cannot see by itself, and what is accepted"
    )
    mirrors: tuple[MirrorAddress, ...] = Field(
        (), description="further addresses of the same site, each at another host, for when this one is gone"
    )
    targets: dict[ComponentName, Target] = Field({}, description="name: a place that `incidents deploy` publishes to")
    records: Folder = Field("incidents", description="the folder of the records")
    feed_authority: HostName | None = Field(
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
    logo: PictureName | None = Field(
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
