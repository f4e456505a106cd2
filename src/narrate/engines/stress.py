"""A word with `ˈ` before it in the text is stressed: IPA's own mark, put there where an author used italics.

A word of no stress gets one, as "she" has in "I never said that *she* did"; a word that has one gets a
second mark, which the models draw out and say higher.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from narrate.engines.g2p import Word

_MARK = "ˈ"
_WORD = re.compile(  # one that brings its phonemes is left alone: the mark in it is its own
    r"\[[^\[\]\n]{1,80}\]\(/[^()/\n]{1,120}/\)|(ˈ?)([^\W\d_ˈ]+(?:['’-][^\W\d_ˈ]+)*)"
)
_FULL_VOWEL = re.compile("[AIOQWYaeiouɑɐɒæɔɛɜɪʊʌᵻ]")  # of "the" and "a", stressed, is another vowel

Place = tuple[str, int]
"""A word in small letters, and its number among its equals in the text."""


def lifted(text: str) -> tuple[str, frozenset[Place]]:
    """The text without its marks, and the words that had one."""
    if _MARK not in text:
        return text, frozenset()
    seen: Counter[str] = Counter()
    found: set[Place] = set()
    for match in _WORD.finditer(text):
        if match[2] is None:
            continue
        word = match[2].casefold()
        if match[1]:
            found.add((word, seen[word]))
        seen[word] += 1
    return _WORD.sub(lambda match: match[0] if match[2] is None else match[2], text), frozenset(found)


def stressed(words: Sequence[Word], places: Collection[Place]) -> Sequence[Word]:
    """The words, those at `places` with more stress. A word that the phonemizer cut is left as it is."""
    if not places:
        return words
    seen: Counter[str] = Counter()
    louder: list[Word] = []
    for word in words:
        text = word.text.casefold()
        stress = (text, seen[text]) in places
        seen[text] += 1
        louder.append(replace(word, phonemes=_more(word.phonemes)) if stress else word)
    return louder


def _more(phonemes: str) -> str:
    for mark, more in ((_MARK, _MARK + _MARK), ("ˌ", _MARK)):
        if mark in phonemes:
            return phonemes.replace(mark, more, 1)
    return _FULL_VOWEL.sub(rf"{_MARK}\g<0>", phonemes, count=1)
