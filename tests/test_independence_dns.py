"""Asking DNS: what a well-behaved server says is understood, and whatever a bad one does becomes a reason."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import dns.dnssec
import dns.dnssectypes
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from generator.independence.evidence import Network, Unknown, Zone
from generator.probing.delegating import Survey
from generator.probing.dialing import Line, Server, parse_server
from generator.probing.following import locate, look_up
from generator.probing.proving import prove
from generator.probing.sourcing import compare_answers
from generator.probing.waiting import Patience, Unheard, attempt
from tests.small_dns import Behaviour, Message, Said, book, reply, small_dns

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Found = TypeVar("Found")
Ask = Callable[[Line], Coroutine[Any, Any, Found]]


def asked(behaviour: Behaviour, work: Ask[Found], total: float = 60, step: float = 8) -> Found | Unknown:
    """What comes of some asking of a server that behaves like this. `step`: seconds until silence is one."""

    async def run(port: int) -> Found | Unknown:
        line = Line((Server("127.0.0.1", port),), Patience(total, step), port)
        try:
            return await attempt(work(line))
        finally:
            line.once.close()

    with small_dns(behaviour) as port:
        return asyncio.run(run(port))


def of(line: Line, name: str = "a.example") -> Coroutine[Any, Any, Message]:
    return line.resolve(name, "A")


def reason(found: object) -> str:
    assert isinstance(found, Unknown), found
    return found.reason


def always(said: Said) -> Behaviour:
    return lambda query, tcp: said


def answering(rcode: str) -> Behaviour:
    return lambda query, tcp: reply(query, rcode=rcode)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (always(None), "silent"),
        (always(b"\xff" * 40), "malformed"),
        (answering("SERVFAIL"), "servfail"),
        (answering("REFUSED"), "denied"),
        (answering("NOTIMP"), "malformed"),
        (answering("FORMERR"), "malformed"),
        (answering("NXDOMAIN"), "nxdomain"),
    ],
    ids=["silent", "garbage", "servfail", "refused", "notimp", "formerr", "nxdomain"],
)
def test_whatever_a_resolver_does_is_a_reason(behaviour: Behaviour, expected: str) -> None:
    """Never an exception, never a wait without end."""
    assert reason(asked(behaviour, of, step=0.3 if expected == "silent" else 8)) == expected


def test_an_answer_to_another_question_is_none() -> None:
    """What does not fit is not believed."""

    def other(query: Message, tcp: bool) -> Said:
        wrong = dns.message.make_query("b.example", "A")
        wrong.id = query.id
        return reply(wrong, "b.example. 300 IN A 192.0.2.66")

    assert reason(asked(other, of)) == "malformed"


def test_an_answer_too_long_for_a_packet_comes_over_tcp() -> None:
    """A server that cuts its answer off is asked again in the other way."""

    def long(query: Message, tcp: bool) -> Said:
        made = reply(query, *(f"a.example. 300 IN A 192.0.2.{n}" for n in range(200)) if tcp else ())
        made.flags |= 0 if tcp else dns.flags.TC
        return made

    found = asked(long, of)
    assert not isinstance(found, Unknown)
    assert len(found.answer[0]) == 200


def test_a_server_that_knows_no_edns_is_asked_without() -> None:
    """Old servers answer FORMERR to it (RFC 6891, section 7)."""

    def old(query: Message, tcp: bool) -> Said:
        return reply(query, rcode="FORMERR") if query.edns >= 0 else reply(query, "a.example. 300 IN A 192.0.2.1")

    assert not isinstance(asked(old, of), Unknown)


def test_a_second_resolver_is_asked_if_the_first_refuses() -> None:
    async def run(*ports: int) -> Message | Unknown:
        line = Line(tuple(Server("127.0.0.1", port) for port in ports), Patience(60, 8))
        return await attempt(of(line))

    known = book({("a.example", "A"): ("a.example. 300 IN A 192.0.2.1",)})
    with small_dns(answering("REFUSED")) as first, small_dns(known) as second:
        assert not isinstance(asyncio.run(run(first, second)), Unknown)


def test_without_a_resolver_that_is_the_reason() -> None:
    async def run() -> Message | Unknown:
        return await attempt(of(Line((), Patience(5, 1))))

    assert reason(asyncio.run(run())) == "no_resolver"


def test_when_the_time_is_up_it_is_up() -> None:
    """A step that would take longer ends with the whole."""
    assert reason(asked(always(None), of, total=0.1, step=60)) == "time"


@pytest.mark.parametrize("name", ["a..example", "x" * 70 + ".example", "a." * 200])
def test_a_name_that_cannot_be_asked_for_is_a_reason(name: str) -> None:
    assert reason(asked(book({}), lambda line: of(line, name))) == "malformed"


@pytest.mark.parametrize("text", ["192.0.2.53", "192.0.2.53#5353", "2001:db8::53", "2001:db8::53#53"])
def test_a_server_is_written_with_its_port(text: str) -> None:
    ip, _, port = text.partition("#")
    assert parse_server(text) == Server(ip, int(port or 53))


A, AAAA = "192.0.2.7", "2001:db8::7"
ORIGIN = {
    ("7.2.0.192.origin.asn.cymru.com", "TXT"): (
        '7.2.0.192.origin.asn.cymru.com. 300 IN TXT "64500 64501 | 192.0.2.0/24 | DE | ripencc | 2001-01-01"',
    ),
}


class TestWhereANameLeads:
    """Aliases, addresses, networks."""

    def test_aliases_are_kept_in_order(self) -> None:
        """Also those that the resolver hands out one at a time."""
        zones = {
            ("a.example", "A"): ("a.example. 300 IN CNAME b.example.",),
            ("b.example", "A"): ("b.example. 300 IN CNAME c.example.", f"c.example. 300 IN A {A}"),
            ("a.example", "AAAA"): ("a.example. 300 IN CNAME b.example.",),
            ("b.example", "AAAA"): ("b.example. 300 IN CNAME c.example.",),
            ("c.example", "AAAA"): (),
        } | ORIGIN
        found = asked(book(zones), lambda line: look_up(line, "a.example"))
        assert not isinstance(found, Unknown)
        assert found.aliases == ("b.example", "c.example")
        assert not isinstance(found.addresses, Unknown)
        assert [address.ip for address in found.addresses] == [A]
        assert found.addresses[0].network == Network("192.0.2.0/24", frozenset((64500, 64501)))

    def test_an_alias_to_a_name_that_is_gone_is_still_an_alias(self) -> None:
        """That is what shows what a site hangs on while the outage lasts."""

        def gone(query: Message, tcp: bool) -> Said:
            return reply(query, "a.example. 300 IN CNAME b.velo.rent.", rcode="NXDOMAIN")

        found = asked(gone, lambda line: look_up(line, "a.example"))
        assert not isinstance(found, Unknown)
        assert found.aliases == ("b.velo.rent",)
        assert reason(found.addresses) == "nxdomain"

    def test_a_name_that_is_not_there_may_have_been_an_alias(self) -> None:
        """That it is denied says nothing of where it leads once it is back."""
        assert reason(asked(answering("NXDOMAIN"), lambda line: look_up(line, "a.example"))) == "nxdomain"

    def test_aliases_in_a_circle_are_a_reason(self) -> None:
        ring = {("a.example", "A"): ("a.example. 300 IN CNAME b.example.",),
                ("b.example", "A"): ("b.example. 300 IN CNAME a.example.",)}  # fmt: skip
        assert reason(asked(book(ring), lambda line: look_up(line, "a.example"))) == "alias_loop"

    def test_aliases_without_an_end_are_a_reason(self) -> None:
        def endless(query: Message, tcp: bool) -> Said:
            name = query.question[0].name
            return reply(query, f"{name} 300 IN CNAME x{str(name)[:40]}")

        assert reason(asked(endless, lambda line: look_up(line, "a.example"))) == "alias_loop"

    def test_one_family_that_is_not_known_leaves_the_addresses_unknown(self) -> None:
        """What is at the other addresses might be shared."""

        def half(query: Message, tcp: bool) -> Said:
            return reply(query, rcode="SERVFAIL" if query.question[0].rdtype == dns.rdatatype.AAAA else "NOERROR")

        found = asked(half, lambda line: look_up(line, "a.example"))
        assert not isinstance(found, Unknown)
        assert reason(found.addresses) == "servfail"

    @pytest.mark.parametrize("text", ['"nonsense"', '"| | |"', '"64500"', '"x | 192.0.2.0/24 |"'])
    def test_a_network_that_cannot_be_read_is_unknown(self, text: str) -> None:
        name = "7.2.0.192.origin.asn.cymru.com"
        behaviour = book({(name, "TXT"): (f"{name}. 300 IN TXT {text}",)})
        found = asked(behaviour, lambda line: locate(line, A))
        assert not isinstance(found, Unknown)
        assert reason(found.network) == "malformed"

    def test_the_narrowest_announcement_counts_and_every_system(self) -> None:
        """One address may be announced several times; an IPv6 address is asked for digit by digit."""
        labels = ".".join(reversed("20010db8000000000000000000000007"))
        name = f"{labels}.origin6.asn.cymru.com"
        texts = ('"64500 | 2001:db8::/32 | |"', '"64501 | 2001:db8::/48 | |"')
        behaviour = book({(name, "TXT"): tuple(f"{name}. 300 IN TXT {text}" for text in texts)})

        def both(query: Message, tcp: bool) -> Said:
            made = behaviour(query, tcp)
            assert isinstance(made, dns.message.Message)
            if len(made.answer) == 2:
                made.answer[0].add(made.answer.pop(1)[0])
            return made

        found = asked(both, lambda line: locate(line, AAAA))
        assert not isinstance(found, Unknown)
        assert found.network == Network("2001:db8::/48", frozenset((64500, 64501)))


SOA = "apart.example. {ttl} IN SOA ns.apart.example. . 1 3600 600 86400 {minimum}"
ZONE = {
    ("apart.example", "SOA"): (SOA.format(ttl=600, minimum=900),),
    ("apart.example", "NS"): ("apart.example. 300 IN NS ns.apart.example.",),
    ("ns.apart.example", "A"): ("ns.apart.example. 300 IN A 127.0.0.1",),
    ("apart.example", "A"): (f"apart.example. 300 IN A {A}",),
}


def surveyed(zones: Mapping[tuple[str, str], Said | tuple[str, ...]], soa: str, host: str = "apart.example") -> Zone:
    found = asked(book(zones, soa), lambda line: Survey(line, NOW, "x1").zone(host))
    assert isinstance(found, Zone), found
    return found


class TestZones:
    """Where they begin, who serves them, how long a denial lasts."""

    @pytest.mark.parametrize(("ttl", "minimum", "seconds"), [(600, 900, 600), (900, 600, 600), (86400, 10800, 10800)])
    def test_a_denial_lasts_as_long_as_the_lesser_of_two(self, ttl: int, minimum: int, seconds: int) -> None:
        """The SOA's own TTL and its last field (RFC 2308, section 5)."""
        found = surveyed(ZONE, SOA.format(ttl=ttl, minimum=minimum))
        assert (found.apex, found.negative_ttl, found.wildcard) == ("apart.example", seconds, False)

    def test_a_zone_that_answers_for_every_name_is_found_out(self) -> None:
        """What it would say of a name that is not there is told by its SOA."""
        wild = ZONE | {("x1.apart.example", "A"): (f"x1.apart.example. 300 IN A {A}",)}
        found = surveyed(wild, SOA.format(ttl=1, minimum=1))
        assert (found.wildcard, found.negative_ttl) == (True, 600)

    def test_a_name_that_is_gone_still_has_its_zone(self) -> None:
        """The denial names it."""
        assert surveyed(ZONE, SOA.format(ttl=9, minimum=9), "app.apart.example").apex == "apart.example"

    def test_a_domain_that_is_not_registered_has_no_zone(self) -> None:
        """The registry's own zone is not taken for it."""
        registry = "rent. 300 IN SOA . . 1 2 3 4 60"
        found = asked(book({}, registry), lambda line: Survey(line, NOW, "x1").zone("app.velo.rent"))
        assert reason(found) in ("no_zone", "no_server", "nxdomain")

    @pytest.mark.parametrize(
        ("said", "state"),
        [
            (None, "dead"),
            (lambda query: reply(query, SOA.format(ttl=1, minimum=1), aa=False), "lame"),
            (lambda query: reply(query, rcode="REFUSED"), "lame"),
            (lambda query: reply(query, rcode="SERVFAIL"), "lame"),
            (lambda query: reply(query), "lame"),
        ],
        ids=["silent", "not authoritative", "refused", "servfail", "nothing"],
    )
    def test_a_server_that_is_of_no_use_is_dead_or_lame(
        self, said: Callable[[Message], Message] | None, state: str
    ) -> None:
        """The resolver knows the zone; the server that it is delegated to is asked without recursion."""
        resolver = book(ZONE, SOA.format(ttl=1, minimum=1))

        def behave(query: Message, tcp: bool) -> Said:
            if query.flags & dns.flags.RD:
                return resolver(query, tcp)
            return said(query) if said else None

        found = asked(behave, lambda line: Survey(line, NOW, "x1").zone("apart.example"), step=8 if said else 1)
        assert isinstance(found, Zone)
        assert isinstance(found.nameservers, tuple)
        assert [server.state for server in found.nameservers] == [state]
        assert reason(found.negative_ttl) == "no_server"

    def test_servers_that_are_named_above_alone_are_asked_too(self) -> None:
        """A delegation may name servers that the zone has forgotten."""
        above = ZONE | {
            ("example", "SOA"): ("example. 300 IN SOA . . 1 2 3 4 60",),
            ("example", "NS"): ("example. 300 IN NS ns.apart.example.",),
        }
        plain = book(above, SOA.format(ttl=1, minimum=1))

        def behave(query: Message, tcp: bool) -> Said:
            asked_for_ns = query.question[0].rdtype == dns.rdatatype.NS
            if asked_for_ns and not query.flags & dns.flags.RD:
                return reply(query, authority=("apart.example. 300 IN NS old.apart.example.",), aa=False)
            return plain(query, tcp)

        found = asked(behave, lambda line: Survey(line, NOW, "x1").servers("apart.example"))
        assert isinstance(found, tuple)
        names = {server.name: server.state for server in found}
        assert names == {"ns.apart.example": "answers", "old.apart.example": "dead"}


class TestAnswers:
    """The resolver beside the source."""

    def compare(self, resolver: Behaviour, source: Behaviour) -> Any:
        def behave(query: Message, tcp: bool) -> Said:
            checked = query.flags & dns.flags.RD and not query.flags & dns.flags.CD
            at_source = not query.flags & dns.flags.RD and query.question[0].rdtype != dns.rdatatype.SOA
            behaviour = resolver if checked else source if at_source else book(ZONE, SOA.format(ttl=1, minimum=1))
            return behaviour(query, tcp)

        return asked(behave, lambda line: compare_answers(Survey(line, NOW, "x1"), "apart.example"))

    def test_both_are_heard(self) -> None:
        found = self.compare(book(ZONE), book(ZONE))
        assert (found.resolver, found.source, found.ttl) == (frozenset((A,)), frozenset((A,)), 300)

    def test_a_repair_is_at_the_source_at_once_and_at_the_resolver_later(self) -> None:
        """The resolver still denies what the zone knows again."""
        found = self.compare(answering("NXDOMAIN"), book(ZONE))
        assert (reason(found.resolver), found.source) == ("nxdomain", frozenset((A,)))

    def test_a_memory_outlasts_the_source(self) -> None:
        """The other way round, while the outage begins."""
        found = self.compare(book(ZONE), answering("NXDOMAIN"))
        assert (found.resolver, reason(found.source)) == (frozenset((A,)), "nxdomain")


class Signed:
    """A small signed zone, `apart.example`, whose signatures hold until `until`."""

    def __init__(self, until: datetime = NOW + timedelta(days=7), other_key: bool = False) -> None:
        self.apex = dns.name.from_text("apart.example")
        self.private = ed25519.Ed25519PrivateKey.generate()
        self.keys = dns.rrset.from_rdata(self.apex, 300, self._key(self.private))
        self.soa = dns.rrset.from_text(self.apex, 300, "IN", "SOA", ". . 1 2 3 4 60")
        shown = self._key(ed25519.Ed25519PrivateKey.generate()) if other_key else self.keys[0]
        self.ds = dns.rrset.from_rdata(self.apex, 300, dns.dnssec.make_ds(self.apex, shown, "SHA256"))
        self.until = until

    def _key(self, private: ed25519.Ed25519PrivateKey) -> Any:
        return dns.dnssec.make_dnskey(private.public_key(), dns.dnssectypes.Algorithm.ED25519, flags=257)

    def signature(self, of_set: dns.rrset.RRset) -> dns.rrset.RRset:
        made = dns.dnssec.sign(of_set, self.private, self.apex, self.keys[0], inception=NOW - timedelta(days=30),
                               expiration=self.until)  # fmt: skip
        return dns.rrset.from_rdata(self.apex, 300, made)

    def behave(self, query: Message, tcp: bool) -> Said:
        made = reply(query)
        sets = {dns.rdatatype.DS: [self.ds], dns.rdatatype.DNSKEY: [self.keys, self.signature(self.keys)],
                dns.rdatatype.SOA: [self.soa, self.signature(self.soa)]}  # fmt: skip
        made.answer = sets.get(query.question[0].rdtype, [])
        return made


class TestSignatures:
    """DNSSEC."""

    def prove(self, behaviour: Behaviour) -> Any:
        return asked(behaviour, lambda line: prove(line, "127.0.0.1", "apart.example", NOW))

    def test_signatures_hold_until_the_first_of_them_ends(self) -> None:
        found = self.prove(Signed().behave)
        assert (found.state, found.until) == ("valid", NOW + timedelta(days=7))

    def test_ended_signatures_are_broken_and_say_since_when(self) -> None:
        found = self.prove(Signed(until=NOW - timedelta(days=1)).behave)
        assert (found.state, found.until) == ("broken", NOW - timedelta(days=1))

    def test_a_key_that_nobody_vouches_for_is_broken(self) -> None:
        found = self.prove(Signed(other_key=True).behave)
        assert (found.state, found.detail) == ("broken", "DS")

    def test_a_zone_without_ds_is_unsigned(self) -> None:
        assert self.prove(lambda query, tcp: reply(query)).state == "unsigned"

    def test_a_zone_without_keys_or_signatures_is_broken(self) -> None:
        """The registry says that it is signed."""
        whole = Signed()

        def without(kind: dns.rdatatype.RdataType) -> Behaviour:
            def behave(query: Message, tcp: bool) -> Said:
                made = whole.behave(query, tcp)
                assert isinstance(made, dns.message.Message)
                made.answer = [found for found in made.answer if found.rdtype != kind]
                return made

            return behave

        assert self.prove(without(dns.rdatatype.DNSKEY)).detail == "DNSKEY"
        assert self.prove(without(dns.rdatatype.RRSIG)).detail == "RRSIG"

    def test_what_the_resolver_refuses_is_broken_whatever_we_see(self) -> None:
        """It can check the chain from the root."""
        whole = Signed()

        def behave(query: Message, tcp: bool) -> Said:
            refuses = query.flags & dns.flags.RD and not query.flags & dns.flags.CD
            return reply(query, rcode="SERVFAIL") if refuses else whole.behave(query, tcp)

        found = self.prove(behave)
        assert (found.state, found.detail) == ("broken", "SERVFAIL")


def test_whatever_a_library_trips_over_becomes_a_reason() -> None:
    """A last net below all others."""

    async def trip() -> None:
        raise RecursionError

    assert reason(asyncio.run(attempt(trip()))) == "malformed"


def test_an_unheard_question_says_what_it_was() -> None:
    assert str(Unheard("servfail", "SERVFAIL")) == "servfail: SERVFAIL"
