"""pyttsx3: every trap of the package closed. Linux with the wheel's espeak-ng stands for all systems."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("espeakng_loader")
if sys.platform != "linux":
    pytest.skip("the system's own voices differ from machine to machine", allow_module_level=True)

from narrate.cast import Voice
from narrate.engines import pyttsx3 as module
from narrate.engines.pyttsx3 import Pyttsx3
from narrate.errors import EngineError

AMERICAN = "English (America)"


@pytest.fixture
def engine() -> Pyttsx3:
    return Pyttsx3()


def say(engine: Pyttsx3, text: str, **settings: float):
    return engine.speak(text, Voice("pyttsx3", AMERICAN, **settings))  # type: ignore[arg-type]


def child_doing(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    script = folder / "child.py"
    script.write_text(body)
    monkeypatch.setattr(module, "CHILD", script)


def test_english_voices_are_listed_first_with_language_and_gender(engine: Pyttsx3) -> None:
    voices = engine.voices()
    assert len(voices) > 100
    american = next(v for v in voices if v.name == AMERICAN)
    assert (american.language, american.gender) == ("en-US", "male")
    english = [v.language.startswith("en") for v in voices]
    assert english == sorted(english, reverse=True)


def test_the_voice_asked_for_is_the_one_heard(engine: Pyttsx3) -> None:
    """A voice that pyttsx3 cannot find leaves its default speaking, without a word."""
    text = "The chance of a dance in the garden."
    names = (AMERICAN, "English (Great Britain)", "English (Scotland)", "German")
    heard = {name: engine.speak(text, Voice("pyttsx3", name)).samples.tobytes() for name in names}
    assert len(set(heard.values())) == len(names)


def test_what_it_prints_does_not_reach_the_terminal(
    engine: Pyttsx3, capfd: pytest.CaptureFixture[str]
) -> None:
    say(engine, "Good evening.")
    assert capfd.readouterr() == ("", "")


def test_text_is_not_read_beyond_its_end(engine: Pyttsx3) -> None:
    assert say(engine, "Yes.").ms < 1500


@pytest.mark.parametrize("text", ["<rate speed='-10'/>hello", "[[rate 50]] hello", "a\x00b", "\x01 90P b"])
def test_commands_in_the_text_are_only_text(engine: Pyttsx3, text: str) -> None:
    assert 100 < say(engine, text).ms < 5000


@pytest.mark.slow
def test_long_text_is_spoken_in_pieces_and_whole(engine: Pyttsx3) -> None:
    sentence = "Nobody came to the door. "
    audio = say(engine, sentence * 400, speed=2.0)
    assert audio.ms == pytest.approx(say(engine, sentence * 200, speed=2.0).ms * 2, rel=0.02)


def test_nothing_to_say_is_no_sound(engine: Pyttsx3) -> None:
    assert say(engine, " …! ").samples.size == 0


def test_a_child_that_crashes_is_tried_twice_and_named(
    engine: Pyttsx3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine.voices()
    tally = tmp_path / "tally"
    child_doing(monkeypatch, tmp_path, f"import os; open({str(tally)!r}, 'a').write('x'); os.abort()")
    with pytest.raises(EngineError, match="crashed while speaking 'Good evening"):
        say(engine, "Good evening.")
    assert tally.read_text() == "xx"


def test_a_child_that_hangs_is_ended(
    engine: Pyttsx3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine.voices()
    child_doing(monkeypatch, tmp_path, "import time; time.sleep(600)")
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    with pytest.raises(EngineError, match="hung while speaking"):
        say(engine, "Hm.")


def test_a_driver_that_saves_nothing_is_an_error(
    engine: Pyttsx3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine.voices()
    child_doing(monkeypatch, tmp_path, "print('{}')")
    with pytest.raises(EngineError, match="no sound that can be read"):
        say(engine, "Good evening.")


def test_a_drivers_error_is_told(engine: Pyttsx3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child_doing(monkeypatch, tmp_path, """print('{"error": "no speech server\\\\nat all"}')""")
    health = engine.health()
    assert not health.ok
    assert "no speech server at all" in health.detail
    assert health.fix


def test_without_espeak_on_linux_health_says_how_to_get_it(
    engine: Pyttsx3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_library", lambda: None)
    health = engine.health()
    assert not health.ok
    assert health.fix == "pip install 'narrate[espeak]'"


def test_one_at_a_time() -> None:
    assert not Pyttsx3.parallel
