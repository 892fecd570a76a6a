"""`incidents independence` in the small internet of `tests/lab/`: each dimension separate and shared, each fault a row.

The sites of that internet are named for the one thing that they share with `app.velo.rent`, or for their one fault.
"""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.built import HERE
from tests.lab import Lab
from tests.lab.world import LYING_RESOLVER

APP, SHOP, STATUS, ELSEWHERE = "app.velo.rent", "shop.velo.rent", "status.velo.rent", "apart.test"
SIDES = {
    "site": {"git_host": "codeberg.org", "ci": "own", "login": "codeberg.org", "registrar": "one"},
    "watched": {"git_host": "github.com", "ci": "github.com", "login": "github.com", "registrar": "two"},
}
SHARED = {
    ELSEWHERE: set(),
    "apart.rent": {"tld", "registry"},
    "apart.bike": {"registry"},
    "delegation.test": {"delegation"},
    "same-operator.test": {"nameservers"},
    "same-operator-as.test": {"nameservers"},
    "same-address.test": {"address", "network"},
    "same-network.test": {"network"},
    "same-as.test": {"network"},
    "same-paper.test": {"certificate", "key", "ca"},
    "same-key.test": {"key"},
    "same-ca.test": {"ca"},
    "loads.test": {"loads"},
    "loads-in-css.test": {"loads"},
    "redirects.test": {"redirects"},
    "redirects-through.test": {"redirects"},
    "www.cname-into.test": {"cname", "nameservers", "address", "network"},
    STATUS: {"domain", "zone", "address", "certificate", "key", "tld", "registry", "nameservers", "network",
             "ca", "caa", "hsts"},
}  # fmt: skip
"""A site to the dimensions that it shares with `app.velo.rent`; it shares no other."""
FAULTS = {
    # Name servers.
    "half-dead.test": ("lame", "weak", {"server_dead"}),
    "half-lame.test": ("lame", "weak", {"server_lame"}),
    "slow-dns.test": ("lame", "sound", {"servers_answer"}),
    "dead-dns.test": ("lame", "weak", {"server_dead"}),
    "silent-dns.test": ("lame", "weak", {"server_dead"}),
    "garbage-dns.test": ("lame", "weak", {"server_lame"}),
    "refused-dns.test": ("lame", "weak", {"server_lame"}),
    "lame.test": ("lame", "weak", {"server_lame"}),
    "servfail.test": ("lame", "weak", {"server_lame"}),
    "ns-loop-a.test": ("lame", "unknown", set()),
    "lying-dns.test": ("answers", "weak", {"servers_disagree"}),
    # Answers.
    "nodata.test": ("answers", "weak", {"no_address"}),
    "www.cname-loop.test": ("answers", "unknown", {"unknown_alias_loop"}),
    "wild.test": ("answers", "sound", {"wildcard"}),
    "many.test": ("answers", "sound", {"answers_agree"}),
    "stubborn.test": ("negative_ttl", "weak", {"negative_ttl"}),
    "forgetful.test": ("negative_ttl", "sound", {"negative_ttl"}),
    # Signatures and certificates.
    "unsigned.test": ("dnssec", "sound", {"unsigned"}),
    "expired-signature.test": ("dnssec", "weak", {"signatures_ended"}),
    "wrong-key.test": ("dnssec", "weak", {"signatures_broken"}),
    "expired-paper.test": ("expiry", "weak", {"certificate_expired"}),
    "old-paper.test": ("expiry", "weak", {"certificate_ends"}),
    "foreign-paper.test": ("expiry", "weak", {"certificate_refused"}),
    "unknown-ca.test": ("expiry", "weak", {"certificate_refused"}),
    # Web servers.
    "empty.test": ("expiry", "unknown", {"unknown_refused"}),
    "mute.test": ("expiry", "unknown", {"unknown_silent"}),
    "silent.test": ("loads", "unknown", {"unknown_silent"}),
    "trickle.test": ("loads", "unknown", {"unknown_silent"}),
    "endless.test": ("loads", "unknown", {"unknown_too_large"}),
    "garbage.test": ("loads", "unknown", {"unknown_malformed"}),
    "redirect-loop.test": ("loads", "unknown", {"unknown_hops"}),
}
"""A site with a fault to the dimension that shows it, its verdict, and facts that are told."""


@dataclass(frozen=True)
class Run:
    """What one run of the command ended with and found; `seconds` is how long it took."""

    status: int
    findings: list[dict[str, Any]]
    seconds: float

    def rows(self, site: str, watched: str | None = APP) -> dict[str, dict[str, Any]]:
        """Dimension to finding, of one pair or of one host or zone."""
        return {row["dimension"]: row for row in self.findings if (row["site"], row["watched"]) == (site, watched)}

    def facts(self, site: str, dimension: str, watched: str | None = None) -> set[str]:
        return {each["fact"] for each in self.rows(site, watched)[dimension]["evidence"]}


def check(lab: Lab, folder: Path, *sites: str, watched: tuple[str, ...] = (APP,), limit: float = 60,
          options: tuple[str, ...] = (), **status: Any) -> Run:  # fmt: skip
    """Run the command for sites, of which the first one is the main one, with more settings and options."""
    publisher = {"name": "Lab", "email": f"post@{ELSEWHERE}"}
    settings = {
        "time_zone": "Europe/Berlin", "languages": ["de"], "components": [{"id": "app", "name": "App"}],
        "publisher": publisher, "independent_of": list(watched), "independence": SIDES,
        "mirrors": [f"https://{site}/" for site in sites[1:]],
    } | status  # fmt: skip
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump({"site_name": "Lab", "site_url": f"https://{sites[0]}/",
                                      "extra": {"status": settings}}))  # fmt: skip
    command = (sys.executable, "-m", "generator", "--config", config, "independence", "--format", "json")
    begun = time.monotonic()
    done = lab.run([*command, "--timeout", str(limit), *options], limit + 30, HERE.parent)
    assert done.returncode in (0, 1, 2), done.stderr
    assert "Traceback" not in done.stderr
    return Run(done.returncode, json.loads(done.stdout)["findings"], time.monotonic() - begun)


@pytest.fixture(scope="module")
def compared(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All sites that share something, in one run."""
    lab.forget()
    return check(lab, tmp_path_factory.mktemp("shared"), *SHARED)


@pytest.mark.parametrize("site", SHARED)
def test_each_dimension_is_shared_or_separate(compared: Run, site: str) -> None:
    """What a site is named for is shared, and nothing else; the rest is separate, not unknown."""
    rows = compared.rows(site)
    assert {name for name, row in rows.items() if row["verdict"] == "shared"} == SHARED[site], rows
    assert {name: row["evidence"] for name, row in rows.items() if row["verdict"] == "unknown"} == {}


@pytest.fixture(scope="module")
def faulty(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All sites with a fault, in one run."""
    lab.forget()
    return check(lab, tmp_path_factory.mktemp("faulty"), ELSEWHERE, *FAULTS)


@pytest.mark.parametrize("site", FAULTS)
def test_each_fault_is_a_clear_row(faulty: Run, site: str) -> None:
    """A name server, an answer, a certificate or a page that is not as it should be has its own words."""
    dimension, verdict, facts = FAULTS[site]
    row = (faulty.rows(site) | faulty.rows(_zone_of(site), None) | faulty.rows(site, None))[dimension]
    assert row["verdict"] == verdict, row
    assert facts <= {each["fact"] for each in row["evidence"]}
    assert row["evidence"]


def test_no_fault_counts_as_passed(faulty: Run) -> None:
    """Of a site that cannot be looked up no row is passed that needs its address."""
    for site in ("dead-dns.test", "silent-dns.test", "garbage-dns.test", "refused-dns.test", "lame.test",
                 "servfail.test", "www.cname-loop.test", "ns-loop-a.test"):  # fmt: skip
        rows = faulty.rows(site)
        assert {rows[name]["verdict"] for name in ("address", "certificate", "key", "ca", "loads", "network")} == {
            "unknown"
        }


def test_a_run_ends_in_time(lab: Lab, tmp_path: Path) -> None:
    """Whoever is silent, endless or slow, the time for all of it is kept, and what is missing is unknown."""
    lab.forget()
    run = check(lab, tmp_path, "silent-dns.test", "mute.test", "silent.test", "endless.test", "trickle.test", limit=2)
    assert run.status in (1, 2)
    # Two seconds, and what Python needs to start on a busy machine.
    assert run.seconds < 20
    assert run.rows("silent-dns.test")["address"]["verdict"] == "unknown"


def test_standing_apart_ends_with_nought(lab: Lab, tmp_path: Path) -> None:
    """Nothing that must be separate is shared; a long memory of denials is a warning, which counts if asked for."""
    assert check(lab, tmp_path, ELSEWHERE).status == 0
    assert check(lab, tmp_path, ELSEWHERE, options=("--strict",)).status == 1


def test_what_is_watched_may_be_unknown(lab: Lab, tmp_path: Path) -> None:
    """What cannot be compared is not passed: the command ends with 2."""
    assert check(lab, tmp_path, ELSEWHERE, watched=("expired-signature.velo.rent",)).status == 2


def test_two_tenants_of_a_provider_share_its_zone(lab: Lab, tmp_path: Path) -> None:
    """Their domains are two by the Public Suffix List, and the provider is one."""
    other = "other-tenant.netlify.app"
    rows = check(lab, tmp_path, "velorent-status.netlify.app", watched=(other,)).rows(
        "velorent-status.netlify.app", other
    )
    assert rows["domain"]["verdict"] == "separate"
    assert {rows[name]["verdict"] for name in ("zone", "hoster", "nameservers")} == {"shared"}


def test_a_network_for_many_is_no_shared_computer(lab: Lab, tmp_path: Path) -> None:
    """The same address at a content delivery network is a warning; the alias tells who it is."""
    run = check(lab, tmp_path, "same-cdn.test", "www.cname-cdn.test", watched=(SHOP,))
    assert run.status == 0
    for site in ("same-cdn.test", "www.cname-cdn.test"):
        address = run.rows(site, SHOP)["address"]
        assert (address["verdict"], address["severity"]) == ("shared", "warning")
    assert run.rows("www.cname-cdn.test", SHOP)["hoster"]["verdict"] == "shared"
    assert run.rows("same-cdn.test", SHOP)["hoster"]["verdict"] == "separate"


def test_mail_at_the_watched_domain_is_shared(lab: Lab, tmp_path: Path) -> None:
    """Readers could not write when it is gone."""
    run = check(lab, tmp_path, ELSEWHERE, publisher={"name": "Lab", "email": "post@velo.rent"})
    assert run.rows("velo.rent")["mail"]["verdict"] == "shared"


def test_what_is_declared_may_be_shared_or_left_out(lab: Lab, tmp_path: Path) -> None:
    """What no network shows is compared as it is declared; undeclared it is unknown."""
    run = check(lab, tmp_path, ELSEWHERE, independence={"site": {"ci": "github.com"}, "watched": {"ci": "github.com"}})
    rows = run.rows(ELSEWHERE, None)
    assert (rows["ci"]["verdict"], rows["registrar"]["verdict"]) == ("shared", "unknown")


def test_a_lying_resolver_is_found_out(lab: Lab, tmp_path: Path) -> None:
    """It has an address for a name that cannot exist."""
    run = check(lab, tmp_path, ELSEWHERE, options=("--resolver", LYING_RESOLVER.v4))
    assert run.rows("", None)["resolver"]["verdict"] == "weak"


def test_a_resolver_with_a_world_of_its_own_is_found_out(lab: Lab, tmp_path: Path) -> None:
    """Inside a company the name leads elsewhere than at its source."""
    with lab.told_apart(f"{ELSEWHERE}.", "A 198.18.60.1", "AAAA 2001:db8:60::1"):
        run = check(lab, tmp_path, ELSEWHERE)
    lab.forget()
    assert "answers_differ" in run.facts(ELSEWHERE, "answers")


def test_the_outage_of_17_july_is_replayed(lab: Lab, tmp_path: Path) -> None:
    """A status page under the same zone is gone with the app; the one apart answers, and says so."""
    lab.forget()
    with lab.removed(f"{APP}.", f"{STATUS}."):
        during = check(lab, tmp_path, ELSEWHERE, STATUS)
    after = check(lab, tmp_path, ELSEWHERE, STATUS)
    for gone in (APP, STATUS):
        assert during.facts(gone, "answers") == {"unknown_nxdomain"}
        # Repaired at the source, and still denied by everybody who has asked meanwhile: for up to three hours.
        assert after.facts(gone, "answers") >= {"only_at_source", "unknown_nxdomain"}
    # What has vanished is not proven to share nothing.
    assert {during.rows(STATUS)[name]["verdict"] for name in ("cname", "address", "certificate", "caa")} == {"unknown"}
    assert during.rows("velo.rent", None)["negative_ttl"]["evidence"][0]["values"]["seconds"] == "10800"
    for run in (during, after):
        assert run.rows(STATUS)["loads"]["verdict"] == "unknown"
        assert run.rows(ELSEWHERE)["loads"]["verdict"] == "separate"
        assert run.rows(ELSEWHERE, None)["answers"]["verdict"] == "sound"
    lab.forget()
    assert check(lab, tmp_path, ELSEWHERE, STATUS).facts(APP, "answers") == {"answers_agree"}


def _zone_of(site: str) -> str:
    return site.removeprefix("www.")
