"""The pages of one language as Markdown documents, by their path below the language's folder."""

from collections.abc import Callable, Iterator
from functools import partial

from generator.addresses import (
    COMMITMENTS,
    FRONT,
    HISTORY,
    IMPRINT,
    INDEPENDENCE,
    PRIVACY,
    SUBSCRIBE,
    UPTIME,
    component_page,
    incident_page,
    source_of,
    year_page,
)
from generator.history import History
from generator.language import Language
from generator.pages.commitments import render_commitments
from generator.pages.component import render_component
from generator.pages.front import render_front
from generator.pages.incident import render_incident
from generator.pages.independence import render_independence
from generator.pages.legal import render_imprint, render_privacy
from generator.pages.past import render_index, render_year
from generator.pages.sheet import Sheet
from generator.pages.subscribe import render_subscribe
from generator.pages.unreadable import render_later, render_unreadable
from generator.pages.uptime import render_uptime

_FIXED: dict[str, Callable[[Sheet], str]] = {
    FRONT: render_front,
    UPTIME: render_uptime,
    COMMITMENTS: render_commitments,
    SUBSCRIBE: render_subscribe,
    IMPRINT: render_imprint,
    PRIVACY: render_privacy,
    HISTORY: render_index,
}


def render_pages(history: History, language: Language) -> dict[str, str]:
    """Every page of one language, by path."""
    pages = {}
    for address, render in _renderers(history):
        pages[source_of(address)] = render(Sheet(history, language, address))
    return pages


def _renderers(history: History) -> Iterator[tuple[str, Callable[[Sheet], str]]]:
    """Every address with what writes the page there."""
    yield from _FIXED.items()
    if history.settings.status.independent_of:
        yield INDEPENDENCE, render_independence
    for year in history.years:
        yield year_page(year), partial(render_year, year=year)
    for component in history.components:
        yield component_page(component.id), partial(render_component, component=component)
    for course in history.courses:
        yield incident_page(course.incident.id), partial(render_incident, course=course)
    for record in history.unreadable:
        if record.has_address:
            yield incident_page(record.id), partial(render_unreadable, record=record)
    for name in history.later:
        yield incident_page(name), render_later
