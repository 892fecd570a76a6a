"""The lab is an internet: names resolve from its root, signatures and certificates are checked, servers can fail.

What follows from it for a status page is in `test_independence_lab.py`.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.built import HERE
from tests.lab import Lab, why_not
from tests.lab.kinds import CLOUD, Answer, Paper
from tests.lab.world import LYING_RESOLVER, NORTH, SITES, WORKSHOP

ROOT = HERE.parent
GET = """\
import sys, urllib.request
try:
    with urllib.request.urlopen(sys.argv[1], timeout=2) as answer:
        print(answer.status, answer.url, answer.read(1000).decode())
except OSError as error:
    print(error)
"""
MAKE = """\
import sys, time
from pathlib import Path
from tests.lab import laboratory
with laboratory(Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(60)
"""
UNHEARD = {"SERVFAIL", "Timeout"}
"""A resolver that gets no answer says so, sooner or later."""
FAULTS = {
    "dead-dns.test": UNHEARD, "silent-dns.test": UNHEARD, "garbage-dns.test": UNHEARD, "half-dead.test": {"NOERROR"},
    "slow-dns.test": {"NOERROR"}, "refused-dns.test": {"SERVFAIL"}, "lame.test": {"SERVFAIL"},
    "half-lame.test": {"NOERROR"}, "servfail.test": {"SERVFAIL"}, "nodata.test": {"NOERROR"},
    "www.cname-loop.test": {"SERVFAIL"}, "ns-loop-a.test": {"SERVFAIL"}, "unsigned.test": {"NOERROR"},
    "expired-signature.test": {"SERVFAIL"}, "wrong-key.test": {"SERVFAIL"}, "random.wild.test": {"NOERROR"},
    "random.apart.test": {"NXDOMAIN"},
}  # fmt: skip
"""A name with a fault to what the resolver makes of it."""
APP, STATUS, ELSEWHERE = "app.velo.rent", "status.velo.rent", "apart.test"


def get(lab: Lab, url: str) -> str:
    """Status, last address and text of a page, or why there is none."""
    return lab.run([sys.executable, "-c", GET, url]).stdout


def test_names_resolve_from_the_root_and_are_validated(lab: Lab) -> None:
    """Root, top-level domain and zone are signed, and the resolver has checked it."""
    said = lab.ask(APP)
    assert (said.rcode, said.records, said.validated) == ("NOERROR", [WORKSHOP.v4], True)
    assert lab.ask(APP, "AAAA").records == [WORKSHOP.v6]


def test_the_source_can_be_asked_past_the_resolver(lab: Lab) -> None:
    """Both servers of an operator have its zones."""
    for server in NORTH:
        said = lab.ask(APP, server=server)
        assert said.authoritative
        assert said.records == [WORKSHOP.v4]


def test_networks_have_their_as_number(lab: Lab) -> None:
    """In the form that Team Cymru's service has, for both kinds of address."""
    assert lab.ask("20.30.18.198.origin.asn.cymru.com", "TXT").records == [
        '"64502 | 198.18.30.0/24 | ZZ | lab | 2021-07-17"'
    ]
    nibbles = ".".join(reversed("20010db8003000000000000000000020"))
    assert lab.ask(f"{nibbles}.origin6.asn.cymru.com", "TXT").records[0].startswith('"64502 | 2001:db8:30::/48')


@pytest.mark.parametrize(("name", "rcodes"), FAULTS.items())
def test_each_fault_is_what_it_is_called(lab: Lab, name: str, rcodes: set[str]) -> None:
    """A resolver that checks gives up, or answers from the servers that are left."""
    lab.forget()
    assert lab.ask(name).rcode in rcodes


def test_a_large_answer_comes_over_tcp(lab: Lab) -> None:
    """Ninety CAA records do not fit into one packet."""
    assert len(lab.ask("many.test", "CAA").records) == 90


def test_a_resolver_may_lie(lab: Lab) -> None:
    """This one has an address for names that do not exist, and says the truth of the others."""
    assert lab.ask("random.apart.test", server=LYING_RESOLVER).records == ["198.18.60.66"]
    assert lab.ask(ELSEWHERE, server=LYING_RESOLVER).records == [CLOUD.v4]


@pytest.mark.parametrize("host", [site.host for site in SITES if site.host.endswith(("rent", "bike", "app"))])
def test_sites_answer_over_tls(lab: Lab, host: str) -> None:
    """Plain HTTP leads there, and the certificate is trusted."""
    assert get(lab, f"http://{host}/").startswith(f"200 https://{host}/ <!doctype html>")


@pytest.mark.parametrize(
    ("host", "told"),
    {
        "expired-paper.test": "certificate has expired",
        "foreign-paper.test": "Hostname mismatch",
        "unknown-ca.test": "unable to get local issuer certificate",
        "empty.test": "Connection refused",
        "mute.test": "timed out",
        "silent.test": "timed out",
        "redirect-loop.test": "infinite loop",
        "garbage.test": "",
        "same-key.test": "200",
    }.items(),
)
def test_each_web_fault_is_what_it_is_called(lab: Lab, host: str, told: str) -> None:
    """As a plain client sees it."""
    assert told in get(lab, f"https://{host}/")


def test_the_outage_is_replayed(lab: Lab) -> None:
    """Two records vanish while every server runs; the repair is instant at the source and late at the resolver."""
    lab.forget()
    with lab.removed(f"{APP}.", f"{STATUS}."):
        assert [lab.ask(name).rcode for name in (APP, STATUS)] == ["NXDOMAIN"] * 2
        assert get(lab, "https://velo.rent/").startswith("200")
        assert get(lab, f"https://{ELSEWHERE}/").startswith("200")
        assert "not known" in get(lab, f"https://{STATUS}/")
    late = lab.ask(APP)
    assert lab.ask(APP, server=NORTH[0]).records == [WORKSHOP.v4]
    assert late.rcode == "NXDOMAIN"
    assert late.negative_ttl is not None
    assert 10_000 < late.negative_ttl <= 3 * 3600
    lab.forget()
    assert lab.ask(APP).records == [WORKSHOP.v4]


def test_what_does_not_exist_is_remembered_for_its_time(lab: Lab) -> None:
    """A zone that lets it be remembered for a second is back after one."""
    with lab.removed("forgetful.test."):
        pass
    with lab.changed("forgetful.test.", records=""):
        lab.forget()
        assert lab.ask("forgetful.test").records == []
    limit = time.monotonic() + 20
    while not lab.ask("forgetful.test").records:
        assert time.monotonic() < limit


def test_a_server_may_fall_and_stand_up(lab: Lab) -> None:
    """One of two name servers is enough, and one of two kinds of address."""
    fallen = NORTH[0]
    with lab.stopped(fallen.name):
        assert "Connection refused" in get(lab, f"http://{fallen.v4}:53/")
        lab.forget()
        assert lab.ask(APP).records
    assert lab.ask(APP, server=fallen).records


def test_a_server_may_misbehave(lab: Lab) -> None:
    """Where both servers of an operator refuse, its zones are gone."""
    with lab.misbehaving(NORTH[0].name, "refused"), lab.misbehaving(NORTH[1].name, "lying"):
        assert lab.ask(APP, server=NORTH[0]).rcode == "REFUSED"
        assert lab.ask(APP, server=NORTH[1]).records == ["198.18.60.66"]


def test_signatures_may_expire(lab: Lab) -> None:
    """What was sound this morning is no longer believed, by those who check."""
    with lab.changed("velo.rent.", signed="expired"):
        lab.forget()
        assert lab.ask(APP).rcode == "SERVFAIL"
        assert lab.ask(APP, server=NORTH[0]).rcode == "NOERROR"
    lab.forget()
    assert lab.ask(APP).validated


def test_a_site_may_change(lab: Lab, tmp_path: Path) -> None:
    """Its answers, its certificate, or a folder in its place."""
    with lab.serving(ELSEWHERE, answers={"/": Answer("Other words.")}):
        assert "Other words." in get(lab, f"https://{ELSEWHERE}/")
    with lab.serving(ELSEWHERE, paper=Paper(("other.test",))):
        assert "Hostname mismatch" in get(lab, f"https://{ELSEWHERE}/")
    (tmp_path / "index.html").write_text("From a folder.")
    with lab.serving(ELSEWHERE, tmp_path):
        assert "From a folder." in get(lab, f"https://{ELSEWHERE}/")
    assert "Alles läuft." in get(lab, f"https://{ELSEWHERE}/")


def test_a_resolver_may_see_another_world(lab: Lab) -> None:
    """Inside a company a name may lead elsewhere."""
    with lab.told_apart(f"{APP}.", "A 198.18.40.20"):
        assert lab.ask(APP).records == [CLOUD.v4]
    lab.forget()
    assert lab.ask(APP).records == [WORKSHOP.v4]


def test_there_is_no_way_out(lab: Lab) -> None:
    """An address that the lab does not have is no address at all."""
    assert "Network is unreachable" in get(lab, "http://192.0.2.1/")


def test_a_program_that_hangs_is_ended(lab: Lab) -> None:
    """The caller's limit is kept, though the program sits in another namespace."""
    with pytest.raises(subprocess.TimeoutExpired):
        lab.run(["sleep", "50"], timeout=0.2)


def test_nothing_is_left_when_the_tests_are_killed(tmp_path: Path) -> None:
    """All processes of a lab end with the one that made it, even if that could not clean up."""
    if reason := why_not():
        pytest.skip(reason)
    maker = subprocess.Popen([sys.executable, "-c", MAKE, tmp_path], stdout=subprocess.PIPE, cwd=ROOT)
    assert maker.stdout
    assert maker.stdout.readline() == b"up\n"
    assert len(_belonging(tmp_path)) > 5
    os.kill(maker.pid, signal.SIGKILL)
    maker.wait()
    maker.stdout.close()
    limit = time.monotonic() + 20
    while _belonging(tmp_path):
        assert time.monotonic() < limit


def _belonging(folder: Path) -> list[str]:
    """The processes in whose command a folder is named."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found += [file.parent.name] if str(folder).encode() in file.read_bytes() else []
        except OSError:  # It has just ended.
            continue
    return found
