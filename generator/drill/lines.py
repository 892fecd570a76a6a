"""Paragraphs as lines, with every command whole, so that it can be copied."""

import re
import textwrap

_GLUE = "\N{NO-BREAK SPACE}"
_COMMAND = re.compile(r"`[^`]*`")


def wrapped(text: str, width: int, indent: str = "", hanging: int = 0) -> list[str]:
    """The lines of a paragraph, all but the first indented by `hanging` more; commands stand in `backticks`.

    What another machine has said in it cannot steer the terminal.
    """
    printable = "".join(c if c.isprintable() else " " for c in text)
    whole = _COMMAND.sub(lambda command: command[0].replace(" ", _GLUE), printable)
    lines = textwrap.wrap(whole, width, initial_indent=indent, subsequent_indent=indent + " " * hanging,
                          break_long_words=False, break_on_hyphens=False)  # fmt: skip
    return [line.replace(_GLUE, " ") for line in lines]
