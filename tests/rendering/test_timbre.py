"""Voice turned to breath, and the edge of a raised voice: measured on a buzz with formants."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from narrate.audio import Audio
from narrate.cast import Voice
from narrate.engines import load
from narrate.manner import Manner
from narrate.mastering.loudness import sub_blocks
from narrate.rendering.plan import key_of
from narrate.rendering.shelf import Shelf
from narrate.rendering.speak import Job, speak_take
from narrate.rendering.timbre import colour

RATE = 24_000


@pytest.fixture
def vowel() -> Audio:
    """A pulse train of 120 Hz through two resonances, as throats make it."""
    t = np.arange(RATE) / RATE
    harmonics = [
        np.sin(2 * np.pi * 120 * n * t) * sum(1 / (1 + ((120 * n - f) / 120) ** 2) for f in (600, 1700))
        for n in range(1, 60)
    ]
    wave = np.sum(harmonics, axis=0) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * t))
    return Audio((0.3 * wave / np.abs(wave).max()).astype(np.float32), RATE)


def voiced(audio: Audio) -> float:
    """How alike the sound is to itself one period of 120 Hz later: 1 a voice, 0 breath."""
    x = audio.samples[2400:-2400]
    lag = RATE // 120
    return float(np.corrcoef(x[:-lag], x[lag:])[0, 1])


def bands(audio: Audio) -> npt.NDArray[np.floating]:
    spectrum = np.abs(np.fft.rfft(audio.samples)) ** 2
    edges = np.arange(800, 4000, 200) * audio.samples.size // RATE
    return np.asarray(10 * np.log10(np.add.reduceat(spectrum, edges)))


def loudness(audio: Audio) -> float:
    return 10 * float(np.log10(np.mean(sub_blocks(audio.samples, audio.rate))))


def test_a_whisper_has_no_voice_but_the_mouth_it_had(vowel: Audio) -> None:
    whisper = colour(vowel, 1.0, 0.0)
    assert voiced(vowel) > 0.95
    assert voiced(whisper) < 0.3
    assert np.corrcoef(bands(vowel), bands(whisper))[0, 1] > 0.9


def test_half_breath_lies_between(vowel: Audio) -> None:
    assert voiced(colour(vowel, 1.0, 0.0)) < voiced(colour(vowel, 0.5, 0.0)) < voiced(vowel)


def test_an_edge_lifts_the_highs_by_what_it_says(vowel: Audio) -> None:
    def slope(audio: Audio) -> float:
        spectrum = np.abs(np.fft.rfft(audio.samples * np.hanning(audio.samples.size))) ** 2
        low, high = (spectrum[f - 30 : f + 30].sum() for f in (120, 6000))
        return 10 * float(np.log10(high / low))

    assert slope(colour(vowel, 0.0, 6.0)) - slope(vowel) == pytest.approx(6.0, abs=0.6)
    assert slope(colour(vowel, 0.0, -3.0)) - slope(vowel) == pytest.approx(-3.0, abs=0.4)


@pytest.mark.parametrize(("breath", "edge"), [(1.0, 0.0), (0.5, 3.0), (0.0, 6.0)])
def test_length_and_loudness_stay_and_the_same_take_gives_the_same(
    vowel: Audio, breath: float, edge: float
) -> None:
    changed = colour(vowel, breath, edge)
    assert changed.samples.shape == vowel.samples.shape
    assert changed.samples.dtype == np.float32
    assert np.abs(changed.samples).max() < 1.0
    assert loudness(changed) == pytest.approx(loudness(vowel), abs=0.1)
    assert np.array_equal(changed.samples, colour(vowel, breath, edge).samples)


def test_nothing_asked_for_changes_nothing(vowel: Audio) -> None:
    assert colour(vowel, 0.0, 0.0) is vowel


@pytest.mark.parametrize("size", [0, 1, 100, 700, 1000])
def test_short_and_silent_takes_come_out(size: int) -> None:
    silent = colour(Audio(np.zeros(size, np.float32), RATE), 1.0, 3.0)
    assert silent.samples.size == size
    assert np.isfinite(silent.samples).all()


def test_a_take_is_shelved_as_its_manner_has_it_and_under_a_key_of_its_own(tmp_path: Path) -> None:
    voice = Voice("tone", "tone-20")
    plain, breathy = (key_of("They are in the barn.", voice, "1", Manner(breath=b)) for b in (0.0, 1.0))
    assert plain != breathy
    assert plain == key_of("They are in the barn.", voice, "1", Manner(gain=-3.0, before=100.0))
    for key, breath in ((plain, 0.0), (breathy, 1.0)):
        assert speak_take(Job("They are in the barn.", voice, key, tmp_path, load, breath=breath)).doubt == ""
    one, other = (Shelf(tmp_path).read(key) for key in (plain, breathy))
    assert one.samples.size == other.samples.size
    assert not np.allclose(one.samples, other.samples, atol=0.01)
    assert loudness(other) == pytest.approx(loudness(one), abs=0.2)
