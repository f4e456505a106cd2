"""Peaks between samples are found, cut-off ones counted, however the stream is cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.checking.peaks import Peaks


def measured(samples: np.ndarray, cuts: list[int] = []) -> Peaks:  # noqa: B006 - never changed
    peaks = Peaks()
    for part in np.split(samples.astype(np.float32), sorted(cuts)):
        peaks.feed(part)
    peaks.finish()
    return peaks


def sine(hz_over_rate: float, phase: float, count: int = 4800) -> np.ndarray:
    fade = np.minimum(1.0, np.minimum(np.arange(count), np.arange(count)[::-1]) / 200)
    return fade * np.sin(2 * np.pi * hz_over_rate * np.arange(count) + phase)


def test_a_quarter_rate_sine_between_its_samples() -> None:
    """EBU Tech 3341's case 15: every sample is 3 dB below the peak of the sound."""
    peaks = measured(0.5 * sine(0.25, np.pi / 4))
    assert 20 * np.log10(peaks.sample / 0.5) == pytest.approx(-3.01, abs=0.02)
    assert 20 * np.log10(peaks.true / 0.5) == pytest.approx(0.0, abs=0.2)


@pytest.mark.parametrize("part", [0.01, 0.1, 1 / 6, 0.2, 0.3])
@pytest.mark.parametrize("phase", [0.0, 0.4, 1.1])
def test_sines_read_their_height(part: float, phase: float) -> None:
    """Annex 2 allows four-fold oversampling to read up to 0.6 dB too little, never too much."""
    found = 20 * np.log10(measured(0.5 * sine(part, phase)).true / 0.5)
    assert -0.6 < found < 0.1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3000), max_size=6), st.integers(0, 50))
def test_any_cut_gives_the_same(cuts: list[int], seed: int) -> None:
    noise = np.random.default_rng(seed).uniform(-1, 1, 3000)
    noise[1000:1010] = 1.0
    noise[2997:] = -1.0
    whole, cut = measured(noise), measured(noise, cuts)
    assert cut.sample == whole.sample
    assert cut.true == pytest.approx(whole.true, rel=1e-5)
    assert cut.clipped == whole.clipped == 2


def test_two_full_samples_are_no_clipping() -> None:
    quiet = np.zeros(100)
    quiet[50:52] = 1.0
    assert measured(quiet).clipped == 0
    quiet[52] = 1.0
    assert measured(quiet).clipped == 1


def test_nothing_at_all() -> None:
    peaks = measured(np.zeros(0))
    assert (peaks.sample, peaks.true, peaks.clipped) == (0.0, 0.0, 0)
