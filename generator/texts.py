"""A text in one or more languages: a plain line, or Markdown without raw HTML."""

from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, RootModel, ValidationInfo, model_validator

from generator.guesses import closest, did_you_mean
from generator.problems import Mistyped, wrong
from generator.prose import find_faults
from generator.sentences import say
from generator.slips import IN_QUOTES, brief, quoted

MAX_LINE = 300


def _one_line(text: str) -> str:
    if "\n" in text.strip():
        raise wrong(say("this is a single line, here it has several"), say("Write it without line breaks"))
    if len(text) > MAX_LINE:
        message = say("this line has {count} characters, {most} is the most", count=len(text), most=MAX_LINE)
        raise wrong(message, say("Shorten it"))
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
        raise wrong(say("this text is empty"), say("Write it, or delete the line"))
    for code, words in value.items():
        if languages and code not in languages:
            raise _unknown_language(code, words, languages)


def _unknown_language(code: str, words: Any, languages: tuple[str, ...]) -> ValueError:
    meant = closest(code, languages)
    if len(code) > 3 and not meant and isinstance(words, str):
        typed = f"{code}: {words}"
        message = say("'{text}' needs quotes because there is a colon in it", text=brief(typed))
        return wrong(message, IN_QUOTES, Mistyped(typed, quoted(typed), code))
    message = say("'{code}' is not a language of this site", code=code[:60])
    return wrong(message, did_you_mean(code, languages), Mistyped(code, meant, code) if meant else None)


class Line(Text):
    """A text of one line, shown as it is."""

    root: dict[str, Annotated[str, AfterValidator(_one_line)]]


class Prose(Text):
    """A text in Markdown without raw HTML; links lead to http(s), mailto or pages of the site."""

    root: dict[str, Annotated[str, AfterValidator(_prose)]]
