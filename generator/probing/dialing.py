"""DNS over UDP and TCP: one question to one server, and the same question to the resolver of this machine."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.resolver

from generator.probing.waiting import Once, Patience, Unheard

Message = dns.message.Message
PAYLOAD = 1232
"""What fits into a packet everywhere; longer answers come over TCP."""
TRIES = 2


@dataclass(frozen=True)
class Server:
    """Where a DNS server listens."""

    ip: str
    port: int = 53


def parse_server(text: str) -> Server:
    """`192.0.2.53` or `192.0.2.53#5353`. Raises ValueError."""
    ip, _, port = text.partition("#")
    number = int(port or 53)
    if not 0 < number < 65536:
        raise ValueError(text)
    return Server(str(ip_address(ip)), number)


def own_resolvers() -> tuple[Server, ...]:
    """The resolvers that this machine is set up to ask; none if it has none."""
    try:
        found = dns.resolver.Resolver()
    except (dns.resolver.NoResolverConfiguration, OSError):
        return ()
    return tuple(Server(str(ip), found.port) for ip in found.nameservers)


class Line:
    """Asks servers, patiently, and asks each question once."""

    def __init__(self, resolvers: tuple[Server, ...], patience: Patience, port: int = 53) -> None:
        self.resolvers, self.patience, self.port = resolvers, patience, port
        self.once = Once()

    async def resolve(self, name: str, kind: str, check: bool = False, denied: bool = False) -> Message:
        """The resolver's answer.

        `check` has it refuse what DNSSEC proves wrong; `denied` takes "does not exist" for an answer.
        Raises Unheard: nxdomain, servfail, refused, silent, time, …
        """
        message = await self.once((name, kind, check), lambda: self._resolved(name, kind, check))
        return message if denied else existing(message, name)

    async def _resolved(self, name: str, kind: str, check: bool) -> Message:
        flags = dns.flags.RD | (0 if check else dns.flags.CD)
        trouble = Unheard("no_resolver")
        for server in self.resolvers[:3]:
            try:
                return heard(await self._exchange(server, _query(name, kind, flags)))
            except Unheard as unheard:
                trouble = unheard
        raise trouble

    async def ask(self, ip: str, name: str, kind: str) -> Message:
        """What the server at an address says for itself, whatever it says. Raises Unheard."""
        return await self._exchange(Server(ip, self.port), _query(name, kind, 0))

    async def _exchange(self, server: Server, query: Message) -> Message:
        trouble = Unheard("silent")
        for _ in range(TRIES):
            try:
                async with self.patience.one_step():
                    where: dict[str, Any] = {"where": server.ip, "port": server.port}
                    answer, _ = await dns.asyncquery.udp_with_fallback(query, **where)
                if answer.rcode() == dns.rcode.FORMERR and query.edns >= 0:
                    query.use_edns(False)
                    continue
                return answer
            except Unheard as unheard:
                trouble = unheard
                if unheard.why.reason != "silent":
                    break
        raise trouble


def _query(name: str, kind: str, flags: int) -> Message:
    try:
        query = dns.message.make_query(name, kind, use_edns=0, payload=PAYLOAD, want_dnssec=True)
    except dns.exception.DNSException as error:
        raise Unheard("malformed", type(error).__name__) from None
    query.flags = dns.flags.Flag(flags)
    return query


def heard(message: Message) -> Message:
    """The message, if the server took the question. Raises Unheard."""
    if message.rcode() in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        return message
    name = dns.rcode.to_text(message.rcode())
    raise Unheard({"SERVFAIL": "servfail", "REFUSED": "denied"}.get(name, "malformed"), name)


def existing(message: Message, name: str) -> Message:
    """The message, if the name exists. Raises Unheard."""
    if message.rcode() == dns.rcode.NXDOMAIN:
        raise Unheard("nxdomain", name)
    return message


def plain(name: dns.name.Name) -> str:
    """A name without the dot at its end, in small letters; `.` for the root."""
    return name.to_text(omit_final_dot=True).lower()


def records(message: Message, kind: str, section: str = "answer") -> list[tuple[str, Any]]:
    """Every record of a kind in a section, with its owner."""
    wanted = dns.rdatatype.from_text(kind)
    sets = (found for found in getattr(message, section) if found.rdtype == wanted)
    return [(plain(found.name), record) for found in sets for record in found]
