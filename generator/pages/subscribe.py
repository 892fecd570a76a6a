"""How to hear of news: the addresses to copy."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.addresses import FEEDS, Feed
from generator.markup import fill, joined
from generator.pages.sheet import Sheet


def render_subscribe(sheet: Sheet) -> str:
    """The feeds and what to do with them."""
    rows = [
        fill(
            "<dt>{}</dt><dd>{}<br>{}</dd>",
            _label(sheet, feed),
            fill("<code>{}</code>", sheet.absolute(feed.path)),
            _explained(sheet, feed),
        )
        for feed in FEEDS
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


def _label(sheet: Sheet, feed: Feed) -> str:
    """Its form, and what it tells of where that is not everything."""
    label = feed.form.label
    return label if feed.topic == "history" else sheet.t("pair", a=label, b=sheet.t(f"subscribe.{feed.topic}"))


def _explained(sheet: Sheet, feed: Feed) -> Markup:
    """What it is good for, and where to open it."""
    note = feed.form.label if feed.topic == "history" else feed.topic
    link = sheet.link(feed.path, sheet.t("subscribe.open", feed=_label(sheet, feed)))
    return fill("{} {}", sheet.t(f"subscribe.note.{note}"), link)


def _mirrors(sheet: Sheet) -> Iterator[object]:
    """Where the same site lives too, in words to note down."""
    mirrors = sheet.history.settings.status.mirrors
    if mirrors:
        yield f"## {sheet.t('subscribe.mirrors_title')}"
        yield sheet.t("subscribe.mirrors")
        items = joined((fill('<li><a href="{}">{}</a></li>', mirror, mirror) for mirror in mirrors), "")
        yield fill("<ul>{}</ul>", items)
