"""What the commands say of themselves: in German and English, within 80 columns, with examples that work."""

import ast
import json
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from gettext import GNUTranslations
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from generator.cli import main
from generator.cli.manual import MORE
from generator.cli.speaking import translated_by
from generator.mirrors import Looked, Verified
from generator.mirrors.seen import Seen
from generator.wording import LOCALES, read_catalogue
from tests.admin import OVER, Admin
from tests.builders import SETTINGS
from tests.independence_world import EVIDENCE
from tests.statuspage import SUMMARY

LANGUAGES = ("en", "de")
NAMES = sorted(main.commands)
SCREEN = {"COLUMNS": "80", "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
GERMAN = LOCALES / "click" / "de" / "LC_MESSAGES" / "messages.po"


def said(*arguments: str, **environment: str) -> str:
    """What a command says, on either stream."""
    return (
        CliRunner().invoke(main, arguments, prog_name="incidents", env=SCREEN | environment, terminal_width=80).output
    )


def help_of(code: str, *command: str) -> str:
    return said("--language", code, *command, "--help")


def pieces() -> list[str]:
    """Every piece of help there is, in English."""
    found = [*main.headings, *MAN]

    def noted(piece: str) -> str:
        found.append(piece)
        return piece

    translated_by(noted, main)
    return [piece for piece in dict.fromkeys(found) if piece]


def speaks(piece: str) -> bool:
    """Whether a piece has words of a language in it, as examples without quoted text have not."""
    return not piece.startswith("incidents ") or bool(re.search(r'"[^"]*[a-z]{2}', piece))


MAN = [
    "NAME", "SYNOPSIS", "OPTIONS", "The commands", "Made from the help of the commands; a test keeps it as they are.",
    *MORE, *(text for terms in MORE.values() for _, text in terms),
]  # fmt: skip
"""What the manual says beside."""


class TestGerman:
    """Help and slips in the language of the admin."""

    def test_every_piece_of_help_has_a_german_one(self) -> None:
        """And there is none left over from a help that has changed."""
        needed = {piece for piece in pieces() if speaks(piece)}
        known = set(read_catalogue("help", "de"))
        assert needed - known == set()
        assert known - needed == set()

    @pytest.mark.parametrize("command", [(), *((name,) for name in NAMES)], ids=" ".join)
    def test_no_english_is_left(self, command: tuple[str, ...]) -> None:
        """Not even what click brings along. Words of the record and of the command line are English for everybody."""
        words = help_of("de", *command)
        assert "Aufruf: incidents" in words
        words = re.sub(r"--[a-z-]+|incidents .*$|^  [a-z]+ ", "", words, flags=re.MULTILINE)
        assert re.findall(r"\b(?:the|and|of|is|not|show|default|required|options|usage|commands?)\b", words, re.I) == []

    @pytest.mark.parametrize(
        ("arguments", "answer"),
        [
            (["shwo"], "Fehler: Den Befehl 'shwo' gibt es nicht."),
            (["list", "--opne"], "Die Option '--opne' gibt es nicht"),
            (["show"], "Fehler: Es fehlt das Argument 'ID'."),
            (["update", "-m"], "Fehler: Der Option '-m' fehlt ihr Wert."),
            (["resolve", "a", "b"], "Fehler: Das ist zu viel: b"),
            (["serve", "--port", "x"], "Fehler: '--port': 'x' ist keine passende Zahl."),
            (["serve", "--port", "0"], "0 liegt nicht im Bereich 1<=x<=65535."),
            (["check", "--format", "html"], "'html' ist keines von 'text', 'json', 'github'."),
            (["import", "x", "y"], "Möglich ist nur 'statuspage', nicht 'x'."),
        ],
    )
    def test_slips_are_told_in_german(self, arguments: list[str], answer: str) -> None:
        """By --language, and by the locale."""
        assert answer in said("--language", "de", *arguments)
        assert answer in said(*arguments, LC_ALL="de_DE.UTF-8")
        assert answer not in said("--language=en", *arguments, LC_ALL="de_DE.UTF-8")

    def test_the_way_to_help_is_german(self) -> None:
        """So are the lines around a slip."""
        assert said("--language", "de", "list", "x").startswith(
            "Aufruf: incidents list [OPTIONEN]\nHilfe: incidents list --help\n"
        )

    def test_click_says_nothing_that_is_unknown(self) -> None:
        """Whatever the version that is installed can say to users is in the catalogue."""
        known = {english for message in catalogue() for english in _both(message.id)}
        assert set(words_of_click()) - known - FOR_DEVELOPERS == set()

    def test_placeholders_stay(self) -> None:
        """No German sentence asks for a value that the English one does not have."""
        for message in catalogue():
            given = {name for english in _both(message.id) for name in re.findall(r"{[^}]*}|%\(\w+\)s", english)}
            used = {name for german in _both(message.string) for name in re.findall(r"{[^}]*}|%\(\w+\)s", german)}
            assert used <= given, message.id

    def test_the_catalogue_is_compiled(self, request: pytest.FixtureRequest) -> None:
        """The file that gettext reads is the one that is edited; --update-golden compiles it."""
        with GERMAN.open("rb") as file:
            words = read_po(file)
        compiled = GERMAN.with_suffix(".mo")
        if request.config.getoption("--update-golden"):
            with compiled.open("wb") as file:
                write_mo(file, words)
        with compiled.open("rb") as file:
            known = GNUTranslations(file)
        for message in words:
            one, *several = _both(message.id)
            german = [known.ngettext(one, several[0], n) for n in (1, 2)] if several else [known.gettext(one)]
            assert not message.id or german == list(_both(message.string))

    def test_the_environment_stays(self) -> None:
        """What click is told of the language is not left behind."""
        before = dict(os.environ)
        help_of("de")
        assert dict(os.environ) == before


FOR_DEVELOPERS = {
    "Could not determine name for option with declarations {decls!r}",
    (
        "No options defined but a name was passed ({name}). "
        "Did you mean to declare an argument instead? Did you mean to pass '--{name}'?"
    ),
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Invalid start character for option ({option})",
    "Unknown color {colour!r}",
    "Choice({choices})",
}
"""What click says to those who write commands."""


def catalogue() -> Iterator[Message]:
    with GERMAN.open("rb") as file:
        return iter([message for message in read_po(file) if message.id])


def _both(words: object) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)  # type: ignore[arg-type]


def words_of_click() -> Iterator[str]:
    """Everything in click's source that is handed to gettext."""
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext"):
                given = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
                yield from (text for text in given if isinstance(text, str))


class TestForm:
    """What a screen shows."""

    @pytest.mark.parametrize("code", LANGUAGES)
    @pytest.mark.parametrize("command", [(), *((name,) for name in NAMES)], ids=" ".join)
    def test_it_fits_in_80_columns(self, code: str, command: tuple[str, ...]) -> None:
        """No line is longer, and none is cut."""
        lines = help_of(code, *command).splitlines()
        assert [line for line in lines if len(line) > 80 or (line.endswith("...") and "[" not in line)] == []

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_every_command_is_below_a_heading(self, code: str) -> None:
        """With one line that says what it is for."""
        assert sorted(name for names in main.headings.values() for name in names) == NAMES
        rows = re.findall(r"^  ([a-z]+) +\S.*$", help_of(code).partition("--help")[2], re.MULTILINE)
        assert sorted(set(rows) & set(NAMES)) == NAMES

    def test_every_option_says_what_it_is_for(self) -> None:
        """None is left to be guessed."""
        options = [option for command in main.commands.values() for option in command.params]
        silent = [option.name for option in options if isinstance(option, click.Option) and not option.help]
        assert silent == []


def examples(code: str) -> list[str]:
    """Every command line in any help, without what goes before or comes behind."""
    texts = [help_of(code), *(help_of(code, name) for name in NAMES)]
    return list(
        dict.fromkeys(line for text in texts for line in re.findall(r"^    (incidents .*)$", text, re.MULTILINE))
    )


@pytest.fixture
def small_site(during: Admin, monkeypatch: pytest.MonkeyPatch) -> Admin:
    """A site with incidents open, over and reported on, and a maintenance; nothing is served, mailed or asked."""
    during.write("2026-02-20-slow-bookings", OVER.replace("2026-03-02", "2026-02-20"))
    during.write("2026-01-01-dns", OVER.replace("2026-03-02", "2026-01-01") + "published: 2026-01-02\n")
    during.do("maintenance", "New server", "--from", "2026-03-03 22:00", "--to", "+1h", "-c", "dashboard")
    (during.folder / "incidents.json").write_text(json.dumps(SUMMARY), encoding="utf-8")
    during.environment["EDITOR"] = "true"
    place = f"{{kind: folder, place: {during.folder / 'published'}}}"
    more = f"    targets: {{own: {place}}}\n    independent_of: [velo.rent]\n"
    during.config.write_text(SETTINGS + more, encoding="utf-8")
    monkeypatch.setattr("generator.cli.building.serve", lambda *_: None)
    monkeypatch.setattr("generator.probing.gather", lambda *_: EVIDENCE)
    monkeypatch.setattr("generator.cli.announcing.dispatch", lambda *_: None)
    monkeypatch.setattr("generator.cli.mirroring.fetch_mirrors", lambda *_: Looked((), None))
    monkeypatch.setattr("generator.cli.mirroring._verified", lambda *_: Verified(Seen("x"), 1, (), ()))
    return during


class TestExamples:
    """They are what is copied first."""

    @pytest.mark.parametrize("name", NAMES)
    def test_every_command_has_one(self, name: str) -> None:
        """In its help."""
        assert f"    incidents {name}" in help_of("en", name)

    @pytest.mark.parametrize("code", LANGUAGES)
    @pytest.mark.parametrize("number", range(len(examples("en"))), ids=examples("en"))
    def test_they_work(self, small_site: Admin, code: str, number: int) -> None:
        """Each in a fresh copy of a small site, twenty minutes into an outage."""
        words = shlex.split(examples(code)[number])[1:]
        words = words[: words.index(">")] if ">" in words else words
        if "import" in words:
            small_site.config.unlink()
        if "import" in words and "https://status.example.com/" in words:
            words[words.index("https://status.example.com/")] = "incidents.json"
        with chdir(small_site.folder):
            small_site.do("--language", code, *words)
