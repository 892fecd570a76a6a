"""An announcement as mail: a subject, plain words, and HTML that survives every mail program."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.addresses import IMPRINT
from generator.announcing.markup import Plain, blocks, read_markup
from generator.feeds.channel import Channel
from generator.feeds.texts import item_body, item_title
from generator.mailing import Letter
from generator.markup import fill, joined, safe
from generator.news import Item

_HTML = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
</head>
<body style="margin:0;padding:16px">
<div style="max-width:36em;font-family:sans-serif;font-size:16px;line-height:1.5">
{text}
<div style="margin-top:2em;font-size:14px">
{foot}
</div>
</div>
</body>
</html>
"""
"""No picture, no colour, nothing from elsewhere: programs that show mail in the dark choose their own colours."""


def build_letter(channel: Channel, item: Item, way_out: str) -> Letter:
    """The announcement in the channel's language; `way_out` is where its reader leaves the list, if known."""
    title = item_title(channel, item)
    return Letter(
        channel.item_id(item.course.incident, item.key), channel.language.code, title,
        _plain(channel, item, way_out), _html(channel, item, title, way_out), way_out,
    )  # fmt: skip


def way_out_of_all(channel: Channel) -> str:
    """Where readers leave the list when one text goes to all of them; empty where nobody is known to write to."""
    settings = channel.history.settings
    mail = settings.status.mail
    if mail and mail.unsubscribe and "{address}" not in mail.unsubscribe:
        return mail.unsubscribe
    address = mail.answers_to if mail else settings.status.publisher.email
    return f"mailto:{address}" if address else ""


def plain_text(channel: Channel, item: Item) -> list[str]:
    """The paragraphs of the whole text, and where to read on."""
    page = channel.page(item.course.incident)
    text = blocks(read_markup(item_body(channel, item), channel, page), Plain())
    return [*text, f"{channel.t('feeds.read_on')}:\n{page}"]


def _plain(channel: Channel, item: Item, way_out: str) -> str:
    parts = [channel.t("announce.greeting"), *plain_text(channel, item), _farewell(channel, "\n")]
    foot = "\n\n".join(f"{before}{_bare(address)}{after}" for before, address, after in _foot(channel, way_out))
    return "\n\n".join(parts) + f"\n\n-- \n{foot}\n"


def _html(channel: Channel, item: Item, title: str, way_out: str) -> str:
    page = channel.page(item.course.incident)
    text = [
        fill("<p>{}</p>", channel.t("announce.greeting")),
        safe(str(read_markup(item_body(channel, item), channel, page))),
        fill('<p><a href="{}">{}</a></p>', page, channel.t("feeds.read_on")),
        fill("<p>{}</p>", _farewell(channel, Markup("<br>"))),
    ]
    foot = (fill("<p>{}{}{}</p>", before, _linked(to), after) for before, to, after in _foot(channel, way_out))
    return str(fill(_HTML, language=channel.language.code, title=title, text=joined(text), foot=joined(foot)))


def _farewell(channel: Channel, line_break: str) -> str:
    return line_break.join([channel.t("announce.farewell"), channel.author])


def _foot(channel: Channel, way_out: str) -> Iterator[tuple[str, str, str]]:
    """What stands below every mail: the time zone, why it comes, how to have no more of them, who sends it.

    Each as what comes before an address, the address, and what comes after it.
    """
    yield channel.language.zone_sentence, "", ""
    yield channel.t("announce.why", site=channel.history.settings.name), "", ""
    if way_out:
        by = "mail" if way_out.startswith("mailto:") else "web"
        yield _around(channel.language.template(f"announce.leave_by_{by}"), way_out)
    yield _around(channel.language.template("announce.imprint"), channel.root + IMPRINT)


def _around(template: str, address: str) -> tuple[str, str, str]:
    before, _, after = template.partition("{address}")
    return before, address, after


def _bare(address: str) -> str:
    """An address as people read it."""
    return address.removeprefix("mailto:").partition("?")[0] if address.startswith("mailto:") else address


def _linked(address: str) -> Markup:
    return fill('<a href="{}">{}</a>', address, _bare(address)) if address else Markup("")
