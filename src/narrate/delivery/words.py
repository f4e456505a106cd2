"""What a quote's own words and marks say of how it is said."""

from __future__ import annotations

import re
from typing import Literal

from narrate.script import Delivery

_CLOSERS = "\"'”’»)]}*_ \t\n"
_SENTENCE = re.compile(r"[^.!?…]*+[.!?…]*+")
_RUN = re.compile(r"([a-z])\1{2,}+", re.I)
_CRIED = re.compile(r"[a-z]{0,3}\W{0,3}!", re.I)
_WORD = re.compile(r"[^\W\d_]+")

Ending = Literal["trailing", "interrupted", ""]


def loudness(quote: str) -> Delivery | None:
    """shouted for capitals, `!!` and drawn-out cries; astonished for `?!`; exclaimed where `!` prevails."""
    if "!" not in quote and not _capitals(quote):
        return None
    if _capitals(quote) or "!!" in quote or _drawn_out(quote):
        return "shouted"
    if quote.rstrip(_CLOSERS).endswith(("?!", "!?")):
        return "astonished"
    exclaimed = whole = 0
    for sentence in _SENTENCE.findall(quote):
        letters = len(_WORD.findall(sentence))
        whole += letters
        exclaimed += letters * sentence.endswith("!")
    return "exclaimed" if 2 * exclaimed >= whole > 0 else None


def ending(quote: str, onward: str) -> Ending:
    """Whether a quote hangs or is cut off. `onward` is the next quote of its own sentence's, "" for none."""
    bare = quote.rstrip(_CLOSERS)
    if bare.rstrip("?!").endswith(("…", "...", ". . .")):
        return "trailing"
    if not bare.endswith(("—", "–", "--", "―")) or not any(map(str.isalnum, bare)):
        return ""
    goes_on = onward.lstrip("\"'“‘«([*_ \t\n")[:1]
    return "" if goes_on and (goes_on in "—–-" or goes_on.islower()) else "interrupted"


def _drawn_out(quote: str) -> bool:
    """`Noooo!`, `Heeeelp!`"""
    return any(_CRIED.match(quote, run.end()) for run in _RUN.finditer(quote))


def _capitals(quote: str) -> bool:
    """Whether most of it is in capitals that are more than a name in letters: `STOP!`, not `the FBI`."""
    words = _WORD.findall(quote)
    loud = [word for word in words if len(word) > 1 and word.isupper()]
    letters, capital = sum(map(len, words)), sum(map(len, loud))
    if capital < 4 or capital < 0.7 * letters:
        return False
    return len(loud) > 1 or "!" in quote
