"""Kokoro-82M as int8 ONNX: many voices, near real time on one core; the default cast of characters.

A voice whose name ends in a signed number (`am_adam-2`) is its base resampled by that many semitones
with the speed set against it: the formants move too, so it is another speaker, not the same one singing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from narrate.audio import Audio, Samples
from narrate.cast import Voice, VoiceInfo
from narrate.engines import models, neural
from narrate.engines.catalogue import catalogue, check_options, find
from narrate.engines.protocol import Health
from narrate.errors import EngineError
from narrate.shipped import voices_folder

LIMIT = 200  # phonemes a call: the model takes 510, but 510 need 1 GB and 200 stay under 540 MB
_STYLES = 510  # rows of a voice pack, by length of the phonemes
_VARIANT = re.compile(r"[+-][0-9.]+$")

Array = npt.NDArray[np.float32]


class Kokoro:
    """Holds the model and the packs of the voices that have spoken."""

    name = "kokoro"
    options: frozenset[str] = frozenset()
    parallel = True

    def __init__(self) -> None:
        self._session: Any = None
        self._packs: Any = None
        self._styles: dict[str, Array] = {}

    def version(self) -> str:
        packages = models.installed(models.HIBARI_PACKAGES + models.KOKORO_PACKAGES[:1])
        return (
            f"kokoro-v1.0.int8 {models.KOKORO[:16]}, packs {models.KOKORO_PACKS[:16]}, "
            f"{packages.split(',')[0]}, revision {neural.REVISION}"
        )

    def voices(self) -> Sequence[VoiceInfo]:
        return catalogue(self.name)

    def health(self) -> Health:
        try:
            models.installed(models.HIBARI_PACKAGES + models.KOKORO_PACKAGES)
            return Health(True, f"{self.version()}: {len(self.voices())} voices")
        except EngineError as error:
            return Health(False, str(error), error.fix)

    def speak(self, text: str, voice: Voice) -> Audio:
        check_options(voice, self.options)
        info = find(self.voices(), voice)
        pack = info.base or info.name
        moved = _VARIANT.search(info.name) if info.base else None
        semitones = voice.pitch + (float(moved.group()) if moved else 0.0)

        def say(phonemes: str, speed: float) -> Samples:
            return self._say(phonemes, speed, pack)

        return neural.speak(text, voice, say, british=pack.startswith("b"), limit=LIMIT, semitones=semitones)

    def close(self) -> None:
        self._session = self._packs = None
        self._styles.clear()

    def _say(self, phonemes: str, speed: float, pack: str) -> Samples:
        if self._session is None:
            self._session = models.session(models.kokoro_bytes())
        ids = neural.numbers(phonemes)
        given = {
            "tokens": np.array([ids], np.int64),
            "style": self._style(pack, len(ids) - 2)[None],
            "speed": np.array([speed], np.float32),
        }
        samples = self._session.run(None, given)[0].reshape(-1)
        return np.asarray(np.clip(samples, -1.0, 1.0), np.float32)

    def _style(self, pack: str, length: int) -> Array:
        """The voice for a text of that many phonemes, shape (256,): mean plus rank-8 change by length."""
        if pack not in self._styles:
            if self._packs is None:
                self._packs = np.load(models.packs_path(voices_folder()))
            mean, by_length, directions = (self._packs[f"{pack}.{part}"].astype(np.float32) for part in "muw")
            self._styles[pack] = mean + by_length @ directions
        style: Array = self._styles[pack][min(max(length, 1), _STYLES) - 1]
        return style
