"""Given names as their bearers say them, for the voices whose G2P guesses at them."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from narrate.speaking.page import Page
from narrate.speaking.pronounce import possessive


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    """Name -> phonemes, of `names.txt`."""
    text = files("narrate.speaking").joinpath("names.txt").read_text(encoding="utf-8")
    rows = (line.partition(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: phonemes for name, _, phonemes in rows}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    # Longest first: "Jean-Luc" before "Jean". A first look at the capital keeps it quick.
    words = "|".join(sorted(map(re.escape, table()), key=len, reverse=True))
    return re.compile(rf"(?<![\w'-])(?=[A-ZÀ-Þ])({words})('s)?(?![\w'-])")


def names(text: str, page: Page) -> str:
    """Siobhan, Sean, Hermione, Chloë: names that a guess from the letters gets wrong."""
    if page.style != "phonemes":
        return text
    return _pattern().sub(lambda m: _said(m, page), text)


def _said(match: re.Match[str], page: Page) -> str:
    phonemes = table()[match.group(1)]
    return page.say(match.group(), phonemes + (possessive(phonemes) if match.group(2) else ""), match.group())
