"""The form's program, Sveltia CMS, as npm has put it beside `mkdocs.yml`: what the page needs of it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.settings import Settings

Program = Mapping[str, bytes]
"""Path below `/admin/` to content."""
_PACKAGE = "@sveltia/cms"
_YAML = "js-yaml/dist/browser/js-yaml.esm.min.mjs"
_NEEDED = (f"{_PACKAGE}/npm/index.js", _YAML)
_FONT = re.compile(r"https://cdn\.jsdelivr\.net/fontsource/fonts/([\w-]+)(?::vf)?@[\d.]+/([\w-]+)\.woff2")
"""Where the program would fetch its fonts, although its package has them, too: name and subset."""
_LOCALE = re.compile(r"import\(`\.\./locales/([\w-]+)\.json`\)")
"""How it fetches what it says in other languages. As JSON no browser takes that from an import."""


def read_program(folder: Path, settings: Settings) -> Program:
    """The program's files, from the folder of `mkdocs.yml`; nothing without a form, or while npm has not been asked."""
    host = settings.status.form
    packages = folder / host.packages if host else folder
    if host is None or not all((packages / name).is_file() for name in _NEEDED):
        return {}
    return {**dict(_files(packages / _PACKAGE)), "yaml.js": (packages / _YAML).read_bytes()}


def _files(package: Path) -> Iterator[tuple[str, bytes]]:
    """The program, its fonts and its languages. It is one for pictures, too: what only those need is left out."""
    fonts = sorted((package / "npm" / "assets").glob("*.woff2"))
    text = (package / "npm" / "index.js").read_text(encoding="utf-8")
    yield "cms/index.js", _from_here(text, [font.name for font in fonts]).encode()
    for chunk in sorted((package / "npm" / "chunks").glob("react*.js")):
        yield f"cms/chunks/{chunk.name}", chunk.read_bytes()
    for font in fonts:
        yield f"cms/assets/{font.name}", font.read_bytes()
    for locale in sorted((package / "locales").glob("*.json")):
        yield f"cms/locales/{locale.stem}.js", b"export default " + locale.read_bytes()


def _from_here(text: str, fonts: list[str]) -> str:
    """The program, fetching fonts and languages from the site: styles count from the page, imports from the file."""

    def font_here(match: re.Match[str]) -> str:
        begins = f"{match[1]}-{match[2]}-"
        return next((f"cms/assets/{name}" for name in fonts if name.startswith(begins)), match[0])

    return _LOCALE.sub(r"import(`./locales/\1.js`)", _FONT.sub(font_here, text))
