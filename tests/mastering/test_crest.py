"""Peaks that stand out are rounded off; whatever has none goes through untouched."""

from __future__ import annotations

import numpy as np
import pytest

from narrate.audio import Audio
from narrate.mastering import profiles
from narrate.mastering.crest import UNTAMED, crest_of, tame

RATE = 24_000


def tone() -> Audio:
    t = np.arange(RATE) / RATE
    return Audio((0.1 * np.sin(2 * np.pi * 200 * t)).astype(np.float32), RATE)


def test_no_peak_stands_further_out_than_asked() -> None:
    take = tone()
    take.samples[5000::240] = 0.9
    tamed = tame(take, 9.0).samples
    power = np.mean(np.square(take.samples[5000:]))
    assert np.abs(tamed[7500:]).max() <= np.sqrt(power) * 10 ** (9.0 / 20) * 1.02
    assert np.array_equal(tamed[:2000], take.samples[:2000])  # nothing there stood out


@pytest.mark.parametrize("crest", [UNTAMED, 9.0])
def test_a_voice_without_such_peaks_is_untouched(crest: float) -> None:
    take = tone()
    assert tame(take, crest) is take


@pytest.mark.parametrize("size", [0, 1, 31, 2399, 2400, 2401])
def test_silence_and_next_to_nothing_break_nothing(size: int) -> None:
    assert tame(Audio(np.zeros(size, np.float32), RATE), 9.0).samples.size == size
    assert np.isfinite(tame(Audio(np.ones(size, np.float32), RATE), 9.0).samples).all()


def test_the_profile_none_tames_nothing() -> None:
    assert {name for name, one in profiles().items() if crest_of(one) == UNTAMED} == {"none"}
