"""Every sentence that our code can say has its German, and none is left in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from generator.problems import Problem
from generator.report import render_report
from generator.sentences import all_of, either, say
from generator.wording import LOCALES, read_catalogue, read_own, translated

HOUSE = Path(__file__).parent.parent / "generator"
OTHERS = sorted(path.stem for path in (LOCALES / "sentences").glob("*.yml"))


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                yield path, node


def _templates() -> dict[str, bool]:
    """Every template in the code; whether values are put into it."""
    return {str(call.args[0].value): bool(call.keywords) for _, call in _calls()
            if isinstance(call.args[0], ast.Constant)}  # fmt: skip


def _placeholders(template: str, is_filled: bool) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name) if is_filled else []


TEMPLATES = _templates()
WORDED = {text for text in TEMPLATES if re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", text))}
"""Those that are more than their values and signs."""


def test_a_template_is_written_out_where_it_is_said() -> None:
    """Else nobody could tell which sentences there are."""
    hidden = [f"{path.name}:{call.lineno}" for path, call in _calls() if not isinstance(call.args[0], ast.Constant)]
    assert hidden == []
    assert len(WORDED) > 300


def test_what_is_said_gets_the_values_it_asks_for() -> None:
    """Each by its name, and no other."""
    for path, call in _calls():
        text = ast.literal_eval(call.args[0])
        given = sorted(keyword.arg or "" for keyword in call.keywords)
        assert sorted(set(_placeholders(text, bool(given)))) == given, f"{path.name}:{call.lineno}: {text}"


def test_german_is_there() -> None:
    assert OTHERS == ["de"]


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_in_the_catalogue(code: str) -> None:
    """None is missing, and none is left over from a sentence that nobody says any more."""
    known = set(read_catalogue("sentences", code))
    assert WORDED - known == set(), "add their translation to locales/sentences/"
    assert known - WORDED == set(), "no longer said"


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_tells_the_same_values(code: str) -> None:
    for english, words in read_catalogue("sentences", code).items():
        filled = TEMPLATES[english]
        assert _placeholders(words, filled) == _placeholders(english, filled), english


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_stands_once_in_a_catalogue(code: str) -> None:
    """Under one of its headings; under a second one it could say something else."""
    listed = [english for section in read_own(f"sentences/{code}.yml").values() for english in section]
    assert len(listed) == len(set(listed))


def test_german_has_german_quotation_marks() -> None:
    """Single ones, ‚so‘; straight ones only where they are to be typed."""
    for words in read_catalogue("sentences", "de").values():
        assert words.count("‚") == words.count("‘")
        assert "'" not in words
        assert "“" not in words


def test_a_sentence_is_english_until_it_is_translated() -> None:
    """What reads it as a text finds a text."""
    sentence = say("there is no component '{name}'", name="shop")
    assert sentence == "there is no component 'shop'"
    assert translated(sentence, "de") == "eine Komponente ‚shop‘ gibt es nicht"
    assert translated(sentence, "en") == translated(sentence, "xx") == sentence


def test_sentences_within_a_sentence_are_translated_along() -> None:
    """However deep they stand; what the admin wrote stays as it is, braces and all."""
    inner = say("Write {names}", names=either(["{a}", "no", "such {file}"]))
    assert translated(say("{message} {hint}", message="there is no such file", hint=inner), "de") == (
        "there is no such file Schreiben Sie {a}, no oder such {file}"
    )


@pytest.mark.parametrize(("names", "told"), [(["a"], "a"), (["a", "b"], "a und b"), (["a", "b", "c"], "a, b und c")])
def test_names_are_joined_as_the_language_does(names: list[str], told: str) -> None:
    assert translated(all_of(names), "de") == told


def test_programs_get_the_same_fields_in_every_language() -> None:
    """JSON and annotations: the words are those of the admin, all else is as it was."""
    problem = Problem("x.yml", 2, 3, "status", say("the list is empty"), severity="warning")
    assert render_report([problem], "text", "de") == "Warnung: x.yml:2:3: status: die Liste ist leer"
    assert render_report([problem], "github", "de") == "::warning file=x.yml,line=2,col=3::status: die Liste ist leer"
    assert '"severity": "warning"' in render_report([problem], "json", "de")
    assert '"message": "die Liste ist leer"' in render_report([problem], "json", "de")
