"""The words that the G2P's dictionaries hold: which are known, and a guess for those that are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@lru_cache(maxsize=1)
def _g2p() -> Any:
    """hibari's American G2P: 0.3 s to load, and only a text with an odd word in it asks."""
    from hibari.g2p import G2P

    return G2P()


@lru_cache(maxsize=16384)
def known(word: str) -> bool:
    """Whether a dictionary holds the word, as written or capitalised, or as the root of an -s, -ed, -ing."""
    lexicon = _g2p().lexicon
    word = word.replace("’", "'")
    if word in lexicon.golds or word in lexicon.silvers:
        return True
    lower = word.lower()
    if not lower.isascii() or not lower.replace("'", "").isalpha():
        return False
    for stem in (lexicon.stem_s, lexicon.stem_ed, lexicon.stem_ing):
        if _rooted(lexicon, stem, lower):
            return True
    return False


def _rooted(lexicon: Any, stem: Any, word: str) -> bool:
    # The G2P counts every single letter and every run of capitals as known; a root has to be a real one.
    phonemes, _ = stem(word, None, None, None)
    if phonemes is None:
        return False
    roots = {word[:-1], word[:-2], word[:-3], word[:-3] + "e", word[:-3] + "y", word[:-4]}
    return any(len(r) > 1 and (r in lexicon.golds or r in lexicon.silvers) for r in roots)


def listed(word: str) -> bool:
    """Whether a dictionary holds exactly this spelling, capitals included: "FBI", "ok"."""
    lexicon = _g2p().lexicon
    return word in lexicon.golds.d or word in lexicon.silvers.d


def common(word: str) -> bool:
    """Whether the dictionary that was checked by hand holds the word: the other has many an odd name."""
    return word in _g2p().lexicon.golds


@lru_cache(maxsize=4096)
def guess(word: str) -> str:
    """The phonemes that the G2P gives the word, in Kokoro's alphabet; "" where it has none."""
    try:
        return str(_g2p()(word, normalize_text=False))
    except Exception:  # an odd word must not stop a listing: the G2P gives no promise for every input
        return ""


def unknown_words(texts: Iterable[str]) -> list[tuple[str, int, str]]:
    """The words that no dictionary holds: (word as first written, how often, guessed phonemes).

    Most frequent first, then alphabetical. Possessives count for their word, cases are one word.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(m.group() for m in _word.finditer(text))
    spellings: dict[str, tuple[str, int]] = {}
    for word, count in counts.items():
        base = word[:-2] if word[-2:] in ("'s", "’s") else word
        if len(base) < 2 or known(base) or known(base.lower()):
            continue
        first, total = spellings.get(base.lower(), (base, 0))
        spellings[base.lower()] = (first, total + count)
    found = [(word, count, guess(word)) for word, count in spellings.values()]
    return sorted(found, key=lambda item: (-item[1], item[0].lower()))
