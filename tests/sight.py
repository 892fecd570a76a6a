"""What eyes make of colours: contrast, and the view of those who see other colours, or none.

Contrast is that of WCAG 2.2. Missing cones are simulated with the matrices of Machado, Oliveira and Fernandes,
"A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1, on linear RGB.
"""

from collections import Counter
from collections.abc import Callable

from PIL import Image

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1, as they are sent to the screen (sRGB)."""
_Matrix = tuple[Colour, Colour, Colour]

_MISSING_CONES: dict[str, _Matrix] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_GREY: _Matrix = ((0.2126, 0.7152, 0.0722),) * 3
"""Each channel becomes the luminance: a black and white print."""


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 for black and 1 for white."""
    return sum(weight * _linear(channel) for weight, channel in zip(_GREY[0], colour, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour: Colour, alpha: float, ground: Colour) -> Colour:
    """A colour that lets something of its ground through."""
    red, green, blue = (alpha * front + (1 - alpha) * back for front, back in zip(colour, ground, strict=True))
    return red, green, blue


def _through(matrix: _Matrix) -> Callable[[Colour], Colour]:
    def seen(colour: Colour) -> Colour:
        linear = [_linear(channel) for channel in colour]
        red, green, blue = (sum(w * c for w, c in zip(row, linear, strict=True)) for row in matrix)
        return _lightness(red), _lightness(green), _lightness(blue)

    return seen


def _lightness(linear: float) -> float:
    """A linear value back on the scale on which equal steps look about equal."""
    held = min(1.0, max(0.0, linear))
    return held * 12.92 if held <= 0.0031308 else 1.055 * held ** (1 / 2.4) - 0.055


EYES: dict[str, Callable[[Colour], Colour]] = {
    "greyscale": _through(_GREY),
    **{name: _through(matrix) for name, matrix in _MISSING_CONES.items()},
}
"""A way of seeing to what it makes of a colour."""


def differences(one: Image.Image, other: Image.Image) -> dict[str, float]:
    """Per way of seeing: the share of two equally large pictures that plainly differs, from 0 to 1.

    Plainly: some channel by a fifth of its range, which is far more than anybody needs side by side.
    """
    assert one.size == other.size
    pairs = Counter(zip(_pixels(one), _pixels(other), strict=True))
    whole = pairs.total()
    return {name: sum(n for pair, n in pairs.items() if _apart(*pair, eyes)) / whole for name, eyes in EYES.items()}


def _apart(one: bytes, other: bytes, eyes: Callable[[Colour], Colour]) -> bool:
    seen = zip(eyes(_colour(one)), eyes(_colour(other)), strict=True)
    return max(abs(a - b) for a, b in seen) >= 0.2


def _colour(pixel: bytes) -> Colour:
    return pixel[0] / 255, pixel[1] / 255, pixel[2] / 255


def _pixels(picture: Image.Image) -> list[bytes]:
    raw = picture.convert("RGB").tobytes()
    return [raw[at : at + 3] for at in range(0, len(raw), 3)]
