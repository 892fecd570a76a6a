"""Names of hosts: what is registered, what lies below what; without asking anybody."""

import pytest

from generator.hostnames import (
    ascii_host,
    is_below,
    is_suffix,
    provider_domain,
    registered_domain,
    top_level,
)


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("Status.Example.NET.", "status.example.net"),
        ("tür.example", "xn--tr-xka.example"),
        ("STRASSE.example", "strasse.example"),
        ("straße.de", "xn--strae-oqa.de"),
        ("192.0.2.10", "192.0.2.10"),
        ("[2001:DB8::0:1]", "2001:db8::1"),
        ("_dmarc.example.net", "_dmarc.example.net"),
    ],
)
def test_a_host_is_written_in_one_way(name: str, host: str) -> None:
    """Small letters, ASCII, no dot at the end; addresses in their shortest form."""
    assert ascii_host(name) == host


@pytest.mark.parametrize("name", ["", "localhost", "a..b", "-a.example", "a b.example", "https://a.example", "x" * 300])
def test_what_is_no_host_is_none(name: str) -> None:
    """Nobody guesses what was meant."""
    assert ascii_host(name) is None


def test_the_tenants_of_a_provider_have_domains_of_their_own() -> None:
    """The private section of the Public Suffix List tells them apart; the registry knows the provider alone."""
    assert registered_domain("velorent-status.netlify.app") == "velorent-status.netlify.app"
    assert registered_domain("www.other.netlify.app") == "other.netlify.app"
    assert provider_domain("velorent-status.netlify.app") == "netlify.app"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("app.velo.rent", "velo.rent"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("www.xn--tr-xka.example", "xn--tr-xka.example"),
        ("co.uk", "co.uk"),
        ("netlify.app", "netlify.app"),
        ("192.0.2.10", "192.0.2.10"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_registered_domain(host: str, domain: str) -> None:
    """One label below the public suffix. What is no domain, such as an address, stands for itself."""
    assert registered_domain(host) == domain


def test_below_means_whole_labels() -> None:
    """`notvelo.rent` is not below `velo.rent`, and nothing is below an address."""
    assert is_below("app.velo.rent", "velo.rent")
    assert is_below("velo.rent", "velo.rent")
    assert not is_below("notvelo.rent", "velo.rent")
    assert not is_below("velo.rent", "app.velo.rent")
    assert not is_below("10.192.0.2", "2")
    assert not is_below("192.0.2.1", "2.1")


def test_suffixes_and_top_levels() -> None:
    """What registries sell names below."""
    assert is_suffix("rent")
    assert is_suffix("co.uk")
    assert not is_suffix("velo.rent")
    assert not is_suffix("192.0.2.10")
    assert (top_level("app.velo.rent"), top_level("192.0.2.10")) == ("rent", "")
