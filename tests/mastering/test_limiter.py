"""No peak gets by, on samples or between them, and nothing else is touched."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.mastering.limiter import limit, true_peak


def cut(samples: np.ndarray, sizes: list[int]) -> list[np.ndarray]:
    parts, at, k = [], 0, 0
    while at < samples.size:
        size = sizes[k % len(sizes)]
        parts.append(samples[at : at + size])
        at, k = at + size, k + 1
    return parts


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 40_000),
    st.floats(0.05, 4.0),
    st.floats(-12.0, -0.1),
    st.lists(st.integers(1, 9000), min_size=1, max_size=4),
)
def test_no_peak_gets_by(seed: int, size: int, level: float, ceiling: float, sizes: list[int]) -> None:
    generator = np.random.default_rng(seed)
    # speech-like: little above 8 kHz, bursts, clicks
    noise = np.convolve(generator.normal(0, 1, size), np.hanning(12) / 6.0, "same")[:size]
    swell = np.abs(np.sin(np.arange(size) / generator.uniform(200, 5000)))
    samples = (level * noise * swell).astype(np.float32)
    samples[generator.integers(0, size, 3)] *= 3.0
    out = np.concatenate(list(limit(cut(samples, sizes), ceiling)))
    assert out.size == samples.size
    top = 10.0 ** (ceiling / 20.0)
    assert np.abs(out).max() <= top * 1.0001
    if np.abs(samples).max() < 0.6 * top:
        assert np.array_equal(out, samples)


def test_peaks_between_samples_count() -> None:
    # a sine of a quarter of the rate, its samples at 45 degrees: 3 dB hide between them
    t = np.arange(44_100)
    samples = (0.9 * np.sin(np.pi / 2 * t + np.pi / 4)).astype(np.float32)
    samples *= np.hanning(samples.size).astype(np.float32)
    assert np.abs(samples).max() < 0.65
    assert true_peak(samples) == pytest.approx(0.9, rel=0.01)
    out = np.concatenate(list(limit(cut(samples, [5000]), -3.0)))
    assert 20 * np.log10(true_peak(out)) <= -2.9


def test_what_is_low_passes_untouched_and_what_is_loud_keeps_its_shape() -> None:
    t = np.arange(88_200) / 44_100
    samples = (0.2 * np.sin(2 * np.pi * 200 * t)).astype(np.float32)
    samples[44_100 : 44_100 + 2205] *= 4.0
    out = np.concatenate(list(limit(cut(samples, [8192]), -6.0)))
    far = 44_100 - 4000
    assert np.array_equal(out[:far], samples[:far])
    assert np.array_equal(out[-far:], samples[-far:])
    assert np.abs(np.diff(out)).max() < 0.05  # no click where the gain moves


def test_an_empty_stream_stays_empty() -> None:
    assert list(limit([], -1.0)) == []
    assert sum(block.size for block in limit([np.zeros(0, np.float32)], -1.0)) == 0
