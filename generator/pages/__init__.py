"""The pages of one language as Markdown documents, by their path below the language's folder."""

from generator.history import History
from generator.language import Language
from generator.pages.commitments import render_commitments
from generator.pages.component import render_component
from generator.pages.front import render_front
from generator.pages.incident import render_incident
from generator.pages.legal import render_imprint, render_privacy
from generator.pages.past import render_index, render_year
from generator.pages.sheet import Sheet
from generator.pages.subscribe import render_subscribe
from generator.pages.unreadable import render_later, render_unreadable
from generator.pages.uptime import render_uptime


def render_pages(history: History, language: Language) -> dict[str, str]:
    """Every page of one language, by path."""

    def sheet(address: str) -> Sheet:
        return Sheet(history, language, address)

    pages = {
        "index.md": render_front(sheet("")),
        "uptime.md": render_uptime(sheet("uptime/")),
        "commitments.md": render_commitments(sheet("commitments/")),
        "subscribe.md": render_subscribe(sheet("subscribe/")),
        "imprint.md": render_imprint(sheet("imprint/")),
        "privacy.md": render_privacy(sheet("privacy/")),
        "history/index.md": render_index(sheet("history/")),
    }
    for year in history.years:
        pages[f"history/{year}.md"] = render_year(sheet(f"history/{year}/"), year)
    for component in history.components:
        pages[f"components/{component.id}.md"] = render_component(sheet(f"components/{component.id}/"), component)
    for course in history.courses:
        name = course.incident.id
        pages[f"incidents/{name}.md"] = render_incident(sheet(f"incidents/{name}/"), course)
    for record in history.unreadable:
        if record.has_address:
            address = f"incidents/{record.id}"
            pages[f"{address}.md"] = render_unreadable(sheet(f"{address}/"), record)
    for name in history.later:
        pages[f"incidents/{name}.md"] = render_later(sheet(f"incidents/{name}/"))
    return pages
