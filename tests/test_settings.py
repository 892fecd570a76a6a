"""`mkdocs.yml`: our part is read strictly, the rest is MkDocs' own business."""

from pathlib import Path

import pytest

from generator.settings import Settings, read_settings
from tests.builders import SETTINGS

ROOT = Path(__file__).parents[1]


def read(folder: Path, text: str) -> tuple[Settings | None, list[str]]:
    path = folder / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    settings, problems = read_settings(path)
    return settings, [str(problem) for problem in problems]


def test_the_smallest_settings_are_sound(tmp_path: Path) -> None:
    """What is left out has a sensible value."""
    settings, problems = read(tmp_path, SETTINGS)
    assert not problems
    assert settings
    assert settings.zone.key == "Europe/Berlin"
    assert settings.languages == ("de", "en")
    assert [component.id for component in settings.components] == ["dashboard", "booking", "homepage", "demo"]
    assert settings.authority == "status.example.net"


@pytest.mark.parametrize("path", [ROOT / "mkdocs.yml", ROOT / "tests/records/demo.yml"], ids=lambda path: path.stem)
def test_the_settings_we_ship_are_sound(path: Path) -> None:
    """Nothing but a warning of what the imprint lacks."""
    settings, problems = read_settings(path)
    assert settings
    assert {problem.severity for problem in problems} <= {"warning"}


CHANGES = {
    "no name": (
        "site_name: Example Status\n", "",
        "1:1: site_name: 'site_name' is missing. Add a line site_name: Example Status",
    ),
    "no address": (
        "site_url: https://status.example.net/\n", "",
        "1:1: site_url: 'site_url' is missing. Add a line site_url: https://status.example.net/",
    ),
    "address without slash": (
        "status.example.net/", "status.example.net",
        ("2:1: site_url: 'https://status.example.net' is not the site's address "
        "→ site_url: https://status.example.net/"),
    ),
    "address that is none": (
        "https://status.example.net/", "javascript:alert(1)/",
        ("2:1: site_url: 'javascript:alert(1)/' is not the site's address. "
        "Write it like https://status.example.net/, with a slash at the end"),
    ),
    "unknown zone": (
        "Europe/Berlin", "Europe/Berlinn",
        "5:5: extra.status.time_zone: there is no time zone 'Europe/Berlinn' → time_zone: Europe/Berlin",
    ),
    "path as zone": (
        "Europe/Berlin", "../../etc/passwd",
        "5:5: extra.status.time_zone: there is no time zone '../../etc/passwd'. Write it like Europe/Berlin",
    ),
    "unknown language": (
        "[de, en]", "[de, xx]",
        "6:21: extra.status.languages[1]: there are no texts in the language 'xx'. Possible here: de, en, fr",
    ),
    "repeated language": (
        "[de, en]", "[de, de]",
        "6:21: extra.status.languages[1]: 'de' is listed twice. Keep one of the two",
    ),
    "languages as text": (
        "[de, en]", "de",
        ("6:5: extra.status.languages: this must be a list, not a plain text. "
        "Begin each entry in a line of its own with '- '"),
    ),
    "odd component": (
        "id: booking", "id: Buchung",
        ("9:10: extra.status.components[1].id: 'Buchung' cannot be part of an address "
        "→ - {id: buchung, name: Buchungssystem}"),
    ),
    "path as component": (
        "id: booking", "id: ../booking",
        ("9:10: extra.status.components[1].id: '../booking' cannot be part of an address "
        "→ - {id: booking, name: Buchungssystem}"),
    ),
    "repeated component": (
        "id: booking", "id: dashboard",
        "9:9: extra.status.components[1]: 'dashboard' is listed twice. Keep one of the two",
    ),
    "component without name": (
        "{id: demo, name: Demoinstanz}", "{id: demo}",
        "11:9: extra.status.components[3].name: 'name' is missing. Add a line name: …",
    ),
    "mistyped field": (
        "time_zone:", "timezone:",
        "5:5: extra.status.timezone: there is no field 'timezone' here → time_zone: Europe/Berlin",
    ),
    "address without scheme": (
        "name: Demoinstanz}", "name: Demoinstanz, url: demo.example.net}",
        ("11:39: extra.status.components[3].url: 'demo.example.net' is not a web address "
        "→ - {id: demo, name: Demoinstanz, url: https://demo.example.net}"),
    ),
    "raw HTML": (
        "name: Demoinstanz}", "name: Demoinstanz, description: <b>x</b>}",
        ("11:39: extra.status.components[3].description: raw HTML is not allowed in a text ('<b'). "
        "Use Markdown (**bold**, [words](https://…)), or put `…` around it to show it as it is"),
    ),
    "tag": (
        "Europe/Berlin", "!ENV ZONE",
        ("5:5: extra.status.time_zone: YAML takes '!ENV' for an instruction, and instructions are not allowed. "
        "Write the value alone; or put the text in quotes, if it begins with !"),
    ),
    "hours in words": (
        "    time_zone", "    stale_after: one day\n    time_zone",
        "5:5: extra.status.stale_after: 'one day' is not a number of hours. Write it like 26",
    ),
    "old address with its domain": (
        "    time_zone", "    aliases: {'https://x.example/feed.xml': history.rss}\n    time_zone",
        ("5:15: extra.status.aliases.https://x.example/feed.xml: 'https://x.example/feed.xml' is not the address of "
        "an old feed. Write what follows the domain, like /blog/feed.xml: letters, digits and . _ ~ - between slashes"),
    ),
    "old address with a question": (
        "    time_zone", "    aliases: {'/?feed=rss2': history.rss}\n    time_zone",
        ("5:15: extra.status.aliases./?feed=rss2: '/?feed=rss2' is not the address of an old feed. "
        "Write what follows the domain, like /blog/feed.xml: letters, digits and . _ ~ - between slashes"),
    ),
    "old address that climbs": (
        "    time_zone", "    aliases: {/a/../b: history.rss}\n    time_zone",
        ("5:15: extra.status.aliases./a/../b: '/a/../b' is not the address of an old feed. "
        "Write what follows the domain, like /blog/feed.xml: letters, digits and . _ ~ - between slashes"),
    ),
    "old address of every page": (
        "    time_zone", "    aliases: {/*: history.rss}\n    time_zone",
        ("5:15: extra.status.aliases./*: '/*' is not the address of an old feed. "
        "Write what follows the domain, like /blog/feed.xml: letters, digits and . _ ~ - between slashes"),
    ),
    "old address to no feed": (
        "    time_zone", "    aliases: {/feed.xml: histori.rss}\n    time_zone",
        "5:15: extra.status.aliases./feed.xml: there is no feed 'histori.rss' → aliases: {/feed.xml: history.rss}",
    ),
    "old address to the feed of no component": (
        "    time_zone", "    aliases: {/feed.xml: en/components/dashbord.rss}\n    time_zone",
        ("5:15: extra.status.aliases./feed.xml: there is no feed 'en/components/dashbord.rss' "
        "→ aliases: {/feed.xml: en/components/dashboard.rss}"),
    ),
    "old address that is a page": (
        "    time_zone", "    aliases: {/en/incidents/feed: history.rss}\n    time_zone",
        "5:15: extra.status.aliases./en/incidents/feed: '/en/incidents/feed' is an address of this site. Leave it out",
    ),
    "old address that is a feed": (
        "    time_zone", "    aliases: {/en/history.rss: history.rss}\n    time_zone",
        "5:15: extra.status.aliases./en/history.rss: '/en/history.rss' is an address of this site. Leave it out",
    ),
    "old address twice": (
        "    time_zone", "    aliases: {/feed: history.rss, /feed/: feed.json}\n    time_zone",
        "5:35: extra.status.aliases./feed/: '/feed/' is listed twice. Keep one of the two",
    ),
    "aliases as a list": (
        "    time_zone", "    aliases: [/feed]\n    time_zone",
        ("5:5: extra.status.aliases: each old address needs its feed, this is a list. "
        "Write it like aliases: {/blog/feed.xml: history.rss}"),
    ),
    "no hours": (
        "    time_zone", "    stale_after: 0\n    time_zone",
        "5:5: extra.status.stale_after: '0' is not a number of hours. Write it like 26",
    ),
    "folder elsewhere": (
        "    time_zone", "    records: ../elsewhere\n    time_zone",
        "5:5: extra.status.records: '../elsewhere' is not a folder beside this file. Write it like incidents",
    ),
    "contact without scheme": (
        "    time_zone", "    security: {contact: [me@example.net], expires: 2027-06-30}\n    time_zone",
        ("5:26: extra.status.security.contact[0]: 'me@example.net' cannot be written or called to safely "
        "→ security: {contact: [mailto:me@example.net], expires: 2027-06-30}"),
    ),
    "contact that never expires": (
        "    time_zone", "    security: {contact: [mailto:me@example.net]}\n    time_zone",
        "5:5: extra.status.security.expires: 'expires' is missing. Add a line expires: …",
    ),
    "policy that is not safe on its way": (
        "    time_zone",
        "    security: {contact: [tel:+1], expires: 2027-06-30, policy: http://example.net/}\n    time_zone",
        ("5:56: extra.status.security.policy: 'http://example.net/' could be changed on its way. "
        "Write an address with https://"),
    ),
    "colon": (
        "site_name: Example Status", "site_name: Example: Status",
        "1:1: 'Example: Status' needs quotes because there is a colon in it → site_name: \"Example: Status\"",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_mistake_in_the_settings_says_what_to_do(name: str, tmp_path: Path) -> None:
    """In the same form as in a record, and alone."""
    before, after, expected = CHANGES[name]
    assert before in SETTINGS
    settings, problems = read(tmp_path, SETTINGS.replace(before, after))
    assert problems == [f"mkdocs.yml:{expected}"]
    assert settings is None


def test_all_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    """The first one hides no other."""
    text = SETTINGS.replace("Europe/Berlin", "Berlin").replace("id: demo", "id: de mo").replace("net/", "net")
    _, problems = read(tmp_path, text)
    assert [line.split(": ")[1] for line in problems] == [
        "site_url", "extra.status.time_zone", "extra.status.components[3].id",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "site_name: a\n", "extra: 5\n", "extra:\n  status:\n"])
def test_settings_that_are_not_there_are_asked_for(text: str, tmp_path: Path) -> None:
    """However much of them is missing."""
    settings, problems = read(tmp_path, text)
    assert settings is None
    assert problems


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """And no traceback."""
    settings, problems = read_settings(tmp_path / "mkdocs.yml")
    assert settings is None
    assert str(problems[0]).startswith("mkdocs.yml:1:1: there is no such file. ")


def test_the_rest_of_the_file_is_none_of_our_business(tmp_path: Path) -> None:
    """Tags, anchors, aliases, merge keys, empty and repeated fields are what MkDocs makes of them."""
    rest = (
        "theme: &theme\n  name: material\n  custom_dir: !ENV [DIR, theme]\nplugins:\n  - x: *theme\n  -\n"
        "markdown_extensions:\n  - pymdownx.emoji:\n      index: !!python/name:material.extensions.emoji.twemoji\n"
        "nav:\nnav: []\ncopyright: Fehler #12\n? [a]\n: b\n<<: *theme\nhooks:\t# none\n  - <<: *theme\n"
    )
    settings, problems = read(tmp_path, rest + SETTINGS)
    assert not problems
    assert settings
    assert settings.config == rest + SETTINGS
    _, problems = read(tmp_path, SETTINGS.replace("extra:\n", "extra:\n  social: !ENV X\n  more:\n"))
    assert not problems


def test_what_the_imprint_lacks_is_a_warning(tmp_path: Path) -> None:
    """It is asked for, and the settings can be used."""
    settings, problems = read(tmp_path, SETTINGS.replace('phone: "+49 30 1"', "vat_id: DE1"))
    assert settings
    assert problems == [
        (
            "mkdocs.yml:12:5: extra.status.publisher: the imprint lacks phone. "
            "Add what is true of you; nothing is made up, the page says that it is missing"
        )
    ]


@pytest.mark.parametrize("name", ["example.net", "status.example.net"])
def test_an_address_below_a_name_it_must_survive_is_a_warning(name: str, tmp_path: Path) -> None:
    """What vanishes with the system it reports on reports nothing."""
    settings, problems = read(tmp_path, f"{SETTINGS}    independent_of: [{name}]\n")
    assert settings
    what = f"'status.example.net' is gone when '{name}' is, and the site must be independent of that"
    assert problems == [f"mkdocs.yml:2:1: site_url: {what}. Publish it under another domain"]


def test_a_name_that_only_ends_alike_is_another_name(tmp_path: Path) -> None:
    """`ample.net` is not above `example.net`."""
    _, problems = read(tmp_path, f"{SETTINGS}    independent_of: [ample.net, app.example.net]\n")
    assert problems == []


def test_a_domain_may_have_letters_beyond_ascii(tmp_path: Path) -> None:
    """It is kept as DNS writes it."""
    settings, problems = read(tmp_path, f"{SETTINGS}    independent_of: [Räder.example]\n")
    assert problems == []
    assert settings
    assert settings.status.independent_of == ("xn--rder-loa.example",)


def test_hidden_folders_beside_the_pages_are_not_published(tmp_path: Path) -> None:
    """What an editor leaves behind is nobody's business."""
    for name in (".obsidian/state.json", "notes.md"):
        (tmp_path / "docs" / "de" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / "de" / name).write_text("# Mine\n")
    settings, _ = read(tmp_path, SETTINGS)
    assert settings
    assert settings.pages == {"de": {"notes.md": b"# Mine\n"}, "en": {}}


def test_an_old_address_of_a_feed_may_lead_to_any_feed_there_is(tmp_path: Path) -> None:
    """Of each language and each component, whatever the old one looked like."""
    aliases = {"/blog/feed/": "history.rss", "/Status_2.0/~x.xml": "en/components/demo.rss", "/en/feed": "feed.json"}
    written = "".join(f"      {old}: {feed}\n" for old, feed in aliases.items())
    settings, problems = read(tmp_path, SETTINGS.replace("    time_zone", f"    aliases:\n{written}    time_zone"))
    assert not problems
    assert settings
    assert settings.status.aliases == aliases
