"""Text made safe for engines written in C, and text as an error message quotes it."""

from __future__ import annotations

import re
import unicodedata

_LONG_WORD = re.compile(r"(\S{40})(?=\S)")  # espeak-ng drops what a word has beyond 160 bytes


def printable(text: str) -> str:
    """`text` with every control character and lone surrogate as a space; "" where nothing can be heard.

    espeak-ng takes U+0001 for the start of a command, and C libraries take U+0000 for the end. A word
    of more than 40 characters is broken, so that none of it is lost.
    """
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text).strip()
    if not any(c.isalnum() or unicodedata.category(c)[0] == "S" for c in clean):
        return ""
    return _LONG_WORD.sub(r"\1 ", clean)


def excerpt(text: str, longest: int = 60) -> str:
    """The start of `text` on one line, as a message names it."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
