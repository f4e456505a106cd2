"""Silences are of the right kind, the user's where the user says so, and never quite alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import UserFileError
from narrate.mastering.pacing import Pacing, pause_kind
from narrate.script import Line


def line(text: str, speaker: str, kind: str = "", paragraph: int = 0, scene: int = 0) -> Line:
    kind = kind or ("narration" if speaker == "narrator" else "speech")
    return Line(0, 1, text, kind, speaker, 1.0, "", 0, scene, paragraph)  # type: ignore[arg-type]


CASES = [
    ("two sentences of one line", ("I came. I saw.", "narrator"), None, "sentence"),
    ("a tag runs on from a quote", ("“Come,”", "Ada"), ("said Ada.", "narrator"), "tag"),
    ("a tag after an exclamation", ("“Come!”", "Ada"), ("she cried.", "narrator"), "tag"),
    ("a quote picks up after its tag", ("said Ada,", "narrator"), ("“and sit.”", "Ada"), "tag"),
    ("narration stands by itself", ("“Come.”", "Ada"), ("The door shut.", "narrator"), "sentence"),
    ("two quotes in one paragraph", ("“Come.”", "Ada"), ("“No.”", "Bob"), "turn"),
    ("the next speaker", ("“Come.”", "Ada"), ("“No.”", "Bob", "", 1), "turn"),
    ("the next speaker after a tag", ("said Ada.", "narrator"), ("“No.”", "Bob", "", 1), "turn"),
    ("the narrator goes on", ("It rained.", "narrator"), ("It poured.", "narrator", "", 1), "paragraph"),
    ("cut off by another", ("“But I—”", "Ada"), ("“Enough.”", "Bob", "", 1), "cut_in"),
    ("cut off by what happens", ("“But I—”", "Ada"), ("The door shut.", "narrator", "", 1), "interrupted"),
    ("nobody talks over a letter", ("But I—", "Ada", "letter"), ("“No.”", "Bob", "", 1), "interrupted"),
    ("a speaker goes on", ("“But I—”", "Ada"), ("“I mean it.”", "Ada", "", 1), "paragraph"),
    ("a quote trails off", ("“If only…”", "Ada"), ("“Well?”", "Bob", "", 1), "trailing"),
    ("a quote trails off and goes on", ("“If only…”", "Ada"), ("“Well.”", "Ada", "", 1), "trailing"),
    ("the narrator trails off", ("It rained…", "narrator"), ("It poured.", "narrator", "", 1), "trailing"),
    ("a tag after trailing off", ("“If only…”", "Ada"), ("she said.", "narrator"), "tag"),
    ("a quote cut by its own tag", ("“But I—”", "Ada"), ("she began.", "narrator"), "tag"),
    ("a scene ends", ("It rained.", "narrator"), ("Noon.", "narrator", "", 1, 1), "scene"),
    ("after a title", ("Chapter One", "narrator", "title"), ("It rained.", "narrator", "", 1), "title_after"),
    ("a letter begins", ("She read:", "narrator"), ("Dear Ada,", "Bob", "letter", 1), "letter"),
    ("a letter goes on", ("Dear Ada,", "Bob", "letter"), ("I write.", "Bob", "letter", 1), "paragraph"),
]


@pytest.mark.parametrize(("name", "before", "after", "kind"), CASES, ids=[case[0] for case in CASES])
def test_the_kind_of_silence(name: str, before: tuple, after: tuple | None, kind: str) -> None:
    first = line(*before)
    second = first if after is None else line(*after)
    assert pause_kind(first, second, first.text, ("prose", "prose")) == kind


def test_how_a_line_ends_is_the_users_to_say() -> None:
    before, after = line("“But I”", "Ada", "speech", 0), line("“Enough.”", "Bob", "speech", 1)
    prose = ("prose", "prose")
    assert pause_kind(replace(before, delivery=("interrupted",)), after, "", prose) == "cut_in"
    assert pause_kind(replace(before, delivery=("soft", "trailing")), after, "", prose) == "trailing"
    dashed = replace(before, text="“But I—”", delivery=("none",))
    assert pause_kind(dashed, after, "", prose) == "turn"


def test_a_long_sentence_spoken_in_parts_has_a_shorter_pause_between_them() -> None:
    one = line("It rained, and rained, and then it poured.", "narrator")
    assert pause_kind(one, one, "It rained, and rained,", ("prose", "prose")) == "clause"
    pacing = Pacing.default()
    assert pacing.clause < pacing.sentence < pacing.paragraph < pacing.scene


def test_verse_and_lists_have_silences_of_their_own() -> None:
    one, two = line("A", "narrator"), line("B", "narrator", "", 1)
    assert pause_kind(one, two, "A", ("verse", "verse")) == "verse"
    assert pause_kind(one, two, "A", ("list", "list")) == "item"
    assert pause_kind(one, two, "A", ("prose", "quotation")) == "letter"


def test_two_voices_at_once_for_minutes_is_a_slip_of_the_finger() -> None:
    with pytest.raises(UserFileError, match=r"cut_in is 1001; write milliseconds from 0 to 1000"):
        Pacing.from_mapping({"cut_in": 1001})


def test_the_user_changes_one_pause_and_keeps_the_rest() -> None:
    pacing = Pacing.from_mapping({"scene": 3000})
    assert pacing.scene == 3000.0
    assert pacing.turn == Pacing.default().turn


@pytest.mark.parametrize("value", [-1, 60_001, "long", True, None, float("nan")])
def test_a_pause_that_cannot_be_is_refused_with_its_range(value: object) -> None:
    with pytest.raises(UserFileError, match=r"scene is .*0 to 60000"):
        Pacing.from_mapping({"scene": value})


def test_a_misspelt_pause_is_met_with_the_nearest() -> None:
    with pytest.raises(UserFileError, match=r"cast.yaml:3:1: .*'sceen'; did you mean scene\?"):
        Pacing.from_mapping({"sceen": 1}, where="cast.yaml:3:1")


@given(st.text(), st.sampled_from(["turn", "scene", "clause"]), st.floats(0, 0.5))
def test_chance_stays_within_its_bounds_and_repeats(seed: str, kind: str, variation: float) -> None:
    pacing = Pacing.from_mapping({"variation": variation})
    length = pacing.ms(kind, seed)  # type: ignore[arg-type]
    plain = getattr(pacing, kind)
    assert plain * (1 - variation) - 1e-6 <= length <= plain * (1 + variation) + 1e-6
    assert length == pacing.ms(kind, seed)  # type: ignore[arg-type]


def test_pauses_differ_from_place_to_place() -> None:
    pacing = Pacing.default()
    assert len({round(pacing.ms("turn", str(k))) for k in range(50)}) > 20
