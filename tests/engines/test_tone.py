"""Who spoke when can be read back from the sound."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.cast import Voice
from narrate.engines.tone import Tone, frequency

NAMES = [info.name for info in Tone().voices()]


@given(st.sampled_from(NAMES), st.text(max_size=60))
def test_every_voice_is_told_from_the_others(name: str, text: str) -> None:
    audio = Tone().speak(text, Voice("tone", name))
    spectrum = np.abs(np.fft.rfft(audio.samples * np.hanning(audio.samples.size), 1 << 16))
    heard = spectrum.argmax() * audio.rate / (1 << 16)
    assert min(NAMES, key=lambda other: abs(frequency(other) - heard)) == name


@pytest.mark.parametrize(("speed", "count"), [(1.0, 10), (2.0, 10), (0.5, 40)])
def test_length_follows_the_text(speed: float, count: int) -> None:
    audio = Tone().speak("x" * count, Voice("tone", "tone-01", speed=speed))
    assert audio.ms == pytest.approx((150 + 50 * count) / speed, abs=0.1)


def test_pitch_moves_the_note() -> None:
    assert frequency("tone-01", 12.0) == pytest.approx(2 * frequency("tone-01"))
