"""How loud a sound is: ITU-R BS.1770-4 loudness, in numpy alone."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from narrate.audio import Samples

SILENCE = -200.0
"""LUFS or dBFS given for what has no sound at all."""

_OFFSET = -0.691  # LUFS: BS.1770-4, annex 1, equation 2
_ABSOLUTE = -70.0  # LUFS: blocks below it are no programme
_RELATIVE = -10.0  # LU below the mean of the rest: pauses
_TAPS_S = 0.1  # the weighting's memory: at 0.1 s its slowest pole (38 Hz) has fallen below -180 dB


def decibels(power: float) -> float:
    """10 log10, with SILENCE for nothing."""
    return max(SILENCE, 10.0 * float(np.log10(power))) if power > 0 else SILENCE


def sub_blocks(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """K-weighted power of each 100 ms, shape (n,); the last one is the mean of what is left."""
    weighted = convolve(samples, _k_weighting(rate))
    np.square(weighted, out=weighted)
    step = rate // 10
    whole = weighted.size // step
    powers: npt.NDArray[np.float64] = (
        weighted[: whole * step].reshape(whole, step).mean(axis=1, dtype=np.float64)
    )
    rest = weighted[whole * step :]
    if rest.size > step // 4 or (rest.size and not whole):
        powers = np.append(powers, rest.mean(dtype=np.float64))
    return powers


def blocks(powers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Power of each 400 ms gating block, 100 ms apart, from 100 ms powers; shape (max(1, n - 3),).

    A sound shorter than a block, which the standard leaves out, is one block of its own length: a
    voice may say nothing but "No!".
    """
    if powers.size == 0:
        return powers
    if powers.size < 4:
        short: npt.NDArray[np.float64] = powers.mean(keepdims=True)
        return short
    total = np.concatenate(([0.0], np.cumsum(powers)))
    sums: npt.NDArray[np.float64] = (total[4:] - total[:-4]) / 4.0
    return sums


def integrated(block_powers: npt.NDArray[np.float64]) -> float:
    """Gated loudness in LUFS of 400 ms blocks, in any order; SILENCE where none passes the gate."""
    loud = block_powers[block_powers > 10.0 ** ((_ABSOLUTE - _OFFSET) / 10.0)]
    if loud.size == 0:
        return SILENCE
    gate = loud.mean() * 10.0 ** (_RELATIVE / 10.0)
    return _OFFSET + decibels(float(loud[loud > gate].mean()))


def loudness(samples: Samples, rate: int) -> float:
    """Integrated loudness in LUFS of a mono sound that fits in memory."""
    return integrated(blocks(sub_blocks(samples, rate)))


class Meter:
    """What `sub_blocks` finds, from a stream that does not fit in memory."""

    def __init__(self, rate: int) -> None:
        self._step = rate // 10
        self._taps = _k_weighting(rate)
        self._edge = np.zeros(self._taps.size - 1, dtype=np.float32)  # what the filter still remembers
        self._rest = np.zeros(0, dtype=np.float32)
        self._powers: list[npt.NDArray[np.float64]] = []

    def feed(self, samples: Samples) -> None:
        """The next samples of the stream, any number; a second and more at once is quickest."""
        joined = np.concatenate((self._edge, samples))
        weighted = convolve(joined, self._taps)[self._edge.size :]
        self._edge = joined[-self._edge.size :]
        squares = np.concatenate((self._rest, np.square(weighted)))
        whole = squares.size // self._step
        cut = whole * self._step
        self._powers.append(squares[:cut].reshape(whole, self._step).mean(axis=1, dtype=np.float64))
        self._rest = squares[cut:]

    def powers(self) -> npt.NDArray[np.float64]:
        """Shape (n,), as `sub_blocks` would give for all that was fed."""
        powers = np.concatenate([np.zeros(0), *self._powers])
        if self._rest.size > self._step // 4 or (self._rest.size and not powers.size):
            powers = np.append(powers, self._rest.mean(dtype=np.float64))
        return powers


def convolve(samples: Samples, taps: npt.NDArray[np.float32]) -> Samples:
    """`samples` through a causal filter, same length: overlap-add over FFT frames that fit the cache."""
    size = 1 << (4 * taps.size - 1).bit_length()
    hop = size - taps.size + 1
    count = -(-samples.size // hop)
    response = np.fft.rfft(taps, size)
    out = np.zeros(count * hop + size - hop, dtype=np.float32)
    for k in range(count):
        frame = np.fft.irfft(np.fft.rfft(samples[k * hop : (k + 1) * hop], size) * response, size)
        out[k * hop : k * hop + size] += frame.astype(np.float32, copy=False)
    return out[: samples.size]


def impulse_response(
    sections: list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]], size: int
) -> Samples:
    """The first `size` samples of what a cascade of biquads (b, a) makes of a single 1."""
    turns = np.exp(-2j * np.pi * np.fft.rfftfreq(8 * size))
    response = np.ones(turns.size, dtype=np.complex128)
    for b, a in sections:
        response *= np.polyval(b[::-1], turns) / np.polyval(a[::-1], turns)
    return np.fft.irfft(response, 8 * size)[:size].astype(np.float32)


@cache
def _k_weighting(rate: int) -> Samples:
    """BS.1770's two filters at any rate, as the taps they amount to.

    The standard gives coefficients for 48 kHz only; these are the analogue filters behind them (a
    high shelf of 4 dB at 1,682 Hz and a high-pass at 38 Hz), mapped by the bilinear transform, and
    give the standard's figures at 48 kHz to 10 digits.
    """
    gain, shelf_q, shelf_hz = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = np.tan(np.pi * shelf_hz / rate)
    high = 10.0 ** (gain / 20.0)
    band = high**0.4996667741545416
    norm = 1.0 + k / shelf_q + k * k
    shelf_b = np.array(
        [high + band * k / shelf_q + k * k, 2.0 * (k * k - high), high - band * k / shelf_q + k * k]
    )
    shelf_a = np.array([norm, 2.0 * (k * k - 1.0), 1.0 - k / shelf_q + k * k])
    pass_b, pass_a = high_pass(38.13547087602444, 0.5003270373238773, rate)
    # the standard's second stage has a numerator of exactly 1, -2, 1
    pass_b = np.array([1.0, -2.0, 1.0])
    return impulse_response([(shelf_b / norm, shelf_a / norm), (pass_b, pass_a)], int(rate * _TAPS_S))


def high_pass(hz: float, q: float, rate: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A second-order high-pass as (b, a), a[0] = 1: the bilinear transform of s^2 / (s^2 + s/q + 1)."""
    k = np.tan(np.pi * hz / rate)
    norm = 1.0 + k / q + k * k
    b = np.array([1.0, -2.0, 1.0]) / norm
    return b, np.array([1.0, 2.0 * (k * k - 1.0) / norm, (1.0 - k / q + k * k) / norm])
