"""What is done to a model's sound: silence trimmed, pieces joined, pitch moved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import soxr

from narrate.audio import Samples
from narrate.engines.splitting import Break

_FRAME_MS = 10
_SILENT = 10.0 ** (
    -60.0 / 20.0
)  # RMS of a frame: the models rest at -75 dBFS or lower, an "f" whispers at -50
_LEAD_MS, _TAIL_MS = 50, 90  # kept around the sound: its soft edges
_FADE_MS = 5

_PAUSES_MS: dict[Break, float] = {"sentence": 420.0, "clause": 130.0, "word": 10.0, "inside": 0.0}
"""What the models leave there within one go, measured, less the edges that trimming keeps (140 ms)."""


def silence(ms: float, rate: int) -> Samples:
    return np.zeros(round(rate * ms / 1000), np.float32)


def trimmed(samples: Samples, rate: int) -> Samples:
    """Without the silence before and after, but for soft edges; empty where all is silent."""
    frame = rate * _FRAME_MS // 1000
    count = samples.size // frame
    if not count:
        return np.zeros(0, np.float32)
    level = np.sqrt(np.mean(np.square(samples[: count * frame].reshape(count, frame)), axis=1))
    loud = np.flatnonzero(level > _SILENT)
    if not loud.size:
        return np.zeros(0, np.float32)
    start = max(0, int(loud[0]) * frame - rate * _LEAD_MS // 1000)
    end = min(samples.size, (int(loud[-1]) + 1) * frame + rate * _TAIL_MS // 1000)
    kept = samples[start:end].copy()
    ramp = np.linspace(0.0, 1.0, min(rate * _FADE_MS // 1000, kept.size // 2), dtype=np.float32)
    kept[: ramp.size] *= ramp
    kept[kept.size - ramp.size :] *= ramp[::-1]
    return kept


def joined(spoken: Sequence[tuple[Samples, Break]], rate: int, speed: float) -> Samples:
    """Pieces, each with what it was cut at, in a row with the pauses that a reader makes at this speed."""
    row: list[Samples] = []
    for k, (samples, after) in enumerate(spoken):
        row.append(samples)
        if k + 1 < len(spoken):
            row.append(silence(max(0.0, _PAUSES_MS[after] / speed), rate))
    return np.concatenate(row) if row else np.zeros(0, np.float32)


def factor(semitones: float) -> float:
    """How much faster sound runs when it is played that much higher."""
    return float(2.0 ** (semitones / 12.0))


def played(samples: Samples, rate: int, semitones: float) -> Samples:
    """As if played faster or slower: higher and shorter, or lower and longer, the formants with it.

    A model that spoke at `speed / factor(semitones)` comes out at `speed`, from another throat.
    """
    if semitones == 0.0:
        return samples
    moved = soxr.resample(samples, rate * factor(semitones), rate, quality="HQ")
    return np.asarray(np.clip(moved, -1.0, 1.0), np.float32)
