"""Imprint and privacy page, from the settings. What is missing there is said to be missing, never made up."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.markup import fill, joined
from generator.pages.sheet import Sheet
from generator.settings import IMPRINT

_FIELDS = ("name", "represented_by", "street", "city", "country", "email", "phone", "website",
           "registration", "vat_id", "responsible")  # fmt: skip


def render_imprint(sheet: Sheet) -> str:
    """Who publishes the site."""
    publisher = sheet.history.settings.status.publisher
    rows = [
        fill("<dt>{}</dt><dd>{}</dd>", sheet.t(f"imprint.{name}"), _shown(sheet, name))
        for name in _FIELDS
        if getattr(publisher, name) or name in IMPRINT
    ]
    missing = any(getattr(publisher, name) is None for name in IMPRINT)
    warning = fill('<aside class="note warn"><p>{}</p></aside>', sheet.t("imprint.incomplete"))
    body = [warning if missing else "", fill('<dl class="keys">\n{}\n</dl>', joined(rows))]
    return sheet.page(sheet.t("imprint.title"), body, description=sheet.t("imprint.description", name=publisher.name))


def _shown(sheet: Sheet, name: str) -> Markup:
    value = getattr(sheet.history.settings.status.publisher, name)
    if value is None:
        return fill("<em>{}</em>", sheet.t("imprint.missing"))
    if name == "email":
        return fill('<a href="mailto:{}">{}</a>', value, value)
    if name == "website":
        return fill('<a href="{}">{}</a>', value, value)
    return fill("{}", value)


def render_privacy(sheet: Sheet) -> str:
    """What the page does with personal data: nothing of its own, and what the host sees."""
    body = [sheet.t("privacy.nothing"), f"## {sheet.t('privacy.host_title')}", *_hosting(sheet)]
    body += [f"## {sheet.t('privacy.rights_title')}", sheet.t("privacy.rights"), _contact(sheet)]
    return sheet.page(sheet.t("privacy.title"), body, description=sheet.t("privacy.description"))


def _hosting(sheet: Sheet) -> Iterator[object]:
    hosting = sheet.history.settings.status.hosting
    if hosting is None:
        yield sheet.t("privacy.host_missing")
        return
    yield fill(
        "<p>{} {}</p>",
        sheet.t("privacy.host"),
        ", ".join(part for part in (hosting.name, hosting.address) if part).rstrip(".") + ".",
    )
    if hosting.privacy:
        yield fill('<p><a href="{}">{}</a></p>', hosting.privacy, sheet.t("privacy.host_notice"))


def _contact(sheet: Sheet) -> Markup:
    publisher = sheet.history.settings.status.publisher
    contact = publisher.privacy_contact or publisher.email
    words = contact or fill("<em>{}</em>", sheet.t("imprint.missing"))
    return fill("<p>{} {}</p>", sheet.t("privacy.contact"), words)
