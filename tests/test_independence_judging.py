"""Judging independence: from invented evidence to a verdict in each dimension, without any network."""

import ast
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.declared import ALONE, BETWEEN, DIMENSIONS, FAILURES, Dependence, Dimension
from generator.independence import exit_status, judge, render_findings
from generator.independence.evidence import (
    Answers,
    Caa,
    Evidence,
    Hop,
    Host,
    Load,
    Lookup,
    Mailbox,
    Pages,
    Signing,
    Unknown,
    Zone,
)
from generator.independence.findings import VERDICTS, Fact
from generator.independence.weighing import weigh
from generator.language import tool_language
from tests.independence_world import (
    EVIDENCE,
    HERE,
    LATER,
    NOTHING,
    NOW,
    SITE,
    THERE,
    WATCHED,
    address,
    evidence,
    found,
    server,
    zone,
)

UTC_ZONE = ZoneInfo("UTC")
FIRST_ZONE = SITE.zones[0]
assert isinstance(FIRST_ZONE, Zone)
assert isinstance(SITE.answers, Answers)


def with_zone(host: Host = SITE, **parts: Any) -> Host:
    """The host with other facts about its zone."""
    own = host.zones[0]
    assert isinstance(own, Zone)
    return replace(host, zones=(replace(own, **parts),))


def of_certificate(**parts: Any) -> Host:
    return replace(SITE, certificate=replace(SITE.certificate, **parts))  # type: ignore[type-var]


def alias(*names: str) -> Host:
    return replace(SITE, lookup=Lookup(names, (HERE,)))


def named(name: str) -> Host:
    return replace(SITE, name=name)


THIRD = address("198.51.100.99", "198.51.100.0/28", 64501)
SHARED: dict[Dimension, Evidence] = {
    "domain": evidence(named("status.velo.rent")),
    "zone": evidence(replace(SITE, zones=WATCHED.zones)),
    "delegation": evidence(with_zone(nameservers=(server("ns.velo.rent", HERE),))),
    "cname": evidence(alias("pages.velo.rent")),
    "address": evidence(replace(SITE, lookup=WATCHED.lookup)),
    "certificate": evidence(of_certificate(names=frozenset(("status.apart.example", "*.velo.rent")))),
    "key": evidence(of_certificate(key="key-2")),
    "loads": evidence(pages=Pages(1, loads=(Load("https://a/", "https://app.velo.rent/x.js", "app.velo.rent", ()),))),
    "redirects": evidence(pages=Pages(1, hops=(Hop("https://a/", "https://app.velo.rent/"),))),
    "tld": evidence(named("apart.rent")),
    "registry": evidence(replace(SITE, top=WATCHED.top)),
    "nameservers": evidence(with_zone(nameservers=(server("ns9.north.test", HERE),))),
    "network": evidence(replace(SITE, lookup=Lookup((), (THIRD,)))),
    "hoster": evidence(alias("a.host.example"), replace(WATCHED, lookup=Lookup(("b.host.example",), (THERE,)))),
    "ca": evidence(of_certificate(issuer="Second Authority")),
    "caa": evidence(replace(SITE, caa=Caa("velo.rent", frozenset(("ca.example",))))),
    "hsts": evidence(named("status.velo.rent"), replace(WATCHED, hsts=frozenset(("velo.rent",)))),
    "mail": evidence(mail=(Mailbox("velo.rent", ("mx.post.example",)),)),
    "git_host": evidence(there=Dependence(git_host="GitHub.com")),
    "ci": evidence(there=Dependence(ci="www.github.com")),
    "login": evidence(there=Dependence(login=" github.com ")),
    "registrar": evidence(there=Dependence(registrar="one")),
    "resolver": evidence(lies=frozenset(("192.0.2.66",))),
    "answers": evidence(replace(SITE, answers=Answers(Unknown("nxdomain"), frozenset(("198.51.100.20",))))),
    "lame": evidence(with_zone(nameservers=(replace(server("ns1.south.example", HERE), state="lame"),))),
    "negative_ttl": evidence(with_zone(negative_ttl=3 * 3600)),
    "dnssec": evidence(with_zone(signing=Signing("broken", detail="RRSIG"))),
    "expiry": evidence(of_certificate(until=NOW - timedelta(days=1))),
}
"""Evidence in which one dimension is shared, or weak."""
UNKNOWN: dict[Dimension, Evidence] = {
    "zone": evidence(replace(SITE, zones=(NOTHING,))),
    "delegation": evidence(with_zone(nameservers=NOTHING)),
    "cname": evidence(replace(SITE, lookup=NOTHING)),
    "address": evidence(replace(SITE, lookup=Lookup((), NOTHING))),
    "certificate": evidence(watched=replace(WATCHED, certificate=NOTHING)),
    "key": evidence(replace(SITE, certificate=NOTHING)),
    "loads": evidence(pages=NOTHING),
    "redirects": evidence(pages=Pages(1, unread=(("https://status.apart.example/x", NOTHING),))),
    "registry": evidence(replace(SITE, top=NOTHING)),
    "nameservers": evidence(replace(SITE, zones=(NOTHING,))),
    "network": evidence(watched=replace(WATCHED, lookup=NOTHING)),
    "hoster": evidence(replace(SITE, lookup=NOTHING)),
    "ca": evidence(replace(SITE, certificate=NOTHING)),
    "caa": evidence(replace(SITE, caa=NOTHING)),
    "hsts": evidence(named("status.velo.rent"), replace(WATCHED, hsts=NOTHING)),
    "mail": evidence(mail=(Mailbox("apart.example", NOTHING),)),
    "git_host": evidence(here=Dependence()),
    "ci": evidence(there=Dependence()),
    "login": evidence(here=Dependence()),
    "registrar": evidence(there=Dependence()),
    "resolver": evidence(lies=NOTHING),
    "answers": evidence(replace(SITE, answers=NOTHING)),
    "lame": evidence(replace(SITE, zones=(NOTHING,))),
    "negative_ttl": evidence(with_zone(negative_ttl=NOTHING)),
    "dnssec": evidence(with_zone(signing=NOTHING)),
    "expiry": evidence(replace(SITE, certificate=NOTHING)),
}
"""Evidence that lacks what one dimension is judged by. Domain and top-level domain need no evidence but the names."""


def test_where_nothing_is_shared_every_dimension_passes() -> None:
    """All dimensions there are, and the command ends well even if warnings count."""
    findings = judge(EVIDENCE, NOW)
    assert {finding.dimension for finding in findings} == set(DIMENSIONS)
    assert [finding for finding in findings if not finding.passed] == []
    assert exit_status(findings, strict=True) == 0


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_each_dimension_can_be_shared(dimension: Dimension) -> None:
    """With its evidence, as a failure or a warning, and with the exit status that belongs to it."""
    findings = judge(SHARED[dimension], NOW)
    finding = found(dimension, SHARED[dimension])
    assert finding.verdict == ("weak" if dimension in ALONE else "shared")
    assert finding.severity == ("failure" if dimension in FAILURES else "warning")
    assert finding.evidence
    assert exit_status(findings, strict=True) == 1
    assert exit_status([finding]) == (1 if dimension in FAILURES else 0)


def test_what_must_be_separate_is_what_the_site_falls_with() -> None:
    """The list of failures; sharing anything else is a warning."""
    assert set(FAILURES) == {
        "domain", "zone", "delegation", "cname", "address", "certificate", "key", "loads", "redirects",
    }  # fmt: skip


@pytest.mark.parametrize("dimension", UNKNOWN)
def test_what_is_not_known_never_passes(dimension: Dimension) -> None:
    """It is unknown, and where it must be separate the command does not end well."""
    finding = found(dimension, UNKNOWN[dimension])
    assert finding.verdict == "unknown"
    assert not finding.passed
    assert finding.evidence
    assert exit_status([finding]) == (2 if dimension in FAILURES else 0)
    assert exit_status([finding], strict=True) == 2


def test_every_dimension_but_the_names_can_be_unknown() -> None:
    assert set(DIMENSIONS) - set(UNKNOWN) == {"domain", "tld"}


def test_without_any_finding_nothing_is_shown() -> None:
    assert exit_status([]) == 2


SYMMETRIC: tuple[Dimension, ...] = (
    "domain", "zone", "tld", "registry", "nameservers", "address", "network", "hoster", "certificate", "key", "ca",
)  # fmt: skip


@pytest.mark.parametrize("dimension", SYMMETRIC)
@pytest.mark.parametrize("source", [SHARED, UNKNOWN, {}], ids=["shared", "unknown", "separate"])
def test_sharing_is_mutual(dimension: Dimension, source: dict[Dimension, Evidence]) -> None:
    """Seen from the other side the verdict is the same."""
    seen = source.get(dimension, EVIDENCE)
    turned = evidence(seen.watched[0], seen.sites[0].host)
    assert found(dimension, turned).verdict == found(dimension, seen).verdict


facts = st.lists(st.builds(Fact, st.sampled_from(["a", "b", "c"])), max_size=3)


@given(facts, facts, facts, st.builds(Fact, st.just("more")))
def test_more_that_is_shared_never_makes_it_better(
    against: list[Fact], opened: list[Fact], speaking_for: list[Fact], more: Fact
) -> None:
    """Neither does more that is unknown; and what speaks for independence never outweighs either."""
    before, order = weigh(against, opened, speaking_for).verdict(), VERDICTS.index
    assert weigh([*against, more], opened, speaking_for).verdict() == "shared"
    assert order(weigh(against, [*opened, more], speaking_for).verdict()) >= order(before)
    if against or opened:
        assert weigh(against, opened, [*speaking_for, more]).verdict() == before


def _blind(host: Host, parts: set[str]) -> Host:
    """The host with parts of what was seen of it forgotten."""
    return replace(host, **{part: (NOTHING,) if part == "zones" else NOTHING for part in parts})  # type: ignore[arg-type]


parts = st.sets(st.sampled_from(["lookup", "answers", "zones", "top", "certificate", "caa", "hsts"]))


@given(st.sampled_from(sorted(SHARED)), parts, parts, st.booleans())
def test_forgetting_never_makes_anything_pass(
    dimension: Dimension, site: set[str], watched: set[str], pages: bool
) -> None:
    """What was shared may become unknown when several parts are unknown at once, but it never passes for that."""
    seen = SHARED[dimension]
    first = seen.sites[0]
    blind = replace(first, host=_blind(first.host, site), pages=NOTHING if pages else first.pages)
    less = replace(seen, sites=(blind,), watched=(_blind(seen.watched[0], watched),))
    assert not found(dimension, less).passed


class TestNames:
    """Domains, zones, aliases."""

    def test_two_tenants_of_one_provider_are_two(self) -> None:
        """The private section of the Public Suffix List tells them apart; that the host is shared is told elsewhere."""
        seen = evidence(named("one.netlify.app"), replace(WATCHED, name="two.netlify.app"))
        assert found("domain", seen).verdict == "separate"
        assert found("hoster", seen).verdict == "shared"

    def test_an_address_has_no_name_to_lose(self) -> None:
        """A site at a bare IP address shares no domain, zone or registry with anybody."""
        seen = evidence(replace(SITE, name="198.51.100.20", zones=(), top=None, answers=None, caa=None))
        for dimension in ("domain", "zone", "tld", "registry", "nameservers", "answers"):
            assert found(dimension, seen).passed, dimension

    def test_a_zone_below_the_watched_one_falls_with_it(self) -> None:
        """Its own servers do not help: nobody is told of them any more."""
        seen = evidence(replace(SITE, zones=(zone("status.velo.rent", server("ns1.south.example", HERE)),)))
        assert found("zone", seen).verdict == "shared"

    def test_an_alias_counts_wherever_it_passes(self) -> None:
        """Also if it comes out elsewhere."""
        assert found("cname", evidence(alias("a.example.com", "b.velo.rent", "c.example.com"))).verdict == "shared"
        assert found("cname", evidence(alias("a.example.com"))).verdict == "separate"

    def test_a_tenant_falls_with_the_zone_of_its_provider(self) -> None:
        """Only DNS tells that two tenants are in one zone; as long as it does not, nothing passes."""
        tenant = replace(
            WATCHED, name="shop.netlify.app", zones=(zone("netlify.app", server("ns1.north.test", THERE)),)
        )
        assert found("cname", evidence(alias("other.netlify.app"), tenant)).verdict == "shared"
        assert found("cname", evidence(alias("other.netlify.app"), _blind(tenant, {"zones"}))).verdict == "unknown"

    def test_name_servers_named_below_the_watched_domain_are_a_warning_while_others_are_not(self) -> None:
        """As long as one has a name elsewhere, the zone can be found."""
        both = (server("ns.velo.rent", HERE), server("ns1.south.example", HERE))
        finding = found("delegation", evidence(with_zone(nameservers=both)))
        assert (finding.verdict, finding.severity) == ("shared", "warning")

    def test_a_zone_that_is_not_registered_gives_nothing_away(self) -> None:
        """The registry's own zone is no territory of the watched host: a neighbour there is separate from it."""
        lost = replace(WATCHED, zones=(zone("rent", server("ns.second-registry.test", THERE)),))
        assert found("cname", evidence(alias("www.other.rent"), lost)).verdict == "separate"


class TestServers:
    """Addresses, networks, name servers."""

    def test_a_shared_front_is_not_a_shared_computer(self) -> None:
        """An address of a network for many sites is a warning, and the text says so."""
        front = address("198.51.100.20", "198.51.100.0/24", 13335)
        seen = evidence(replace(SITE, lookup=Lookup((), (front,)), answers=None),
                        replace(WATCHED, lookup=Lookup((), (front,)), answers=None))  # fmt: skip
        finding = found("address", seen)
        assert (finding.verdict, finding.severity) == ("shared", "warning")
        assert [fact.key for fact in finding.evidence] == ["same_front"]

    def test_a_shared_address_that_nobody_knows_is_a_shared_computer(self) -> None:
        """What network it is in is not known, so nothing excuses it."""
        bare = replace(HERE, network=NOTHING)
        seen = evidence(replace(SITE, lookup=Lookup((), (bare,)), answers=None),
                        replace(WATCHED, lookup=Lookup((), (bare,)), answers=None))  # fmt: skip
        assert found("address", seen).severity == "failure"
        assert found("network", seen).verdict == "shared"

    def test_neighbours_are_seen_without_knowing_their_network(self) -> None:
        """Nothing smaller than a /24 is announced to the world."""
        near = replace(address("203.0.113.99", "", 0), network=NOTHING)
        there = replace(THERE, network=NOTHING)
        seen = evidence(replace(SITE, lookup=Lookup((), (near,)), answers=None),
                        replace(WATCHED, lookup=Lookup((), (there,)), answers=None))  # fmt: skip
        assert found("network", seen).verdict == "shared"

    def test_what_only_the_source_tells_counts_as_an_address(self) -> None:
        """The resolver may have another view, or an old one."""
        both = Answers(frozenset((HERE.ip,)), frozenset((THERE.ip,)), 300, (), (HERE, THERE))
        assert found("address", evidence(replace(SITE, answers=both))).verdict == "shared"

    def test_a_watched_name_without_address_shares_none(self) -> None:
        """It exists and has nothing to reach; that is known, not unknown."""
        bare = replace(WATCHED, lookup=Lookup((), ()), answers=None, certificate=None)
        seen = evidence(watched=bare)
        for dimension in ("address", "network", "certificate", "key"):
            assert found(dimension, seen).verdict == "separate", dimension

    def test_operators_are_seen_by_name_by_network_and_by_system(self) -> None:
        """Each of them is enough."""
        by_network = server("ns.other.example", address("203.0.113.99", "203.0.113.0/24", 64999))
        by_system = server("ns.other.example", address("198.51.100.99", "198.51.100.96/28", 64501))
        for one in (by_network, by_system):
            assert found("nameservers", evidence(with_zone(nameservers=(one,)))).verdict == "shared"

    def test_the_zones_of_aliases_have_operators_too(self) -> None:
        """The host's own zone may be served elsewhere, and the zone it leads to not."""
        assert isinstance(FIRST_ZONE, Zone)
        far = zone("host.example", server("ns7.north.test", HERE))
        assert found("nameservers", evidence(replace(SITE, zones=(FIRST_ZONE, far)))).verdict == "shared"


class TestEnduring:
    """What may be wrong with one side alone."""

    def test_servers_that_disagree_are_told(self) -> None:
        """One of the zone's servers denies the name, as in the outage that started all this."""
        ips = frozenset((HERE.ip,))
        seen = Answers(ips, ips, 300, (("192.0.2.1", ips), ("192.0.2.2", frozenset())), (HERE,))
        finding = found("answers", evidence(replace(SITE, answers=seen)))
        assert [fact.key for fact in finding.evidence] == ["servers_disagree"]

    def test_another_view_from_inside_is_told(self) -> None:
        """The resolver and the source lead to different networks."""
        seen = Answers(frozenset(("10.0.0.1",)), frozenset((HERE.ip,)), 300, (), (HERE,))
        assert found("answers", evidence(replace(SITE, answers=seen))).verdict == "weak"

    def test_another_address_in_the_same_network_is_the_same_answer(self) -> None:
        """A network for many gives each asker another address."""
        other = address("198.51.100.77", "198.51.100.0/24", 64500)
        seen = Answers(frozenset((other.ip,)), frozenset((HERE.ip,)), 300, (), (HERE, other))
        assert found("answers", evidence(replace(SITE, answers=seen))).verdict == "sound"

    def test_a_resolver_that_is_silent_has_not_denied_anything(self) -> None:
        """Late is something else than unknown."""
        seen = Answers(NOTHING, frozenset((HERE.ip,)))
        assert found("answers", evidence(replace(SITE, answers=seen))).verdict == "unknown"

    @pytest.mark.parametrize(("seconds", "verdict"), [(3600, "sound"), (3601, "weak")])
    def test_more_than_an_hour_is_long(self, seconds: int, verdict: str) -> None:
        assert found("negative_ttl", evidence(with_zone(negative_ttl=seconds))).verdict == verdict

    @pytest.mark.parametrize(("hours", "verdict"), [(7, "sound"), (5, "weak"), (-1, "weak")])
    def test_signatures_are_renewed_in_time(self, hours: int, verdict: str) -> None:
        ending = Signing("valid", NOW + timedelta(hours=hours))
        assert found("dnssec", evidence(with_zone(signing=ending))).verdict == verdict

    def test_an_unsigned_zone_is_no_weakness(self) -> None:
        """Nothing in it can expire; that nothing is proven is said."""
        finding = found("dnssec", evidence(with_zone(signing=Signing("unsigned"))))
        assert finding.verdict == "sound"
        assert "unsigned" in [fact.key for fact in finding.evidence] or finding.site != "apart.example"

    @pytest.mark.parametrize("parts", [{"until": NOW + timedelta(days=13)}, {"trouble": "self-signed certificate"}])
    def test_a_certificate_that_browsers_will_refuse_is_weak(self, parts: dict[str, object]) -> None:
        assert found("expiry", evidence(of_certificate(**parts))).verdict == "weak"

    def test_a_certificate_that_nobody_may_renew_is_weak(self) -> None:
        """CAA with an empty issuer (RFC 8659, section 4.2)."""
        assert found("expiry", evidence(replace(SITE, caa=Caa("apart.example", frozenset())))).verdict == "weak"


def test_what_pages_load_by_an_alias_counts() -> None:
    """The address looks like somebody else's and leads into the watched zone."""
    load = Load("https://a/", "https://cdn.example/x.css", "cdn.example", ("files.velo.rent",))
    assert found("loads", evidence(pages=Pages(1, loads=(load,)))).verdict == "shared"
    lost = replace(load, aliases=NOTHING)
    assert found("loads", evidence(pages=Pages(1, loads=(lost,)))).verdict == "unknown"


def test_pages_that_nobody_read_are_no_proof() -> None:
    assert found("loads", evidence(pages=Pages(0))).verdict == "unknown"


def _words_used() -> set[str]:
    """Every key that the code makes of facts and reasons."""
    used = set()
    for room in ("independence", "probing"):
        for path in (Path(__file__).parent.parent / "generator" / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                    called, key = ast.unparse(node.func), str(node.args[0].value)
                    used |= {key} if called == "fact" else set()
                    used |= {f"unknown_{key}"} if called in ("Unheard", "Unknown") else set()
    return used


@pytest.mark.parametrize("code", ["de", "en"])
def test_every_fact_and_every_reason_has_its_words(code: str) -> None:
    """In both languages, and so have all dimensions, verdicts and pieces of advice."""
    texts = tool_language(code, UTC_ZONE).texts["tool"]["independence"]
    assert _words_used() - set(texts["fact"]) == set()
    assert set(texts["dimension"]) == set(DIMENSIONS)
    assert set(texts["verdict"]) == set(VERDICTS)
    assert set(texts["advice"]) == set(DIMENSIONS)


@pytest.mark.parametrize("code", ["de", "en"])
@pytest.mark.parametrize("seen", [EVIDENCE, *SHARED.values(), *UNKNOWN.values()])
def test_every_finding_can_be_told(code: str, seen: Evidence) -> None:
    """A line for each dimension, nothing left to be put in, lines that fit, and the sum at the end."""
    words = tool_language(code, UTC_ZONE)
    told = render_findings(judge(seen, NOW), words, {})
    titles = words.texts["tool"]["independence"]["dimension"]
    assert all(any(title in line for line in told.splitlines()) for title in titles.values())
    assert not re.search(r"[{}]", told)


def test_what_is_shared_comes_with_advice_or_with_the_reason_it_is_accepted() -> None:
    words = tool_language("en", UTC_ZONE)
    findings = judge(SHARED["tld"], NOW)
    assert "What to do: A mirror under another top-level domain" in render_findings(findings, words, {})
    accepted = render_findings(findings, words, {"tld": "One registry is enough for us."})
    assert "Accepted: One registry is enough for us." in accepted
    assert "A mirror under another" not in accepted


def test_a_sentence_cannot_steer_the_terminal() -> None:
    """What a server says is shown, not obeyed."""
    evil = of_certificate(issuer="\x1b[2J Authority\u202e", until=LATER)
    told = render_findings(judge(evidence(evil), NOW), tool_language("en", UTC_ZONE), {})
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_the_dimensions_are_told_in_order() -> None:
    """What must be separate first."""
    findings = judge(EVIDENCE, NOW)
    assert list(dict.fromkeys(finding.dimension for finding in findings)) == list(DIMENSIONS)
    assert [finding.severity for finding in findings] == sorted(finding.severity for finding in findings)
    assert set(BETWEEN) | set(ALONE) == set(DIMENSIONS)
