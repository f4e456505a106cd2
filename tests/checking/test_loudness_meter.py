"""The streaming BS.1770 meter agrees with itself over any cut, and with another's implementation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.audio import Samples
from narrate.mastering.loudness import SILENCE, Meter, blocks, integrated, sub_blocks


def speechlike(seconds: float, rate: int, seed: int = 1) -> Samples:
    """Coloured noise in bursts of changing level, with pauses."""
    rng = np.random.default_rng(seed)
    count = int(seconds * rate)
    noise = np.cumsum(rng.standard_normal(count)) * 0.01
    noise = np.diff(noise, prepend=0) + 0.3 * np.sin(2 * np.pi * 180 / rate * np.arange(count))
    steps = rng.choice([0.0, 0.02, 0.1, 0.4], size=int(seconds * 2) + 1)
    return (noise * np.repeat(steps, rate // 2 + 1)[:count]).astype(np.float32)


def streamed(samples: Samples, rate: int, cuts: list[int]) -> np.ndarray:
    meter = Meter(rate)
    for part in np.split(samples, sorted(cuts)):
        meter.feed(part)
    return meter.powers()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40_000), max_size=8), st.integers(1, 40_000))
def test_any_cut_gives_the_same(cuts: list[int], count: int) -> None:
    samples = speechlike(2.5, 16_000)[:count]
    expected = sub_blocks(samples, 16_000)
    found = streamed(samples, 16_000, [cut for cut in cuts if cut <= count])
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-9)


@pytest.mark.parametrize("rate", [22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("seed", [1, 2])
def test_agrees_with_pyloudnorm(rate: int, seed: int) -> None:
    pyloudnorm = pytest.importorskip("pyloudnorm")
    samples = speechlike(20, rate, seed)
    theirs = pyloudnorm.Meter(rate, filter_class="DeMan").integrated_loudness(samples.astype(np.float64))
    assert integrated(blocks(streamed(samples, rate, [rate, 7 * rate]))) == pytest.approx(theirs, abs=0.05)


def test_the_standards_own_example() -> None:
    """BS.1770-4: a 997 Hz sine at full scale in one channel reads -3.01 LUFS."""
    sine = np.sin(2 * np.pi * 997 / 48_000 * np.arange(48_000 * 5)).astype(np.float32)
    assert integrated(blocks(streamed(sine, 48_000, []))) == pytest.approx(-3.01, abs=0.02)


def test_nothing_is_silence() -> None:
    assert integrated(blocks(Meter(44_100).powers())) == SILENCE
