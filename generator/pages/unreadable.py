"""What is said of a record that cannot be shown: on the front page, and at its own address, which stays."""

from markupsafe import Markup

from generator.markup import fill
from generator.pages.sheet import Sheet
from generator.records import Unreadable


def unreadable_note(sheet: Sheet, record: Unreadable) -> Markup:
    """A record is missing, by name and file; and it may tell of something still going on."""
    key = "front.unreadable_open" if record.may_be_ongoing else "front.unreadable"
    words = sheet.t(key, file=f"{sheet.history.settings.records}/{record.id}.yml")
    return fill('<aside class="note warn"><p><strong>{}</strong> {}</p></aside>', record.title, words)


def render_unreadable(sheet: Sheet, record: Unreadable) -> str:
    """The page at the record's address, so that links to it still lead somewhere."""
    body = [unreadable_note(sheet, record), fill("<p>{}</p>", sheet.link("", sheet.t("site.home")))]
    return sheet.page(record.title, body, description=record.title, stamp=sheet.stamp(), section="history/")
