"""A sentence of ours: written in English where it is needed, and still able to be said in another language."""

from collections.abc import Mapping, Sequence


class Sentence(str):
    """English as it stands, and what it was made of: a template, and the values that fill its placeholders."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object] | None = None) -> "Sentence":
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values or {}
        return made


NOTHING = Sentence("")


def say(template: str, /, **values: object) -> Sentence:
    """The sentence that `template` makes of the values; a value may be a sentence itself.

    The template is written out in the call, so that a test finds it and asks `locales/sentences/` for what it is in
    other languages. Braces without values stand for themselves.
    """
    return Sentence(template, values)


def either(names: Sequence[str]) -> Sentence:
    """Names of which one is meant: `a, b or c`."""
    return _joined(names, say("{names} or {last}", names=", ".join(names[:-1]), last=names[-1]))


def all_of(names: Sequence[str]) -> Sentence:
    """Names that are meant together: `a, b and c`."""
    return _joined(names, say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1]))


def _joined(names: Sequence[str], several: Sentence) -> Sentence:
    return several if len(names) > 1 else Sentence("{name}", {"name": names[0]})
