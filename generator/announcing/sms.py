"""Text messages: what fits into one, and how many parts a longer one has (3GPP TS 23.038 and 23.040)."""

import re
import unicodedata

from generator.announcing.short import fitting, pieces_of
from generator.feeds.channel import Channel
from generator.news import Item

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Characters that take the room of two."""
_TYPEWRITER = str.maketrans(
    dict.fromkeys("„“”«»", '"') | dict.fromkeys("‚‘’‹›", "'") | dict.fromkeys("–—‐‑−", "-")
    | {"…": "...", "•": "-", "œ": "oe", "Œ": "OE", "\u00ad": "", "\u2060": "", "\u200b": ""}
)  # fmt: skip
"""What a text message has no room for to what it says instead; letters stay: nobody's name is misspelt."""
_ROOM = {True: (160, 153), False: (70, 67)}
"""Whether all is in the telephones' own alphabet: what a message alone has room for, and a part of several."""
WORTH = 40
"""Characters of words that a message should have beside its address; with fewer it gets another part."""


def render_sms(channel: Channel, item: Item) -> str:
    """The announcement as a text message, of one part unless name and address leave hardly any room for words."""
    pieces = pieces_of(channel, item)
    start, page = plain_characters(f"{channel.history.settings.name}:"), channel.page(item.course.incident)

    def join(words: list[str]) -> str:
        return " ".join([start, *(_ended(plain_characters(part)) for part in words), page])

    most = _parts_needed(plain_characters(pieces[0].words), length_of(join([])))
    return fitting(pieces, join, lambda text: parts_of(text) <= most)


def _parts_needed(title: str, taken: int) -> int:
    """The fewest parts in which there is room for words beside what is `taken`."""
    single, part = _ROOM[is_gsm(title)]
    return 1 if single - taken >= WORTH else -(-(taken + WORTH) // part)


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?", ":", "…")) else f"{words}."


def plain_characters(text: str) -> str:
    """The text in the characters of an old telephone as far as it can be; pictures in it are left out."""
    text = unicodedata.normalize("NFC", " ".join(text.split())).translate(_TYPEWRITER)
    kept = "".join(c for c in text if unicodedata.category(c) not in ("So", "Sk", "Cs", "Cf", "Mn", "Cc") or c == "^")
    return re.sub(r" +", " ", kept).strip()


def is_gsm(text: str) -> bool:
    """Whether all of it is in the telephones' own alphabet; one other character, and a part holds 70 of them."""
    return set(text) <= _BASIC | _EXTENDED


def length_of(text: str) -> int:
    """The room that a text takes, in the units of which a single message has 160 (own alphabet) or 70."""
    return sum(_sizes(text))


def _sizes(text: str) -> list[int]:
    """The room that each character takes; one that takes two is never torn apart."""
    if is_gsm(text):
        return [2 if c in _EXTENDED else 1 for c in text]
    return [len(c.encode("utf-16-le")) // 2 for c in text]


def parts_of(text: str) -> int:
    """How many messages a text is sent, and paid, as. Each part of several loses some room to its number."""
    single, part = _ROOM[is_gsm(text)]
    if length_of(text) <= single:
        return 1
    parts, used = 1, 0
    for size in _sizes(text):
        parts, used = (parts + 1, size) if used + size > part else (parts, used + size)
    return parts
