"""The form as files of the site: its page, its configuration, and the program that others made."""

import json
from functools import cache
from pathlib import Path

from generator.addresses import ADMIN
from generator.form.config import build_form_config
from generator.form.program import Program
from generator.form.words import Words
from generator.git_host import GitHost
from generator.markup import fill
from generator.settings import Settings

_PAGE = """<!doctype html>
<html lang="{code}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="icon" href="../assets/icon.svg">
<script type="module" src="start.js" data-languages="{languages}" data-zone="{zone}"
        data-origin="{origin}"></script>
</head>
<body>
<noscript>{no_script}</noscript>
</body>
</html>
"""


def render_form(settings: Settings, program: Program) -> dict[str, str | bytes]:
    """The files below `admin/`; none where the settings ask for no form, or its program is not there."""
    host = settings.status.form
    if host is None or not program:
        return {}
    config = json.dumps(build_form_config(settings, host), ensure_ascii=False, indent=1)
    return {
        f"{ADMIN}index.html": _page(settings, host),
        f"{ADMIN}config.json": config + "\n",
        f"{ADMIN}start.js": _start(),
        **{f"{ADMIN}{name}": content for name, content in program.items()},
    }


def _page(settings: Settings, host: GitHost) -> str:
    """The page as HTML. Its policy stands in it, too: not every host reads `_headers`."""
    words = Words(settings)
    return fill(
        _PAGE, code=words.code, policy=host.policy, title=words("title", site=settings.name),
        languages=" ".join(settings.languages), zone=settings.status.time_zone, origin=host.origin,
        no_script=words("no_script"),
    )  # fmt: skip


@cache
def _start() -> str:
    return Path(__file__).with_name("start.js").read_text(encoding="utf-8")
