"""Peaks of a stream: on the samples, between them, and where they were cut off."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from narrate.audio import Samples

CLIPPED = 0.9995
"""Of full scale: three samples in a row at or above it are taken for a peak that was cut off."""

_TAPS = 48  # of each phase: flat to 0.05 dB up to 0.45 of the rate, BS.1770-4's annex 2 asks for less
_HOP = 256  # samples looked at together
_MARGIN = 2.0  # no peak of sound between samples is further than 6 dB above those around it


def _phases() -> npt.NDArray[np.float32]:
    """Windowed sinc interpolators for 1/4, 1/2 and 3/4 of the way between two samples, shape (_TAPS, 3)."""
    at = np.arange(_TAPS)[:, None] - (_TAPS // 2 - 1) - np.array([0.25, 0.5, 0.75])[None, :]
    taps = np.sinc(at) * np.i0(8.0 * np.sqrt(np.maximum(0.0, 1.0 - (at / (_TAPS / 2)) ** 2))) / np.i0(8.0)
    phases: npt.NDArray[np.float32] = (taps / taps.sum(axis=0)).astype(np.float32)
    return phases


_PHASES = _phases()


class Peaks:
    """The peaks of one channel of a stream."""

    def __init__(self) -> None:
        self.sample = 0.0  # the greatest sample, full scale 1.0
        self.true = 0.0  # the greatest value of the sound interpolated four-fold (BS.1770-4 annex 2)
        self.clipped = 0  # runs of three or more samples at full scale
        self._edge = np.zeros(_TAPS, dtype=np.float32)

    def feed(self, samples: Samples) -> None:
        if not samples.size:
            return
        joined = np.concatenate((self._edge, samples))
        size = np.abs(joined)
        self.sample = max(self.sample, float(size[_TAPS:].max()))
        self.true = max(self.true, self.sample)
        if self.sample >= CLIPPED:
            self._count_clipped(size)
        self._interpolate(joined, size)
        self._edge = joined[-_TAPS:]

    def finish(self) -> None:
        """The sound after the last sample is silence."""
        sample, clipped = self.sample, self.clipped
        self.feed(np.zeros(_TAPS, dtype=np.float32))
        self.sample, self.clipped = sample, clipped

    def _count_clipped(self, size: Samples) -> None:
        full = size[_TAPS - 3 :] >= CLIPPED
        run = full[:-2] & full[1:-1] & full[2:]  # run[k]: three in a row from sample k - 3 of the new ones
        self.clipped += int(np.count_nonzero(run[1:] & ~run[:-1]))

    def _interpolate(self, joined: Samples, size: Samples) -> None:
        """Only where the samples leave room for a new record."""
        count = joined.size - _TAPS + 1  # windows; the first ones end with the edge
        for start in range(0, count, _HOP):
            end = min(start + _HOP, count)
            stretch = slice(start, end + _TAPS - 1)
            if float(size[stretch].max()) * _MARGIN <= self.true:
                continue
            windows = sliding_window_view(joined[stretch], _TAPS)
            self.true = max(self.true, float(np.abs(windows @ _PHASES).max()))
