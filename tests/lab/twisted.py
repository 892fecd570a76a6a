"""A name server that misbehaves: `python -m tests.lab.twisted HOW BEHIND ADDRESS...`, on port 53, UDP and TCP.

`silent` never answers, `slow` does after a while, `lying` makes addresses up, `hijack` does so for names that do not
exist, `garbage` sends no DNS at all, `refused` refuses. What they know they ask the server BEHIND.
"""

import socket
import sys
import time
from socketserver import BaseRequestHandler, BaseServer, StreamRequestHandler, ThreadingTCPServer, ThreadingUDPServer
from threading import Thread

import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import dns.rrset

LATE = 0.7
"""Seconds that a slow server thinks."""
LIES = {dns.rdatatype.A: "198.18.60.66", dns.rdatatype.AAAA: "2001:db8:60::66"}
HOW, BEHIND, *ADDRESSES = sys.argv[1:] if __name__ == "__main__" else ("silent", "")


def answer(wire: bytes) -> bytes | None:
    """What this server says to a question, or None for nothing."""
    if HOW == "silent":
        return None
    if HOW == "garbage":
        return b"\xff" * 40
    asked = dns.message.from_wire(wire)
    if HOW == "refused":
        return _refusal(asked)
    if HOW == "slow":
        time.sleep(LATE)
    return _twisted(asked, dns.query.udp_with_fallback(asked, BEHIND, timeout=5)[0]).to_wire()


def _refusal(asked: dns.message.Message) -> bytes:
    made = dns.message.make_response(asked)
    made.set_rcode(dns.rcode.REFUSED)
    return made.to_wire()


def _twisted(asked: dns.message.Message, true: dns.message.Message) -> dns.message.Message:
    question = asked.question[0]
    missing = true.rcode() == dns.rcode.NXDOMAIN
    if question.rdtype not in LIES or HOW == "slow" or (HOW == "hijack" and not missing):
        return true
    made = dns.message.make_response(asked, recursion_available=HOW == "hijack")
    made.flags |= dns.flags.AA if HOW == "lying" else 0
    made.answer = [dns.rrset.from_text(question.name, 60, "IN", question.rdtype, LIES[question.rdtype])]
    return made


class OverUdp(BaseRequestHandler):
    def handle(self) -> None:
        wire, connection = self.request
        if said := answer(wire):
            connection.sendto(said, self.client_address)


class OverTcp(StreamRequestHandler):
    def handle(self) -> None:
        length = int.from_bytes(self.rfile.read(2), "big")
        said = answer(self.rfile.read(length))
        if said is None:
            time.sleep(60)
        else:
            self.wfile.write(len(said).to_bytes(2, "big") + said)


class _Quiet(BaseServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Callers who hang up are no news."""


class _Udp(_Quiet, ThreadingUDPServer):
    pass


class _Tcp(_Quiet, ThreadingTCPServer):
    pass


def main() -> None:
    for address in ADDRESSES:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        for kind, handler in ((_Udp, OverUdp), (_Tcp, OverTcp)):
            server = type("At", (kind,), {"address_family": family})((address, 53), handler)
            Thread(target=server.serve_forever).start()
    print("ready", flush=True)


if __name__ == "__main__":
    main()
