"""The world's zones as the name servers read them: delegations, addresses of servers and signatures made.

Signing is dnspython's own. Each zone has one key that signs all (RFC 6781 calls it a combined signing key).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from ipaddress import ip_network

import dns.dnssec
import dns.name
import dns.zone
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.dnskeybase import Flag

from tests.lab import world
from tests.lab.kinds import NameServer, Zone

TTL = 300
SIGNED_FOR, EXPIRED_FOR = timedelta(days=14), timedelta(days=2)
FIRST_SERIAL = 1


def text_of(zone: Zone, serial: int = FIRST_SERIAL) -> str:
    """A zone as an unsigned master file, whole."""
    soa = f"{zone.servers[0].name} hostmaster.{zone.servers[0].name} {serial} 7200 3600 1209600 {zone.negative}"
    lines = [f"$ORIGIN {zone.name}\n$TTL {TTL}\n@ {zone.negative} SOA {soa}\n", _served(zone), zone.records]
    lines += [_delegated(child) + _glue(zone, child) for child in _children(zone)]
    lines += [server.records for server in world.NAME_SERVERS if zone_of(server.name).name == zone.name]
    if zone.name == "asn.cymru.com.":
        lines += [_announced(network, number) for network, number in world.AS.items()]
    return "".join(lines)


def signed(zone: Zone, text: str, now: datetime) -> str:
    """A master file signed as the zone has it: rightly, for a time that is over, or not at all."""
    made = dns.zone.from_text(text, zone.name, relativize=False)
    if zone.signed != "no":
        ends = now - EXPIRED_FOR if zone.signed == "expired" else now + SIGNED_FOR
        dns.dnssec.sign_zone(made, keys=[_key(zone.name)], inception=ends - 2 * SIGNED_FOR, expiration=ends)
    return made.to_text(relativize=False) + "\n"


def trust_anchor() -> str:
    """The DS record of the root."""
    return f". DS {_ds('.')}"


@cache
def zone_of(name: str) -> Zone:
    """The deepest zone that holds a name with a dot at its end."""
    zones = {zone.name: zone for zone in world.ZONES}
    labels = name.rstrip(".").split(".")
    above = (".".join(labels[start:]) + "." for start in range(len(labels) + 1))
    return next(zones[holder] for holder in above if holder in zones)


def servers_of(zone: Zone) -> tuple[NameServer, ...]:
    """Those that have the zone's data, or should."""
    return zone.servers if zone.served_by is None else zone.served_by


def _served(zone: Zone) -> str:
    return "".join(f"{zone.name} NS {server.name}\n" for server in zone.servers)


def _children(zone: Zone) -> Iterator[Zone]:
    return (other for other in world.ZONES if _parent(other) == zone.name)


def _parent(zone: Zone) -> str | None:
    return None if zone.name == "." else zone_of(zone.name.partition(".")[2] or ".").name


def _delegated(child: Zone) -> str:
    if child.signed == "no":
        return _served(child)
    right = _ds(child.name)
    digest = right[:-8] + "DEADBEEF" if child.signed == "other key" else right
    return f"{_served(child)}{child.name} DS {digest}\n"


def _glue(zone: Zone, child: Zone) -> str:
    """Addresses of the child's servers, if they lie below this zone and another holds them."""
    if not child.glue:
        return ""
    here = "" if zone.name == "." else f".{zone.name}"
    below = (server for server in child.servers if server.name.endswith(here))
    return "".join(server.records for server in below if zone_of(server.name).name != zone.name)


def _announced(network: int, number: int) -> str:
    """The AS of a network in the form of Team Cymru's service: in the same words for IPv4 and IPv6."""
    v4, v6 = ip_network(f"198.18.{network}.0/24"), ip_network(f"2001:db8:{network}::/48")
    nibbles = ".".join(reversed(v6.network_address.exploded.replace(":", "")[:12]))
    return (
        f'*.{network}.18.198.origin TXT "{number} | {v4} | ZZ | lab | 2021-07-17"\n'
        f'*.{nibbles}.origin6 TXT "{number} | {v6} | ZZ | lab | 2021-07-17"\n'
        f'AS{number} TXT "{number} | ZZ | lab | 2021-07-17 | LAB-{number}, ZZ"\n'
    )


def _ds(name: str) -> str:
    return dns.dnssec.make_ds(dns.name.from_text(name), _key(name)[1], "SHA256").to_text()


@cache
def _key(name: str) -> tuple[Ed25519PrivateKey, DNSKEY]:
    private = Ed25519PrivateKey.generate()
    public = dns.dnssec.make_dnskey(private.public_key(), "ED25519", flags=Flag.SEP | Flag.ZONE)
    return private, public
