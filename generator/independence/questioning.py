"""What is to be found out, as the settings have it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.declared import Dependence
from generator.hostnames import ascii_host
from generator.settings import Settings


@dataclass(frozen=True)
class Question:
    """Addresses of the site, hosts that it has to survive, domains of its mail, and what is declared of both sides."""

    sites: tuple[str, ...]
    watched: tuple[str, ...]
    mail: tuple[str, ...]
    here: Dependence
    there: Dependence


def question(settings: Settings) -> Question:
    """The question that the settings pose. An undeclared git host is taken from `source`, which shows it."""
    status = settings.status
    sites = tuple(dict.fromkeys((settings.url, *status.mirrors)))
    here = status.independence.site
    if here.git_host is None and status.source:
        here = here.model_copy(update={"git_host": urlsplit(status.source).hostname})
    return Question(sites, status.independent_of, _mail(settings), here, status.independence.watched)


def _mail(settings: Settings) -> tuple[str, ...]:
    """The domains of the mail addresses that the site names."""
    security = settings.status.security
    contacts = security.contact if security else ()
    written = [settings.status.publisher.email or "", *(c for c in contacts if c.startswith("mailto:"))]
    hosts = (ascii_host(address.partition("?")[0].rpartition("@")[2]) for address in written)
    return tuple(dict.fromkeys(host for host in hosts if host))
