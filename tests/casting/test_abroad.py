"""A character's counterpart in another language."""

from __future__ import annotations

from narrate.cast import Voice, VoiceInfo
from narrate.casting import abroad

VOICES = (
    VoiceInfo("e", "amy", "female", "adult", "en-US"),
    VoiceInfo("e", "tom", "male", "old", "en-GB"),
    VoiceInfo("e", "claire", "female", "adult", "fr-BE", quality=0.9),
    VoiceInfo("e", "colette", "female", "adult", "fr-FR"),
    VoiceInfo("e", "luc", "male", "adult", "fr-FR"),
    VoiceInfo("e", "yuki", "female", "adult", "ja"),
    VoiceInfo("f", "hugo", "male", "old", "fr"),
)


def test_the_same_engine_and_gender_and_the_country_itself_first() -> None:
    assert abroad(Voice("e", "amy"), "fr", VOICES) == Voice("e", "colette")
    assert abroad(Voice("e", "tom"), "fr", VOICES) == Voice("e", "luc")


def test_what_tells_the_character_from_others_stays() -> None:
    own = Voice("e", "tom", speed=1.1, pitch=-2.0, gain=1.0, options=(("range", 60),))
    found = abroad(own, "fr", VOICES)
    assert found == Voice("e", "luc", speed=1.1, pitch=-2.0, gain=1.0, options=(("range", 60),))


def test_any_gender_rather_than_none() -> None:
    assert abroad(Voice("e", "tom"), "ja", VOICES) == Voice("e", "yuki")


def test_none_where_the_engine_has_none_or_the_voice_speaks_it() -> None:
    assert abroad(Voice("e", "amy"), "de", VOICES) is None
    assert abroad(Voice("f", "hugo"), "ja", VOICES) is None
    assert abroad(Voice("e", "claire"), "fr", VOICES) is None
