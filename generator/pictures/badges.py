"""Badges: the state in the small flat form that readme files and other sites know, drawn or as words to draw."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from generator.addresses import BADGE, BADGE_DATA, component_badge, component_badge_data
from generator.headline import headline
from generator.history import History
from generator.language import Language
from generator.markup import fill
from generator.model import State
from generator.pictures.cards import COLOURS
from generator.pictures.lettering import REGULAR, font, legible, shortened

LABEL_COLOUR = "#555555"
_TONES: dict[State, str] = {
    "operational": "good", "under_maintenance": "maintenance", "degraded_performance": "minor",
    "partial_outage": "major", "major_outage": "critical",
}  # fmt: skip
_SIZE, _PADDING, _LONGEST = 11, 6, 240
_WIDER = 1.18
"""How much wider than ours Verdana's letters are, and DejaVu's, the usual ones of badges; Arial's lie between."""
_FINE = 10
"""Words are measured this much larger: at eleven pixels a letter's width is rounded."""
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img"><title>{title}</title>'
    '<path fill="{ground}" d="M{left} 0H3a3 3 0 0 0-3 3v14a3 3 0 0 0 3 3h{inner}z"/>'
    '<path fill="{colour}" d="M{left} 0v20h{right}a3 3 0 0 0 3-3V3a3 3 0 0 0-3-3z"/>'
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,Arial,sans-serif" font-size="{size}">'
    '<text x="{pad}" y="14" textLength="{first}">{label}</text>'
    '<text x="{second}" y="14" textLength="{last}">{message}</text></g></svg>\n'
)
"""No style and no id: it may stand in any page, under any policy."""


@dataclass(frozen=True)
class Badge:
    """What it is about, how it is, and the colour (#rrggbb) of that."""

    label: str
    message: str
    colour: str


def render_badges(history: History, language: Language) -> dict[str, str]:
    """The badge of the site and of each component as SVG and as JSON, by path below the language's root."""
    badges = {(BADGE, BADGE_DATA): _of_site(history, language)}
    badges |= dict(_of_components(history, language))
    files = {picture: draw(badge) for (picture, _), badge in badges.items()}
    return files | {data: endpoint(badge) for (_, data), badge in badges.items()}


def _of_site(history: History, language: Language) -> Badge:
    tone, _ = headline(history, language)
    return Badge(history.settings.name, language(f"badge.{tone}"), COLOURS[tone])


def _of_components(history: History, language: Language) -> Iterator[tuple[tuple[str, str], Badge]]:
    for component in history.components:
        state, paths = history.states[component.id], (component_badge(component.id), component_badge_data(component.id))
        label, _ = component.name.pick(language.code)
        yield paths, Badge(label, language(f"state.{state}"), COLOURS[_TONES[state]])


def draw(badge: Badge) -> str:
    """The badge as SVG of less than a kilobyte; a long label is cut, its title says it whole."""
    label, message = _fitted(badge.label), _fitted(badge.message)
    first, last = _length(label), _length(message)
    left, right = first + 2 * _PADDING, last + 2 * _PADDING
    return fill(
        _SVG, width=left + right, left=left, inner=left - 3, right=right - 3, pad=_PADDING, second=left + _PADDING,
        first=first, last=last, label=label, message=message, title=f"{badge.label}: {badge.message}",
        colour=badge.colour, ground=LABEL_COLOUR, size=_SIZE,
    )  # fmt: skip


def endpoint(badge: Badge) -> str:
    """The badge in the schema that shields.io calls an endpoint."""
    data = {"schemaVersion": 1, "label": badge.label, "message": badge.message, "color": badge.colour,
            "labelColor": LABEL_COLOUR, "cacheSeconds": 300}  # fmt: skip
    return json.dumps(data, ensure_ascii=False) + "\n"


def _fitted(words: str) -> str:
    return shortened(legible(words), REGULAR, _SIZE * _FINE, int(_LONGEST * _FINE / _WIDER))


def _length(words: str) -> int:
    """The width of some words in pixels. The browser sets them to it, whatever letters it has."""
    return round(font(REGULAR, _SIZE * _FINE).getlength(words) / _FINE * _WIDER)
