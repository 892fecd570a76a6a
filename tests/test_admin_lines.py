"""Lines put into a record: what stands there stays, byte for byte, however it was written."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as config
from hypothesis import strategies as st

from generator.editing import Draft, Edit, Refused, add_entry, add_field, add_questions, lacking, parse_draft
from generator.language import Language, tool_language
from generator.yaml_text import InOneLine, legible
from tests.builders import BERLIN

ROOT = Path(__file__).parents[1]
RECORDS = [*sorted((ROOT / "tests/records/valid").glob("*.yml")), *sorted((ROOT / "incidents").glob("[!_]*.yml"))]
WORDS = st.text(min_size=1, max_size=200).map(legible).filter(lambda text: text and "\\u" not in text.lower())
ENTRIES = st.fixed_dictionaries(
    {"at": st.sampled_from(["2026-03-02 09:05", "~2026-03-02 09:05", {"between": ["2026-03-02", "2026-03-03"]}])},
    optional={
        "status": st.just("monitoring"),
        "components": st.just(InOneLine(shop="major_outage", tours="operational")),
        "text": WORDS | st.fixed_dictionaries({"de": WORDS, "en": WORDS}),
        "next_update": st.just("2026-03-02 10:00"),
    },
)
SMALL = "title: A\ntimeline:\n  - at: 2026-03-02 09:05\n    text: One\n"
ENTRY = {"at": "2026-03-02 10:00", "text": "Two"}
DE, EN = (tool_language(code, BERLIN) for code in ("de", "en"))


def draft(text: str) -> Draft:
    return parse_draft(text, "x.yml")


def retyped(text: str, ending: str, at_end: str, mark: str) -> str:
    """The same record from another editor: other line ends, another end of the file, a byte order mark."""
    return mark + (text.rstrip("\n") + at_end).replace("\n", ending)


def only_adds(before: str, after: str) -> bool:
    """Whether `after` is `before` with whole lines put in at one place; its last line may have got its end."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    count = len(new) - len(old)
    ended = [*old[:-1], new[len(old) - 1] if new[len(old) - 1].rstrip("\r\n") == old[-1] else old[-1]]
    return count > 0 and any([*new[:at], *new[at + count :]] in (old, ended) for at in range(1, len(old) + 1))


FORMS = st.tuples(st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n", "\n\n"]), st.sampled_from(["", "\ufeff"]))
SOME = config(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SOME
@given(st.sampled_from(RECORDS), FORMS, ENTRIES, st.integers(1, 40), st.sampled_from(["timeline", "corrections"]))
def test_an_entry_leaves_every_other_line_alone(
    record: Path, form: tuple[str, str, str], entry: dict[str, object], index: int, field: str
) -> None:
    """In any place of a list, in a list that begins with it, in files of any editor."""
    text = retyped(record.read_text(encoding="utf-8"), *form)
    before = draft(text)
    there = before.data.get(field, [])
    index = min(index, len(there))
    edit = add_entry(before, field, entry, index if there else None)
    assert only_adds(text, edit.text)
    assert draft(edit.text).data == before.data | {field: [*there[:index], entry, *there[index:]]}
    assert shown(edit) == list(edit.added)
    assert edit.text.count(form[0]) == edit.text.count("\n")


def shown(edit: Edit) -> list[str]:
    """The lines of the text that an edit says are new."""
    return edit.text.splitlines()[edit.line - 1 :][: len(edit.added)]


@SOME
@given(st.sampled_from(RECORDS), FORMS, WORDS)
def test_a_field_leaves_every_other_line_alone(record: Path, form: tuple[str, str, str], words: str) -> None:
    """It comes last, and says what it is to say."""
    text = retyped(record.read_text(encoding="utf-8"), *form)
    before = draft(text)
    edit = add_field(before, "later", words)
    assert only_adds(text, edit.text)
    assert draft(edit.text).data == before.data | {"later": words}


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("words", [DE, EN], ids=["de", "en"])
def test_questions_are_comments_and_are_asked_once(record: Path, words: Language) -> None:
    """They say nothing to the reader of records, touch no line, and a second time there are none, in any language."""
    text = record.read_text(encoding="utf-8")
    asked = add_questions(draft(text), words)
    old, new = text.splitlines(), asked.text.splitlines()
    kept = iter(new)
    assert all(line in kept for line in old)
    assert all(line.strip().startswith("#") for line in new if line and line not in old)
    assert asked.data == draft(text).data
    for again in (DE, EN):
        assert add_questions(asked, again).text == asked.text


def test_every_question_can_be_answered_where_it_stands() -> None:
    """Deleting the comment signs gives the fields of the model, indented as YAML wants them."""
    asked = add_questions(draft(SMALL), EN).text.removeprefix(SMALL)
    fields = [line.removeprefix("# ") for line in asked.splitlines() if not line.startswith("# What happened")]
    answered = [f"{line} x" if re.fullmatch(r"(summary|  (  |- )?\w+):", line) else line for line in fields]
    found = draft(SMALL + "\n".join(answered))
    assert lacking(found) == []
    assert found.data["cause"] == {"text": "x", "certainty": "x"}
    assert found.data["actions"] == [{"text": "x", "due": "x"}]


def test_what_is_answered_is_not_asked() -> None:
    """A section that is there is asked only for what it leaves out, inside it."""
    text = SMALL + "cause:\n  certainty: unknown\nimpact: {data_loss: no, text: None, personal_data: no}\n"
    asked = add_questions(draft(text), EN)
    lines = asked.text.splitlines()
    at = lines.index("  certainty: unknown")
    assert lines[at + 1 : at + 3] == ["  # What is the cause, or what do we suspect?", "  # text:"]
    assert "# impact:" not in lines
    assert lacking(asked) == ["summary", "detection", "cause.text", "mitigations", "actions"]


NEW = ["- at: 2026-03-02 10:00", "  text: Two"]
HANDS = {
    "flush": "timeline:\n- at: a\n  text: b\n>\n# About the title\ntitle: A\n",
    "wide": "timeline:\n    -   at: a\n    -   at: b\n>    \n",
    "comments": "timeline:\n  - at: a\n  # the last word\n>  \n\n# On the cause\ncause: x\n",
    "dash alone": "timeline:\n  -\n    at: a\n>  \n...\n",
    "literal": "---\ntimeline:\n  - {at: a}\n  - text: |\n      b\n\n      # no comment\n>  \n",
    "kept lines": "timeline:\n  - text: |+\n      b\n\n>  \ntitle: A\n",
    "quoted": 'timeline:\n  - text: "b\n# no comment"\n>  \ntitle: A\n',
    "indented": "  title: A\n  timeline:\n    - at: a\n>    \n  # about it\n  cause: x\n",
}
"""Ways to write a list; > marks where an entry belongs, and how far it is indented."""


@pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS)
def test_records_of_every_hand(hand: str) -> None:
    """The entry follows the habits of the list: its indentation, its blank lines, its comments."""
    before = re.sub(r"^> *\n", "", hand, flags=re.MULTILINE)
    after = re.sub(r"^>( *)$", lambda mark: "\n".join(mark[1] + line for line in NEW), hand, flags=re.MULTILINE)
    assert add_entry(draft(before), "timeline", ENTRY).text == after


def test_a_blank_line_parts_what_blank_lines_part() -> None:
    """An entry below entries, a section below sections."""
    text = "title: A\n\ntimeline:\n  - at: a\n\n  - at: b\n"
    assert add_entry(draft(text), "timeline", ENTRY).text == f"{text}\n  {NEW[0]}\n  {NEW[1]}\n"
    assert add_field(draft(text), "published", "2026-03-04").text == f"{text}\npublished: 2026-03-04\n"


def test_in_between_it_stands_above_the_comments_of_the_next() -> None:
    """A comment belongs to the entry below it."""
    text = "timeline:\n  - at: a\n\n  # On b\n  - at: b\n"
    after = "timeline:\n  - at: a\n\n  - at: 2026-03-02 10:00\n    text: Two\n\n  # On b\n  - at: b\n"
    assert add_entry(draft(text), "timeline", ENTRY, 1).text == after


@pytest.mark.parametrize("text", ["timeline: [{at: a}]\n", "{title: A, timeline: [{at: a}]}\n", "timeline: []\n"])
def test_brackets_are_refused(text: str) -> None:
    """Nothing can be put there without writing anew what stands there."""
    with pytest.raises(Refused) as refused:
        add_entry(draft(text), "timeline", ENTRY)
    assert refused.value.reason == "in_brackets"


def test_fields_in_brackets_are_refused() -> None:
    """A record that is one pair of brackets takes no field below it."""
    with pytest.raises(Refused):
        add_field(draft("{title: A}\n"), "published", "2026-03-04")
