"""What a meter reads from a finished file: levels, peaks, noise, silences."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from narrate.checking.peaks import Peaks
from narrate.mastering.loudness import Meter, blocks, decibels, integrated

_FRAME_S = 0.02
_FLOOR_S = 0.5  # the quietest stretch of this length is the noise floor
_OVER_FLOOR = 6.0  # dB over the floor where sound begins, ...
_UNDER_MEAN = (30.0, 12.0)  # ... but from this far to this far under the mean level
_PAUSE_S = 0.25  # a silence that ends a stretch of speech

_Powers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Levels:
    """The measures of one file. Decibels are relative to full scale; SILENCE (-200) is no sound at all."""

    loudness: float  # LUFS, integrated (BS.1770-4)
    rms: float  # dB, of the whole file, silences included
    sample_peak: float  # dB
    true_peak: float  # dBTP
    floor: float  # dB RMS of the quietest half second
    head: float  # s before the first sound
    tail: float  # s after the last
    silence: float  # s, the longest between the two
    silence_at: float  # s, where it begins
    stretch: float  # s, the longest without a pause of 0.25 s
    stretch_at: float  # s, where it begins
    clipped: int  # peaks cut off


@dataclass(slots=True)
class Tape:
    """What is kept of a stream: two numbers for each 20 and 100 ms, about 3 MB an hour."""

    rate: int = 0  # Hz
    _peaks: list[Peaks] = field(default_factory=list)
    _meters: list[Meter] = field(default_factory=list)
    _powers: list[_Powers] = field(default_factory=list)
    _rest: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def feed(self, samples: npt.NDArray[np.float32], rate: int) -> None:
        """The next samples, shape (channels, n)."""
        if not self._peaks:
            self.rate = rate
            self._peaks = [Peaks() for _ in samples]
            self._meters = [Meter(rate) for _ in samples]
            self._rest = samples[:, :0]
        for channel, peaks, meter in zip(samples, self._peaks, self._meters, strict=True):
            peaks.feed(channel)
            meter.feed(channel)
        joined = np.concatenate((self._rest, samples), axis=1)
        step = self._step()
        whole = joined.shape[1] // step
        framed = joined[:, : whole * step].reshape(len(joined), whole, step)
        self._powers.append(np.square(framed).mean(axis=(0, 2), dtype=np.float64))
        self._rest = joined[:, whole * step :]

    def weighted(self) -> _Powers:
        """K-weighted power of each 100 ms, all channels together (their weights are 1 up to stereo)."""
        powers: _Powers = np.sum([meter.powers() for meter in self._meters], axis=0)
        return powers

    def powers(self) -> _Powers:
        """Mean square of each 20 ms, all channels' mean."""
        last = [np.square(self._rest).mean(dtype=np.float64)] if self._rest.size else []
        return np.concatenate([np.zeros(0), *self._powers, last])

    def threshold(self) -> float:
        """The power above which a frame is sound rather than room."""
        powers = self.powers()
        mean = decibels(float(powers.mean()))
        level = max(_floor(powers) + _OVER_FLOOR, mean - _UNDER_MEAN[0])
        return float(10.0 ** (min(level, mean - _UNDER_MEAN[1]) / 10.0))

    def levels(self) -> Levels:
        """The measures, once all has been fed."""
        for peaks in self._peaks:
            peaks.finish()
        powers = self.powers()
        frame = self._step() / self.rate
        sounding = powers > self.threshold()
        heard = np.flatnonzero(sounding)
        first, last = (int(heard[0]), int(heard[-1])) if heard.size else (powers.size, powers.size - 1)
        quiet = _runs(~sounding[first : last + 1])
        longest = quiet[np.argmax(quiet[:, 1] - quiet[:, 0])] if quiet.size else np.zeros(2, int)
        pauses = quiet[quiet[:, 1] - quiet[:, 0] >= _PAUSE_S / frame] if quiet.size else quiet
        begins = np.concatenate(([0], pauses[:, 1]))
        ends = np.concatenate((pauses[:, 0], [last + 1 - first]))
        widest = int(np.argmax(ends - begins))
        return Levels(
            loudness=integrated(blocks(self.weighted())),
            rms=decibels(float(powers.mean())),
            sample_peak=_db(max(p.sample for p in self._peaks)),
            true_peak=_db(max(p.true for p in self._peaks)),
            floor=_floor(powers),
            head=first * frame,
            tail=(powers.size - 1 - last) * frame,
            silence=float(longest[1] - longest[0]) * frame,
            silence_at=float(first + longest[0]) * frame if longest[1] else 0.0,
            stretch=float(ends[widest] - begins[widest]) * frame,
            stretch_at=float(first + begins[widest]) * frame,
            clipped=sum(p.clipped for p in self._peaks),
        )

    def _step(self) -> int:
        return max(1, round(self.rate * _FRAME_S))


def _floor(powers: _Powers) -> float:
    window = min(round(_FLOOR_S / _FRAME_S), powers.size)
    total = np.concatenate(([0.0], np.cumsum(powers)))
    quietest = float(((total[window:] - total[:-window]) / window).min())
    # cumsum leaves crumbs of rounding where there is nothing at all
    return decibels(quietest if quietest > 1e-14 else 0.0)


def _runs(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Begin and end (exclusive) of each run of True, shape (n, 2)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return edges.reshape(-1, 2).astype(np.int64)


def _db(amplitude: float) -> float:
    return decibels(amplitude * amplitude)
