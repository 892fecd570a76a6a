"""A component's page: its state, its days and months, the records that name it."""

from generator.addresses import HISTORY, component_feed
from generator.charts import legend, year_at_a_glance
from generator.markup import fill
from generator.model import Component
from generator.pages.sheet import Sheet
from generator.pages.uptime import blocks, last_days

NEWEST = 20
YEAR = 365


def render_component(sheet: Sheet, component: Component) -> str:
    """The page of one component."""
    history = sheet.history
    naming = history.naming[component.id]
    body: list[object] = [
        fill('<p class="meta">{}</p>', sheet.inline(component.description)) if component.description else "",
        fill('<p>{} <a href="{}">{}</a></p>', sheet.t("component.at"), component.url, component.url)
        if component.url
        else "",
        fill("<p>{} {}</p>", sheet.t("component.now"), sheet.state(history.states[component.id])),
        f"## {sheet.t('uptime.title')}",
        legend(sheet.language),
        *blocks(sheet, component),
        f"### {sheet.t('uptime.year_at_a_glance')}",
        year_at_a_glance(last_days(sheet, component, YEAR), sheet.language, sheet.bare(component.name)),
        f"## {sheet.t('component.records')}",
        sheet.list(naming[:NEWEST]) if naming else sheet.t("component.no_records"),
        fill("<p>{}</p>", sheet.link(HISTORY, sheet.t("front.all_history"))) if naming[NEWEST:] else "",
        fill("<p>{}</p>", sheet.link(component_feed(component.id).path, sheet.t("component.feed"))),
    ]
    name = sheet.bare(component.name)
    description = sheet.t("component.description", name=name, state=sheet.t("state." + history.states[component.id]))
    return sheet.page(component.name, body, description=description, feed=_feed(sheet, component), **sheet.present())


def _feed(sheet: Sheet, component: Component) -> dict[str, str]:
    """The component's feed, for programs to find in the head of its page."""
    feed, name = component_feed(component.id), sheet.bare(component.name)
    title = sheet.t("feeds.component.title", site=sheet.history.settings.name, name=name)
    return {"type": feed.form.media_type, "title": f"{title} ({feed.form.label})", "path": feed.path}
