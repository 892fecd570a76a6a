"""Ids as Statuspage has them: 12 small letters and digits. They are made of names that never change."""

import re
from hashlib import sha256
from string import ascii_lowercase, digits

LENGTH = 12
_ID = re.compile(rf"[a-z0-9]{{{LENGTH}}}", re.ASCII)
_LETTERS = digits + ascii_lowercase


def id_of(kind: str, name: str) -> str:
    """The id of what is called `name`: the name itself where it has that form, as after a move from Statuspage.

    `kind` keeps apart what bears the same name; neither host nor language nor title goes into an id.
    """
    if _ID.fullmatch(name):
        return name
    number = int.from_bytes(sha256(f"{kind}/{name}".encode()).digest())
    return "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(LENGTH))
