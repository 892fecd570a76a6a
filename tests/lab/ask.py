"""DNS questions from inside: `python -m tests.lab.ask ADDRESS NAME TYPE` prints the answer as JSON.

With a serial instead of a type it waits until the server has that version of the zone, or a later one.
"""

import json
import sys
import time
from contextlib import suppress
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype

TIMEOUT, TRIES, STEP = 2.0, 4, 0.02


def ask(address: str, name: str, kind: str) -> dict[str, Any]:
    """Code, records and lifetimes of the answer; what a resolver has checked is `validated`.

    Where there is none, the code is the name of the error: `Timeout`, `ConnectionRefusedError`.
    """
    asked = dns.message.make_query(name, kind, use_edns=True, want_dnssec=True)
    try:
        said = _patiently(asked, address)
    except (OSError, dns.exception.DNSException) as error:
        return {"rcode": type(error).__name__}
    return {
        "rcode": dns.rcode.to_text(said.rcode()),
        "records": sorted(record.to_text() for rrset in said.answer for record in rrset
                          if rrset.rdtype == asked.question[0].rdtype),
        "validated": bool(said.flags & dns.flags.AD),
        "authoritative": bool(said.flags & dns.flags.AA),
        "negative_ttl": next((rrset.ttl for rrset in said.authority if rrset.rdtype == dns.rdatatype.SOA), None),
    }  # fmt: skip


def _patiently(asked: dns.message.Message, address: str) -> dns.message.Message:
    """Ask again and again, as every client does: a resolver drops answers that took it long."""
    for _ in range(TRIES - 1):
        with suppress(dns.exception.Timeout):
            return dns.query.udp_with_fallback(asked, address, timeout=TIMEOUT)[0]
    return dns.query.udp_with_fallback(asked, address, timeout=TIMEOUT)[0]


def wait(address: str, name: str, serial: int) -> None:
    """Return when the server answers with the version; the caller limits the time."""
    while _serial(address, name) < serial:
        time.sleep(STEP)


def _serial(address: str, name: str) -> int:
    try:
        said = dns.query.udp(dns.message.make_query(name, "SOA"), address, timeout=1)
    except (OSError, dns.exception.DNSException):
        return -1
    return max((record.serial for rrset in said.answer for record in rrset), default=-1)


def main(address: str, name: str, what: str) -> None:
    if what.isdigit():
        wait(address, name, int(what))
    else:
        print(json.dumps(ask(address, name, what)))


if __name__ == "__main__":
    main(*sys.argv[1:])
