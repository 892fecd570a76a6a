"""Why the page still stands when what it reports on has fallen: what a check found, and how to check it again."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.addresses import OWN_API
from generator.charts import icon
from generator.elsewhere import host_of
from generator.independence import Question, Result, Row, is_old, question, standing, summarize, uncovered
from generator.independence.summary import LASTS
from generator.language import iso
from generator.markup import fill, joined
from generator.pages.sheet import Sheet, keys

_TONES = {"stands": "good", "unclear": "unknown", "falls": "critical"}
_SECTIONS = ("shared", "weak", "unknown")
MOST = 6


def render_independence(sheet: Sheet) -> str:
    """What is separate, what is shared and why that is accepted, what is not known, and since when."""
    asked, result = question(sheet.history.settings), sheet.history.checked
    lead = sheet.html("independence.lead", names=_together(sheet, asked.watched))
    none = fill('<aside class="note warn"><p>{}</p></aside>', sheet.t("independence.none"))
    found = _found(sheet, result, asked) if result else [none]
    body = [fill("<p>{}</p>", lead), *found, *_how(sheet, asked), *_again(sheet, asked)]
    description = sheet.t("independence.description", site=sheet.history.settings.name)
    return sheet.page(sheet.t("independence.title"), body, description=description)


def _together(sheet: Sheet, names: tuple[str, ...]) -> str:
    return sheet.language.together([_legible(name) for name in names])


def _legible(name: str) -> str:
    """What servers have told, without what a page should not show."""
    return "".join(char for char in name if char.isprintable())


def _first(names: tuple[str, ...]) -> tuple[str, ...]:
    """As many as fit into a sentence; the file for programs has them all."""
    return names if len(names) <= MOST else (*names[: MOST - 1], "…")


def _found(sheet: Sheet, result: Result, asked: Question) -> Iterator[object]:
    rows = summarize(result)
    yield _banner(sheet, result, asked, rows)
    later = uncovered(result, asked)
    if later:
        words = sheet.html("independence.uncovered", names=_together(sheet, later))
        yield fill('<aside class="note warn"><p>{}</p></aside>', words)
    for verdict in _SECTIONS:
        yield from _section(sheet, verdict, [row for row in rows if row.verdict == verdict])
    passed = [row for row in rows if row.passed]
    if passed:
        yield f"## {sheet.t('independence.passed_title')}"
        yield sheet.t("independence.passed_lead")
        yield keys((_title(sheet, row), _meaning(sheet, row)) for row in passed)


def _banner(sheet: Sheet, result: Result, asked: Question, rows: tuple[Row, ...]) -> Markup:
    """The answer, in how many points, and when it was found."""
    found = standing(result, asked)
    counted = {"passed": sum(row.passed for row in rows)}
    counted |= {name: sum(row.verdict == name for row in rows) for name in _SECTIONS}
    counts = sheet.language.together([sheet.t(f"independence.n_{name}", n=n) for name, n in counted.items() if n])
    html = '<div class="banner tone-{}">\n{}\n<p class="headline">{}</p>\n<p>{}</p>\n<p class="meta">{}</p>\n</div>'
    tone, words = _TONES[found], sheet.t(f"independence.standing.{found}")
    return fill(html, tone, icon(tone), words, sheet.html("independence.counts", counts=counts), _when(sheet, result))


def _when(sheet: Sheet, result: Result) -> Markup:
    """When it was checked, and whether that is long ago: on a page that is not built any more the script knows."""
    time = fill('<time datetime="{}">{}</time>', iso(result.instant), sheet.language.instant(result.instant))
    checked = sheet.html("independence.checked", time=time, zone=sheet.history.settings.zone.key)
    old = sheet.t("independence.old", n=LASTS.days)
    if is_old(result, sheet.history.now):
        return fill("{} <strong>{}</strong>", checked, old)
    fresh = sheet.t("independence.fresh", n=LASTS.days)
    return fill("{} {}", checked, sheet.until(fresh, (result.instant + LASTS, old)))


def _section(sheet: Sheet, verdict: str, rows: list[Row]) -> Iterator[object]:
    """What needs a word: each with what it means and, if it is shared, why that is accepted."""
    if rows:
        yield f"## {sheet.t(f'independence.{verdict}_title')}"
        yield sheet.t(f"independence.{verdict}_lead")
        yield fill('<ul class="actions">\n{}\n</ul>', joined(_item(sheet, row) for row in rows))


def _item(sheet: Sheet, row: Row) -> Markup:
    html = '<li class="action tone-{}"><strong>{}</strong><p class="meta">{}</p><p>{}</p>{}</li>'
    return fill(html, _tone(row), _title(sheet, row), _particulars(sheet, row), _meaning(sheet, row), _why(sheet, row))


def _tone(row: Row) -> str:
    if row.verdict == "unknown":
        return "unknown"
    return "critical" if row.fatal else "minor"


def _title(sheet: Sheet, row: Row) -> str:
    return sheet.t(f"independence.of.{row.dimension}.title")


def _meaning(sheet: Sheet, row: Row) -> str:
    return sheet.t(f"independence.of.{row.dimension}.meaning")


def _particulars(sheet: Sheet, row: Row) -> Markup:
    """How it was judged, and what is shared, or did not answer."""
    tag = "fatal" if row.fatal and row.verdict != "unknown" else row.verdict
    words: object = sheet.html(f"independence.names.{row.verdict}", names=_together(sheet, _first(row.names)))
    if not row.names:
        missing = sheet.t(f"independence.{'undeclared' if row.undeclared else 'unanswered'}")
        words = missing if row.verdict == "unknown" else ""
    return joined((fill('<span class="tag">{}</span>', sheet.t(f"independence.tag.{tag}")), words), " ")


def _why(sheet: Sheet, row: Row) -> Markup:
    """Why what is shared is accepted, or that nobody says so."""
    reason = sheet.history.settings.status.independence.accepted.get(row.dimension)
    if row.verdict == "unknown" or reason is None:
        missing = fill("<p><em>{}</em></p>", sheet.t("independence.not_accepted"))
        return missing if row.verdict == "shared" else Markup("")
    return fill("<div><strong>{}</strong> {}</div>", sheet.t("independence.accepted"), sheet.inline(reason))


def _how(sheet: Sheet, asked: Question) -> Iterator[object]:
    yield f"## {sheet.t('independence.how_title')}"
    yield fill("<p>{}</p>", sheet.html("independence.how", sites=_together(sheet, _hosts(asked))))
    yield sheet.t("independence.how_declared")


def _hosts(asked: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(host_of(url) or url for url in asked.sites))


def _again(sheet: Sheet, asked: Question) -> Iterator[object]:
    """How anybody can look for themselves, with our program or without."""
    source = sheet.history.settings.status.source
    words = sheet.t("independence.settings")
    where = fill('<a href="{}">{}</a>', source, words) if source else fill("{}", words)
    yield f"## {sheet.t('independence.again_title')}"
    yield fill("<p>{}</p>", sheet.html("independence.again", settings=where))
    yield fill('<code class="copy">{}</code>', "incidents independence")
    yield sheet.t("independence.by_hand")
    yield joined(fill('<code class="copy">dig +short {}</code>', host) for host in (*_hosts(asked), *asked.watched))
    top = sheet.root + "../" * bool(sheet.history.settings.prefix(sheet.language.code))
    if sheet.history.checked:
        yield fill('<p><a href="{}{}independence.json">{}</a></p>', top, OWN_API, sheet.t("independence.file"))
