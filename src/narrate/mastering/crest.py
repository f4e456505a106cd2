"""Sharp peaks rounded off, for voices whose pulses stand far above their loudness.

A voice's pulses may be 14 dB above its own loudness, and no gain, however it rides the syllables,
brings such a voice to -16 LUFS under a ceiling: it stays softer than its neighbours. What stands out is
turned down for about a millisecond, before the take is surveyed, so that levels are set by what will be
heard. A voice without such peaks goes through untouched.
"""

from __future__ import annotations

import numpy as np

from narrate.audio import Audio
from narrate.mastering.profile import Profile

UNTAMED = 0.0
"""The crest of a profile that leaves levels alone."""

_DYNAMICS = 4.0  # dB of a profile's headroom left to the syllables that are louder than the voice's mean
_STEPS = 5  # doublings: a peak is turned down over 2 ** 5 samples, 1.3 ms at 24 kHz


def crest_of(levels: Profile) -> float:
    """dB that a peak may stand above the power around it, for all voices to reach `levels.loudness`."""
    if levels.loudness is None:
        return UNTAMED
    return levels.ceiling - levels.spare - levels.loudness - _DYNAMICS


def tame(take: Audio, crest: float) -> Audio:
    """The take with no sample more than `crest` dB above the mean power of the 100 ms around it."""
    samples, step = take.samples, take.rate // 10
    count = samples.size // step
    if not count or crest == UNTAMED:
        return take
    powers = np.square(samples[: count * step]).reshape(count, step).mean(axis=1, dtype=np.float64)
    # a consonant's burst beside a pause is no pulse of the voice: it is held to the voice's own power
    voice = float(powers[powers >= 0.1 * powers.max()].mean())
    tops = np.sqrt(np.maximum(powers, voice)) * 10.0 ** (crest / 20.0)
    top = np.interp(np.arange(samples.size), (np.arange(count) + 0.5) * step, tops).astype(np.float32)
    high = np.abs(samples)
    if not np.any(high > top):
        return take
    size = 1 << _STEPS
    edge = np.ones(size - 1, dtype=np.float32)
    lowest = np.concatenate((edge, top / np.maximum(high, top), edge))
    for k in range(_STEPS):
        lowest = np.minimum(lowest[: -(1 << k)], lowest[1 << k :])
    window = np.hanning(size + 2)[1:-1].astype(np.float32)
    return Audio(samples * np.convolve(lowest, window / window.sum(), "valid"), take.rate)
