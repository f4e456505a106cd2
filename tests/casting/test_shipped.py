"""Casting with the catalogues that ship."""

from __future__ import annotations

import pytest

from narrate.cast import VoiceInfo
from narrate.casting import fill_cast, recast
from narrate.casting.unlike import TOLD_APART, distance, same_timbre
from narrate.engines.catalogue import catalogue
from narrate.script import NARRATOR, Character, Gender, Line, Script

VOICES = (*catalogue("hibari"), *catalogue("kokoro"), *catalogue("tone"))
INFOS = {(info.engine, info.name): info for info in VOICES}


def script(people: int) -> Script:
    """A crowd in which each talks to their neighbours, in scenes of six."""
    genders: tuple[Gender, ...] = ("female", "male")
    characters = [Character(f"Person {k:02}", gender=genders[k % 2]) for k in range(people)]
    lines = [
        Line(0, 1, "word " * (people - k), "speech", characters[k].name, 1.0, "", 0, scene, 0)
        for scene in range(0, people, 3)
        for k in [*range(scene, min(scene + 6, people))] * 3
    ]
    return Script(tuple(lines), tuple(characters))


def info(cast_voice: object) -> VoiceInfo:
    return INFOS[cast_voice.engine, cast_voice.name]  # type: ignore[attr-defined]


@pytest.mark.parametrize("people", [2, 8, 14])
def test_a_cast_of_the_default_pair_can_be_told_apart(people: int) -> None:
    cast = fill_cast(script(people), {}, VOICES)
    given = {name: info(role.voice) for name, role in cast.roles.items()}
    assert given[NARRATOR].engine == "hibari"
    assert len({(i.engine, i.name) for i in given.values()}) == people + 1
    for name, voice in given.items():
        if name != NARRATOR:
            assert voice.engine == "kokoro"
            assert not same_timbre(voice, given[NARRATOR])
            assert voice.gender == ("female", "male")[int(name[-2:]) % 2]
    for scene in range(0, people, 3):
        names = [f"Person {k:02}" for k in range(scene, min(scene + 6, people))]
        for k, one in enumerate(names):
            for other in names[:k]:
                assert distance(given[one], given[other]) >= TOLD_APART


def test_a_tone_draft_has_a_tone_for_each() -> None:
    crowd = script(12)
    draft = recast(fill_cast(crowd, {}, VOICES), "tone", VOICES)
    assert len({role.voice for role in draft.roles.values()}) == 13
