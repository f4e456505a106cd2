"""The words that the G2P's dictionaries hold, and its guess for those that they do not."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


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
    return any(_rooted(lexicon, stem, lower) for stem in (lexicon.stem_s, lexicon.stem_ed, lexicon.stem_ing))


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
