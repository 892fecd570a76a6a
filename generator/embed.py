"""The small page that other sites show in a frame: the state in one line, as of when, and the way to the site."""

from generator.addresses import STYLE
from generator.charts import icon
from generator.headline import as_of, headline
from generator.history import History
from generator.language import Language
from generator.markup import fill

_PAGE = """<!doctype html>
<html lang="{code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{name}</title>
<link rel="stylesheet" href="{up}{style}">
</head>
<body class="embed md-typeset">
<main class="banner tone-{tone}">
{icon}
<h1 class="headline">{words}</h1>
<p class="meta"><a href="../" target="_blank" rel="noopener">{name}</a> · {as_of}</p>
</main>
</body>
</html>
"""


def render_embed(history: History, language: Language) -> str:
    """The page as HTML. It comes as it is, not by way of the engine: no menu, no script, and any site may frame it."""
    tone, words = headline(history, language)
    up = "../" if language.code == history.settings.languages[0] else "../../"
    return fill(
        _PAGE, code=language.code, name=history.settings.name, up=up, style=STYLE, tone=tone, icon=icon(tone),
        words=words, as_of=as_of(history, language),
    )  # fmt: skip
