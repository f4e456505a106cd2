"""The narrator's engine: one voice, no download, the same bytes on every run."""

import numpy as np
import pytest

from narrate.cast import Voice
from narrate.engines import models
from narrate.engines.hibari import Hibari
from narrate.errors import EngineError

HEART = Voice("hibari", "heart")


def test_only_the_packaged_voice_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """hibari's other voices would be downloaded."""
    assert [info.name for info in Hibari().voices()] == ["heart"]
    for other in ("emma", "fenrir", "fable", "kore"):
        with pytest.raises(EngineError, match="no voice"):
            Hibari().speak("Good evening.", Voice("hibari", other))


def test_sentences_are_said_one_by_one_with_a_pause_between() -> None:
    engine = Hibari()
    one = engine.speak("He stopped.", HEART)
    three = engine.speak("He stopped. He stopped. He stopped.", HEART)
    assert three.ms == pytest.approx(3 * one.ms + 2 * 420, abs=30)


@pytest.mark.parametrize("text", ["", "...", "😀"])
def test_what_has_no_sound_is_a_beat_of_silence(text: str) -> None:
    audio = Hibari().speak(text, HEART)
    assert audio.ms == pytest.approx(300, abs=1)
    assert not audio.samples.any()


@pytest.mark.parametrize(("speed", "pitch"), [(0.5, 0.0), (2.0, 0.0), (0.5, 12.0), (2.0, -6.0)])
def test_the_ends_of_speed_and_pitch(speed: float, pitch: float) -> None:
    text = "The carriage is waiting at the gate."
    plain = Hibari().speak(text, HEART)
    moved = Hibari().speak(text, Voice("hibari", "heart", speed=speed, pitch=pitch))
    assert np.abs(moved.samples).max() > 0.05
    assert 0.5 < moved.ms * speed / plain.ms < 2.0


def test_a_damaged_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(models.HIBARI, "hibari.onnx", "0" * 64)
    with pytest.raises(EngineError, match=r"hibari\.onnx.*force-reinstall hibari-tts"):
        Hibari().speak("Good evening.", HEART)
