"""Hand-written pages stand where MkDocs puts them, and in the place of a generated one where they may."""

import json
from dataclasses import replace

import pytest

from generator.addresses import HISTORY, TAKEN, UPTIME, address_of, incident_page, source_of
from generator.own_pages import Files, page_problems
from generator.records import Records
from generator.site import Site, build_site
from tests.builders import settings, utc


def site_with(*names: str) -> Site:
    """An English and German site without records, with these files beside the English pages."""
    pages: dict[str, Files] = {"en": dict.fromkeys(names, b"# Mine\n"), "de": {}}
    return build_site(Records(()), replace(settings(), pages=pages), utc("2026-03-02 12:00"))


@pytest.mark.parametrize("address", ["", HISTORY, UPTIME, incident_page("dns"), "history/2026/"])
def test_the_source_of_an_address_becomes_the_page_there(address: str) -> None:
    """Going to the source and back leads to where one came from."""
    assert address_of(source_of(address)) == address


@pytest.mark.parametrize("name", ["notes.md", "notes/index.md", "notes/README.md"])
def test_a_page_is_linked_at_the_address_it_gets(name: str) -> None:
    """Whichever of the three ways its file is called; and it is known to exist in one language only."""
    extra = json.loads(str(site_with(name)["en.yml"]))["extra"]["site"]
    assert extra["footer"][0] == {"label": "Mine", "path": "notes/"}
    assert extra["only"] == {"notes/": ["en"]}


@pytest.mark.parametrize("name", ["imprint.md", "imprint/index.md", "imprint/README.md"])
def test_a_hand_written_imprint_replaces_ours(name: str) -> None:
    """One source is left at its address, and the foot of the page links to it once."""
    site = site_with(name)
    assert [path for path in site if path.startswith("en/imprint")] == [f"en/{name}"]
    footer = json.loads(str(site["en.yml"]))["extra"]["site"]["footer"]
    assert [link["path"] for link in footer] == ["imprint/", "privacy/"]


def test_no_generated_address_is_free_for_others() -> None:
    """Every page of the site, but those that may be replaced, would be refused if somebody wrote it by hand."""
    generated = [path.removeprefix("en/") for path in site_with() if path.startswith("en/") and path.endswith(".md")]
    found = {problem.file for problem in page_problems({"en": dict.fromkeys(generated, b"")})}
    assert {f"docs/en/{name}" for name in generated} - found == {"docs/en/imprint.md", "docs/en/privacy.md"}
    assert {"assets", "embed", "metrics", "build.json", "manifest.json"} <= TAKEN


@pytest.mark.parametrize("name", ["build.json", "manifest.json"])
def test_what_the_site_says_of_itself_is_not_written_by_hand(name: str) -> None:
    """A file of a publisher's own would be believed, or overwritten."""
    found = list(page_problems({"en": {name: b"{}", f"icons/{name}": b"{}"}}))
    assert [problem.file for problem in found] == [f"docs/en/{name}"]


def test_nothing_can_lie_in_a_folder_of_the_name_of_a_file() -> None:
    """A disk holds one of the two."""
    assert [problem.file for problem in page_problems({"en": {"metrics/one.png": b""}})] == ["docs/en/metrics/one.png"]
