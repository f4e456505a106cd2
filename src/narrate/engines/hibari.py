"""hibari-tts 0.2.1: an 8 MB model of one voice, sixty times real time on one core; the default narrator.

Only the voice inside the package is offered: asking hibari for another would download it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from narrate.audio import Audio, Samples
from narrate.cast import Voice, VoiceInfo
from narrate.engines import models, neural
from narrate.engines.catalogue import catalogue, check_options, find
from narrate.engines.protocol import Health
from narrate.errors import EngineError

_LIMIT = 400  # phonemes: what hibari itself keeps to
_SEED = 0  # of the noise that breath and consonants are shaped from


class Hibari:
    """Holds the model once it has spoken."""

    name = "hibari"
    options: frozenset[str] = frozenset()
    parallel = True

    def __init__(self) -> None:
        self._session: Any = None

    def version(self) -> str:
        packages = models.installed(models.HIBARI_PACKAGES)
        return f"{packages}, model {models.HIBARI['hibari.onnx'][:16]}, revision {neural.REVISION}"

    def voices(self) -> Sequence[VoiceInfo]:
        return catalogue(self.name)

    def health(self) -> Health:
        try:
            self.voices()
            return Health(True, self.version().partition(",")[0])
        except EngineError as error:
            return Health(False, str(error), error.fix)

    def speak(self, text: str, voice: Voice) -> Audio:
        check_options(voice, self.options)
        find(self.voices(), voice)
        if self._session is None:
            self._session = models.session(models.hibari_bytes("hibari.onnx"))
        return neural.speak(
            text, voice, self._say, british=False, limit=_LIMIT, semitones=voice.pitch, each_sentence=True
        )

    def close(self) -> None:
        self._session = None

    def _say(self, phonemes: str, speed: float) -> Samples:
        from hibari.dsp import synth

        ids = np.array([neural.numbers(phonemes)], np.int64)
        out = self._session.run(None, {"ids": ids, "speed": np.array([speed], np.float32)})
        samples = synth(*(part[0] for part in out), np.random.default_rng(_SEED))
        return np.asarray(np.clip(samples, -1.0, 1.0), np.float32)
