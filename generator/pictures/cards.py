"""What a shared link shows: the state of the site, or its name alone, on a ground of one colour."""

from io import BytesIO

from PIL import Image, ImageDraw

from generator.headline import as_of, headline
from generator.history import History
from generator.language import Language
from generator.pictures.lettering import BOLD, REGULAR, SPACING, fitted, font, legible, shortened
from generator.pictures.shapes import mark, sign

WIDTH, HEIGHT = 1200, 630
"""What Facebook, LinkedIn, Slack, WhatsApp and X show whole."""
COLOURS = {
    "good": "#1b7f50", "minor": "#92640a", "major": "#bd480e", "critical": "#b3202c", "maintenance": "#2461a6",
    "unknown": "#5b6670", "plain": "#0a5a6e",
}  # fmt: skip
"""The ground of each tone: the stylesheet's, dark enough for white words."""
_MARGIN, _SIGN, _GAP, _MARK = 80, 300, 70, 60
_COLUMN = WIDTH - 2 * _MARGIN - _SIGN - _GAP
_SIZES = (104, 88, 78, 70, 62, 56, 50, 44, 40)
_LEVELS = 16
"""Steps from the ground to white: enough for smooth edges, and half a byte a pixel."""


def render_card(history: History, language: Language) -> bytes:
    """The present as a PNG: colour and sign of the tone, the headline, and as of when it holds."""
    tone, words = headline(history, language)
    return _card(tone, history.settings.name, words, as_of(history, language))


def render_report_card(history: History, language: Language) -> bytes:
    """The same without a state, for pages that tell of the past and never change."""
    return _card("plain", history.settings.name, language("card.report"), language("card.report_note"))


def _card(tone: str, name: str, words: str, note: str) -> bytes:
    canvas = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(canvas)
    canvas.paste(mark(_MARK), (_MARGIN, _MARGIN - 8))
    canvas.paste(sign(tone, _SIGN), (WIDTH - _MARGIN - _SIGN, (HEIGHT - _SIGN) // 2))
    left, middle = _MARGIN + _MARK + 22, _MARGIN - 8 + _MARK // 2
    title = shortened(legible(name), BOLD, 40, WIDTH - _MARGIN - left)
    draw.text((left, middle), title, 255, font(BOLD, 40), "lm")
    _headline(draw, legible(words))
    below = shortened(legible(note), REGULAR, 34, WIDTH - 2 * _MARGIN)
    draw.text((_MARGIN, HEIGHT - _MARGIN), below, 225, font(REGULAR, 34), "ls")
    return _png(canvas, COLOURS[tone])


def _headline(draw: ImageDraw.ImageDraw, words: str) -> None:
    """In the left column, in the middle between name and note."""
    top, bottom = _MARGIN + _MARK + 44, HEIGHT - _MARGIN - 84
    lines, size = fitted(words, _COLUMN, bottom - top, _SIZES)
    step = size * SPACING
    first = (top + bottom) / 2 - step * (len(lines) - 1) / 2
    for row, line in enumerate(lines):
        draw.text((_MARGIN, round(first + row * step)), line, 255, font(BOLD, size), "lm")


def _png(canvas: Image.Image, colour: str) -> bytes:
    """The canvas with its black as `colour`; equal pixels give equal bytes."""
    ground = tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
    top = _LEVELS - 1
    ramp = [round(part + (255 - part) * level / top) for level in range(_LEVELS) for part in ground]
    steps = canvas.point([round(value * top / 255) for value in range(256)])
    picture = Image.frombytes("P", steps.size, steps.tobytes())
    picture.putpalette(ramp)
    file = BytesIO()
    picture.save(file, "PNG", bits=4)
    return file.getvalue()
