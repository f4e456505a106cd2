"""One take made ready for its place: cut, filtered, at the master's rate, levelled, its edges faded."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

from narrate.audio import Audio, Samples
from narrate.mastering.loudness import convolve, high_pass, impulse_response
from narrate.mastering.survey import Survey

_FADE_IN_MS = 6
_FADE_OUT_MS = 12  # some engines end a take with the voice: a longer one would eat the last sound
_HEADROOM = 2.0**27
"""Full scale in pydub's 32-bit integers: 24 dB of headroom, and still 27 bits under it (-162 dB)."""


def clip_length(take: Survey, rate: int) -> int:
    """Samples that a take's clip has at the master's rate."""
    return round((take.end - take.start) * rate / take.rate)


def clip(
    take: Audio, found: Survey, gain: float, squeezed: npt.NDArray[np.float64], cut_below: float, rate: int
) -> Samples:
    """The speech of a take at `rate`, shape (clip_length(...),); may go beyond [-1, 1].

    `gain` in dB; `squeezed` in dB for each 100 ms; `cut_below` in Hz, 0 for none. A take that is
    shorter than its survey says gives silence for what is missing.
    """
    length = clip_length(found, rate)
    samples = np.ascontiguousarray(take.samples[found.start : found.end], dtype=np.float32)
    if samples.size == 0 or length == 0:
        return np.zeros(length, dtype=np.float32)
    if cut_below:
        taps = _low_cut(cut_below, take.rate)
        after = np.zeros(taps.size // 2, dtype=np.float32)
        samples = convolve(np.concatenate((samples, after)), taps)[after.size :]
    if take.rate != rate:
        samples = soxr.resample(samples, take.rate, rate, "HQ")
    samples = _fit(samples, length)
    if squeezed.any():
        middles = (np.arange(squeezed.size) + 0.5) * rate / 10.0
        curve = np.interp(np.arange(length), middles, squeezed).astype(np.float32)
        samples = samples * np.power(np.float32(10.0), curve / np.float32(20.0))
    return _fit(_edges(samples, gain, rate), length)


def _edges(samples: Samples, gain: float, rate: int) -> Samples:
    """Gain and fades, by pydub."""
    whole = np.rint(np.clip(samples, -15.9, 15.9) * _HEADROOM).astype("<i4")
    segment = pydub_segment()(data=whole.tobytes(), sample_width=4, frame_rate=rate, channels=1)
    segment = segment.apply_gain(gain)
    ms = len(segment)
    if ms >= 4:  # a fade of 0 ms is an error to pydub
        segment = segment.fade_in(min(_FADE_IN_MS, ms // 4)).fade_out(min(_FADE_OUT_MS, ms // 4))
    faded: Samples = np.frombuffer(segment.raw_data, dtype="<i4").astype(np.float32)
    faded /= np.float32(_HEADROOM)
    return faded


def _fit(samples: Samples, length: int) -> Samples:
    """Resamplers round as they like; the timeline has said how long the clip is."""
    if samples.size >= length:
        return samples[:length]
    return np.concatenate((samples, np.zeros(length - samples.size, dtype=np.float32)))


@cache
def _low_cut(hz: float, rate: int) -> Samples:
    """Taps, symmetric, of a second-order Butterworth high-pass: it keeps rumble and pops off the limiter.

    Without the phase of the analogue filter, which makes a deep voice's peaks up to 1 dB higher than the
    survey found them: the limiter would take it back, and leave deep voices softer than the others.
    """
    half = rate // 20
    response = np.fft.rfft(impulse_response([high_pass(hz, 0.5**0.5, rate)], 2 * half), 8 * half)
    around = np.fft.irfft(np.abs(response))
    return np.concatenate((around[-half:], around[: half + 1])).astype(np.float32)


@cache
def pydub_segment() -> Any:
    """pydub looks for an ffmpeg program when imported and warns that there is none; we need none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment
