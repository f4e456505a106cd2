"""The meter agrees with the standard's own figures."""

from __future__ import annotations

import numpy as np
import pytest

from narrate.mastering.loudness import (
    SILENCE,
    _k_weighting,
    blocks,
    convolve,
    integrated,
    loudness,
    sub_blocks,
)


def sine(level: float, seconds: float, rate: int = 48_000, hz: float = 997.0) -> np.ndarray:
    """A sine whose peak is `level` dBFS."""
    t = np.arange(round(seconds * rate)) / rate
    return (10.0 ** (level / 20.0) * np.sin(2 * np.pi * hz * t)).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_full_scale_sine_of_997_hz_in_one_channel_is_minus_3_01(rate: int) -> None:
    # BS.1770-4, annex 1: "0 dB FS 1 kHz sine wave ... the indicated loudness will equal -3.01 LKFS"
    assert loudness(sine(0.0, 3.0, rate), rate) == pytest.approx(-3.01, abs=0.06)


def test_the_weighting_is_the_standards_own_at_48_khz() -> None:
    b1, a1 = (1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585)
    b2, a2 = (1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621)
    signal = [1.0] + [0.0] * 2000
    for b, a in ((b1, a1), (b2, a2)):
        out: list[float] = []
        for n in range(len(signal)):
            y = sum(b[k] * signal[n - k] for k in range(3) if n >= k)
            y -= sum(a[k - 1] * out[n - k] for k in (1, 2) if n >= k)
            out.append(y)
        signal = out
    assert np.allclose(_k_weighting(48_000)[:2001], signal, atol=1e-6)


def test_quiet_stretches_are_gated_out() -> None:
    # EBU Tech 3341, case 3, for one channel (so 3 dB up): -36, -23 and -36 LUFS read -23.0
    parts = [sine(-33.0, 10.0), sine(-20.0, 60.0), sine(-33.0, 10.0)]
    assert loudness(np.concatenate(parts), 48_000) == pytest.approx(-23.0, abs=0.1)


def test_silence_and_nothing_have_no_loudness() -> None:
    assert loudness(np.zeros(48_000, np.float32), 48_000) == SILENCE
    assert loudness(np.zeros(0, np.float32), 48_000) == SILENCE


def test_a_word_shorter_than_a_block_has_one() -> None:
    short = sub_blocks(sine(-20.0, 0.2), 48_000)
    assert integrated(blocks(short)) == pytest.approx(-23.0, abs=0.3)


@pytest.mark.parametrize("size", [1, 100, 4095, 4096, 30_000])
def test_filtering_in_frames_is_filtering(size: int) -> None:
    generator = np.random.default_rng(size)
    samples = generator.normal(0, 1, size).astype(np.float32)
    taps = generator.normal(0, 1, 500).astype(np.float32)
    assert np.allclose(convolve(samples, taps), np.convolve(samples, taps)[:size], atol=1e-3)
