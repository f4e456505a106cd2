"""A voice of another language for somebody who has one already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from narrate.cast import Voice, VoiceInfo
from narrate.casting.unlike import AGES


def abroad(voice: Voice, language: str, voices: Sequence[VoiceInfo]) -> Voice | None:
    """The voice of `voice`'s engine that speaks `language`, of the same gender, the age nearest.

    `language` is BCP 47's first part. Speed, pitch, gain and options stay, since they are what tells this
    character from another. None where the engine has no such voice, or `voice` speaks it already.
    """
    own = [info for info in voices if info.engine == voice.engine]
    speaker = next((info for info in own if info.name == voice.name), None)
    native = [info for info in own if info.language.split("-")[0].lower() == language]
    if not native or (speaker is not None and speaker in native):
        return None
    gender, age = (speaker.gender, speaker.age) if speaker is not None else ("unknown", "adult")

    def fitness(info: VoiceInfo) -> tuple[bool, int, bool, float, str]:
        at_home = info.language.lower() in (language, f"{language}-{language}")  # French of France
        return (
            info.gender != gender,
            abs(AGES[info.age] - AGES[age]),
            not at_home,
            -info.quality,
            info.name,
        )

    best = min(native, key=fitness)
    sound = best.voice or Voice(best.engine, best.name)
    return replace(
        voice,
        name=sound.name,
        speed=voice.speed * sound.speed,
        pitch=voice.pitch + sound.pitch,
        options=tuple(sorted({**dict(sound.options), **dict(voice.options)}.items())),
    )
