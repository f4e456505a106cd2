"""What nobody hears: invisible characters, odd spaces, letters in fancy dress; and the last sweep."""

from __future__ import annotations

import re
import unicodedata

from narrate.speaking import lexicon
from narrate.speaking.page import HELD, Page

# Everything that ordinary English prose is made of; a text of these alone needs no cleaning.
_odd = re.compile(r"[^ -~‘’“”—–…éèêçñàâîôûüöäïëáíóú£€°½¼¾]")
# Controls, soft hyphen, zero-width and bidi marks, BOM, variation selectors, tags, private use.
_unseen = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    f"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd{HELD}"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff\ud800-\udfff]"
)
_spaces = re.compile("[\t \x85\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_breaks = re.compile(" *(?:\r\n?|[\n\u2028\u2029\v\f]) *")
# Full-width, mathematical, circled and small-form letters and digits, ligatures, the long s.
_dressed = re.compile(
    "[ſǄ-ǌǱ-ǳᴀ-ᴢ\u2460-\u24ea\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff\U0001f130-\U0001f149]+"
)
_SMALL_CAPS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")
_joined = str.maketrans({"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"})
_marks = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_digit = re.compile(r"[^\W\D]")
_accented = re.compile(r"[^\W\d_]*[À-ÖØ-öø-ſ][^\W\d_]*")

_wide = re.compile(r"\s{2,}|[\t\r\n\f\v]")
_before_mark = re.compile(r" +(?=[,.;:!?…](?!\w))")
_double_comma = re.compile(r",(?:\s*,)+")
_comma_stop = re.compile(r",+\s*(?=[.;:!?…—])")
_stop_comma = re.compile(r"(?<=[;:!?…—])\s*,+")
_open_mark = re.compile(r"^[\s,.;:)\]…—–-]+")


def clean(text: str, page: Page) -> str:
    """Invisible characters gone, spaces plain, fancy letters as the letters they stand for."""
    if "  " in text:
        text = _spaces.sub(" ", text)  # always: later patterns count on there being one space
    if not _odd.search(text):
        return text
    text = _unseen.sub("", text)
    text = _breaks.sub("\n", text)
    text = _spaces.sub(" ", text)
    text = unicodedata.normalize("NFC", text)
    text = _marks.sub("", text)  # what NFC could not join to a letter is decoration
    text = _dressed.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    text = text.translate(_SMALL_CAPS).translate(_joined)
    return _digit.sub(_plain_digit, text)


def _plain_digit(match: re.Match[str]) -> str:
    c = match.group()
    return c if c.isascii() else str(unicodedata.decimal(c, c))


# Without the accent each of these is another word.
_KEPT = frozenset(
    [
        "résumé",
        "résumés",
        "exposé",
        "exposés",
        "rosé",
        "pâté",
        "lamé",
        "saké",
        "maté",
        "touché",
        "passé",
        "coupé",
        "flambé",
        "piqué",
        "saké",
    ]
)


def accents(text: str, page: Page) -> str:
    """Zoë as Zoe: an accent that the dictionaries do not know, on a word that they do."""
    return _accented.sub(_without_accent, text)


def _without_accent(match: re.Match[str]) -> str:
    word = match.group()
    if word.lower() in _KEPT or lexicon.known(word):
        return word
    if len(word) < 3:
        return word
    plain = _marks.sub("", unicodedata.normalize("NFD", word))
    return plain if plain != word and lexicon.known(plain) else word


def tidy(text: str, page: Page) -> str:
    """One space between words, none before a mark, no comma beside a stronger mark or at the start."""
    text = _wide.sub(" ", text)
    if " ," in text or ",," in text or ", ," in text or _before_mark.search(text):
        text = _before_mark.sub("", text)
        text = _double_comma.sub(",", text)
    if "," in text:
        text = _comma_stop.sub("", text)
        text = _stop_comma.sub("", text)
    return _open_mark.sub("", text).strip()
