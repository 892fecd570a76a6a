"""What we write as YAML, the strict reader takes back as it was, and a person likes to read."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.yaml_source import parse_yaml
from generator.yaml_text import InOneLine, legible, render_yaml

WORDS = st.text(max_size=400).map(legible).filter(lambda text: text and "\\u" not in text.lower())
NAMES = st.from_regex(r"[a-z]{1,12}", fullmatch=True)


def read_back(data: dict[str, Any]) -> Any:
    document = parse_yaml(render_yaml(data).encode(), "x.yml")
    assert [str(problem) for problem in document.problems] == []
    return document.data


@given(WORDS, WORDS, NAMES)
def test_texts_come_back_as_they_were(text: str, other: str, name: str) -> None:
    """Whatever was typed: colons, hashes, quotes, dashes, Emoji, several lines."""
    data = {"title": text, "timeline": [{"at": "2026-03-02 09:05", "text": other, "components": InOneLine(a=name)}]}
    assert read_back(data) == data


def test_it_looks_as_if_a_person_had_typed_it() -> None:
    """Times have no quotes, lists are indented, long texts are folded, others stand in lines of their own."""
    text = "Merchants cannot log in. We are looking for the reason and will write again before the shops open at nine."
    data = {
        "title": "Outage: the shop",
        "timeline": [
            {"at": "2026-03-02 09:05:07", "components": InOneLine(shop="major_outage"), "text": text},
            {"at": "2026-03-02 10:00", "text": "It runs.\n\n- orders\n- invoices"},
        ],
    }
    assert (
        render_yaml(data)
        == """\
title: 'Outage: the shop'
timeline:
  - at: 2026-03-02 09:05:07
    components: {shop: major_outage}
    text: >-
      Merchants cannot log in. We are looking for the reason and will write again before the shops open at nine.
  - at: 2026-03-02 10:00
    text: |-
      It runs.

      - orders
      - invoices
"""
    )
    assert read_back(data) == data


def test_what_other_readers_of_yaml_would_guess_is_in_quotes() -> None:
    """MkDocs reads the settings as well, and takes a bare `no` for false."""
    assert render_yaml({"site_name": "no", "other": "12"}) == "site_name: 'no'\nother: '12'\n"


def test_the_same_text_twice_is_written_twice() -> None:
    """Aliases are refused when the record is read."""
    entry = {"text": "Again."}
    assert "&" not in render_yaml({"timeline": [entry, entry]})


@given(st.text(max_size=200))
def test_a_legible_text_stays_legible(text: str) -> None:
    assert legible(legible(text)) == legible(text)


def test_legible_leaves_out_what_nobody_sees() -> None:
    assert legible("a\u200bb \r\n\tc\x00\u00a0\r\n\r\n\u00a0d  ") == "ab\n    c\n\nd"
