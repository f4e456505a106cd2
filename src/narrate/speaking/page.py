"""What every rule is given beside the text: who will speak it, and a place to keep finished words.

A rule that knows exactly how a stretch is to sound puts it on the page and leaves one private-use
character in its place, so that no later rule touches it; `finished` puts all of them back. The text's
own private-use characters are gone by then (`cleaning` runs first), so nobody can forge one.
"""

from __future__ import annotations

import re
from typing import Literal

Style = Literal["phonemes", "respelling", "plain"]
"""How an engine is told a pronunciation: `[word](/phonemes/)` in the text, a word spelled the way it
sounds, or not at all."""

STYLES: dict[str, Style] = {
    "hibari": "phonemes",
    "kokoro": "phonemes",
    "espeak": "respelling",
    "pyttsx3": "respelling",
}

HELD = "\ue000-\uf8ff"
"""The range that stands for kept words, for use inside a character class."""

_closes = re.compile(r"[\"'”’)]*(?:$|\s+[\"'“‘(]*[A-ZÀ-Þ])")


def full_stop(match: re.Match[str]) -> str:
    """A full stop where the abbreviation's own also ended its sentence: a capital follows, or nothing."""
    ends = match.group().endswith(".") and _closes.match(match.string[match.end() : match.end() + 8])
    return "." if ends else ""


_FIRST, _LAST = 0xE000, 0xF8FF
_held = re.compile(f"[{HELD}]")

# A British voice drops the r that an American one says; the alphabet is the one of Kokoro's G2P.
_BRITISH = (
    ("ɜɹ", "ɜː"), ("ɔɹ", "ɔː"), ("ɑɹ", "ɑː"), ("ɛɹ", "ɛː"), ("ɪɹ", "ɪə"), ("əɹ", "ə"),
    ("O", "Q"), ("T", "t"), ("ᵻ", "ɪ"),
)  # fmt: skip


class Page:
    """One text on its way to one engine."""

    __slots__ = ("british", "held", "kind", "language", "style")

    def __init__(self, *, engine: str, language: str, kind: str, british: bool) -> None:
        self.style: Style = STYLES.get(engine, "plain")
        self.language = language
        self.kind = kind
        self.british = british
        self.held: list[str] = []

    def hold(self, words: str) -> str:
        """A stand-in for words that no later rule may change."""
        if len(self.held) > _LAST - _FIRST:  # a text with more than 6,400 of them is no story
            return words
        self.held.append(words)
        return chr(_FIRST + len(self.held) - 1)

    def say(self, word: str, phonemes: str, respelling: str) -> str:
        """`word` to be spoken as told, in the engine's own manner; a plain engine gets the respelling."""
        if self.style != "phonemes":
            return self.hold(respelling)
        if self.british:
            for american, british in _BRITISH:
                phonemes = phonemes.replace(american, british)
        return self.hold(f"[{word}](/{phonemes}/)")

    def finished(self, text: str) -> str:
        """The text with every kept word back in its place."""
        if not self.held:
            return text
        held = self.held

        def back(match: re.Match[str]) -> str:
            k = ord(match.group()) - _FIRST
            return held[k] if k < len(held) else ""

        return _held.sub(back, text)
