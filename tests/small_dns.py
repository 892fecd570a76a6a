"""A DNS server on this machine that answers as a test says, over UDP and TCP: resolver and name servers in one."""

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Message = dns.message.Message
Said = Message | bytes | None
"""An answer, raw bytes, or silence."""
Behaviour = Callable[[Message, bool], Said]
"""What is said to a question; the second argument: whether it came over TCP."""
SOA = "example. 300 IN SOA . . 1 2 3 4 60"


def reply(
    query: Message, *records: str, authority: tuple[str, ...] = (), rcode: str = "NOERROR", aa: bool = True
) -> Message:
    """An answer with records as in a master file: `a.example. 300 IN A 192.0.2.1`."""
    made = dns.message.make_response(query)
    made.set_rcode(dns.rcode.from_text(rcode))
    made.flags |= dns.flags.AA if aa else 0
    made.answer, made.authority = ([_rrset(record) for record in part] for part in (records, authority))
    return made


def _rrset(record: str) -> dns.rrset.RRset:
    name, ttl, class_, kind, data = record.split(None, 4)
    return dns.rrset.from_text(name, int(ttl), class_, kind, data)


def book(zones: Mapping[tuple[str, str], Said | tuple[str, ...]], soa: str = SOA) -> Behaviour:
    """Answers by name (without the dot at its end) and kind; NODATA for another kind, else NXDOMAIN."""
    names = {name for name, _ in zones}

    def answer(query: Message, tcp: bool) -> Said:
        asked = query.question[0]
        name, kind = asked.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(asked.rdtype)
        found = zones.get((name, kind), ())
        if not isinstance(found, tuple):
            return found
        missing = "NXDOMAIN" if name not in names else "NOERROR"
        return reply(query, *found) if found else reply(query, authority=(soa,), rcode=missing)

    return answer


@contextmanager
def small_dns(behaviour: Behaviour) -> Iterator[int]:
    """The server's port, on 127.0.0.1, as long as the block lasts."""

    class OverTcp(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = int.from_bytes(self.rfile.read(2), "big")
            if wire := _wire(behaviour, self.rfile.read(length), tcp=True):
                self.wfile.write(len(wire).to_bytes(2, "big") + wire)

    class OverUdp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if wire := _wire(behaviour, self.request[0], tcp=False):
                self.request[1].sendto(wire, self.client_address)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OverTcp) as tcp:
        tcp.daemon_threads = True
        port = int(tcp.server_address[1])
        with socketserver.ThreadingUDPServer(("127.0.0.1", port), OverUdp) as udp:
            for server in (tcp, udp):
                threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            try:
                yield port
            finally:
                tcp.shutdown()
                udp.shutdown()


def _wire(behaviour: Behaviour, query: bytes, tcp: bool) -> bytes | None:
    said = behaviour(dns.message.from_wire(query), tcp)
    return said.to_wire(max_size=65535 if tcp else 0) if isinstance(said, Message) else said
