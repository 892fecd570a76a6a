"""Words in pixels: a typeface that is always there, lines that never leave their place.

Source Sans has every letter of Europe, Greek and Cyrillic among them. What it does not have, such as emoji, is left
out rather than drawn as an empty box. Letters are set one by one: the machine's own shaping engine, if it has one,
would give other bytes than the next machine's.
"""

import re
import unicodedata
from functools import cache

from font_source_sans_pro import font_files_ttf
from PIL import ImageFont

BOLD, REGULAR = "SourceSansProSemibold", "SourceSansPro"
SPACING = 1.16
"""From line to line, in sizes of the letters."""
_LONGEST = 300
_MORE = "…"
_ALIKE = str.maketrans({"\u2011": "-", "\u00ad": "", "\u2007": "\u00a0"})


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_files_ttf[weight], size, layout_engine=ImageFont.Layout.BASIC)


def legible(text: str) -> str:
    """The text with single spaces, in letters that the typeface has; at most as long as a picture can hold."""
    known = "".join(char for char in unicodedata.normalize("NFC", text).translate(_ALIKE) if _is_known(char))
    words = re.sub(r"[ \t\r\n]+", " ", known).strip()
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + _MORE


@cache
def _is_known(char: str) -> bool:
    letters = font(BOLD, 40)
    return char in " \n\t" or bytes(letters.getmask(char)) != bytes(letters.getmask("\U0010ffff"))


def fitted(text: str, width: int, height: int, sizes: tuple[int, ...]) -> tuple[list[str], int]:
    """The lines of a bold text and the largest of `sizes` at which they fit; cut short where even the last does not."""
    for size in sizes:
        if _is_broken(text, BOLD, size, width):
            continue
        lines = wrapped(text, BOLD, size, width)
        if len(lines) * size * SPACING <= height:
            return _balanced(text, size, width, lines), size
    size = sizes[-1]
    lines, most = wrapped(text, BOLD, size, width), int(height / (size * SPACING))
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), BOLD, size, width)]
    return lines, size


def wrapped(text: str, weight: str, size: int, width: int) -> list[str]:
    """The text in lines of at most `width` pixels; a word that is longer is broken."""
    letters = font(weight, size)
    lines: list[str] = []
    for piece in (piece for word in text.split(" ") for piece in _pieces(word, letters, width)):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and letters.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def shortened(text: str, weight: str, size: int, width: int) -> str:
    """As much of the text as fits in one line, with a mark where something is missing."""
    letters = font(weight, size)
    if letters.getlength(text) <= width:
        return text
    while text and letters.getlength(text + _MORE) > width:
        text = text[:-1].rstrip()
    return text + _MORE


def _is_broken(text: str, weight: str, size: int, width: int) -> bool:
    return any(font(weight, size).getlength(word) > width for word in text.split(" "))


def _pieces(word: str, letters: ImageFont.FreeTypeFont, width: int) -> list[str]:
    if letters.getlength(word) <= width:
        return [word]
    pieces = [""]
    for char in word:
        if pieces[-1] and letters.getlength(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _balanced(text: str, size: int, width: int, lines: list[str]) -> list[str]:
    """The same number of lines, as even as they get."""
    for narrower in range(width // 2, width, 20):
        even = wrapped(text, BOLD, size, narrower)
        if len(even) == len(lines) and not _is_broken(text, BOLD, size, narrower):
            return even
    return lines
