"""What the stitcher has to know of a take before it joins it: where the speech is and how loud.

A take is surveyed once; the surveys of a book are kept in one small file, so a second run reads no
take until it encodes.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from narrate.audio import Audio
from narrate.mastering.crest import UNTAMED, tame
from narrate.mastering.loudness import sub_blocks

VERSION = 3
"""Rises with any change of what a survey finds, so that old files are not believed."""

_FRAME_MS = 5.0
_BELOW_SPEECH = 42.0  # dB under the take's loud frames: breath and hiss, not speech
_FLOOR = -62.0  # dBFS: nothing below it is speech, whatever the take's level
LEAD_MS = 25.0  # kept before speech: the onset of soft consonants
TAIL_MS = 70.0  # kept after speech: the voice dying away
_STEP = 0.3  # dB a step of `levels`
_BASE = -70.0  # dB of step 0


@dataclass(frozen=True, slots=True)
class Survey:
    """Where the speech of one take lies, and its levels."""

    rate: int  # Hz, the take's own
    start: int  # sample of the take where the clip begins
    end: int  # sample, exclusive
    power: float  # mean square of the clip
    levels: bytes  # K-weighted power of each 100 ms of the clip, in steps of 0.3 dB from -70 dB
    peaks: bytes  # the highest sample of each 100 ms, likewise; as long as `levels`
    crest: float = UNTAMED  # dB that its peaks were tamed to before it was surveyed

    def powers(self) -> npt.NDArray[np.float64]:
        """`levels` as power, shape (n,)."""
        powers: npt.NDArray[np.float64] = np.power(10.0, _decibels(self.levels) / 10.0)
        return powers

    def tops(self) -> npt.NDArray[np.float64]:
        """`peaks` in dBFS, shape (n,)."""
        return _decibels(self.peaks)


def survey(take: Audio, crest: float = UNTAMED) -> Survey:
    """Where the speech of a take lies, and its levels once tamed. A take without speech is kept whole."""
    take = tame(take, crest)
    start, end = _speech(take)
    clip = np.ascontiguousarray(take.samples[start:end])
    power = float(np.mean(np.square(clip), dtype=np.float64)) if clip.size else 0.0
    powers = sub_blocks(clip, take.rate)
    levels = _steps(10.0 * np.log10(np.maximum(powers, 1e-12)))
    step = take.rate // 10
    firsts = np.arange(powers.size) * step
    tops = np.maximum.reduceat(np.abs(clip), firsts) if powers.size else clip
    peaks = _steps(20.0 * np.log10(np.maximum(tops.astype(np.float64), 1e-6)))
    return Survey(take.rate, start, end, power, levels, peaks, crest)


def _steps(decibels: npt.NDArray[np.float64]) -> bytes:
    return np.clip(np.rint((decibels - _BASE) / _STEP), 0, 255).astype(np.uint8).tobytes()


def _decibels(steps: bytes) -> npt.NDArray[np.float64]:
    return _BASE + _STEP * np.frombuffer(steps, dtype=np.uint8).astype(np.float64)


def _speech(take: Audio) -> tuple[int, int]:
    """The first and last sample (exclusive) of what is not lead-in or tail silence."""
    size = take.samples.size
    step = max(1, round(take.rate * _FRAME_MS / 1000.0))
    if size < 4 * step:
        return 0, size
    frames = np.square(take.samples[: size - size % step]).reshape(-1, step).mean(axis=1, dtype=np.float64)
    loud = float(np.quantile(frames, 0.95))
    floor = max(loud * 10.0 ** (-_BELOW_SPEECH / 10.0), 10.0 ** (_FLOOR / 10.0))
    heard = np.flatnonzero(frames > floor)
    if heard.size == 0:
        return 0, size
    start = int(heard[0]) * step - round(take.rate * LEAD_MS / 1000.0)
    end = (int(heard[-1]) + 1) * step + round(take.rate * TAIL_MS / 1000.0)
    return max(0, start), min(size, end)


def load_surveys(path: Path) -> dict[str, Survey]:
    """The surveys kept in a file, by take key; none where there is no such file or it is damaged."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        if kept["version"] != VERSION:
            return {}
        return {
            key: Survey(
                int(rate), int(start), int(end), float(power), _bytes(levels), _bytes(peaks), float(most)
            )
            for key, (rate, start, end, power, levels, peaks, most) in kept["takes"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        return {}


def save_surveys(path: Path, surveys: Mapping[str, Survey]) -> None:
    """Keeps surveys in a file, whole or not at all; a failure is no loss, they can be made again."""
    takes = {
        key: [s.rate, s.start, s.end, s.power, _text(s.levels), _text(s.peaks), s.crest]
        for key, s in sorted(surveys.items())
    }
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"version": VERSION, "takes": takes}, separators=(",", ":")), "utf-8")
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()


def _text(levels: bytes) -> str:
    return base64.b64encode(levels).decode("ascii")


def _bytes(levels: str) -> bytes:
    return base64.b64decode(levels, validate=True)
