"""What the two neural engines share on the way from text to samples."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from narrate.audio import Audio, Samples
from narrate.cast import Voice
from narrate.engines.g2p import SOUNDS, Phonemizer, speakable, vocabulary
from narrate.engines.shaping import factor, joined, played, silence, trimmed
from narrate.engines.splitting import pieces
from narrate.engines.stress import lifted, stressed

RATE = 24_000  # Hz, of both models

REVISION = "4"
"""Goes into every neural engine's version. Raise it when g2p, splitting or shaping change what is heard."""

_NOTHING_MS = 300  # what is left of a text without a single sound: a beat, not an error, so no line is lost

_REST_MS = 100  # for a lone mark among words, beside the pause that it makes anyway
_LEAST = 30  # phonemes a piece, however slow

Say = Callable[[str, float], Samples]
"""Phonemes and a speed for the model -> samples at RATE."""


@cache
def phonemizer() -> Phonemizer:
    """One for the whole process: hibari and Kokoro read with the same dictionaries, 150 MB once."""
    return Phonemizer()


def numbers(phonemes: str) -> list[int]:
    """What the models are given: a number a phoneme, between two zeros."""
    known = vocabulary()
    return [0, *(known[c] for c in phonemes), 0]


def speak(
    text: str,
    voice: Voice,
    say: Say,
    *,
    british: bool,
    limit: int,
    semitones: float,
    each_sentence: bool = False,
) -> Audio:
    """The whole text, piece by piece; `semitones` includes a variant's own, the pace stays `voice.speed`."""
    text, places = lifted(text)
    words = stressed(phonemizer().words(text, british=british), places)
    if not speakable(words):
        return Audio(silence(_NOTHING_MS / voice.speed, RATE), RATE)
    model_speed = voice.speed / factor(semitones)
    spoken = []
    room = max(_LEAST, round(limit * min(1.0, model_speed)))  # slow speech is long, and memory goes by length
    for piece in pieces(words, room, each_sentence=each_sentence):
        if not any(c in SOUNDS for c in piece.phonemes):
            spoken.append((silence(_REST_MS / voice.speed, RATE), piece.after))
            continue
        samples = trimmed(say(piece.phonemes, model_speed), RATE)
        spoken.append((played(samples, RATE, semitones), piece.after))
    return Audio(joined(spoken, RATE, voice.speed), RATE)
