"""espeak: the same bytes in every order and process, no crash of the library reaches the caller."""

import random
import sys
import textwrap
from pathlib import Path

import pytest

pytest.importorskip("espeakng_loader")

from narrate.cast import Voice
from narrate.engines import espeak, espeak_process
from narrate.engines.espeak import Espeak
from narrate.engines.espeak_library import Library, find_library
from narrate.errors import EngineError

TEXTS = (
    "Good evening.",
    "Why did nobody say so before the coach had left?",
    "He said “no” and left; it was 1984!",
    "I…",
)
# Those with state that outlives an utterance: flutter, echo, Klatt noise, rand()'s breath.
VOICES = (
    "en-us",
    "en-gb+f3",
    "en-us+klatt4",
    "en-gb+Reed",
    "en-us+caleb",
    "en-029+grandpa",
    "en-us+robosoft3",
)


@pytest.fixture
def engine():
    made = Espeak()
    yield made
    made.close()


def spoken(engine: Espeak, text: str, name: str = "en-us", **settings: object) -> bytes:
    return engine.speak(text, Voice("espeak", name, **settings)).samples.tobytes()  # type: ignore[arg-type]


def test_the_same_in_any_order_and_process() -> None:
    jobs = [(text, name) for text in TEXTS for name in VOICES] * 2
    heard: dict[tuple[str, str], bytes] = {}
    for seed in (1, 2):
        shuffled = random.Random(seed).sample(jobs, len(jobs))
        engine = Espeak()
        for job in shuffled:
            assert heard.setdefault(job, spoken(engine, *job)) == spoken(engine, *job), job
        engine.close()


@pytest.mark.slow
def test_every_voice_speaks(engine: Espeak) -> None:
    silent = [
        v.name for v in engine.voices() if engine.speak("Good evening 7.", Voice("espeak", v.name)).ms < 300
    ]
    assert not silent


def test_over_a_hundred_voices_in_each_accent_with_both_genders(engine: Espeak) -> None:
    voices = engine.voices()
    british = [v for v in voices if v.language == "en-GB"]
    assert len(british) > 100
    assert {"female", "male"} <= {v.gender for v in british}
    assert {"child", "young", "adult", "old"} <= {v.age for v in british}
    assert {"fr-FR", "de"} <= {v.language for v in voices}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a\x01 30P b", "a  30P b"),  # U+0001 starts a command to espeak-ng
        ("a\x00b", "a b"),
        ("Good\ud800 evening", "Good  evening"),
    ],
)
def test_control_characters_are_spaces(engine: Espeak, text: str, same: str) -> None:
    assert spoken(engine, text) == spoken(engine, same)


@pytest.mark.parametrize("text", ["[[h@'loU]] you", "<break time='20s'/> x", "<audio src='/etc/passwd'/> x"])
def test_markup_is_only_text(engine: Espeak, text: str) -> None:
    plain = engine.speak(text, Voice("espeak", "en-us")).ms
    assert plain > engine.speak(text.split()[-1], Voice("espeak", "en-us")).ms + 500
    assert plain < 15_000


@pytest.mark.parametrize("text", ["", " \n", "—!?… “”", "\x00\x01"])
def test_nothing_to_say_is_no_sound(engine: Espeak, text: str) -> None:
    assert engine.speak(text, Voice("espeak", "en-us")).samples.size == 0


def test_emoji_are_named(engine: Espeak) -> None:
    assert engine.speak("😀", Voice("espeak", "en-us")).ms > 300


def test_pitch_moves_over_two_octaves(engine: Espeak) -> None:
    """Also beyond what espeak-ng can do itself, at about the same pace."""
    heard = [engine.speak(TEXTS[1], Voice("espeak", "en-us", pitch=p)) for p in (-12.0, -9.0, 0.0, 9.0, 12.0)]
    assert len({(a.samples.tobytes(), a.rate) for a in heard}) == 5
    assert all(0.85 < a.ms / heard[2].ms < 1.15 for a in heard)


def test_options_change_the_sound_and_are_checked(engine: Espeak) -> None:
    plain = spoken(engine, TEXTS[1])
    assert spoken(engine, TEXTS[1], options=(("range", 0),)) != plain
    assert len(spoken(engine, TEXTS[1], options=(("wordgap", 100),))) > len(plain)
    for bad in (-1, 101, "lots", True):
        with pytest.raises(EngineError, match="range is a number from 0 to 100"):
            spoken(engine, TEXTS[1], options=(("range", bad),))


def test_a_killed_child_is_started_again(engine: Espeak) -> None:
    before = spoken(engine, TEXTS[0])
    engine._running()._process.kill()
    assert spoken(engine, TEXTS[0]) == before


def test_a_text_that_crashes_it_twice_is_named(
    engine: Espeak, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child.py"
    real = espeak_process.CHILD.read_text(encoding="utf-8")
    child.write_text(
        real.replace(
            "espeak.speak(text, request)", "b'poison' in text and os.abort(); espeak.speak(text, request)"
        )
    )
    monkeypatch.setattr(espeak_process, "CHILD", child)
    with pytest.raises(EngineError, match="crashed twice on 'a poison pill'"):
        engine.speak("a poison pill", Voice("espeak", "en-us"))
    assert spoken(engine, "a poisson")  # the engine lives on


def test_a_child_that_hangs_is_ended(engine: Espeak, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text(
        textwrap.dedent("""
        import time
        print('{"version": "1", "rate": 22050, "reloads": true}', flush=True)
        time.sleep(600)
        """)
    )
    monkeypatch.setattr(espeak_process, "CHILD", child)
    monkeypatch.setattr(espeak_process, "PATIENCE", 0.2)
    with pytest.raises(EngineError, match="hung twice"):
        engine.speak("x", Voice("espeak", "en-us"))


def test_where_libraries_stay_loaded_each_utterance_has_its_process(
    engine: Espeak, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expected = spoken(engine, TEXTS[1], "en-gb+f3")
    engine.close()
    child = tmp_path / "child.py"
    real = espeak_process.CHILD.read_text(encoding="utf-8")
    child.write_text(real.replace("_ctypes.dlclose(handle)", "pass"))
    monkeypatch.setattr(espeak_process, "CHILD", child)
    assert not engine._running().reusable
    for _ in range(3):
        assert spoken(engine, TEXTS[1], "en-gb+f3") == expected


def test_the_systems_library_serves_where_the_wheel_is_not(
    monkeypatch: pytest.MonkeyPatch, engine: Espeak
) -> None:
    wheel = find_library()
    assert wheel
    monkeypatch.setattr(espeak, "find_library", lambda: Library(wheel.path, wheel.data, ""))
    assert "system" in engine.version()
    assert "the system's library" in engine.health().detail
    assert spoken(engine, TEXTS[0])


def test_without_a_library_health_says_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, engine: Espeak
) -> None:
    monkeypatch.setattr(espeak, "find_library", lambda: None)
    health = engine.health()
    assert not health.ok
    assert health.fix == "pip install 'narrate[espeak]'"
    with pytest.raises(EngineError, match="not installed"):
        engine.voices()


def test_a_broken_library_is_an_error_not_a_hang(
    monkeypatch: pytest.MonkeyPatch, engine: Espeak, tmp_path: Path
) -> None:
    broken = tmp_path / "libespeak-ng.so"
    broken.write_bytes(b"not a library")
    monkeypatch.setattr(espeak, "find_library", lambda: Library(str(broken), tmp_path, "0.0"))
    health = engine.health()
    assert not health.ok
    assert "does not work" in health.detail


@pytest.mark.skipif(sys.platform == "win32", reason="a bound of espeak-ng on POSIX paths")
def test_a_very_long_path_to_the_data_is_no_hindrance(
    monkeypatch: pytest.MonkeyPatch, engine: Espeak, tmp_path: Path
) -> None:
    """espeak-ng cuts its data path at 160 bytes, and virtual environments lie deep."""
    wheel = find_library()
    assert wheel
    deep = tmp_path / ("d" * 100) / ("é" * 60)
    deep.mkdir(parents=True)
    (deep / "data").symlink_to(wheel.data)
    monkeypatch.setattr(espeak, "find_library", lambda: Library(wheel.path, deep / "data", "0.0"))
    assert spoken(engine, TEXTS[0])
