"""Words that the author masked, f*ck and sh!t and d--n: said, since a reader has understood them."""

from __future__ import annotations

import re

from narrate.speaking.page import Page

_WORDS = (
    "fuck", "fucks", "fucked", "fucker", "fuckers", "fucking", "fuckin", "motherfucker", "motherfuckers",
    "motherfucking", "shit", "shits", "shitty", "bullshit", "bitch", "bitches", "bitching", "ass", "asses",
    "asshole", "assholes", "arse", "bastard", "bastards", "damn", "damned", "goddamn", "hell", "crap", "dick",
    "dicks", "cunt", "cock", "whore", "slut", "piss", "pissed", "bloody", "god", "kill", "killed", "suicide",
    "sex", "rape", "drugs",
)  # fmt: skip
_MASK = "*@#$!%1034"
_masked = re.compile(
    r"(?<![\w*@#$%&])[A-Za-z](?=[A-Za-z*@#$!%1034]{0,15}[*@#$!%1034])[A-Za-z*@#$!%1034]{2,15}(?!\w)"
)
_struck = re.compile(
    r"\b(?:([Dd])-(n)|([Dd])(?:-{2,4}|[–—]{1,4})(n|d|nd|ned|mned|mn)|([Hh])(?:-{2,4}|[–—]{1,4})(ll?)"
    r"|([Bb])(?:-{2,4}|[–—]{1,4})(dy|y|h|d)|([Ss])(?:-{2,4}|[–—]{1,4})(t))\b(?!['’])"
)
_STRUCK = {"dn": "damn", "dmn": "damn", "dd": "damned", "dnd": "damned", "dned": "damned", "dmned": "damned",
           "hl": "hell", "hll": "hell", "bdy": "bloody", "by": "bloody", "bh": "bitch", "bd": "bastard",
           "st": "shit"}  # fmt: skip


def masked(text: str, page: Page) -> str:
    """f*ck, sh!t, d@mn, d--n: the word that is meant; of f*** only the letter is left."""
    text = _masked.sub(_unmasked, text)
    return _struck.sub(_unstruck, text)


def _unmasked(match: re.Match[str]) -> str:
    found = match.group()
    tail = ""
    while found.endswith("!") and not (len(found) < 5 and _meant(found)):  # "f*ck!": the last is a mark
        found, tail = found[:-1], "!" + tail
    word = _meant(found)
    if word:
        return _dressed(word, found) + tail
    if set(found[1:]) == {"*"} and len(found) > 2:
        return found[0].upper() + tail
    return match.group()


def _meant(found: str) -> str:
    """The listed word that fits, and whose letters are not all hidden; "" for none."""
    low = found.lower()
    if not any(c in "*@#$!%" or c.isdigit() for c in low) or not any(c.isalpha() for c in low[1:]):
        return ""
    fits = (
        w
        for w in _WORDS
        if len(w) == len(low) and all(c == x or c in _MASK for c, x in zip(low, w, strict=True))
    )
    return next(fits, "")


def _unstruck(match: re.Match[str]) -> str:
    letters = "".join(g for g in match.groups() if g)
    return _dressed(_STRUCK[letters.lower()], letters)


def _dressed(word: str, like: str) -> str:
    letters = [c for c in like if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    return word.capitalize() if like[0].isupper() else word
