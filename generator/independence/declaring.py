"""What readers and the admin depend on besides: mail, and what the settings declare."""

from generator.declared import Declared, Dependence
from generator.hostnames import ascii_host, registered_domain
from generator.independence.evidence import Host, Mailbox, Unknown
from generator.independence.findings import fact
from generator.independence.weighing import Weight, fallen_into, unclear, unknown, weigh


def weigh_mail(mailbox: Mailbox | None, watched: Host) -> Weight:
    """Whether readers can still write when the watched domain is gone."""
    if mailbox is None:
        return weigh(opened=[fact("no_mail")])
    exchangers = () if isinstance(mailbox.exchangers, Unknown) else mailbox.exchangers
    names = dict.fromkeys(exchangers, "mail_through") | {mailbox.domain: "mail_at"}
    against = [
        fact(key, mail=mailbox.domain, name=name, domain=above)
        for name, key in names.items()
        if (above := fallen_into(name, watched))
    ]
    opened = [unknown(mailbox.domain, mailbox.exchangers)] if isinstance(mailbox.exchangers, Unknown) else []
    told = fact("mail", mail=mailbox.domain, names=frozenset(exchangers))
    return weigh(
        against, [*opened, *unclear(watched)], [told if exchangers else fact("mail_none", mail=mailbox.domain)]
    )


def weigh_declared(name: Declared, here: Dependence, there: Dependence) -> Weight:
    """What no network shows. What is not declared is not known."""
    mine, theirs = getattr(here, name), getattr(there, name)
    if mine is None or theirs is None:
        sides = [side for side, value in (("site", mine), ("watched", theirs)) if value is None]
        return weigh(opened=[fact("undeclared", setting=f"{side}.{name}") for side in sides])
    if _whose(mine) == _whose(theirs):
        return weigh([fact("same_declared", value=mine)])
    return weigh(speaking_for=[fact("two_declared", a=mine, b=theirs)])


def _whose(value: str) -> str:
    """A name to compare: of a host its domain, else the words."""
    host = ascii_host(value) if "." in value else None
    return registered_domain(host) if host else " ".join(value.split()).casefold()
