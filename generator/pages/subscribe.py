"""How to hear of news: the addresses to copy."""

from collections.abc import Iterator

from generator.markup import fill, joined
from generator.pages.sheet import Sheet

FEEDS = (("history.rss", "RSS"), ("history.atom", "Atom"))


def render_subscribe(sheet: Sheet) -> str:
    """The feeds and what to do with them."""
    rows = [
        fill(
            "<dt>{}</dt><dd>{}<br>{}</dd>",
            kind,
            fill("<code>{}</code>", sheet.absolute(path)),
            fill("{} {}", sheet.t(f"subscribe.{kind}_note"), sheet.link(path, sheet.t(f"subscribe.{kind}"))),
        )
        for path, kind in FEEDS
    ]
    body = [
        sheet.t("subscribe.lead"),
        fill('<dl class="keys">\n{}\n</dl>', joined(rows)),
        f"## {sheet.t('subscribe.how_title')}",
        sheet.t("subscribe.how"),
        *_mirrors(sheet),
    ]
    description = sheet.t("subscribe.description", site=sheet.history.settings.name)
    return sheet.page(sheet.t("subscribe.title"), body, description=description)


def _mirrors(sheet: Sheet) -> Iterator[object]:
    """Where the same site lives too, in words to note down."""
    mirrors = sheet.history.settings.status.mirrors
    if mirrors:
        yield f"## {sheet.t('subscribe.mirrors_title')}"
        yield sheet.t("subscribe.mirrors")
        items = joined((fill('<li><a href="{}">{}</a></li>', mirror, mirror) for mirror in mirrors), "")
        yield fill("<ul>{}</ul>", items)
