"""TLS: certificates, keys, authorities, who may issue, and who binds whom to https."""

from generator.hostnames import is_below, registered_domain
from generator.independence.evidence import Certificate, Host, Unknown
from generator.independence.findings import Fact, fact
from generator.independence.weighing import Weight, fallen_into, unclear, unknown, weigh


def weigh_certificate(site: Host, watched: Host) -> Weight:
    """The same certificate, or one that names a host of the other's: whoever has to replace one replaces both."""
    shared = [*_named(site, watched), *_named(watched, site)]
    return _compare(site, watched, "fingerprint", shared)


def _named(holder: Host, other: Host) -> list[Fact]:
    """What the certificate of one says of the other's names."""
    if not isinstance(holder.certificate, Certificate):
        return []
    names = sorted(name for name in holder.certificate.names if _names(name, other.name))
    return [fact("certificate_names", host=holder.name, name=name, other=other.name) for name in names]


def _names(name: str, host: str) -> bool:
    """Whether a name of a certificate (`*.example.net` is every label below) is of a host, or of its domain."""
    parent = host.partition(".")[2]
    return name == f"*.{parent}" or is_below(name.removeprefix("*."), registered_domain(host))


def weigh_key(site: Host, watched: Host) -> Weight:
    """The same key behind two certificates: whoever loses one loses both."""
    return _compare(site, watched, "key")


def weigh_ca(site: Host, watched: Host) -> Weight:
    """The same authority: its fall, or a revocation at large, hits both."""
    return _compare(site, watched, "issuer")


def _compare(site: Host, watched: Host, part: str, shared: list[Fact] | None = None) -> Weight:
    """One part of two certificates, with what else is shared."""
    against = list(shared or ())
    mine, theirs = site.certificate, watched.certificate
    if isinstance(mine, Certificate) and isinstance(theirs, Certificate):
        a, b = getattr(mine, part), getattr(theirs, part)
        against += [fact(f"same_{part}", value=a)] if a == b else []
        return weigh(against, speaking_for=[fact(f"two_{part}s", a=a, b=b)])
    pairs = ((site.name, mine), (watched.name, theirs))
    opened = [unknown(name, found) for name, found in pairs if isinstance(found, Unknown)]
    return weigh(against, opened, [fact("no_tls", host=name) for name, found in pairs if found is None])


def weigh_caa(site: Host, watched: Host) -> Weight:
    """Where it stands who may renew the site's certificate (RFC 8659): a record of the watched domain falls with it."""
    if site.caa is None:
        return weigh(speaking_for=[fact("no_tls", host=site.name)])
    if isinstance(site.caa, Unknown):
        return weigh(opened=[unknown(site.name, site.caa)])
    if not site.caa.owner:
        return weigh(speaking_for=[fact("caa_free", host=site.name)])
    told = fact("caa", host=site.name, owner=site.caa.owner, issuers=site.caa.issuers or "–")
    return weigh([told]) if fallen_into(site.caa.owner, watched) else weigh((), unclear(watched), [told])


def weigh_hsts(site: Host, watched: Host) -> Weight:
    """A name above the site that binds all below it to https (RFC 6797): http cannot stand in for a bad certificate."""
    if not is_below(site.name, registered_domain(watched.name)):
        return weigh(speaking_for=[fact("hsts_out_of_reach", host=site.name, domain=registered_domain(watched.name))])
    if isinstance(watched.hsts, Unknown):
        return weigh(opened=[unknown(watched.name, watched.hsts)])
    binding = sorted(name for name in watched.hsts if is_below(site.name, name))
    return weigh([fact("hsts_binds", host=site.name, name=name) for name in binding],
                 speaking_for=[fact("hsts_free", host=site.name)])  # fmt: skip
