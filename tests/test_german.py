"""Every command speaks the admin's language, whatever goes wrong."""

import json
import re
import socket
from pathlib import Path

import pytest

from tests.admin import NAME, OPEN, Admin

ENGLISH = re.compile(r"\b(?:the|is|are|not|write|and|this|here|with|must|there|or|choose|nothing)\b", re.IGNORECASE)
"""Words that German does not have; what is meant to be typed stands between quotation marks or after an arrow."""


@pytest.fixture
def german(admin: Admin) -> Admin:
    """An admin whose computer speaks German, with a site that can be built."""
    admin.environment["LANG"] = "de_DE.UTF-8"
    settings = admin.config.read_text(encoding="utf-8")
    admin.config.write_text(f"{settings}theme: {{name: material, font: false}}\nplugins: []\n", encoding="utf-8")
    admin.write(NAME, OPEN)
    return admin


def in_german(text: str) -> str:
    """The text, which has no English sentence in it."""
    for line in text.splitlines():
        assert not ENGLISH.search(re.sub(r"‚.*?‘|\".*?\"|→.*|/\S+", "", line)), line
    return text


@pytest.mark.parametrize("name", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_the_locale_decides(admin: Admin, name: str) -> None:
    """In the order of the system: LC_ALL before LC_MESSAGES before LANG."""
    admin.write(NAME, OPEN.replace("title", "titel"))
    admin.environment |= {"LANG": "fr_FR.UTF-8", name: "de_AT"}
    assert "ein Feld ‚titel‘ gibt es hier nicht → title: " in admin.try_to("check").stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "fr_FR.UTF-8", ""])
def test_other_locales_get_english(admin: Admin, locale: str) -> None:
    admin.write(NAME, OPEN.replace("title", "titel"))
    admin.environment["LANG"] = locale
    assert "there is no field 'titel' here → title: " in admin.try_to("check").stdout


def test_the_option_goes_before_the_locale(german: Admin) -> None:
    german.write(NAME, OPEN.replace("title", "titel"))
    assert "there is no field" in german.try_to("--language", "en", "check").stdout
    german.environment["LANG"] = "en_GB"
    assert "ein Feld" in german.try_to("--language", "de", "check").stdout


def test_check_counts_in_german(german: Admin) -> None:
    """Warnings and the sum as well."""
    german.environment["SOURCE_DATE_EPOCH"] = str(int(german.now.timestamp()))
    told = german.try_to("check")
    assert "Warnung: " in in_german(told.stdout)
    assert in_german(told.stderr).endswith("Warnungen.\n") or told.stderr.endswith("Warnung.\n")


def test_programs_get_the_same_list_in_other_words(german: Admin) -> None:
    """The words differ, and nothing else does."""
    german.write(NAME, OPEN.replace("dashboard:", "dashbord:"))
    (told,) = json.loads(german.try_to("check", "--format", "json").stdout)
    (english,) = json.loads(german.try_to("--language", "en", "check", "--format", "json").stdout)
    assert told["message"] == "eine Komponente ‚dashbord‘ gibt es nicht"
    assert told | {"message": english["message"], "hint": english["hint"]} == english


def test_an_annotation_tells_the_line_set_right(german: Admin) -> None:
    german.write(NAME, OPEN.replace("Dashboard nicht erreichbar", "Ausfall: DNS"))
    told = german.try_to("check", "--format", "github").stdout
    assert told.splitlines()[0] == (
        f"::error file=incidents/{NAME}.yml,line=1,col=1::‚Ausfall: DNS‘ braucht Anführungszeichen, "
        'weil ein Doppelpunkt darin vorkommt → title: "Ausfall: DNS"'
    )


def test_a_build_tells_what_it_did(german: Admin, tmp_path: Path) -> None:
    told = in_german(german.do("build", "--to", str(tmp_path / "site")))
    assert re.match(r"Fertig: 1 Eintrag, \d+ Seiten in \d+,\d Sekunden\.\nAnsehen: file://", told)


def test_a_build_tells_what_stands_in_its_way(german: Admin, tmp_path: Path) -> None:
    """A folder of somebody else's; what stands there and what to do."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    told = in_german(german.fail("build", "--to", str(tmp_path / "photos")))
    assert "nicht von diesem Befehl" in told
    assert "Wählen Sie mit --to einen leeren oder neuen Ordner." in told


@pytest.mark.parametrize("command", [
    ("build", "--as-of", "gestern"),
    ("build", "--to", "{}/incidents/site"),
    ("build", "--to", "{}/nowhere/site"),
    ("build", "--to", "{}/mkdocs.yml"),
    ("render", "{}/docs/de/site"),
    ("render", "{}/incidents"),
    ("check", "--as-of", "2021-02-30 10:00"),
    ("update", "--at", "bald", "-m", "Neues."),
    ("update", "--at", "{{between: 9:00", "-m", "Neues."),
    ("at", "gestern"),
    ("show", "nirgends"),
    ("import", "statuspage", "nirgends.json"),
    ("import", "statuspage", "http://status.example.net/"),
    ("import", "statuspage", "{}/incidents"),
    ("import", "statuspage", "{}/saved.json"),
    ("import", "statuspage", "{}/saved.json", "--language", "fr"),
], ids=" ".join)  # fmt: skip
def test_a_refusal_is_in_german(german: Admin, command: tuple[str, ...]) -> None:
    """Whoever raises it: the clock, the reader, the publisher, the import."""
    (german.folder / "saved.json").write_text('{"incidents": [{"id": 1}]}')
    told = german.try_to(*(part.format(german.folder) for part in command))
    assert told.exit_code == 1
    assert in_german(told.stderr).strip()


def test_a_broken_record_is_told_in_german(german: Admin) -> None:
    """With what to do about it, by every command that meets it."""
    german.write(NAME, OPEN.replace("dashboard:", "dashbord:"))
    for command in (("build",), ("build", "--keep-going"), ("render", "out"), ("show", NAME), ("update", "-m", "x")):
        told = in_german(german.fail(*command))
        assert "→ components: {dashboard: major_outage}" in told


def test_broken_settings_are_told_in_german(german: Admin) -> None:
    german.config.write_text("site_name: Status: heute\n", encoding="utf-8")
    for command in (("build",), ("check",), ("list",), ("import", "statuspage", str(german.folder / "saved.json"))):
        (german.folder / "saved.json").write_text('{"page": {"name": "x"}, "incidents": []}')
        told = german.try_to(*command)
        assert told.exit_code == 1
        assert 'Doppelpunkt darin vorkommt → site_name: "Status: heute"' in in_german(told.output)


def test_a_time_in_the_future_is_told_beside_the_german_of_the_command(german: Admin) -> None:
    told = german.try_to("update", "--at", "2026-03-03 10:00", "-m", "Morgen.")
    assert told.exit_code == 0
    assert "timeline[1].at: das liegt in der Zukunft und ist erst dann zu sehen. Prüfen Sie das Datum" in told.stderr


def test_an_address_that_is_taken_is_told_in_german(german: Admin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = german.try_to("serve", "--port", str(taken.getsockname()[1]))
    assert told.exit_code == 1
    assert "ist nicht zu haben: Ein anderes Programm benutzt sie." in in_german(told.stderr)
    assert "Wählen Sie mit --port eine andere." in told.stderr


def test_a_clock_from_the_environment_is_told_in_german(german: Admin) -> None:
    german.environment["SOURCE_DATE_EPOCH"] = "heute"
    assert "SOURCE_DATE_EPOCH ist ‚heute‘." in german.try_to("build").stderr


def test_an_import_gives_its_account_in_german(german: Admin) -> None:
    """The files, and what was lost."""
    page = {"name": "Laden", "url": "https://laden.statuspage.io", "time_zone": "Nirgends"}
    component = {"id": "abcdefghijkl", "name": "Kasse", "only_show_if_degraded": True}
    (german.folder / "saved.json").write_text(json.dumps({"page": page, "components": [component]}))
    told = german.try_to("import", "statuspage", str(german.folder / "saved.json"), "--to", str(german.folder / "new"))
    assert told.exit_code == 0, told.output
    assert in_german(told.stdout).startswith("Dateien: 1 neu, 0 erneuert, 0 wie zuvor.\nWas ein Eintrag nicht fassen")
    assert "component.only_show_if_degraded, einmal: jede Komponente ist immer zu sehen (abcdefghijkl)" in told.stdout
