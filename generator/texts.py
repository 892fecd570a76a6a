"""A text in one or more languages: a plain line, or Markdown without raw HTML."""

from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, RootModel, ValidationInfo, model_validator

from generator.problems import did_you_mean, wrong
from generator.prose import find_faults

MAX_LINE = 300


def _one_line(text: str) -> str:
    if "\n" in text.strip():
        raise wrong("this is a single line, here it has several", "Write it without line breaks")
    if len(text) > MAX_LINE:
        raise wrong(f"this line has {len(text)} characters, {MAX_LINE} is the most", "Shorten it")
    return text.strip()


def _prose(text: str) -> str:
    for message, hint in find_faults(text):
        raise wrong(message, hint)
    return text.strip()


class Text(RootModel[dict[str, str]]):
    """Language code to words. In a record: plain words in the site's first language, or `{de: …, en: …}`."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _in_languages(cls, value: Any, info: ValidationInfo) -> Any:
        languages = info.context["languages"] if info.context else ()
        if isinstance(value, str):
            return {languages[0] if languages else "en": value}
        if isinstance(value, dict):
            _refuse_unknown(value, languages)
        return value

    def __hash__(self) -> int:
        return hash(tuple(self.root.items()))

    def pick(self, language: str) -> tuple[str, str]:
        """The words in `language`, or in the first language there is, and the code of the one they are in."""
        code = language if language in self.root else next(iter(self.root))
        return self.root[code], code


def _refuse_unknown(value: dict[str, Any], languages: tuple[str, ...]) -> None:
    if not value:
        raise wrong("this text is empty", "Write it, or delete the line")
    for code, words in value.items():
        if languages and code not in languages:
            raise _unknown_language(code, words, languages)


def _unknown_language(code: str, words: Any, languages: tuple[str, ...]) -> ValueError:
    message = f"'{code[:60]}' is not a language of this site"
    if len(code) > 3 and isinstance(words, str):
        text = f"{code}: {words}"
        corrected = f'"{text}"' if len(text) < 90 and '"' not in text else "the whole text in quotes"
        return wrong(message, f"If the colon belongs to the text, write {corrected}")
    return wrong(message, did_you_mean(code, languages))


class Line(Text):
    """A text of one line, shown as it is."""

    root: dict[str, Annotated[str, AfterValidator(_one_line)]]


class Prose(Text):
    """A text in Markdown without raw HTML; links lead to http(s), mailto or pages of the site."""

    root: dict[str, Annotated[str, AfterValidator(_prose)]]
