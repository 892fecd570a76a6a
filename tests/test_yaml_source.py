"""Strict YAML: everything is text, everything has its place, nothing is guessed."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import yaml_source
from generator.sentences import say
from generator.yaml_source import MAX_BYTES, MAX_DEPTH, MAX_NODES, Document, dotted, parse_yaml, read_yaml

RECORD = (Path(__file__).parent / "records/valid/2026-04-18-database-move.yml").read_text(encoding="utf-8")


def read(text: str) -> Document:
    return parse_yaml(text.encode(), "x.yml")


def both(text: str) -> tuple[Document, Document]:
    """The same text read with PyYAML's two parsers."""
    fast = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_source, "_Parser", yaml.SafeLoader)
        return fast, read(text)


@pytest.mark.parametrize("word", ["no", "true", "9:05", "17.07", "2021-07-17", "~", "null", "0x1F", "1e3", "=", "010"])
def test_every_scalar_stays_text(word: str) -> None:
    """What YAML 1.1 would take for a number, a truth, a date or nothing is what was typed."""
    document = read(f"a: {word}\n")
    assert document.data == {"a": word}
    assert document.complete
    assert not document.problems


def test_places_are_those_of_names_and_entries() -> None:
    """A field stands where its name begins, an entry where it begins after its dash; both count from 1."""
    document = read("a:\n  - b: c\n    d: {e: f}\n")
    assert document.places[("a",)] == (1, 1)
    assert document.places[("a", 0)] == (2, 5)
    assert document.places[("a", 0, "d")] == (3, 5)
    assert document.places[("a", 0, "d", "e")] == (3, 9)
    assert str(document.problem(("a", 0, "d", "x"), say("odd"))) == "x.yml:3:5: a[0].d.x: odd"


def test_a_byte_order_mark_and_line_ends_of_windows_change_nothing() -> None:
    """The same file from Notepad says the same."""
    plain = read("a: b\nc: |\n  d\n  e\n")
    windows = parse_yaml(b"\xef\xbb\xbfa: b\r\nc: |\r\n  d\r\n  e\r\n", "x.yml")
    assert windows == plain
    assert not windows.problems


def test_the_first_of_two_equal_names_is_kept() -> None:
    """The repeated one is a problem at its own place."""
    document = read("a: b\na: c\n")
    assert document.data == {"a": "b"}
    assert [str(problem) for problem in document.problems] == [
        "x.yml:2:1: a: 'a' is already given in line 1. Keep one of the two"
    ]


def test_an_unusable_entry_keeps_its_number() -> None:
    """So that the entries after it are named as the reader counts them."""
    assert read("a:\n  - b\n  -\n  - c\n").data == {"a": ["b", None, "c"]}


def test_reading_goes_on_behind_a_line_that_can_be_set_right() -> None:
    """Three slips in the syntax are told in one run, and the fields behind them are read."""
    document = read("a: b: c\nd: @e\nf: - g\nh: i\n")
    assert [problem.line for problem in document.problems] == [1, 2, 3]
    assert document.complete
    assert document.data == {"a": "b: c", "d": "@e", "f": "- g", "h": "i"}


def test_what_is_read_before_broken_syntax_is_kept() -> None:
    """It is marked as incomplete."""
    document = read("a: b\nc: d\n\te: f\n")
    assert not document.complete
    assert document.data["a"] == "b"


def test_limits_hold_one_below_and_bite_one_above() -> None:
    """Of depth and of the number of values."""
    deep = "a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1)
    assert not read(deep).problems
    assert "levels deep" in str(read(deep.replace("x", "[[x]]")).problems[0])
    many = "a:\n" + "- b\n" * (MAX_NODES - 1)
    assert not read(many).problems
    assert f"more than {MAX_NODES}" in str(read(many + "- b\n").problems[0])


def test_a_file_may_have_256_kb_and_not_a_byte_more(tmp_path: Path) -> None:
    """It is not even opened then."""
    path = tmp_path / "x.yml"
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))
    assert not read_yaml(path, "x.yml").problems
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 2))
    assert "256 KB is the most" in str(read_yaml(path, "x.yml").problems[0])


def test_other_parts_of_a_file_are_none_of_our_business() -> None:
    """Outside of `ours`, tags, anchors, aliases, merge keys, repeated and empty fields are accepted."""
    text = "x: &x !!python/name:os.system\ny: *x\ny: {<<: *x}\nz:\n? [a]\n: b\nours:\n  b: &c d\n"
    document = parse_yaml(text.encode(), "x.yml", (("ours",),))
    assert document.complete
    assert [problem.field for problem in document.problems] == ["ours.b"]


@pytest.mark.parametrize("comment", ["status: resolved  # endlich", "status: resolved # ", "status: a#1", "# x"])
def test_a_comment_after_a_value_is_no_problem(comment: str) -> None:
    """However it is written."""
    assert not read(f"a: b\n{comment}\n").problems


def test_a_path_reads_like_the_field() -> None:
    """Places in a list stand in brackets."""
    assert dotted(("timeline", 2, "components", "dashboard")) == "timeline[2].components.dashboard"
    assert dotted(()) == ""


SLIPS = st.sampled_from([
    ":", ": ", " #x", "\t", "  ", "\n", "- ", "*", "&a ", "!", "@", "`", "%", "\"", "'", "[", "]", "{", "}", ",",
    "|", ">",
    "\\", "<<: ", "---\n", "...\n", "\u00a0", "\u2028", "ä", "🚴", "\"\\u", "\r",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(RECORD)), st.integers(0, 3), SLIPS), min_size=1, max_size=3))
def test_both_parsers_say_the_same_of_any_slip(slips: list[tuple[int, int, str]]) -> None:
    """However a record is mistyped, problems and data do not depend on which parser is installed."""
    text = RECORD
    for place, lost, typed in slips:
        text = text[:place] + typed + text[place + lost :]
    fast, pure = both(text)
    assert [str(problem) for problem in fast.problems] == [str(problem) for problem in pure.problems]
    assert (fast.complete, fast.places) == (pure.complete, pure.places)
    assert fast.complete or fast.problems
    if fast.complete:
        assert fast.data == pure.data


def test_a_question_mark_in_brackets_is_the_one_difference() -> None:
    """PyYAML's own parser wants quotes around it, the one of libyaml does not; neither reads another text."""
    fast, pure = both("title: {de: Was ist los? Nichts, en: x}\n")
    assert fast.data == {"title": {"de": "Was ist los? Nichts", "en": "x"}}
    assert "Put each text in quotes" in str(pure.problems[0])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing is raised, and what is not read completely has a problem."""
    document = parse_yaml(content, "x.yml")
    assert document.complete or document.problems
