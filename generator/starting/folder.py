"""Everything that lies in the folder of a new site, as a mapping of path to content."""

from datetime import datetime
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

from generator.editing import new_id, new_record
from generator.editing.saying import to_the_minute
from generator.language import Language, language, tool_languages
from generator.moments import written
from generator.reference import render_reference
from generator.schema import FIRST_LINE, SCHEMA, render_schema
from generator.settings import Settings, parse_settings
from generator.starting.answers import Answers
from generator.starting.configuring import render_settings
from generator.starting.tool import Tool
from generator.templates import build_templates

_OWN = Path(__file__).parent
SAME, WRITTEN = _OWN / "same", _OWN / "written"
"""Files that a site has exactly as we have them, at their paths (links to ours: there is one text); and others."""
_ELSEWHERE = "# An unknown address below /en/"
"""Where netlify.toml begins to speak of the languages."""


def build_folder(answers: Answers, tool: Tool, words: Language, now: datetime) -> dict[str, str | bytes]:
    """The files of a new site that begins at the UTC instant `now`; `words` are what the tool says to its admin."""
    zone = ZoneInfo(answers.time_zone)
    day = now.astimezone(zone).date()
    first = language(answers.languages[0], zone)
    config = render_settings(answers, words, first("start.description", name=answers.name), day)
    settings, problems = parse_settings(config.encode(), "mkdocs.yml")
    if settings is None:
        raise RuntimeError(f"our own settings are broken: {problems[0]}")
    return {
        **_read_same(),
        "mkdocs.yml": config,
        "README.md": _read(f"README.{words.code}.md"),
        "Makefile": _read("Makefile"),
        ".gitignore": _read("gitignore"),
        "netlify.toml": _netlify(settings.languages),
        "reference/fields.md": render_reference(),
        "requirements.txt": f"{tool.requirement}\n",
        **tool.files,
        **{f"docs/{code}/about.md": _read(f"about.{code}.md") for code in settings.languages},
        **{f"{settings.records}/{name}": text for name, text in _records(settings, now).items()},
    }


def _read(name: str) -> str:
    return (WRITTEN / name).read_text(encoding="utf-8")


def _read_same() -> dict[str, str | bytes]:
    files = (path for path in sorted(SAME.rglob("*")) if path.is_file())
    return {path.relative_to(SAME).as_posix(): path.read_bytes() for path in files}


def _netlify(languages: tuple[str, ...]) -> str:
    """Ours, with a page for unknown addresses in each further language."""
    head, begins, elsewhere = _read("netlify.toml").partition(_ELSEWHERE)
    blocks = ((begins + elsewhere).replace("/en/", f"/{code}/").strip() + "\n" for code in languages[1:])
    return "\n".join([head.rstrip() + "\n", *blocks])


def _records(settings: Settings, now: datetime) -> dict[str, str]:
    """A first notice, an example of a report that the site passes over, and what helps to write the next ones."""
    told = {code: language(code, settings.zone) for code in settings.languages}
    title = _in_all(told, "title")
    entry = {"at": written(to_the_minute(now), settings.zone), "text": _in_all(told, "text")}
    notice = new_record({"kind": "notice", "title": title, "timeline": [entry]}, FIRST_LINE)
    first = settings.languages[0]
    name = new_id(now.astimezone(settings.zone).date(), told[first]("start.notice.title"), ())
    return {
        f"{name}.yml": notice,
        "_example.yml": FIRST_LINE + _example(settings),
        **build_templates(settings, FIRST_LINE),
        SCHEMA: render_schema(settings),
    }


def _in_all(told: dict[str, Language], what: str) -> str | dict[str, str]:
    texts = {code: words(f"start.notice.{what}") for code, words in told.items()}
    return texts if len(texts) > 1 else next(iter(texts.values()))


def _example(settings: Settings) -> str:
    code = settings.languages[0]
    text = _read(f"example.{code if code in tool_languages() else 'en'}.yml")
    return Template(text).substitute(component=settings.components[0].id)
