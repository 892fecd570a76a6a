"""A site of a few pages in two languages, as the tests of publishing need it."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LANGUAGES = ("de", "en")
Site = dict[str, str | bytes]

_SETTINGS = """\
site_name: Invented
site_url: https://status.invented.example/
theme:
  name: material
  font: false
plugins: []
nav: [index.md]
not_in_nav: /incidents/
"""


def tiny_site(word: str = "calm", settings: str = "", more: Site | None = None) -> Site:
    """The mapping of a site that says `word` on its front pages, with more settings and files."""
    site: Site = {"mkdocs.yml": _SETTINGS + settings}
    for language in LANGUAGES:
        site |= {
            f"{language}.yml": f"INHERIT: mkdocs.yml\ndocs_dir: {language}\n",
            f"{language}/index.md": f"# All is {word}\n\n[One](incidents/one.md)\n",
            f"{language}/incidents/one.md": "# One\n\nIt broke and was mended.\n",
            f"{language}/history.rss": "<rss version='2.0'><channel/></rss>",
            f"{language}/assets/dot.png": bytes(range(256)),
        }
    return site | (more or {})


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below a folder with a digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
