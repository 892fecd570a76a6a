"""How to hear of news: for each kind of reader what to copy where."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.addresses import BADGE, CALENDAR, EMBED, FEEDS, METRICS, NEWS, STATUSPAGE_API, Feed, component_feed
from generator.markup import fill, joined
from generator.pages.sheet import Sheet

FRAME = (320, 140)
"""Width and height of the page for frames, in CSS pixels: its one line and its date fit in."""


def render_subscribe(sheet: Sheet) -> str:
    """A way for each program, the feeds that tell only a part, and where the same site is found, too."""
    body = [
        sheet.t("subscribe.lead"),
        _listed(_way(sheet, name, *lines) for name, lines in _ways(sheet)),
        f"## {sheet.t('subscribe.parts_title')}",
        _listed(_part(sheet, feed) for feed in FEEDS if feed != NEWS),
        f"### {sheet.t('subscribe.component_title')}",
        _listed(_of_component(sheet, component.id) for component in sheet.history.components),
        *_mirrors(sheet),
    ]
    description = sheet.t("subscribe.description", site=sheet.history.settings.name)
    return sheet.page(sheet.t("subscribe.title"), body, description=description)


def _ways(sheet: Sheet) -> Iterator[tuple[str, list[str]]]:
    """Each kind of reader with the lines to copy."""
    news = sheet.absolute(NEWS.path)
    yield from ((name, [news]) for name in ("reader", "outlook", "thunderbird"))
    yield "slack", [f"/feed subscribe {news}"]
    yield "teams", [news]
    yield "calendar", [sheet.absolute(CALENDAR)]
    figures = sheet.history.settings.url_of(sheet.history.settings.languages[0]) + METRICS
    yield "monitoring", [sheet.absolute(f"{STATUSPAGE_API}summary.json"), figures]
    yield "website", list(_html(sheet))


def _html(sheet: Sheet) -> Iterator[str]:
    """Lines for somebody's own website: the badge as a link, and the page for frames."""
    home, words = sheet.absolute(""), sheet.history.settings.name
    yield str(fill('<a href="{}"><img src="{}" alt="{}" height="20"></a>', home, sheet.absolute(BADGE), words))
    frame = '<iframe src="{}" title="{}" width="{}" height="{}"></iframe>'
    yield str(fill(frame, sheet.absolute(EMBED), words, *FRAME))


def _way(sheet: Sheet, name: str, *lines: str) -> Markup:
    return _entry(sheet.t(f"subscribe.way.{name}.title"), sheet.t(f"subscribe.way.{name}.how"), *lines)


def _part(sheet: Sheet, feed: Feed) -> Markup:
    """A feed that tells less than all, or tells it in another form."""
    name = feed.form.label if feed.topic == "history" else sheet.t(f"subscribe.{feed.topic}")
    note = sheet.t(f"subscribe.note.{feed.form.label if feed.topic == 'history' else feed.topic}")
    return _entry(name, note, sheet.absolute(feed.path))


def _of_component(sheet: Sheet, name: str) -> Markup:
    return _entry(sheet.name(name), "", sheet.absolute(component_feed(name).path))


def _entry(name: object, how: str, *lines: str) -> Markup:
    """A name, a sentence, and lines to copy: a click marks the whole of one."""
    codes = joined(fill('<code class="copy">{}</code>', line) for line in lines)
    return fill("<dt>{}</dt><dd>{}\n{}</dd>", name, how, codes)


def _listed(entries: Iterator[Markup]) -> Markup:
    return fill('<dl class="ways">\n{}\n</dl>', joined(entries))


def _mirrors(sheet: Sheet) -> Iterator[object]:
    """Where the same site is found, to copy or to note down: the same on each of them, so its own address is there."""
    settings = sheet.history.settings
    if settings.status.mirrors:
        yield f"## {sheet.t('subscribe.mirrors_title')}"
        yield sheet.t("site.mirrors")
        lines = (f"{url}{settings.prefix(sheet.language.code)}" for url in settings.addresses)
        yield joined(fill('<code class="copy">{}</code>', line) for line in lines)
