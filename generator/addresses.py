"""Where everything lives: addresses below a language's root, each in this place alone. Once published, none changes.

A page's address ends with a slash, a file's does not: `incidents/2021-07-17-dns/`, `history.rss`.
"""

import re
import unicodedata
from dataclasses import dataclass

FRONT = ""
HISTORY = "history/"
UPTIME = "uptime/"
COMMITMENTS = "commitments/"
INDEPENDENCE = "independence/"
SUBSCRIBE = "subscribe/"
IMPRINT = "imprint/"
PRIVACY = "privacy/"
INCIDENTS = "incidents/"
COMPONENTS = "components/"
ASSETS = "assets/"
API = "api/"
STATUSPAGE_API = f"{API}v2/"
"""Files for programs in the form of Statuspage's API, in each language."""
OWN_API = f"{API}v1/"
"""Files for programs in our own form, for all languages at once: below the site's root alone."""

CARD = "card.png"
REPORT_CARD = "card-report.png"
STYLE = f"{ASSETS}status.css"
SCRIPT = f"{ASSETS}status.js"
ICON = f"{ASSETS}icon.svg"
TAB_ICON = "favicon.ico"
SCREEN_ICON = "apple-touch-icon.png"
"""Files that pages share. The templates in `theme/` name them, too."""


@dataclass(frozen=True)
class Form:
    """A format that feed readers know."""

    media_type: str
    label: str
    """Its name for readers, the same in every language."""


@dataclass(frozen=True)
class Feed:
    """A file that programs read again and again: what it tells of, in which form."""

    path: str
    form: Form
    topic: str = "history"
    """`history` (everything), `maintenance`, `reports` (post-mortems), `component`."""
    component: str = ""
    """The id of that component."""


RSS = Form("application/rss+xml", "RSS")
ATOM = Form("application/atom+xml", "Atom")
JSON = Form("application/feed+json", "JSON Feed")
NEWS = Feed("history.rss", RSS)
RECORDS = Feed("history.atom", ATOM)
FEEDS = (
    NEWS,
    RECORDS,
    Feed("feed.json", JSON),
    Feed("maintenance.rss", RSS, "maintenance"),
    Feed("reports.rss", RSS, "reports"),
)
"""What every page makes known to programs. A component's feed is made known on its own page."""


def component_feed(name: str) -> Feed:
    """The feed of the component with this id."""
    return Feed(f"{COMPONENTS}{name}.rss", RSS, "component", name)


CALENDAR = "calendar.ics"
BADGE, BADGE_DATA = "badge.svg", "badge.json"
"""The state as a small picture, and the same for services that draw badges themselves."""

METRICS = "metrics"
"""For monitoring; once, at the root of the site, and so are these for search engines and for who finds a weak point."""
SITEMAP, ROBOTS, SECURITY = "sitemap.xml", "robots.txt", ".well-known/security.txt"
BUILD, MANIFEST = "build.json", "manifest.json"
"""What the site says of itself: when it was built from what, and which files it consists of. Once, at the root."""
EMBED = "embed/"
"""The page that other sites may show in a frame."""
ADMIN = "admin/"
"""The form to write records with, where the settings ask for one; no page links to it."""


def incident_page(name: str) -> str:
    """The page of the record with this id."""
    return f"{INCIDENTS}{name}/"


def component_page(name: str) -> str:
    """The page of the component with this id."""
    return f"{COMPONENTS}{name}/"


def component_badge(name: str) -> str:
    """The badge of the component with this id."""
    return f"{COMPONENTS}{name}.svg"


def component_badge_data(name: str) -> str:
    """What its badge says, for services that draw badges themselves."""
    return f"{COMPONENTS}{name}.json"


def year_page(year: int) -> str:
    """The records that began in a local calendar year."""
    return f"{HISTORY}{year}/"


_INDEXES = (FRONT, HISTORY)
"""Pages whose source lies in the folder that their address names: others lie below them."""


def first_part(address: str) -> str:
    """The folder at the top that an address lies in: `history` of `history/2021/`, nothing for the front page."""
    return address.partition("/")[0]


def source_of(address: str) -> str:
    """The Markdown file that becomes the page at an address: `uptime.md`, `history/index.md`."""
    return f"{address}index.md" if address in _INDEXES else f"{address.rstrip('/')}.md"


def address_of(source: str) -> str:
    """The address of the page that MkDocs makes of a Markdown file: `a/` of `a.md`, `a/index.md` and `a/README.md`."""
    path = source.removesuffix(".md")
    folder, _, stem = path.rpartition("/")
    path = folder if stem in ("index", "README") else path
    return f"{path}/" if path else FRONT


REPLACEABLE = frozenset((IMPRINT, PRIVACY))
"""Generated pages that a hand-written one may take the place of."""
_OURS = (FRONT, HISTORY, UPTIME, COMMITMENTS, INDEPENDENCE, SUBSCRIBE, INCIDENTS, COMPONENTS)
UNFRAMED = (*_OURS, *sorted(REPLACEABLE))
"""Generated pages, or the folders of such, which no other site may show in a frame."""
_GENERATED = (*_OURS, ASSETS, API, EMBED, METRICS, ADMIN, BUILD, MANIFEST)
TAKEN = frozenset(map(first_part, _GENERATED))
"""First parts of addresses that no hand-written page may have."""


_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug(text: str) -> str:
    """The words of a text as an address can hold them: `stoerung-im-cafe`. Empty where none has a Latin letter."""
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED_OUT)
    plain = unicodedata.normalize("NFKD", spelled)
    return "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))
