"""Colours: enough contrast by day and by night, and never needed to tell one state from another.

All is measured in the browser, on the site's own stylesheets.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import combinations

import pytest
from markupsafe import Markup
from PIL import Image
from playwright.sync_api import Browser

from generator.charts import LEGEND, day_bars, icon, year_at_a_glance
from generator.facts import Day
from generator.facts.availability import Availability
from generator.language import language
from generator.markup import fill
from tests.browser import Window, served, window
from tests.builders import BERLIN
from tests.built import SITES, Built
from tests.sight import EYES, Colour, contrast, differences, over

EN = language("en", BERLIN)
TEXT, MARK = 4.5, 3.0
"""Contrasts that WCAG 2.2 asks of text (1.4.3) and of signs (1.4.11); large text gets no discount here."""
TONES = ("good", "minor", "major", "critical", "maintenance", "unknown")
PROMISES = ("overdue", "in_progress", "open", "done", "dropped")
each_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])

_GROUNDS = """function grounds(element) {
    const found = [];
    for (let at = element; at; at = at.parentElement) found.push(getComputedStyle(at).backgroundColor);
    return found;
}"""
_TEXTS = f"""() => {{ {_GROUNDS}
    const found = new Map(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {{
        const parent = texts.currentNode.parentElement, style = getComputedStyle(parent);
        if (!texts.currentNode.data.trim() || !parent.checkVisibility()) continue;
        const drawn = parent instanceof SVGElement;
        if (drawn && !parent.closest('text')) continue;
        const looks = [drawn ? style.fill : style.color, ...grounds(parent)];
        found.set(looks.join('|'), [texts.currentNode.data.trim().slice(0, 60), looks]);
    }}
    return [...found.values()];
}}"""
_MARK = f"""(element, part) => {{ {_GROUNDS}
    const style = getComputedStyle(element, part);
    const colours = element instanceof SVGElement ? [style.fill, style.stroke]
        : [style.backgroundColor, style.borderTopColor];
    return [colours, grounds(element instanceof SVGElement ? element.ownerSVGElement : element)];
}}"""


def parse(css: str) -> tuple[Colour, float]:
    """A computed colour as channels and alpha."""
    if css in ("none", "transparent"):
        return (0, 0, 0), 0
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", css.removeprefix("color(srgb"))]
    red, green, blue = numbers[:3] if css.startswith("color(srgb") else [number / 255 for number in numbers[:3]]
    return (red, green, blue), numbers[3] if len(numbers) > 3 else 1.0


def ground(layers: list[str]) -> Colour:
    """What lies behind an element, its own background first; behind everything the browser's white."""
    found: Colour = (1, 1, 1)
    for layer in reversed(layers):
        colour, alpha = parse(layer)
        found = over(colour, alpha, found)
    return found


def visible(colours: list[str], behind: Colour) -> Colour:
    """The first of some colours that is there at all."""
    colour, alpha = next((parsed for css in colours if (parsed := parse(css))[1]), (behind, 1.0))
    return over(colour, alpha, behind)


@each_scheme
@pytest.mark.parametrize("name", SITES)
def test_every_text_stands_out_from_its_ground(
    name: str, scheme: str, sites: dict[str, Built], browser: Browser
) -> None:
    """4.5 to 1 or more: also the small and the quiet, and the words in pictures."""
    site, faults = sites[name], []
    # Two days on, so that all that is overdue by then, and the age of the page, is told, too.
    later = site.now + timedelta(days=2)
    with served(site.folder) as base, window(browser, base, later, color_scheme=scheme) as seen:
        for address in site.kinds(site.languages[0]):
            seen.open(address)
            seen.page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
            found = seen.page.evaluate(_TEXTS)
            assert found
            for words, (colour, *layers) in found:
                behind = ground(layers)
                if (ratio := contrast(visible([colour], behind), behind)) < TEXT:
                    faults.append(f"/{address}: {ratio:.2f} {words!r} {colour}")
    assert faults == []


def day(kind: str) -> Day:
    """A day that was all of one kind: a state, "no_data", or "maybe" for one on which something may have been."""
    least = {"maybe": "operational", "no_data": None}.get(kind, kind)
    most = {"maybe": "major_outage", "no_data": None}.get(kind, kind)
    return Day(date(2026, 3, 2), Availability(), least, most)  # type: ignore[arg-type]


PLAIN = tuple(kind for kind in LEGEND if kind != "uncertain")
KINDS = (*PLAIN, "maybe")
MAKERS: dict[str, tuple[tuple[str, ...], Callable[[str], Markup]]] = {
    "label": (PLAIN, lambda state: fill('<span class="state s-{}"></span>', state)),
    "legend": (
        LEGEND,
        lambda state: fill('<p class="legend states"><span class="state s-{}">\u200b</span></p>', state),
    ),
    "bar": (KINDS, lambda kind: day_bars([day(kind)], EN, "Shop")),
    "year": (KINDS, lambda kind: year_at_a_glance([day(kind)] * 7, EN, "Shop")),
    "icon": (TONES, lambda tone: fill('<div class="banner tone-{}">{}</div>', tone, icon(tone))),
    "promise": (PROMISES, lambda name: fill('<ul class="actions"><li class="action status-{}">\u200b</li></ul>', name)),
}
"""A sign to what it can tell and how the pages write it."""
SIGNS = {
    "label": (".state", "::before"),
    "legend": (".state", "::before"),
    "bar": ("rect", None),
    "year": ("path", None),
    "icon": (".icon > :first-child", None),
    "promise": (".action", "::before"),
}
"""Where a sign's colour is."""


def show(seen: Window, sign: str, told: str, around: str = "") -> None:
    """Put one sign in the place of a real page's content."""
    html = fill('<div class="{}"><div id="specimen">{}</div></div>', around, MAKERS[sign][1](told))
    seen.page.evaluate("html => { document.querySelector('article').innerHTML = html }", str(html))


@each_scheme
@pytest.mark.parametrize("around", ["", "card"])
def test_every_sign_stands_out_from_its_ground(
    scheme: str, around: str, sites: dict[str, Built], browser: Browser
) -> None:
    """3 to 1 or more, on the page and on a card; a day on which nobody knows has its outline for that."""
    faults = []
    site = sites["velorent"]
    with served(site.folder) as base, window(browser, base, site.now, color_scheme=scheme) as seen:
        seen.open("")
        for sign, told in all_signs():
            show(seen, sign, told, around)
            where, part = SIGNS[sign]
            colours, layers = seen.page.locator(f"#specimen {where}").first.evaluate(_MARK, part)
            colours = colours[::-1] if told == "maybe" and sign == "bar" else colours
            behind = ground(layers)
            if (ratio := contrast(visible(colours, behind), behind)) < MARK:
                faults.append(f"{sign} {told}: {ratio:.2f}")
    assert faults == []


def all_signs() -> Iterator[tuple[str, str]]:
    yield from ((sign, one) for sign, (told, _) in MAKERS.items() for one in told)


@each_scheme
@pytest.mark.parametrize(
    ("sign", "least"),
    [("label", 0.15), ("legend", 0.09), ("bar", 0.12), ("year", 0.08), ("icon", 0.05), ("promise", 0.005)],
)
def test_signs_differ_by_more_than_colour(
    sign: str, least: float, scheme: str, sites: dict[str, Built], browser: Browser
) -> None:
    """In greyscale and without one kind of cones, `least` of the picture still plainly differs between any two."""
    site = sites["velorent"]
    with (
        served(site.folder) as base,
        window(browser, base, site.now, color_scheme=scheme, device_scale_factor=2) as seen,
    ):
        seen.open("")
        pictures = {told: photograph(seen, sign, told) for told in MAKERS[sign][0]}
    close = [
        f"{one} and {other} in {name}: {share:.3f}"
        for one, other in combinations(pictures, 2)
        for name, share in differences(pictures[one], pictures[other]).items()
        if share < least
    ]
    assert close == []


def photograph(seen: Window, sign: str, told: str) -> Image.Image:
    """The sign alone, as large as it is on a page."""
    show(seen, sign, told)
    narrow = {"bar": "8px", "year": "14px"}.get(sign, "")
    seen.page.locator("#specimen").evaluate("(found, width) => { found.style.width = width }", narrow)
    target = {"bar": "svg", "year": "svg", "icon": ".icon", "label": ".state", "legend": ".state"}.get(sign, "li")
    picture = seen.page.locator(f"#specimen {target}").first.screenshot(animations="disabled")
    found = Image.open(BytesIO(picture))
    return found.crop((0, 0, 28 * 2, found.height)) if sign == "promise" else found


def test_a_state_is_always_a_word_too(sites: dict[str, Built]) -> None:
    """No label, banner or promise is a mere sign."""
    for site in sites.values():
        for address in site.pages():
            tree = site.tree(address)
            for found in tree.find_class("state") + tree.find_class("headline") + tree.find_class("action"):
                assert found.text_content().strip(), address


def test_what_is_nearly_the_same_is_noticed() -> None:
    """The measure itself: red and green of one lightness are the same in greyscale, black and white never are."""
    red, green, black, white = (Image.new("RGB", (2, 2), name) for name in ("#c00000", "#006b00", "black", "white"))
    assert differences(red, green)["greyscale"] == 0
    assert differences(red, green)["tritanopia"] == 1
    assert differences(black, white) == dict.fromkeys(EYES, 1)
    assert round(contrast((0, 0, 0), (1, 1, 1)), 2) == 21
    assert round(contrast((0.5, 0.5, 0.5), (1, 1, 1)), 1) == 4.0
