"""The words of a story that no dictionary knows: its names, most of them, for the writer to hear and mend."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from narrate.speaking import lexicon
from narrate.speaking.names import table
from narrate.speaking.page import Page
from narrate.speaking.pronounce import ipa
from narrate.speaking.sounds import sounds, stretched

_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ACRONYM = 5
"""Letters up to which a word seen in capitals only is spelled out, and so needs no pronunciation."""


def unknown_words(texts: Iterable[str]) -> list[tuple[str, int, str]]:
    """The words that no dictionary holds: (word as first written, how often, guessed IPA).

    Most frequent first, then alphabetical. Possessives count for their word and all its capitals are
    one word; acronyms and noises (Shh, Nooo) have rules of their own and are left out. The IPA is how the
    voices will say the word if nothing is done.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_word.findall(text))
    found: dict[str, tuple[str, int]] = {}
    for word, count in counts.items():
        base = word[:-2] if word[-2:] in ("'s", "’s", "'S", "’S") else word
        if (
            len(base) < 2
            or base.capitalize() in table()
            or lexicon.known(base)
            or lexicon.known(base.lower())
            or _is_noise(base)
        ):
            continue
        shown, total = found.get(base.lower(), (base, 0))
        found[base.lower()] = (base if shown.isupper() else shown, total + count)
    listed = [
        (word, count, ipa(lexicon.guess(word)))
        for word, count in found.values()
        if not (word.isupper() and len(word) <= _ACRONYM)
    ]
    return sorted(listed, key=lambda name: (-name[1], name[0].lower()))


def _is_noise(word: str) -> bool:
    page = Page(engine="", language="en", kind="narration", british=False)
    return sounds(stretched(word, page), page) != word
