"""The mark for tabs, bookmarks and home screens that take no SVG."""

from functools import cache
from io import BytesIO

from PIL import Image

from generator.addresses import SCREEN_ICON, TAB_ICON
from generator.pictures.cards import COLOURS
from generator.pictures.shapes import pulse, tile

_TAB = (16, 32, 48)
_SCREEN = 180


@cache
def render_icons() -> dict[str, bytes]:
    """`favicon.ico` and `apple-touch-icon.png`, for the root of the site."""
    return {TAB_ICON: _ico(), SCREEN_ICON: _png(_full(_SCREEN))}


def _full(size: int) -> Image.Image:
    """Without round corners or see-through parts: the home screen cuts its own."""
    image = Image.new("RGB", (size, size), COLOURS["plain"])
    image.paste("#fff", mask=pulse(size))
    return image


def _rounded(size: int) -> Image.Image:
    image = _full(size).convert("RGBA")
    image.putalpha(tile(size))
    return image


def _ico() -> bytes:
    *smaller, largest = map(_rounded, _TAB)
    file = BytesIO()
    largest.save(file, "ICO", sizes=[(size, size) for size in _TAB], append_images=smaller)
    return file.getvalue()


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.quantize(32, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
