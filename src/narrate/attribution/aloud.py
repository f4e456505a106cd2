"""Aloud or not: what stands in quote marks and is nobody's words, such as a title, a sign or a word named."""

from __future__ import annotations

import re

from narrate.attribution.lexicon import FUNCTION, SPEECH, word_set

_WORD = re.compile(r"[^\W\d_]+")
_NAMED_THINGS = word_set(
    """
    called named titled entitled labelled labeled marked stamped word words term phrase name title read
    reads said says spelled spelt printed written sign inscription headline headlined motto legend song
    book poem novel story article chapter known
    """
)
_WORKS = word_set(
    """
    song book poem novel story article chapter ballad film movie play show hymn tune album essay column
    """
)
_PARTS_OF_WORKS = word_set("copy copies volume page pages verse verses chorus recording performance strains")
_SPOKEN_END = re.compile(r"[.!?,…—–\-;:]['’”\"»“*_)]*$")


def is_speech(text: str, start: int, end: int) -> bool:
    """Whether marks hold somebody's words, and not a title, a sign, a scare quote or a word named."""
    inner = text[start + 1 : end - 1].strip()
    words = _WORD.findall(inner[:200])
    if not words:
        return bool(inner) and start == 0  # "...": a speaker with nothing to say
    before = text[:start].rstrip() if start < 400 else text[start - 400 : start].rstrip()
    if not before:
        return True
    ends_spoken = bool(_SPOKEN_END.search(inner[-12:]))
    last = _WORD.findall(before[-30:])
    lead = last[-1].lower() if last and before[-1].isalpha() else ""
    if before[-1] in ":,":
        return ends_spoken or len(words) > 1 or inner[:1].isupper()
    if before[-1] in ".!?…”\"»’'—–-;)*_“" and not inner[:1].islower():
        return True
    after = text[end : end + 40].lstrip()
    follow = _WORD.findall(after)[:3]
    if lead == "of" and len(last) > 1 and last[-2].lower() in _PARTS_OF_WORKS:
        return False
    if lead in _WORKS and not any(w in SPEECH for w in follow):
        return False
    if lead in ("read", "reads") and not ends_spoken:
        return False
    if lead in SPEECH and (inner[:1].isupper() or ends_spoken) and not _thing_speaks(last):
        return True
    if follow and ends_spoken and any(w in SPEECH for w in follow):
        return True
    if before[-1] in ".!?…”\"»’'—–-;)":
        return ends_spoken or len(words) > 4
    if lead in _NAMED_THINGS or lead in FUNCTION:
        if lead in _NAMED_THINGS or lead == "the":
            return inner[:1].isupper() and inner[-1:] in "!?" and len(words) > 1
        return ends_spoken and (
            inner[-1:] in "!?"
            or len(words) > (1 if inner[:1].isupper() and follow and follow[0] == "and" else 3)
        )
    return inner[:1].isupper() and ends_spoken and len(words) > 1


def _thing_speaks(last: list[str]) -> bool:
    """`whose tag reads "..."`, `the sign said "..."`."""
    things = {
        "sign",
        "tag",
        "label",
        "notice",
        "letter",
        "note",
        "card",
        "plate",
        "poster",
        "headline",
        "board",
        "door",
    }
    return any(w.lower() in things for w in last[-3:])
