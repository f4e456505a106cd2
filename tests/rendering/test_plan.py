from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.cast import Cast, Role, Voice
from narrate.errors import EngineError, UserFileError
from narrate.rendering.plan import ENOUGH, FULL, LONGEST, SCRAP, key_of, plan, split, unspoken
from narrate.rendering.sentences import sentences
from narrate.script import Line, LineKind, Script

SENTENCES = {
    "titles": ["Mr. Smith met Dr. Watson. ", "They shook hands."],
    "initials": ["J. R. R. Tolkien wrote. ", "E. Nesbit too."],
    "glued initials": ["J.R. Smith came. ", "He left."],
    "the pronoun I": ["It was I. ", "He knew."],
    "decimals": ["It is 3.14 or so. ", "Yes."],
    "closing quotes": ["“Go! ", "Now!” ", "She went."],
    "tag after a question": ["“What?” he said. ", "“Why?”"],
    "trailing dots": ["Well... perhaps. ", "Perhaps... ", "Never."],
    "ellipsis sign": ["Well… perhaps… ", "Never."],
    "latin": ["Some, e.g. Tom, i.e. he, etc. and so on. ", "Etc. ", "Then on."],
    "numbers": ["See No. 5 and Jan. 3. ", "“No. ", "I will not.”"],
    "hours": ["It was 3 p.m. and hot. ", "At 4 p.m. ", "Rain fell."],
    "street or saint": ["St. Ives is far. ", "So?"],
    "no gap": ["one.two is a file. ", "See www.example.org now."],
    "brackets": ["(It rained.) ", "[It did.] ", "So."],
    "verse": ["Tyger, tyger, burning bright\n", "In the forests of the night."],
    "other scripts": ["これは本です。", "はい！", "「そう。」", "終わり"],
    "many marks": ["What?!?! ", "No!!! ", "Oh."],
}


@pytest.mark.parametrize("expected", SENTENCES.values(), ids=SENTENCES.keys())
def test_sentences(expected: list[str]) -> None:
    text = "".join(expected)
    assert [text[start:end] for start, end in sentences(text)] == expected


PROSE = st.text(st.sampled_from('abcIJ .!?…,;“”’"—-\n5。é'), max_size=300) | st.text(max_size=100)


@given(PROSE)
def test_sentences_tile_the_text(text: str) -> None:
    ends = [0, *itertools.chain.from_iterable(sentences(text)), len(text)]
    assert "".join(text[a:b] for a, b in sentences(text)) == text
    assert ends == sorted(ends)


@given(PROSE | st.lists(PROSE, max_size=12).map(" ".join))
def test_no_word_is_lost_and_each_cue_has_one(text: str) -> None:
    cues = split(text)
    assert "".join(filter(str.isalnum, "".join(cues))) == "".join(filter(str.isalnum, text))
    if cues:
        assert "".join("".join(cues).split()) == "".join(text.split())
    for cue in cues:
        assert cue == cue.strip()
        assert any(map(str.isalnum, cue))
        assert len(cue) <= 2 * LONGEST


def test_short_sentences_are_joined_and_long_ones_stand_alone() -> None:
    short = "Yes. No. Well. Come in. "
    long = "It was a long sentence, as they go, and it went on about nothing at all until it was " * 2
    assert split(short) == (short.strip(),)
    assert split(f"{long}end. {long}end. Yes.") == (f"{long}end.", f"{long}end. Yes.")
    *cues, last = split(short * 50)
    assert all(ENOUGH - 1 <= len(cue) <= FULL for cue in cues)
    assert len(last) >= SCRAP


def test_a_sentence_is_left_whole_up_to_a_page_then_cut_at_clauses() -> None:
    clause = "and so it went on and on and on, "
    assert split(clause * 15) == ((clause * 15).strip(),)
    cues = split(clause * 100)
    assert len(cues) > 4
    assert all(cue.endswith(",") for cue in cues)


@pytest.mark.parametrize("text", ["", " ", "...", "“…”", "---", "* * *", "?!", "\n\n", "— — —"])
def test_nothing_to_say_is_no_cue(text: str) -> None:
    assert split(text) == ()


@pytest.mark.parametrize("scrap", ["... ", ".", ". ", "”", "word ", "a. ", "x", ", ", "\n", " ", ".”"])
def test_one_endless_line_is_planned_in_one_pass(scrap: str) -> None:
    text = scrap * (400_000 // len(scrap))  # quadratic would take hours
    assert "".join(filter(str.isalnum, "".join(split(text)))) == "".join(filter(str.isalnum, text))


def test_dots_without_end_are_not_sent_to_an_engine() -> None:
    assert split("Well. " + "... " * 10_000) == ("Well. " + ("... " * 148).strip(),)


def line(text: str, speaker: str = "narrator", kind: LineKind = "narration") -> Line:
    return Line(0, 0, text, kind, speaker, 1.0, "", 0, 0, 0)


def as_it_is(line: Line, voice: Voice) -> str:
    return line.text


HEART = Voice("hibari", "heart")
CAST = Cast({"narrator": Role("narrator", HEART), "Ann": Role("Ann", Voice("kokoro", "af_sky"))})
VERSIONS = {"hibari": "h1", "kokoro": "k1"}


def test_each_line_in_its_speakers_voice() -> None:
    script = Script(
        (
            line("It rained."),
            line("", "", "silent"),
            line("“No.”", "Ann", "speech"),
            line("“…”", "Ann", "speech"),
            line("THE END", kind="title"),
        ),
        (),
    )
    cues = plan(script, CAST, VERSIONS, as_it_is)
    assert [(cue.line, cue.text, cue.voice.name) for cue in cues] == [
        (0, "It rained.", "heart"),
        (2, "“No.”", "af_sky"),
        (4, "THE END", "heart"),
    ]
    assert unspoken(script, cues) == (3,)


def test_a_cue_is_what_the_voice_is_given() -> None:
    script = Script((line("5 cats"), line("6 dogs", "Ann", "speech")), ())
    cues = plan(script, CAST, VERSIONS, lambda line, voice: f"{voice.name}: {line.text}")
    assert [cue.text for cue in cues] == ["heart: 5 cats", "af_sky: 6 dogs"]


def test_a_speaker_without_a_voice_or_an_engine_without_a_version() -> None:
    with pytest.raises(UserFileError, match="Bob"):
        plan(Script((line("Hi.", "Bob", "speech"),), ()), CAST, VERSIONS, as_it_is)
    with pytest.raises(EngineError, match="kokoro"):
        plan(Script((line("Hi.", "Ann", "speech"),), ()), CAST, {"hibari": "h1"}, as_it_is)


NUMBERS = st.floats(-12, 12).map(lambda x: round(x, 3))
VOICES = st.builds(
    Voice,
    engine=st.sampled_from(["hibari", "kokoro"]),
    name=st.sampled_from(["a", "b"]),
    speed=NUMBERS,
    pitch=NUMBERS,
    options=st.dictionaries(st.sampled_from("xy"), st.integers() | st.booleans() | st.text()).map(
        lambda options: tuple(sorted(options.items()))
    ),
)


@given(st.text(), VOICES, st.text(max_size=5), st.text(), VOICES, st.text(max_size=5))
def test_keys_are_equal_exactly_when_all_that_is_audible_is(
    text: str, voice: Voice, version: str, text2: str, voice2: Voice, version2: str
) -> None:
    key = key_of(text, voice, version)
    assert key == key_of(text, replace(voice, gain=voice.gain + 3), version)
    assert len(key) == 64
    changed = [
        replace(voice, engine="espeak"),
        replace(voice, name="c"),
        replace(voice, speed=voice.speed + 0.01),
        replace(voice, pitch=voice.pitch + 0.01),
        replace(voice, options=(*voice.options, ("z", 1))),
    ]
    keys = {key, *(key_of(text, other, version) for other in changed)}
    keys |= {key_of(text + ".", voice, version), key_of(text, voice, version + "1")}
    assert len(keys) == 8
    same = (text, replace(voice, gain=0), version) == (text2, replace(voice2, gain=0), version2)
    mixed = any(type(a[1]) is not type(b[1]) for a, b in zip(voice.options, voice2.options, strict=False))
    if not mixed:  # True == 1, but an engine may tell them apart
        assert (key == key_of(text2, voice2, version2)) == same


def test_an_edit_changes_only_the_keys_of_its_sentence() -> None:
    paragraph = [
        f"This is sentence {k}, and it is as long as sentences are in most of the books." for k in "abcdef"
    ]
    before = plan(Script((line(" ".join(paragraph)),), ()), CAST, VERSIONS, as_it_is)
    paragraph[2] = paragraph[2].replace("most", "all")
    after = plan(Script((line(" ".join(paragraph)),), ()), CAST, VERSIONS, as_it_is)
    changed = [cue.text for cue in after if cue.key not in {cue.key for cue in before}]
    assert len(changed) == 1
    assert "sentence c" in changed[0]
