"""What every engine keeps, whoever wrote it: one set of tests over every entry point."""

import pickle
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import pytest

from narrate.audio import Audio
from narrate.cast import Voice
from narrate.engines import engine_names, load
from narrate.engines.protocol import Engine, Health
from narrate.errors import EngineError

WEIRD = {
    "empty": "",
    "space": "  \n ",
    "punctuation": "—!?… “”",
    "emoji": "😀🎉",
    "script of another language": "你好，世界。",
    "control characters": "a\x00b\u200b\ufeffc\u202e",
    "digits": "1984 007",
    "markup": "<speak>&amp;[[inpt PHON]] {x} [a](/b/) \\n",
    "lone surrogate": "a \ud800 b",
}
HUGE = {
    "a long paragraph": "The rain had not stopped since morning, and nobody expected it to. " * 75,
    "one huge word": "rhubarb" * 300,
    "no punctuation": "and then we walked on and on " * 60,
}


@pytest.fixture(scope="module", params=engine_names())
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made = load(request.param)
    health = made.health()
    if not health.ok:
        pytest.skip(health.detail)
    yield made
    made.close()


def voice_of(engine: Engine, **settings: float) -> Voice:
    return Voice(engine.name, engine.voices()[0].name, **settings)  # type: ignore[arg-type]


def well_formed(audio: Audio) -> None:
    assert audio.samples.dtype == np.float32
    assert audio.samples.ndim == 1
    assert np.isfinite(audio.samples).all()
    assert audio.samples.size == 0 or np.abs(audio.samples).max() <= 1.0
    assert 8_000 <= audio.rate <= 96_000


@pytest.mark.parametrize("name", engine_names())
def test_is_an_engine_whose_health_never_raises(name: str) -> None:
    made = load(name)
    assert isinstance(made, Engine)
    assert made.name == name
    health = made.health()
    assert isinstance(health, Health)
    assert health.detail
    assert "\n" not in health.detail + health.fix
    assert health.ok or health.fix


def test_version_is_one_line_and_stays(engine: Engine) -> None:
    assert engine.version()
    assert "\n" not in engine.version()
    assert engine.version() == load(engine.name).version()


def test_voices_are_named_once_and_in_a_fixed_order(engine: Engine) -> None:
    voices = engine.voices()
    names = [info.name for info in voices]
    assert names
    assert len(set(names)) == len(names)
    assert names == [info.name for info in load(engine.name).voices()]
    for info in voices:
        assert info.engine == engine.name
        assert 0.0 <= info.quality <= 1.0
        assert info.language
        assert not info.base or info.base in names
        assert info.name not in info.unlike


def test_says_the_same_in_two_instances(engine: Engine) -> None:
    text, voice = "Good evening, sir.", voice_of(engine)
    first = engine.speak(text, voice)
    engine.speak("Something else was said in between.", voice)
    other = load(engine.name)
    second = other.speak(text, voice)
    third = engine.speak(text, voice)
    other.close()
    well_formed(first)
    assert first.samples.size > 0
    assert first.rate == second.rate
    assert first.samples.tobytes() == second.samples.tobytes() == third.samples.tobytes()


def test_more_text_takes_longer(engine: Engine) -> None:
    voice = voice_of(engine)
    short = engine.speak("Good evening.", voice)
    long = engine.speak("Good evening. The carriage is waiting at the gate, and the horses are cold.", voice)
    assert long.ms > 1.5 * short.ms


def test_heeds_speed(engine: Engine) -> None:
    text = "The carriage is waiting at the gate, and the horses are cold."
    slow, fast = (engine.speak(text, voice_of(engine, speed=s)) for s in (0.8, 1.6))
    well_formed(slow)
    well_formed(fast)
    assert slow.ms > 1.4 * fast.ms


def test_heeds_pitch_and_keeps_the_pace(engine: Engine) -> None:
    text = "The carriage is waiting at the gate, and the horses are cold."
    plain, low, high = (engine.speak(text, voice_of(engine, pitch=p)) for p in (0.0, -4.0, 4.0))
    for audio in (low, high):
        well_formed(audio)
        assert audio.samples.tobytes() != plain.samples.tobytes()
        assert 0.7 < audio.ms / plain.ms < 1.4


def test_gain_is_left_to_stitching(engine: Engine) -> None:
    plain, loud = (engine.speak("Good evening.", voice_of(engine, gain=g)) for g in (0.0, 6.0))
    assert plain.samples.tobytes() == loud.samples.tobytes()


def test_an_unknown_voice_is_met_with_the_nearest(engine: Engine) -> None:
    known = engine.voices()[0].name
    with pytest.raises(EngineError) as caught:
        engine.speak("Good evening.", Voice(engine.name, known + "x"))
    assert known in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).what == caught.value.what


def test_an_unknown_option_is_an_error(engine: Engine) -> None:
    voice = Voice(engine.name, engine.voices()[0].name, options=(("no-such-option", 1),))
    with pytest.raises(EngineError, match="no-such-option"):
        engine.speak("Good evening.", voice)


@pytest.mark.parametrize("kind", WEIRD)
def test_odd_text_gives_sound_or_a_clear_error(engine: Engine, kind: str) -> None:
    with suppress(EngineError):
        well_formed(engine.speak(WEIRD[kind], voice_of(engine)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", HUGE)
def test_long_text_is_spoken_whole(engine: Engine, kind: str) -> None:
    """Half the text must take about half the time: nothing was cut off."""
    text = HUGE[kind][:600]
    half = engine.speak(text[:300], voice_of(engine, speed=2.0))
    whole = engine.speak(text, voice_of(engine, speed=2.0))
    well_formed(whole)
    assert 1.6 < whole.ms / half.ms < 2.6


def test_may_be_closed_twice_and_speak_again(engine: Engine) -> None:
    other = load(engine.name)
    other.close()
    other.close()
    well_formed(other.speak("Yes.", voice_of(engine)))
    other.close()
    other.close()
