"""The signs of the tones and the site's own mark as masks: what is seen is 255, what is not is 0."""

from functools import cache
from math import cos, radians, sin

from PIL import Image, ImageDraw

Point = tuple[float, float]
Line = tuple[Point, ...]
_FINE = 4
"""Shapes are drawn this much larger and then made smaller, which smooths their edges."""

_BODIES: dict[str, Line] = {
    "minor": ((12, 1.5), (23.5, 22), (0.5, 22)),
    "critical": ((7.5, 1), (16.5, 1), (23, 7.5), (23, 16.5), (16.5, 23), (7.5, 23), (1, 16.5), (1, 7.5)),
    "maintenance": ((12, 0.5), (23.5, 12), (12, 23.5), (0.5, 12)),
}
"""On a grid of 24; every other tone has a disc. The same signs as those in the pages."""
_HOOK = tuple((12 + 3 * cos(radians(angle)), 9.2 + 3 * sin(radians(angle))) for angle in range(180, 425, 4))
_LINES: dict[str, tuple[Line, ...]] = {
    "good": (((7, 12.5), (10.4, 15.9), (17, 9)),),
    "minor": (((12, 9), (12, 14.5)), ((12, 17.8),)),
    "major": (((12, 6.5), (12, 13.5)), ((12, 17.2),)),
    "critical": (((8.4, 8.4), (15.6, 15.6)), ((15.6, 8.4), (8.4, 15.6))),
    "maintenance": (((12, 7), (12, 12.4), (15.2, 14.4)),),
    "unknown": ((*_HOOK, (12.4, 12.6), (12, 13.9)), ((12, 17.2),)),
}
PULSE: Line = ((5, 17), (10, 17), (13.2, 9), (18.2, 24), (21.5, 17), (27, 17))
"""The mark's line on a grid of 32, as in `theme/assets/icon.svg`."""


@cache
def sign(tone: str, size: int) -> Image.Image:
    """The sign of a tone with its lines cut out; for `plain` the mark."""
    if tone == "plain":
        return mark(size)
    image, draw, unit = _grid(size, 24)
    if tone in _BODIES:
        draw.polygon([(x * unit, y * unit) for x, y in _BODIES[tone]], fill=255)
    else:
        draw.ellipse((unit, unit, 23 * unit, 23 * unit), fill=255)
    for line in _LINES[tone]:
        _stroke(draw, line, unit, 2.2, 0)
    return _smooth(image, size)


@cache
def mark(size: int) -> Image.Image:
    """The mark as a tile with its line cut out."""
    return _mark(size, 255, 0)


@cache
def tile(size: int) -> Image.Image:
    """The mark's tile alone."""
    return _mark(size, 255, 255)


@cache
def pulse(size: int) -> Image.Image:
    """The mark's line alone."""
    return _mark(size, 0, 255)


def _mark(size: int, ground: int, line: int) -> Image.Image:
    """The mark with its tile and its line in these shades."""
    image, draw, unit = _grid(size, 32)
    draw.rounded_rectangle((0, 0, image.width - 1, image.height - 1), 8 * unit, fill=ground)
    _stroke(draw, PULSE, unit, 2.6, line)
    return _smooth(image, size)


def _grid(size: int, units: int) -> tuple[Image.Image, ImageDraw.ImageDraw, float]:
    image = Image.new("L", (size * _FINE, size * _FINE), 0)
    return image, ImageDraw.Draw(image), image.width / units


def _stroke(draw: ImageDraw.ImageDraw, line: Line, unit: float, width: float, fill: int) -> None:
    """A line with round ends and corners; a single point is a dot."""
    points = [(x * unit, y * unit) for x, y in line]
    draw.line(points, fill, round(width * unit))
    radius = width * unit / 2
    for x, y in points:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _smooth(image: Image.Image, size: int) -> Image.Image:
    return image.resize((size, size), Image.Resampling.BOX)
