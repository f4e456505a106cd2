"""Everybody gets a voice that suits them, and whoever talk to each other are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.cast import NARRATORS_VOICE, Cast, Voice, VoiceInfo
from narrate.casting import fill_cast, recast
from narrate.casting.unlike import TOLD_APART, distance
from narrate.errors import EngineError
from narrate.script import NARRATOR, UNKNOWN, Age, Character, Gender, Line, Script

HEART = VoiceInfo("hibari", "heart", "female", "adult", "en-US", quality=0.83)


def voice(
    name: str, gender: Gender, age: Age = "adult", accent: str = "en-US", quality: float = 0.8
) -> VoiceInfo:
    return VoiceInfo("kokoro", name, gender, age, accent, quality=quality)


VOICES = [
    HEART,
    voice("af_heart", "female", quality=1.0),
    voice("af_sky", "female", "young"),
    voice("af_sarah", "female"),
    voice("bf_emma", "female", accent="en-GB"),
    voice("bf_lily", "female", "old", "en-GB"),
    voice("af_nicole", "female", quality=0.1),
    voice("am_adam", "male"),
    voice("am_eric", "male", "young"),
    voice("bm_lewis", "male", "old", "en-GB"),
    voice("bm_george", "male", accent="en-GB"),
    voice("am_onyx", "male"),
]
TONES = [
    VoiceInfo("espeak", f"{g}{k}", g, "adult")
    for g in ("female", "male")
    for k in range(8)  # type: ignore[arg-type]
]
ROBOT = VoiceInfo("robot", "one")


def story(scenes: Sequence[str | Sequence[str]], *people: Character, words: int = 5) -> Script:
    """A script in which each scene's speakers speak in turn."""
    lines: list[Line] = []
    for k, scene in enumerate(scenes):
        for name in scene.split() if isinstance(scene, str) else scene:
            text = " ".join(["word"] * words)
            lines.append(Line(len(lines), len(lines) + 1, text, "speech", name, 1.0, "", 0, k, len(lines)))
    return Script(tuple(lines), people)


def woman(name: str, age: Age = "adult") -> Character:
    return Character(name, gender="female", age=age)


def man(name: str, age: Age = "adult") -> Character:
    return Character(name, gender="male", age=age)


def info(cast: Cast, name: str, voices: Sequence[VoiceInfo] = VOICES) -> VoiceInfo:
    given = cast.roles[name].voice
    return next(v for v in voices if (v.engine, v.name) == (given.engine, given.name))


def test_the_narrator_is_heard_in_no_character() -> None:
    cast = fill_cast(story(["Ann Bob Ann Bob"], woman("Ann"), man("Bob")), {}, VOICES)
    assert cast.roles[NARRATOR].voice == Voice("hibari", "heart")
    assert next(iter(cast.roles)) == NARRATOR
    assert info(cast, "Ann").gender == "female"
    assert info(cast, "Bob").gender == "male"
    assert cast.roles["Ann"].voice.name != "af_heart"  # the same speaker as hibari's, and of the best quality


def test_ages_are_heard() -> None:
    people = [woman("Gran", "old"), woman("Ann"), woman("Kim", "young"), man("Pop", "old"), man("Bob")]
    cast = fill_cast(story(["Gran Ann Kim Pop Bob"], *people), {}, VOICES)
    assert {name: info(cast, name).age for name in ("Gran", "Kim", "Pop")} == {
        "Gran": "old",
        "Kim": "young",
        "Pop": "old",
    }


def test_a_boy_is_played_by_a_young_voice_even_a_woman_s() -> None:
    voices = [v for v in VOICES if v.name != "am_eric"]
    cast = fill_cast(story(["Tim Bob Tim"], man("Tim", "child"), man("Bob")), {}, voices)
    assert cast.roles["Tim"].voice.name == "af_sky"
    assert "a boy's part" in cast.roles["Tim"].why


def test_who_talk_most_to_each_other_are_furthest_apart() -> None:
    near = {"a": {"b": 0.25, "c": 0.25, "d": 0.9}, "b": {"c": 0.25, "d": 0.3}, "c": {"d": 0.3}}
    voices = [HEART] + [replace(voice(n, "male"), unlike=near.get(n, {})) for n in "abcd"]
    for pair in (("Abe", "Bob"), ("Cal", "Dan"), ("Bob", "Dan")):
        script = story(
            [" ".join(pair) * 1 + " " + " ".join(pair * 10), "Abe Bob Cal Dan"],
            *map(man, ("Abe", "Bob", "Cal", "Dan")),
        )
        cast = fill_cast(script, {}, voices)
        assert {cast.roles[name].voice.name for name in pair} == {"a", "d"}
        assert f"furthest from {pair[1]}'s voice" in cast.roles[pair[0]].why


def test_the_lead_gets_the_better_voice() -> None:
    voices = [HEART, voice("x", "male", quality=0.2), voice("y", "male", quality=0.9)]
    cast = fill_cast(story(["Bob Bob Bob Abe"], man("Abe"), man("Bob")), {}, voices)
    assert cast.roles["Bob"].voice.name == "y"
    assert "; a lead" in cast.roles["Bob"].why


def test_the_reason_for_a_voice_outlives_its_being_written_down() -> None:
    script = story(["Ann Bea Ann Bea"], woman("Ann"), woman("Bea"))
    first = fill_cast(script, {}, VOICES)
    chosen = {name: role.voice for name, role in first.roles.items()}
    whys = {name: role.why for name, role in first.roles.items() if name != "Bea"}
    again = fill_cast(script, chosen, VOICES, whys=whys)
    assert {name: role.why for name, role in again.roles.items()} == {
        **whys,
        "Bea": "chosen in the cast file",
    }


def test_one_voice_for_everybody_is_no_failure() -> None:
    script = story(["Ann Bea Ann Bea"], woman("Ann"), woman("Bea"))
    cast = fill_cast(script, {}, [HEART], engine="hibari")
    assert cast.roles["Ann"].why == "hibari has one voice, which is everybody's"
    assert "no character" not in cast.roles[NARRATOR].why


def test_the_users_choice_wins_and_the_others_keep_away_from_it() -> None:
    script = story(["Ann Bea Ann Bea"], woman("Ann"), woman("Bea"))
    free = fill_cast(script, {}, VOICES)
    wanted = Voice("kokoro", free.roles["Bea"].voice.name, speed=0.9)
    cast = fill_cast(
        script, {"Ann": wanted, NARRATOR: Voice("kokoro", "bm_george"), "Nobody": wanted}, VOICES
    )
    assert cast.roles["Ann"].voice == wanted
    assert cast.roles[NARRATOR].voice == Voice("kokoro", "bm_george")
    assert cast.roles["Bea"].voice.name != wanted.name
    assert "Nobody" not in cast.roles


def test_a_voice_that_nobody_lists_is_still_the_users_choice() -> None:
    wanted = Voice("mine", "own")
    assert fill_cast(story(["Ann Bob"]), {"Ann": wanted}, VOICES).roles["Ann"].voice == wanted


def test_whoever_tells_the_story_speaks_in_the_narrators_voice() -> None:
    jim = replace(man("Jim"), narrates=True)
    cast = fill_cast(story(["Jim Ann Jim Ann"], jim, woman("Ann")), {}, VOICES)
    assert info(cast, NARRATOR).gender == "male"  # hibari has no man's voice
    assert cast.roles["Jim"].voice == cast.roles[NARRATOR].voice
    assert "as Jim is, who tells the story; hibari has no male voice" in cast.roles[NARRATOR].why
    kim = replace(woman("Kim"), narrates=True)
    cast = fill_cast(story(["Kim Bob"], kim, man("Bob")), {}, VOICES)
    assert cast.roles["Kim"].voice == cast.roles[NARRATOR].voice == Voice("hibari", "heart")
    own = fill_cast(story(["Kim Bob"], kim, man("Bob")), {"Kim": Voice("kokoro", "bf_emma")}, VOICES)
    assert own.roles["Kim"].voice.name == "bf_emma"


def test_following_the_narrator_follows_the_users_narrator() -> None:
    chosen = {"Jim": NARRATORS_VOICE, NARRATOR: Voice("kokoro", "am_adam", speed=1.1)}
    assert fill_cast(story(["Jim Ann"]), chosen, VOICES).roles["Jim"].voice == chosen[NARRATOR]


def test_unknown_speakers_have_a_voice_of_their_own() -> None:
    cast = fill_cast(story(["Ann Bob unknown Ann Bob"], woman("Ann"), man("Bob")), {}, VOICES)
    assert len({role.voice for role in cast.roles.values()}) == 4
    assert "not known" in cast.roles[UNKNOWN].why


def test_an_accent_is_preferred() -> None:
    cast = fill_cast(story(["Ann Bob Ann"], woman("Ann"), man("Bob")), {}, VOICES, accent="en-GB")
    assert info(cast, "Ann").language == info(cast, "Bob").language == "en-GB"


def test_when_voices_run_out_those_share_who_never_meet() -> None:
    voices = [HEART] + [voice(n, "male") for n in ("x", "y")]
    people = [man(n) for n in ("Abe", "Bob", "Cal", "Dan")]
    cast = fill_cast(story(["Abe Bob Abe Bob", "Cal Dan Cal Dan"], *people), {}, voices)
    assert cast.roles["Abe"].voice != cast.roles["Bob"].voice
    assert cast.roles["Cal"].voice != cast.roles["Dan"].voice
    assert "they never meet" in cast.roles["Cal"].why


def test_a_leads_voice_is_the_last_to_be_shared() -> None:
    voices = [HEART] + [voice(n, "male") for n in ("x", "y", "z")]
    names = ("Abe", "Bob", "Cal", "Dan")
    scenes = ["Abe " * 40 + "Bob " * 30, "Cal Cal", "Dan"]
    cast = fill_cast(story(scenes, *map(man, names)), {}, voices)
    assert cast.roles["Cal"].voice == cast.roles["Dan"].voice
    assert len({cast.roles[name].voice for name in names}) == 3


def test_three_hundred_characters_are_cast() -> None:
    names = [f"P{k:03}" for k in range(300)]
    scenes = [" ".join(names[k % 290 : k % 290 + 4]) for k in range(0, 900, 3)]
    people = [woman(n) if k % 3 else man(n) for k, n in enumerate(names)]
    cast = fill_cast(story(scenes, *people), {}, VOICES)
    assert len(cast.roles) == 301
    assert all(info(cast, p.name).gender == p.gender for p in people)


def test_no_dialogue_needs_a_narrator_only() -> None:
    assert list(fill_cast(Script((), ()), {}, VOICES).roles) == [NARRATOR]


def test_no_voice_is_an_error() -> None:
    with pytest.raises(EngineError, match="no voice to cast"):
        fill_cast(Script((), ()), {}, [])


def test_one_engine_is_enough() -> None:
    script = story(["Ann Bob"], woman("Ann"), man("Bob"))
    assert {r.voice.engine for r in fill_cast(script, {}, TONES).roles.values()} == {"espeak"}
    assert {r.voice for r in fill_cast(script, {}, [ROBOT]).roles.values()} == {Voice("robot", "one")}


ages = st.sampled_from(["child", "young", "adult", "old", "unknown"])
genders = st.sampled_from(["female", "male", "neutral", "unknown"])


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    count = draw(st.integers(1, 8))
    people = [Character(f"P{k}", gender=draw(genders), age=draw(ages)) for k in range(count)]
    names = [p.name for p in people]
    scenes = draw(st.lists(st.lists(st.sampled_from(names), min_size=1, max_size=8), min_size=1, max_size=5))
    return story(scenes, *people)


@given(scripts())
@settings(max_examples=60, deadline=None)
def test_who_meet_are_told_apart_while_voices_are_free(script: Script) -> None:
    cast = fill_cast(script, {}, VOICES)
    met = {
        (a.speaker, b.speaker)
        for a, b in combinations(script.lines, 2)
        if a.scene == b.scene and a.speaker != b.speaker
    }
    used = {role.voice.name for role in cast.roles.values()}
    by_name = {c.name: c for c in script.characters}
    for one, other in met:
        if distance(info(cast, one), info(cast, other)) < TOLD_APART:
            person = by_name[one]
            free = [
                v
                for v in VOICES[2:]
                if v.name not in used
                and (person.gender in ("neutral", "unknown") or v.gender == person.gender)
            ]
            assert not free


@given(scripts())
@settings(max_examples=30, deadline=None)
def test_the_order_in_which_things_are_listed_does_not_matter(script: Script) -> None:
    turned = replace(script, characters=script.characters[::-1])
    assert fill_cast(script, {}, VOICES).roles == fill_cast(turned, {}, VOICES[::-1]).roles


@given(scripts())
@settings(max_examples=30, deadline=None)
def test_what_the_file_holds_stays_when_the_story_grows(script: Script) -> None:
    first = fill_cast(script, {}, VOICES)
    chosen = {name: role.voice for name, role in first.roles.items()}
    grown = story([["P0", "New"], ["New"] * 20], *script.characters, woman("New"))
    again = fill_cast(grown, chosen, VOICES)
    for name, role in again.roles.items():
        if name in chosen:
            assert role.voice == chosen[name]
    fresh = [
        v for v in VOICES[2:] if v.gender == "female" and v.name not in {c.name for c in chosen.values()}
    ]
    assert not fresh or again.roles["New"].voice.name in {v.name for v in fresh}


@given(scripts())
@settings(max_examples=30, deadline=None)
def test_a_draft_keeps_gender_and_contrast(script: Script) -> None:
    cast = fill_cast(script, {}, VOICES)
    draft = recast(cast, "espeak", [*VOICES, *TONES])
    assert draft.roles.keys() == cast.roles.keys()
    for name, role in draft.roles.items():
        assert role.voice.engine == "espeak"
        assert info(draft, name, TONES).gender == info(cast, name).gender
    for one, other in pairwise(sorted(cast.roles)):
        same = cast.roles[one].voice == cast.roles[other].voice
        if not same:
            assert draft.roles[one].voice != draft.roles[other].voice


def test_a_draft_in_one_voice_is_everybodys() -> None:
    cast = fill_cast(story(["Ann Bob Ann"], woman("Ann"), man("Bob")), {}, VOICES)
    assert {r.voice for r in recast(cast, "hibari", VOICES).roles.values()} == {Voice("hibari", "heart")}
    assert {r.voice for r in recast(cast, "robot", [*VOICES, ROBOT]).roles.values()} == {
        Voice("robot", "one")
    }


def test_a_draft_engine_that_is_missing_says_so() -> None:
    with pytest.raises(EngineError, match="espeak"):
        recast(fill_cast(Script((), ()), {}, VOICES), "espeak", VOICES)
