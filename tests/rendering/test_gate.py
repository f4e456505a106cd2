from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rehearsal import load

from narrate.audio import Audio
from narrate.cast import Voice
from narrate.engines.tone import Tone
from narrate.rendering.cue import Cue
from narrate.rendering.executors import InlineExecutor
from narrate.rendering.gate import expected_s, fault, plausible_s, unlike_peers
from narrate.rendering.render import render
from narrate.rendering.shelf import Shelf
from narrate.rendering.speak import retakes

RATE = 24_000
TEXT = "The rain had come down since noon, and nobody in the house knew what to do with the afternoon."


def speech(seconds: float, seed: int = 0) -> np.ndarray:
    """Something that changes as speech does: syllables of changing pitch and colour, short gaps."""
    random = np.random.default_rng(seed)
    parts: list[np.ndarray] = []
    while sum(part.size for part in parts) < seconds * RATE:
        count = int(RATE * random.uniform(0.07, 0.2))
        time = np.arange(count) / RATE
        pitch = random.uniform(90, 220)
        loudness = random.uniform(0, 1, 30) ** 3
        sound = sum(
            level * np.sin(2 * np.pi * pitch * (k + 1) * time + random.uniform(0, 6))
            for k, level in enumerate(loudness)
        )
        parts.append(0.04 * sound * np.hanning(count) ** 0.5)
        if random.uniform() < 0.2:
            parts.append(np.zeros(int(RATE * random.uniform(0.03, 0.2))))
    return np.concatenate(parts)[: int(seconds * RATE)].astype(np.float32)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), np.float32)


def heard(*parts: np.ndarray, text: str = TEXT, speed: float = 1.0) -> str:
    return fault(text, Audio(np.concatenate(parts), RATE), speed)


def test_a_good_take_passes() -> None:
    assert heard(speech(expected_s(TEXT))) == ""
    assert heard(silence(0.5), speech(expected_s(TEXT)), silence(0.5)) == ""
    assert heard(speech(2.5), silence(1.4), speech(2.5, seed=1)) == ""  # a long breath


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([silence(5)], "no sound"),
        ([0.001 * speech(5)], "no sound"),
        ([speech(1.0)], "too short"),
        ([speech(40)], "too long"),
        ([speech(5), silence(3)], "3.. s after the words"),
        ([silence(3), speech(5)], "3.. s before the words"),
        ([speech(2), silence(4), speech(2, seed=1)], "between words"),
        ([np.concatenate([p for k in range(8) for p in (speech(0.1, k), silence(0.9))])], "most of its time"),
        ([np.clip(60 * speech(6), -1, 1)], "clipped"),
        ([0.1 * np.random.default_rng(1).normal(size=6 * RATE).astype(np.float32)], "noise"),
        ([speech(6), speech(6)[RATE * 3 :]], r"at (2.9|3.\d) s is heard again at (5.9|6.\d) s"),
        ([speech(4), speech(4)], "heard again"),
    ],
)
def test_broken_takes(parts: list[np.ndarray], said: str) -> None:
    assert re.search(said, heard(*parts))


def test_a_text_that_repeats_itself_may_sound_the_same_twice() -> None:
    again = "Never go there, never go there at all, whatever the man at the gate tells you of it, child."
    assert heard(speech(4), speech(4), text=again) == ""


def test_an_empty_take_and_one_of_a_few_samples() -> None:
    assert heard(silence(0)) != ""
    assert heard(speech(0.01)) != ""


@given(
    st.text(st.sampled_from("abcdeIé .,!?…-0"), min_size=1, max_size=200).filter(
        lambda text: any(map(str.isalnum, text))
    )
    | st.sampled_from(
        ["I", "No.", "Oh!", "FBI", "1984", "Nooooooo", "Shh", "日本語です。", "[Siobhan](/ʃɪvˈɔn/)?"]
    ),
    st.sampled_from([0.5, 0.8, 1.0, 1.3, 2.0]),
)
def test_every_tone_passes(text: str, speed: float) -> None:
    voice = Voice("tone", "tone-03", speed=speed)
    assert fault(text, Tone().speak(text, voice), speed) == ""


@given(st.text(max_size=80), st.floats(0.5, 2.0))
def test_limits_are_in_order(text: str, speed: float) -> None:
    least, most = plausible_s(text, speed)
    assert 0 < least < expected_s(text) / speed < most


def test_phonemes_are_not_letters_to_be_spoken() -> None:
    assert expected_s("[Siobhan](/ʃɪvˈɔn/) came.") == expected_s("Siobhan came.")


def test_a_take_unlike_its_voices_others_is_found() -> None:
    takes = {str(k): (TEXT, expected_s(TEXT) * (1.4 + 0.02 * k)) for k in range(12)}  # a slow voice
    assert unlike_peers(takes) == {}
    takes["half"] = (TEXT, expected_s(TEXT) * 0.7)
    takes["short"] = ("No.", 3.0)  # too short to tell
    (found,) = unlike_peers(takes).items()
    assert found[0] == "half"
    assert found[1][0] < expected_s(TEXT) * 1.5 < found[1][1]
    assert unlike_peers({"one": (TEXT, 0.1)}) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No", [("No.",)]),
        ("No.", []),
        ("Now,", [("Now.",)]),
        ("One. Two. Three.", [("One. Two.", "Three."), ("One.", "Two.", "Three.")]),
        ("First, then.", [("First,", "then.")]),
        ("a b c d", [("a b", "c d"), ("a", "b", "c", "d")]),
        ("[A. B](/eɪ biː/) c", [("[A. B](/eɪ biː/)", "c")]),
    ],
)
def test_retakes(text: str, expected: list[tuple[str, ...]]) -> None:
    assert list(retakes(text)) == expected


@given(st.text(st.sampled_from("ab .,!?…—\n"), max_size=60).filter(lambda text: any(map(str.isalnum, text))))
def test_retakes_keep_every_word(text: str) -> None:
    for pieces in retakes(text):
        assert "".join(filter(str.isalnum, "".join(pieces))) == "".join(filter(str.isalnum, text))


Cues = Callable[..., list[Cue]]
Log = Callable[[str], list[str]]


def test_a_failed_take_is_spoken_again_in_pieces(shelf: Shelf, cues: Cues, log: Log) -> None:
    script = cues("This one is easy.", "GASP, it has to breathe. After every sentence of its long speech.")
    report = render(script, shelf, InlineExecutor(), load)
    assert report.doubtful == ()
    assert log("begin")[1:] == [
        script[1].text,
        "GASP, it has to breathe.",
        "After every sentence of its long speech.",
    ]
    assert shelf.length(script[1].key)[0] > 24_000 * 3


def test_a_take_that_never_passes_is_reported_on_every_run(shelf: Shelf, cues: Cues, log: Log) -> None:
    script = cues("One is well.", "MUTE it stays. Whatever is done.", "FUSSY it is. Very much so.")
    for _run in range(2):
        doubtful = render(script, shelf, InlineExecutor(), load).doubtful
        assert [(doubt.line, doubt.text, doubt.why) for doubt in doubtful] == [
            (1, script[1].text, "there is no sound in it"),
            (2, script[2].text, "there is no sound in it"),
        ]
    assert len(log("begin")) == 1 + 2 + 2  # the first piece of each failed as well; nothing on the second run


def test_a_take_unlike_the_others_is_spoken_again(shelf: Shelf, cues: Cues, log: Log) -> None:
    usual = [f"This is number {k} of the lines that are as they should be." for k in "abcdefghijklmn"]
    script = [
        *cues(*usual),
        *cues("The second HALF of this line goes missing. It comes back when it is split."),
        *cues("In HALVES it stays. In HALVES, and nobody can help it, whatever they may do about it."),
    ]
    voice = script[0].voice
    script = [Cue(k, cue.text, voice, f"{k:064x}") for k, cue in enumerate(script)]
    report = render(script, shelf, InlineExecutor(), load)
    assert report.spoken == tuple(cue.key for cue in script)
    assert [doubt.line for doubt in report.doubtful] == [15]
    assert "pace" in report.doubtful[0].why
    spoken = len(log("begin"))
    again = render(script, shelf, InlineExecutor(), load)
    assert again.spoken == ()
    assert again.doubtful == report.doubtful
    assert len(log("begin")) == spoken
