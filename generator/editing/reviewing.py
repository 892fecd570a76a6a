"""What a finished post-mortem still lacks, written into the record as questions to answer."""

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.editing.drafts import Draft, parse_draft
from generator.editing.inserting import add_comments
from generator.language import Language

QUESTIONS: dict[str, tuple[str, ...]] = {
    "summary": (),
    "impact": ("text", "data_loss", "personal_data"),
    "detection": ("text", "by", "alerting_fired"),
    "cause": ("text", "certainty"),
    "mitigations": ("text",),
    "actions": ("text", "due"),
}
"""The fields of a post-mortem, each with what is to be said in it, in the order of its reading."""
LISTS = ("mitigations", "actions")


def lacking(draft: Draft) -> list[str]:
    """What the report on an incident leaves open: `cause`, or `cause.text` where the record has a cause without one."""
    return [name for field in _asked_for(draft) for name in _lacking(draft, field)]


def _asked_for(draft: Draft) -> Iterable[str]:
    """A maintenance and a notice explain themselves."""
    return QUESTIONS if draft.data.get("kind", "incident") == "incident" else ()


def _lacking(draft: Draft, field: str) -> list[str]:
    given = draft.data.get(field)
    if given is None:
        return [field]
    parts = QUESTIONS[field] if isinstance(given, dict) and field != "summary" else ()
    return [f"{field}.{part}" for part in parts if part not in given]


def add_questions(draft: Draft, words: Language) -> Draft:
    """The record with a question for each thing that is lacking and not asked yet; a second time adds nothing.

    A question is a comment, and below it, in a comment too, the field that the answer goes into.
    """
    for field in _asked_for(draft):
        lines = list(_within(draft, field, words) if field in draft.data else _anew(draft, field, words))
        if lines:
            place = draft.end_of(field) if field in draft.data else draft.end
            draft = parse_draft(add_comments(draft, lines, place).text, draft.document.file)
    return draft


def _anew(draft: Draft, field: str, words: Language) -> Iterator[str]:
    """All questions of a field that is missing."""
    if _is_asked(draft.lines, field):
        return
    margin = draft.margin
    if not QUESTIONS[field]:
        yield from ("", f"{margin}# {_question(words, field)}", f"{margin}# {field}:")
        return
    yield from ("", f"{margin}# {field}:")
    for number, part in enumerate(QUESTIONS[field]):
        deeper = "  " if field in LISTS and number else ""
        dash = "- " if field in LISTS and not number else ""
        yield f"{margin}#   {deeper}# {_question(words, field, part)}"
        yield f"{margin}#   {deeper}{dash}{part}:"


def _within(draft: Draft, field: str, words: Language) -> Iterator[str]:
    """Those that a field which is there leaves open."""
    lines = draft.lines[draft.fields[field] : draft.limit_of(field)]
    for name in _lacking(draft, field):
        part = name.partition(".")[2]
        if not _is_asked(lines, part):
            yield f"{draft.margin}  # {_question(words, field, part)}"
            yield f"{draft.margin}  # {part}:"


def _question(words: Language, *path: str) -> str:
    return words(".".join(("tool.review", *path)))


def _is_asked(lines: Sequence[str], field: str) -> bool:
    return any(re.match(rf"\s*#[\s#]*(?:- )?{field}:", line) for line in lines)
