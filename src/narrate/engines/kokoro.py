"""Kokoro-82M as int8 ONNX: many voices, near real time on one core; the default cast of characters.

A voice whose name ends in a signed number (`am_adam-2`) is its base resampled by that many semitones
with the speed set against it: the formants move too, so it is another speaker, not the same one singing.

Of a word alone the model makes too much: "Him." becomes "Hammer". So a word or two are spoken with a
sentence after them, and cut off in the pause between, which the model's own durations point to. Of 120
such lines (20 texts, 6 voices) Whisper base understood 88 when said alone, 113 when said so.
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
from narrate.engines.g2p import SOUNDS
from narrate.engines.protocol import Health
from narrate.errors import EngineError
from narrate.shipped import voices_folder

LIMIT = 100  # phonemes a call, 6 s: the model takes 510, but each is 1.6 MB more at the peak
_STYLES = 510  # rows of a voice pack, by length of the phonemes
_SHORT = 6  # sounds, marks not counted: a line of one word or two; these or fewer are not said alone
_AFTER = "” “ænd ðˈɛn wi wˈɛnt ˈɔn."  # And then we went on: the quote marks make every voice pause
_STEP = 600  # samples to a unit of the model's durations
_VARIANT = re.compile(r"[+-][0-9.]+$")

_ENDS = tuple(".!?…")
_MARKS = " .!?…,;:—()"
_FRAME = 240  # samples, 10 ms
_EARLY = 1_440  # samples: so much before its durations say, each phoneme is heard
_PAUSE = 10.0**-3.0  # mean square of the quietest frame between two speeches, -30 dBFS

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
            self.voices()
            return Health(True, f"Kokoro-82M v1.0, {models.installed(models.HIBARI_PACKAGES).split(',')[0]}")
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
        words = phonemes.strip(_MARKS)
        if 0 < sum(c in SOUNDS for c in words) <= _SHORT and not any(mark in words for mark in _MARKS[1:]):
            ended = phonemes if phonemes.endswith(_ENDS) else phonemes.rstrip(" ,;:—") + "."
            begun = self._begun(ended, speed, pack)
            if begun is not None:
                return begun
        return self._run(phonemes, speed, pack)[0]

    def _begun(self, phonemes: str, speed: float, pack: str) -> Samples | None:
        """The first of two speeches; None where no pause stands between them to cut in."""
        samples, steps = self._run(f"{phonemes}{_AFTER}", speed, pack)
        starts = (np.cumsum(steps) * _STEP - _EARLY) // _FRAME  # the frame at which each phoneme begins
        last = max(k for k, c in enumerate(phonemes) if c in SOUNDS)  # no cut before it: nothing may be lost
        final, second = int(starts[last]), int(starts[len(phonemes) + 3])  # ” and “ and a space stand between
        level = np.square(samples[: samples.size // _FRAME * _FRAME]).reshape(-1, _FRAME).mean(axis=1)
        if not 0 < final < second:
            return None
        quietest = final + int(level[final : second + 4].argmin())
        return samples[: quietest * _FRAME] if level[quietest] < _PAUSE else None

    def _run(self, phonemes: str, speed: float, pack: str) -> tuple[Samples, npt.NDArray[np.int64]]:
        """The samples, and how many steps each phoneme takes (with the silence before and after)."""
        if self._session is None:
            self._session = models.session(models.kokoro_bytes() + _DURATIONS)
        ids = neural.numbers(phonemes)
        given = {
            "tokens": np.array([ids], np.int64),
            "style": self._style(pack, len(ids) - 2)[None],
            "speed": np.array([speed], np.float32),
        }
        samples, steps = self._session.run(None, given)
        return np.asarray(np.clip(samples.reshape(-1), -1.0, 1.0), np.float32), steps[0].astype(np.int64)

    def _style(self, pack: str, length: int) -> Array:
        """The voice for a text of that many phonemes, shape (256,): mean plus rank-8 change by length."""
        if pack not in self._styles:
            if self._packs is None:
                self._packs = np.load(models.packs_path(voices_folder()))
            mean, by_length, directions = (self._packs[f"{pack}.{part}"].astype(np.float32) for part in "muw")
            self._styles[pack] = mean + by_length @ directions
        style: Array = self._styles[pack][min(max(length, 1), _STYLES) - 1]
        return style


def _field(number: int, payload: bytes) -> bytes:
    """A length-delimited protobuf field; every payload here is shorter than 128 bytes."""
    return bytes([number << 3 | 2, len(payload)]) + payload


_DURATIONS = _field(
    7,  # ModelProto.graph; protobuf merges what is appended: one node and one output more
    _field(
        1,  # GraphProto.node
        _field(1, b"/encoder/Clip_output_0")
        + _field(2, b"duration")
        + _field(3, b"durations_out")
        + _field(4, b"Identity"),
    )
    # GraphProto.output: a name, and a type that is a tensor of floats
    + _field(12, _field(1, b"duration") + _field(2, _field(1, bytes([1 << 3, 1])))),
)
"""Appended to the model, makes its hidden durations an output."""
