"""What is Kokoro's own: short lines, variants, styles, and files that are not the pinned ones."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from narrate.cast import Voice, VoiceInfo
from narrate.engines import models, neural
from narrate.engines.catalogue import catalogue
from narrate.engines.kokoro import Kokoro
from narrate.errors import EngineError
from narrate.shipped import voices_folder


@pytest.fixture(scope="module")
def kokoro() -> Iterator[Kokoro]:
    engine = Kokoro()
    yield engine
    engine.close()


@pytest.mark.slow
@pytest.mark.parametrize("text", ["No.", "Oh!", "Yes.", "But—"])
@pytest.mark.parametrize("name", ["bf_lily", "bm_george"])
def test_a_word_or_two_is_that_and_no_more(kokoro: Kokoro, text: str, name: str) -> None:
    """Said alone these take 0.7 to 1.2 s in these voices, half of it babble."""
    audio = kokoro.speak(text, Voice("kokoro", name))
    assert 200 < audio.ms < 900
    assert np.abs(audio.samples).max() > 0.1
    assert np.abs(audio.samples[-48:]).max() < 0.01, "it ends in silence, not in a click"


@pytest.mark.parametrize("text", ["", "...", "😀", "你好", "—!"])
def test_what_has_no_sound_is_a_beat_of_silence(kokoro: Kokoro, text: str) -> None:
    audio = kokoro.speak(text, Voice("kokoro", "af_bella"))
    assert audio.ms == pytest.approx(300, abs=1)
    assert not audio.samples.any()


@pytest.mark.slow
def test_a_variant_is_another_voice_at_the_same_pace(kokoro: Kokoro) -> None:
    variant = next(info for info in catalogue("kokoro") if info.base)
    text = "The carriage is waiting at the gate."
    own = kokoro.speak(text, Voice("kokoro", variant.name))
    plain = kokoro.speak(text, Voice("kokoro", variant.base))
    assert own.samples.tobytes() != plain.samples.tobytes()
    assert own.ms == pytest.approx(plain.ms, rel=0.15)


def test_every_voice_has_its_pack_and_stands_apart_as_the_catalogue_says() -> None:
    voices = catalogue("kokoro")
    with np.load(models.packs_path(voices_folder())) as packs:
        held = {name.rsplit(".", 1)[0] for name in packs.files}
    for info in voices:
        assert (info.base or info.name) in held
        assert not info.base or abs(float(info.name.removeprefix(info.base))) <= 2
    assert sum(info.language in ("en-US", "en-GB") and not info.base for info in voices) == 28


def test_fifty_voices_are_told_apart() -> None:
    """Each at least 0.20 from all the others, as measured by benchmarks/voices."""
    apart: list[VoiceInfo] = []
    crowded = {info.name: sum(far < 0.2 for far in info.unlike.values()) for info in catalogue("kokoro")}
    for info in sorted(catalogue("kokoro"), key=lambda info: crowded[info.name]):
        if all(info.unlike[other.name] >= 0.2 for other in apart):
            apart.append(info)
    assert len(apart) >= 50


@pytest.mark.slow
def test_half_the_speed_does_not_take_longer_pieces(kokoro: Kokoro, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory goes by the length of the sound, so slow speech is cut into shorter pieces."""
    longest: list[int] = []

    def say(phonemes: str, speed: float) -> np.ndarray:
        longest.append(len(phonemes))
        return np.full(2400, 0.1, np.float32)

    text = "the rain fell on the roof and the road and the river, " * 6
    for speed in (1.0, 0.5):
        longest.clear()
        voice = Voice("kokoro", "af_bella", speed=speed)
        neural.speak(text, voice, say, british=False, limit=100, semitones=0.0)
        assert max(longest) <= 100 * speed


def test_a_file_that_is_not_the_pinned_one_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(models, "KOKORO", "0" * 64)
    with pytest.raises(EngineError, match=r"damaged or of another version.*force-reinstall"):
        models.kokoro_bytes()
    (tmp_path / "kokoro-voices-rank8.npz").write_bytes(b"something else")
    with pytest.raises(EngineError, match="damaged"):
        models.packs_path(tmp_path)
    with pytest.raises(EngineError, match="reinstall narrate"):
        models.packs_path(tmp_path / "nowhere")


def test_a_package_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineError, match="pip install no-such-package-xyz"):
        models.installed(("numpy", "no-such-package-xyz"))


def test_the_version_names_what_is_heard() -> None:
    version = Kokoro().version()
    assert models.KOKORO[:16] in version
    assert models.KOKORO_PACKS[:16] in version
    assert "hibari-tts 0.2.1" in version
    assert f"revision {neural.REVISION}" in version
