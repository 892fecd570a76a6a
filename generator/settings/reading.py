"""Reading `mkdocs.yml`: a problem, with its line, for all that cannot be."""

from pathlib import Path

from generator.aliases import alias_problems
from generator.elsewhere import fallen_with, host_of, is_site_address, mirror_problems
from generator.own_pages import Files, page_problems, read_own_pages
from generator.problems import Mistyped, Problem
from generator.sentences import say
from generator.settings.checked import Settings
from generator.settings.parts import Publisher, StatusSettings
from generator.validate import validate
from generator.yaml_source import Document, Where, parse_yaml, read_yaml

UNDER = ("extra", "status")
IMPRINT = ("represented_by", "street", "city", "country", "email", "phone")
"""What German law (§ 5 DDG) has every publisher state: name, who acts for it, address, two quick ways in."""

_OURS: tuple[Where, ...] = (UNDER, ("site_name",), ("site_url",), ("site_description",))


def read_settings(path: Path) -> tuple[Settings | None, list[Problem]]:
    """Read `mkdocs.yml` and the hand-written pages beside it; None when the settings cannot be used."""
    document = read_yaml(path, path.name, _OURS)
    status, problems = _sound(document)
    if status is None:
        return None, problems
    pages = read_own_pages(path.parent / "docs", status.languages)
    problems += page_problems(pages)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    settings = _settings(document, status, pages)
    return settings, sorted([*problems, *_logo_problems(document, settings)])


def parse_settings(content: bytes, name: str) -> tuple[Settings | None, list[Problem]]:
    """The same for the bytes of a `mkdocs.yml`, called `name` in messages, that has no pages beside it."""
    document = parse_yaml(content, name, _OURS)
    status, problems = _sound(document)
    return (_settings(document, status, {code: {} for code in status.languages}) if status else None), problems


def _sound(document: Document) -> tuple[StatusSettings | None, list[Problem]]:
    """Our part of the settings, unless something is wrong with them."""
    if not document.complete:
        return None, document.problems
    status, problems = _status(document)
    problems = sorted({*document.problems, *problems, *_site_problems(document)})
    return (None if any(problem.severity == "error" for problem in problems) else status), problems


def _settings(document: Document, status: StatusSettings, pages: dict[str, Files]) -> Settings:
    return Settings(document.data["site_name"], document.data["site_url"], status, pages, document.text)


def _logo_problems(document: Document, settings: Settings) -> list[Problem]:
    """A page without its logo is better than no page: a warning."""
    if not settings.status.logo or settings.logo:
        return []
    message = say("there is no file {file}", file=f"docs/{settings.languages[0]}/{settings.status.logo}")
    hint = say("Put it there, or correct its name; until then our own mark is shown")
    return [document.problem((*UNDER, "logo"), message, hint, severity="warning")]


def _status(document: Document) -> tuple[StatusSettings | None, list[Problem]]:
    extra = document.data.get("extra", {})
    data = extra.get("status") if isinstance(extra, dict) else None
    if not isinstance(data, dict):
        message = say("the settings of the status site are missing")
        return None, [document.problem(UNDER, message, say("Add extra: status: …, see the README"))]
    codes = data.get("languages")
    languages = tuple(code for code in codes if isinstance(code, str)) if isinstance(codes, list) else ()
    status, problems = validate(StatusSettings, document, data, {"languages": languages}, UNDER)
    if status:
        problems += _twice(document, "languages", list(status.languages))
        problems += _twice(document, "components", [component.id for component in status.components])
        feeds = [feed.path for feed in status.feeds]
        problems += alias_problems(document, (*UNDER, "aliases"), status.aliases, feeds, status.languages)
        problems += _imprint(document, status.publisher)
        problems += _shared_names(document, status.independent_of)
        at, url = (*UNDER, "mirrors"), document.data.get("site_url")
        problems += mirror_problems(document, at, url, status.mirrors, status.independent_of)
    return status, problems


def _twice(document: Document, name: str, values: list[str]) -> list[Problem]:
    return [
        document.problem((*UNDER, name, index), say("'{name}' is listed twice", name=value), say("Keep one of the two"))
        for index, value in enumerate(values)
        if value in values[:index]
    ]


def _imprint(document: Document, publisher: Publisher) -> list[Problem]:
    missing = [name for name in IMPRINT if getattr(publisher, name) is None]
    message = say("the imprint lacks {names}", names=", ".join(missing))
    hint = say("Add what is true of you; nothing is made up, the page says that it is missing")
    path = (*UNDER, "publisher")
    return [document.problem(path, message, hint, severity="warning")] if missing else []


def _shared_names(document: Document, independent_of: tuple[str, ...]) -> list[Problem]:
    """The site must not live under a name that it has to survive without."""
    url = document.data.get("site_url")
    name = fallen_with(url, independent_of) if isinstance(url, str) else None
    what = say(
        "'{host}' is gone when '{name}' is, and the site must be independent of that", host=host_of(url), name=name
    )
    hint = say("Publish it under another domain")
    return [document.problem(("site_url",), what, hint, severity="warning")] if name else []


def _site_problems(document: Document) -> list[Problem]:
    problems = []
    for name, example in (("site_name", "Example Status"), ("site_url", "https://status.example.net/")):
        if not isinstance(document.data.get(name), str):
            hint = say("Add a line {line}", line=f"{name}: {example}")
            problems.append(document.problem((name,), say("'{name}' is missing", name=name), hint))
    url = document.data.get("site_url", "")
    if isinstance(url, str) and url and not is_site_address(url):
        hint = say("Write it like {example}, with a slash at the end", example="https://status.example.net/")
        hint = document.set_right(("site_url",), Mistyped(url, f"{url}/" if is_site_address(f"{url}/") else ""), hint)
        message = say("'{text}' is not the site's address", text=url[:60])
        problems.append(document.problem(("site_url",), message, hint))
    return problems
