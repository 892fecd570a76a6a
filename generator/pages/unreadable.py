"""What is said of a record that cannot be shown, or not yet: its address stays, so that links to it lead somewhere."""

from markupsafe import Markup

from generator.addresses import FRONT, HISTORY
from generator.markup import fill
from generator.pages.sheet import Sheet
from generator.records import Unreadable


def unreadable_note(sheet: Sheet, record: Unreadable) -> Markup:
    """A record is missing, by name and file; and it may tell of something still going on."""
    key = "front.unreadable_open" if record.may_be_ongoing else "front.unreadable"
    words = sheet.t(key, file=f"{sheet.history.settings.records}/{record.file}")
    return fill('<aside class="note warn"><p><strong>{}</strong> {}</p></aside>', record.title, words)


def render_unreadable(sheet: Sheet, record: Unreadable) -> str:
    """The page at the record's address, so that links to it still lead somewhere."""
    body = [unreadable_note(sheet, record), fill("<p>{}</p>", sheet.link(FRONT, sheet.t("site.home")))]
    return sheet.page(record.title, body, description=record.title, section=HISTORY, **sheet.present())


def render_later(sheet: Sheet) -> str:
    """The page at the address of a record of which nothing was known yet, in a site as of an earlier time."""
    title = sheet.t("site.not_found_title")
    body = [sheet.t("site.not_found_text"), fill("<p>{}</p>", sheet.link(FRONT, sheet.t("site.home")))]
    return sheet.page(title, body, description=title)
