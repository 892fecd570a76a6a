"""Pictures of the state for shared links, icons, and the logo: sound, small, in the words and colours of the page."""

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import Image

from generator.config import read_theme
from generator.headline import headline
from generator.history import History
from generator.language import language
from generator.model import Incident
from generator.pictures import lettering, render_card, render_icons, render_report_card
from generator.pictures.cards import COLOURS
from generator.pictures.shapes import PULSE, sign
from generator.records import Records, Unreadable
from generator.settings import Settings, read_settings
from generator.site import build_site
from tests.builders import BERLIN, COMPONENTS, SETTINGS, entry, history, incident, outage, settings, utc
from tests.built import Built, resolve

NOW = utc("2026-03-02 12:00")
DE, EN, FR = (language(code, BERLIN) for code in ("de", "en", "fr"))
WORK = entry("2026-03-02 11:00", "in_progress", {"shop": "under_maintenance"})
PRESENT: dict[str, tuple[Incident, ...]] = {
    "good": (),
    "minor": (outage("2026-03-02 10:00", state="partial_outage"),),
    "major": (outage("2026-03-02 10:00"),),
    "critical": tuple(outage("2026-03-02 10:00", name=name, id=name) for name in COMPONENTS),
    "maintenance": (
        incident([WORK], kind="maintenance", scheduled={"start": "2026-03-02 11:00", "end": "2026-03-02 13:00"}),
    ),
}
"""Tone to the records that bring it about."""
LONGEST = 25_000


def present(tone: str) -> History:
    if tone == "unknown":
        return History(settings(), NOW, (), (Unreadable("one", "One", may_be_ongoing=True),))
    return history(PRESENT[tone], NOW)


def opened(card: bytes) -> Image.Image:
    image = Image.open(BytesIO(card))
    image.load()
    return image.convert("RGB")


def colours(card: bytes) -> list[tuple[str, int]]:
    """The colours of a picture with their number of pixels, the most frequent first."""
    counted = sorted(opened(card).getcolors(256) or [], reverse=True)
    return [("#{:02x}{:02x}{:02x}".format(*colour), pixels) for pixels, colour in counted]  # type: ignore[misc]


# The state as a picture


@pytest.mark.parametrize("tone", [*PRESENT, "unknown"])
def test_the_card_has_the_colour_and_the_sign_of_the_state(tone: str) -> None:
    """A whole PNG of 1200 by 630, mostly in the tone's colour, with the tone's sign in white."""
    found = present(tone)
    assert headline(found, DE)[0] == tone
    card = render_card(found, DE)
    assert len(card) <= LONGEST
    assert opened(card).size == (1200, 630)
    (ground, most), (white, _), *_ = colours(card)
    assert (ground, white) == (COLOURS[tone], "#ffffff")
    assert most > 1200 * 630 * 0.6
    drawn = opened(card).convert("L").crop((820, 165, 1120, 465))
    expected = sign(tone, 300)
    both = zip(drawn.tobytes(), expected.tobytes(), strict=True)
    assert all(shade > 245 for shade, meant in both if meant == 255)


def test_every_tone_has_a_colour_and_a_sign_of_its_own() -> None:
    """Told apart without colour, and without the sign."""
    tones = [*PRESENT, "unknown", "plain"]
    assert set(tones) == set(COLOURS)
    assert len(set(COLOURS.values())) == len(tones)
    assert len({sign(tone, 120).tobytes() for tone in tones}) == len(tones)


def test_the_words_are_white_on_a_dark_enough_ground() -> None:
    """4.5:1 at least, as WCAG 2.2 measures it (1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in COLOURS.values())


def test_the_same_state_gives_the_same_bytes() -> None:
    """And another state, instant or language gives others."""
    cards = [
        render_card(present("good"), DE), render_card(present("major"), DE), render_card(present("good"), EN),
        render_card(history((), utc("2026-03-02 12:01")), DE), render_report_card(present("good"), DE),
    ]  # fmt: skip
    assert render_card(present("good"), DE) == cards[0]
    assert len(set(cards)) == len(cards)


def test_the_card_of_the_past_knows_nothing_of_the_present() -> None:
    """It stays byte-equal whatever happens."""
    assert render_report_card(present("good"), DE) == render_report_card(present("critical"), DE)
    assert colours(render_report_card(present("good"), DE))[0][0] == COLOURS["plain"]


# Words that fit


def test_the_typeface_has_the_letters_of_our_languages() -> None:
    """Nothing that our own texts are made of is left out, nor anything European names are written with."""
    ours = {char for words in (DE, EN, FR) for char in str(words.texts)}
    for char in {*ours, *"äöüÄÖÜßẞéèêëçœæîïôùûÿÉÈÇŒñøåłžčšğışőűđ„“”’»«–—…€ЖжЩщΑαΩω"}:
        assert char.isspace() or lettering.legible(f"a{char}a") == f"a{char}a", f"U+{ord(char):04X}"


def test_what_the_typeface_lacks_is_left_out() -> None:
    """No empty boxes; accents come together with their letters, hyphens that break no line are hyphens."""
    assert lettering.legible("Läuft 🎉\u200d 中 Status\n\tjetzt") == "Läuft Status jetzt"
    assert lettering.legible("u\u0308ber E\u2011Mail, Ver\u00adfügbarkeit") == "über E-Mail, Verfügbarkeit"


TEXTS = (
    "Alles läuft.",
    "Zurzeit ausgefallen: Bestellseite, Theken-App, Tourenplanung, Rechnungen und Benachrichtigungen.",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz " * 5,
    "W" * 5000,
    "",
    "🎉",
)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12] or "nothing")
def test_no_line_leaves_its_place(text: str) -> None:
    """As large as fits; what does not fit even in small letters ends with a mark."""
    lines, size = lettering.fitted(lettering.legible(text), 670, 282, (104, 62, 40))
    letters = lettering.font(lettering.BOLD, size)
    assert all(letters.getlength(line) <= 670 for line in lines)
    assert len(lines) * size * lettering.SPACING <= 282
    said, shown = lettering.legible(text).replace(" ", ""), "".join(lines).replace(" ", "")
    assert shown == said or (shown.endswith("…") and said.startswith(shown[:-1]))


@pytest.mark.parametrize("text", TEXTS[1:4], ids=lambda text: text[:12])
def test_nothing_is_drawn_beyond_the_margin(text: str) -> None:
    """A name or headline of any length leaves the edge of the card and the space around the sign free."""
    shop = {"id": "shop", "name": text[:200]}
    found = history(PRESENT["major"], NOW, components=(shop, "tours", "api"))
    found = replace(found, settings=replace(found.settings, name=text))
    card = render_card(found, EN)
    image = opened(card)
    edges = [(0, 0, 1200, 60), (0, 570, 1200, 630), (0, 0, 70, 630), (1125, 0, 1200, 630), (760, 150, 815, 480)]
    ground = bytes.fromhex(COLOURS["major"][1:])
    for edge in edges:
        part = image.crop(edge)
        assert part.tobytes() == ground * (part.width * part.height), edge
    assert len(card) <= LONGEST


def test_lines_are_even() -> None:
    """No last line with one lonely word."""
    lines, _ = lettering.fitted("Was war und was wir daraus lernen", 670, 282, (88,))
    assert lines == ["Was war und was", "wir daraus lernen"]


# In the pages


def shared(built: Built, page: str) -> dict[str, str]:
    """What a page says of itself to those who share it; nothing of it twice, but other languages."""
    found: dict[str, str] = {}
    for element in built.tree(page).iter("meta"):
        name = element.get("property") or element.get("name") or ""
        if name.startswith(("og:", "twitter:")) and name != "og:locale:alternate":
            assert name not in found, f"{page}: {name} twice"
            found[name] = element.get("content")
    return found


@pytest.mark.parametrize("name", ["velorent", "demo"])
def test_every_page_can_be_shared(name: str, sites: dict[str, Built]) -> None:
    """Title, description, address, language and a picture that is there, with its words for those who cannot see it."""
    built = sites[name]
    for page in built.pages():
        told, code = shared(built, page), built.language_of(page)
        assert told["og:url"] == built.url + page == built.tree(page).find(".//link[@rel='canonical']").get("href")
        assert told["og:title"] in built.text(page)
        assert told["og:description"] == built.tree(page).find(".//meta[@name='description']").get("content")
        assert told["og:site_name"] == built.project.settings.name
        assert told["og:locale"] == {"de": "de_DE", "en": "en_GB", "fr": "fr_FR"}[code]
        assert told["og:type"] == ("article" if built.inside(page).startswith("incidents/") else "website")
        assert told["twitter:card"] == "summary_large_image"
        image = told["og:image"].removeprefix(built.url + built.project.settings.prefix(code)).partition("?")[0]
        assert image in ("card.png", "card-report.png")
        size = (int(told["og:image:width"]), int(told["og:image:height"]))
        assert Image.open(built.file(built.project.settings.prefix(code) + image)).size == size
        assert told["og:image:alt"].startswith(built.project.settings.name)


def test_other_languages_of_a_page_are_named(sites: dict[str, Built]) -> None:
    """Each once, and not its own."""
    for page in ("uptime/", "en/uptime/", "fr/uptime/"):
        others = sites["demo"].tree(page).findall(".//meta[@property='og:locale:alternate']")
        named = {element.get("content") for element in others}
        assert len(others) == len(named) == 2
        assert shared(sites["demo"], page)["og:locale"] not in named


def test_only_pages_about_the_present_show_the_state(sites: dict[str, Built]) -> None:
    """Their picture says what their front page says; its address is new with each build, so that none is kept."""
    built = sites["demo"]
    words = built.tree("").find_class("headline")[0].text_content()
    for page in ("", "uptime/", "commitments/", "components/shop/", "history/"):
        told = shared(built, page)
        assert told["og:image"] == f"{built.url}card.png?2026-10-20T08:15:00Z"
        assert words in told["og:image:alt"]
    for page in ("subscribe/", "imprint/", "privacy/", "history/2025/"):
        told = shared(built, page)
        assert told["og:image"] == f"{built.url}card-report.png"
        assert words not in told["og:image:alt"]


def test_a_post_mortem_is_shared_without_a_state() -> None:
    """While it goes on, its page shows the state; afterwards it never does again."""

    def front_matter(record: Incident) -> str:
        built = build_site(Records((record,)), settings(), NOW)
        return str(built["en/incidents/one.md"]).split("\n---\n")[0]

    assert '\ncard: "Invented Status: Down at the moment: Shop. As of ' in front_matter(outage("2026-03-02 10:00"))
    assert "card:" not in front_matter(outage("2026-03-02 10:00", "2026-03-02 11:00"))


def test_an_unknown_address_is_not_for_sharing(sites: dict[str, Built]) -> None:
    """The page for it has no address of its own."""
    assert b"og:" not in (sites["demo"].folder / "404.html").read_bytes()


# Icons and the logo


def test_the_icons_show_the_mark() -> None:
    """The tab's in three sizes with round corners, the home screen's without: it cuts its own."""
    icons = render_icons()
    tab = Image.open(BytesIO(icons["favicon.ico"]))
    assert tab.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert tab.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]
    screen = opened(icons["apple-touch-icon.png"])
    assert screen.size == (180, 180)
    accent = tuple(bytes.fromhex(COLOURS["plain"][1:]))
    assert {screen.getpixel(corner) for corner in ((0, 0), (179, 0), (0, 179), (179, 179))} == {accent}
    assert screen.getpixel((180 * 10 // 32, 180 * 17 // 32)) == (255, 255, 255)
    assert sum(map(len, icons.values())) < 5_000
    assert icons == render_icons.__wrapped__()


def test_the_mark_is_the_same_in_pixels_and_as_a_drawing() -> None:
    """The same line on the same grid, and the same colour, as `icon.svg`."""
    drawing = etree.fromstring(read_theme("de")["de/assets/icon.svg"])
    assert drawing.get("viewBox") == "0 0 32 32"
    tile, line = drawing
    assert tile.get("fill") == COLOURS["plain"]
    assert tuple((round(x, 3), round(y, 3)) for x, y in _points(line.get("d"))) == PULSE


def _points(path: str) -> list[tuple[float, float]]:
    """The points of an SVG path of lines."""
    x = y = 0.0
    points = []
    for command, numbers in re.findall(r"([MHhl])([^A-Za-z]*)", path):
        given = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        for pair in [(given[0], 0.0)] if command in "Hh" else zip(given[::2], given[1::2], strict=True):
            x = pair[0] if command in "MH" else x + pair[0]
            y = y + pair[1] if command in "hlH" else pair[1]
            points.append((x, y))
    return points


def test_every_page_names_icons_that_are_there(sites: dict[str, Built]) -> None:
    """A drawing for those who take it, pixels for the others and for the home screen; the 404 page, too."""
    built = sites["demo"]
    for page in ("", "en/", "fr/incidents/2026-10-20-slow-orders/"):
        found = built.tree(page).findall(".//link[@rel='icon']") + built.tree(page).findall(
            ".//link[@rel='apple-touch-icon']"
        )
        files = [built.file(resolve(page, element.get("href"))[0]) for element in found]
        assert [file.name for file in files] == ["favicon.ico", "icon.svg", "apple-touch-icon.png"]
        assert all(file.is_file() for file in files)


def with_logo(folder: Path, name: str, *files: str) -> tuple[Settings | None, list[str]]:
    """The smallest settings with a logo, and these files beside the hand-written pages."""
    for file in files:
        path = folder / "docs" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    path = folder / "mkdocs.yml"
    path.write_text(f"{SETTINGS}    logo: {name}\n", encoding="utf-8")
    found, problems = read_settings(path)
    return found, [str(problem) for problem in problems]


def test_a_logo_takes_the_place_of_the_mark(tmp_path: Path) -> None:
    """It is published as it is, and every language's pages are told of it."""
    found, problems = with_logo(tmp_path, "pictures/logo.svg", "de/pictures/logo.svg")
    assert found
    assert not problems
    site = build_site(Records(()), found, NOW)
    assert site["de/pictures/logo.svg"] == b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    for code in ("de", "en"):
        assert json.loads(str(site[f"{code}.yml"]))["extra"]["site"]["logo"] == "pictures/logo.svg"
    assert "\n/pictures/logo.svg\n  Cache-Control: " in str(site["de/_headers"])


def test_a_logo_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    """A page without its logo is better than no page."""
    found, problems = with_logo(tmp_path, "logo.svg", "en/logo.svg")
    assert found
    hint = "Put it there, or correct its name; until then our own mark is shown"
    assert problems == [f"mkdocs.yml:15:5: extra.status.logo: there is no file docs/de/logo.svg. {hint}"]
    site = build_site(Records(()), found, NOW)
    assert json.loads(str(site["de.yml"]))["extra"]["site"]["logo"] is None


@pytest.mark.parametrize("name", ["../logo.svg", "/logo.svg", "logo", "https://example.net/logo.svg", "logo.html"])
def test_a_logo_is_a_picture_of_ours(name: str, tmp_path: Path) -> None:
    """No other folder, no other host, nothing that is no picture."""
    found, problems = with_logo(tmp_path, name)
    assert found is None
    hint = "Write it like logo.svg or assets/logo.png"
    assert problems == [f"mkdocs.yml:15:5: extra.status.logo: '{name}' is not a picture's file name. {hint}"]


def test_an_icon_of_the_publisher_takes_the_place_of_ours(tmp_path: Path) -> None:
    """Put into the first language's folder under the same name."""
    found, _ = with_logo(tmp_path, "logo.svg", "de/logo.svg", "de/favicon.ico", "de/assets/icon.svg")
    assert found
    site = build_site(Records(()), found, NOW)
    assert site["de/favicon.ico"] == site["de/assets/icon.svg"] == site["de/logo.svg"]
    assert site["de/apple-touch-icon.png"] == render_icons()["apple-touch-icon.png"]


def test_the_header_shows_the_logo() -> None:
    """In the theme the logo stands where the mark stood, without words of its own beside the name."""
    header = read_theme("de")["theme/partials/header.html"].decode()
    image = html.fragment_fromstring(next(line for line in header.splitlines() if "<img" in line).strip())
    assert image.get("alt") == ""
    assert "{{ site.logo | e }}" in header
