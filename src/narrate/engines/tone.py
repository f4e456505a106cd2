"""The engine that sings one note a voice, so that a test can tell from finished audio who spoke when.

Each voice is a sine of its own frequency, far enough from the others' to be read back by an FFT after
encoding, resampling and levelling. No model, no randomness: the samples follow from the text's length.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from narrate.audio import Audio
from narrate.cast import Voice, VoiceInfo
from narrate.engines.catalogue import catalogue, check_options, find
from narrate.engines.protocol import Health
from narrate.errors import EngineError

RATE = 24_000  # Hz
LEAD_MS = 150  # every tone lasts this long before its text is counted, so that "No." can still be decoded
CHARACTER_MS = 50  # a brisk reader's pace: the plausible-length gate must find it plausible
_FADE_MS = 8
_LEVEL = 0.25  # of full scale, about -15 dBFS RMS

LOWEST = 250.0  # Hz: clear of hum filters
STEP = 75.0  # Hz: 100 ms of tone resolve 10 Hz, so neighbours stay apart even in one short word


def frequency(name: str, pitch: float = 0.0) -> float:
    """What voice `name` sings, in Hz, `pitch` semitones up. Raises EngineError for an unknown voice."""
    names = [info.name for info in catalogue("tone")]
    find(catalogue("tone"), Voice("tone", name))
    return float((LOWEST + STEP * names.index(name)) * 2.0 ** (pitch / 12.0))


class Tone:
    """Sings."""

    name = "tone"
    options: frozenset[str] = frozenset()
    parallel = True

    def version(self) -> str:
        return "1"

    def voices(self) -> Sequence[VoiceInfo]:
        return catalogue(self.name)

    def health(self) -> Health:
        try:
            self.voices()
            return Health(True, "one note a voice, for tests")
        except EngineError as error:
            return Health(False, str(error), error.fix)

    def speak(self, text: str, voice: Voice) -> Audio:
        check_options(voice, self.options)
        hz = frequency(voice.name, voice.pitch)
        count = round(RATE * (LEAD_MS + CHARACTER_MS * len(text)) / 1000 / voice.speed)
        samples = _LEVEL * np.sin(2 * np.pi * hz / RATE * np.arange(count))
        fade = min(RATE * _FADE_MS // 1000, count // 2)
        if fade:
            ramp = np.linspace(0.0, 1.0, fade)
            samples[:fade] *= ramp
            samples[-fade:] *= ramp[::-1]
        return Audio(samples.astype(np.float32), RATE)

    def close(self) -> None:
        """Nothing is held."""
