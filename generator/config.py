"""What the engine is told: one small configuration per language, and the theme that all share."""

import json
from functools import cache
from pathlib import Path

from generator.addresses import (
    COMMITMENTS,
    FEEDS,
    FRONT,
    HISTORY,
    IMPRINT,
    INDEPENDENCE,
    PRIVACY,
    SCRIPT,
    SECURITY,
    SUBSCRIBE,
    UPTIME,
    Feed,
    first_part,
)
from generator.elsewhere import spoken
from generator.language import Language, language
from generator.own_pages import added_pages
from generator.settings import Settings

_THEME = Path(__file__).parent / "theme"
MENU = (("status", FRONT), ("history", HISTORY), ("uptime", UPTIME), ("commitments", COMMITMENTS),
        ("subscribe", SUBSCRIBE))  # fmt: skip
FOOTER = (("imprint", IMPRINT), ("privacy", PRIVACY))
_TEXTS = ("skip", "menu", "language", "not_found_title", "not_found_text", "home", "about", "mirrors")


def render_config(settings: Settings, words: Language) -> str:
    """What a language adds to mkdocs.yml. JSON is YAML, so nothing in it needs care."""
    root = settings.prefix(words.code)
    config: dict[str, object] = {
        "INHERIT": "mkdocs.yml",
        "docs_dir": words.code,
        "site_dir": f"site/{root}".rstrip("/"),
        "site_url": settings.url_of(words.code),
        "use_directory_urls": True,
        "theme": {"name": "material", "language": words.code, "custom_dir": "theme", "font": False},
        "extra": {"site": _extra(settings, words)},
    }
    if settings.status.security:
        config["exclude_docs"] = f"!/{first_part(SECURITY)}\n"  # else what begins with a dot is left out
    return json.dumps(config, ensure_ascii=False, indent=1) + "\n"


def _extra(settings: Settings, words: Language) -> dict[str, object]:
    """What the templates need to know."""
    return {
        "language": words.code,
        "root": "." if words.code == settings.languages[0] else "..",
        "url": settings.url,
        "languages": [
            {"code": code, "name": words("name"), "locale": words("card.locale"), "root": settings.prefix(code)}
            for code, words in ((code, language(code, settings.zone)) for code in settings.languages)
        ],
        "card": words("pair", a=settings.name, b=words("card.report")),
        "logo": settings.logo,
        "menu": _links(words, MENU),
        "footer": [*_own_pages(settings, words), *_links(words, _footer(settings))],
        "addresses": _addresses(settings, words),
        "feeds": [_feed(settings, words, feed) for feed in FEEDS],
        "texts": {name: words(f"site.{name}") for name in _TEXTS},
        "zone": words.zone_sentence,
        "script": SCRIPT,
        "script_data": _script_data(settings, words),
        "only": _only(settings),
    }


def _footer(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The pages that stand at the foot of every page, as they are called in our texts."""
    return ((("independence", INDEPENDENCE), *FOOTER)) if settings.status.independent_of else FOOTER


def _feed(settings: Settings, words: Language, feed: Feed) -> dict[str, str]:
    """A feed for programs to find; one of everything has a label, and with it a link at the foot of every page."""
    title = words(f"feeds.{feed.topic}.title", site=settings.name)
    label = feed.form.label if feed.topic == "history" else ""
    return {"type": feed.form.media_type, "title": f"{title} ({feed.form.label})", "label": label, "path": feed.path}


def _script_data(settings: Settings, words: Language) -> dict[str, str]:
    """What the script reads from the attributes `data-…` of its element; texts keep their `{…}` for it to fill in."""
    forms = ("clock", "at", "about", "before", "after", "between")
    return {
        "locale": str(words.locale).replace("_", "-"),
        "zone": settings.status.time_zone,
        "hours": settings.status.stale_after,
        **{name: words(f"time.{name}") for name in forms},
        **words.texts["fresh"],
    }


def _addresses(settings: Settings, words: Language) -> list[dict[str, str]]:
    """Each address of the site, if there are several: one to open, one to note down. Every mirror says the same."""
    if not settings.status.mirrors:
        return []
    return [{"label": spoken(url), "url": url + settings.prefix(words.code)} for url in settings.addresses]


def _links(words: Language, pages: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"label": words(f"site.{name}"), "path": path} for name, path in pages]


def _own_pages(settings: Settings, words: Language) -> list[dict[str, str]]:
    """Hand-written pages, by their first heading, for the foot of every page."""
    found = []
    for address, content in added_pages(settings.pages[words.code]).items():
        lines = content.decode().splitlines()
        heading = next((line for line in lines if line.startswith("# ")), f"# {address.rstrip('/')}")
        found.append({"label": heading[2:].strip(), "path": address})
    return found


def _only(settings: Settings) -> dict[str, list[str]]:
    """Address of a hand-written page to the languages it exists in, where that is not all of them."""
    found: dict[str, list[str]] = {}
    for code, files in settings.pages.items():
        for address in added_pages(files):
            found.setdefault(address, []).append(code)
    return {address: codes for address, codes in found.items() if len(codes) < len(settings.languages)}


@cache
def read_theme(first: str) -> dict[str, bytes]:
    """Templates for every language; their assets once, at the root of the site."""
    site: dict[str, bytes] = {}
    for file in sorted(path for path in _THEME.rglob("*") if path.is_file()):
        path = file.relative_to(_THEME).as_posix()
        target = f"{first}/{path}" if path.startswith("assets/") else f"theme/{path}"
        site[target] = file.read_bytes()
    return site
