"""Where sentences end. Cuts only, never a change of text; one pass, linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOP = re.compile(
    # The look-behind and the possessive runs keep a megabyte of dots linear.
    r"""(?<![.!?…])(?P<mark>[.!?…]++)(?P<after>["'”’»)\]*_]*+)(?P<gap>\s++)"""  # closing quotes go with it
    r"""|(?P<wide>[。！？]+[」』”’）]*)"""  # Chinese and Japanese leave no gap
    r"""|(?P<verse>\n)\s*"""  # a line break that the reader kept is a line of verse
)
_OPENERS = "\"'“‘«([*_—–-¿¡"


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never the last word of a sentence: a name or a figure follows.
_TITLES = _listed(
    """
    mr mrs ms mx dr prof st ste mt ft rev fr hon gen col lt capt cpt cmdr sgt maj cpl pvt adm brig supt
    insp gov pres sen rep messrs mme mlle vs viz cf ca approx fig vol pp ed eds e.g i.e
    """
)
# The last word of a sentence only where a capital follows.
_EITHER = _listed(
    """
    etc esq jr sr inc ltd co corp bros a.m p.m am pm u.s u.k d.c ph.d m.d b.a m.a ave blvd rd
    """
)
# Not the last word where a figure follows: "No. 5", "Jan. 5"; but `"No. I will not."`
_BEFORE_FIGURES = _listed(
    """
    no nos p ch chap sec art jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
_LONGEST_WORD = 12  # characters: no abbreviation is longer, so no more is looked at


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence. Together they tile the text; white space closes the one before it."""
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if end < len(text) and (stop["mark"] is None or _ends(text, stop)):
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop, question mark, exclamation mark or ellipsis followed by a gap ends a sentence."""
    if "\n" in stop["gap"]:
        return True
    following = text[stop.end() : stop.end() + 4].lstrip(_OPENERS)[:1]
    if following.islower():
        return False  # `"What?" he said`, `well... perhaps`, an abbreviation nobody listed
    if stop["mark"] != ".":
        return True
    before = text[max(0, stop.start() - _LONGEST_WORD) : stop.start()].split()
    word = before[-1].lstrip(_OPENERS) if before and not text[stop.start() - 1].isspace() else ""
    folded = word.casefold()
    if folded in _TITLES:
        return bool(stop["after"])
    if folded in _BEFORE_FIGURES and following.isdigit():
        return False
    if folded in _EITHER:
        return following.isupper()
    if len(word) == 1 and word.isupper():  # an initial; but `It was I. He left.`
        return word == "I" and not _initial_follows(text, stop.end())
    # "J.R. Smith", "U.S. Marshals": an initial with others glued to it
    return not (len(word) >= 3 and word[-2] == "." and word[-1].isupper() and word[0].isupper())


def _initial_follows(text: str, at: int) -> bool:
    return text[at : at + 1].isupper() and text[at + 1 : at + 2] == "."
