"""One engine speaks everybody for once: each voice of a cast has a counterpart there, whoever has it.

The counterpart depends on the voice alone and not on the rest of the cast, so another voice for one
character speaks only that character's lines again, in a draft as in the book.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from narrate.cast import Cast, Voice, VoiceInfo
from narrate.casting.unlike import AGES, distance
from narrate.errors import EngineError

_ENOUGH = 60
"""Voices of each gender that are looked at, the best first: espeak lists a thousand, and far apart is
easily found among the first few dozen."""


def recast(cast: Cast, engine: str, voices: Sequence[VoiceInfo]) -> Cast:
    """The cast in the voices of `engine`: each keeps its gender, speed, pitch, gain and contrast to others.

    `voices` holds those of `engine`, and all of the engines that the cast's own voices come from, since
    every one of them gets its counterpart. Roles that are this engine's already stay. Raises EngineError
    where `engine` has no voice.
    """
    own = [info for info in voices if info.engine == engine]
    if not own:
        raise EngineError(f"engine {engine!r} has no voices here", fix="`narrate doctor` says what it lacks")
    others = [info for info in voices if info.engine != engine]
    counterparts = _counterparts(others, own)
    return Cast(
        {
            name: role
            if role.voice.engine == engine
            else replace(role, voice=_as(role.voice, counterparts, own))
            for name, role in cast.roles.items()
        }
    )


def _as(voice: Voice, counterparts: dict[tuple[str, str], VoiceInfo], own: Sequence[VoiceInfo]) -> Voice:
    """`voice` in its counterpart's sound, at its own speed, pitch and gain; options are another engine's."""
    info = counterparts.get((voice.engine, voice.name))
    if info is None:  # a voice that no catalogue lists: any, but always the same
        info = own[hashlib.sha256(f"{voice.engine}/{voice.name}".encode()).digest()[0] % len(own)]
    sound = info.voice or Voice(info.engine, info.name)
    return replace(
        sound, speed=sound.speed * voice.speed, pitch=sound.pitch + voice.pitch, gain=sound.gain + voice.gain
    )


def _counterparts(sources: Sequence[VoiceInfo], own: Sequence[VoiceInfo]) -> dict[tuple[str, str], VoiceInfo]:
    """A voice of its own for each source as far as they reach: of its gender and age, far from the others."""
    english = [info for info in own if info.language.split("-")[0] == "en"] or list(own)
    ranked = sorted(english, key=lambda info: (-info.quality, info.name))
    pools = {
        gender: [info for info in ranked if info.gender == gender][:_ENOUGH] for gender in ("female", "male")
    }
    apart: dict[tuple[str, str], float] = {}  # how far each candidate is from the nearest one given away
    found: dict[tuple[str, str], VoiceInfo] = {}
    for source in sorted(sources, key=lambda info: (bool(info.base), -info.quality, info.engine, info.name)):
        pool = pools.get(source.gender) or ranked[:_ENOUGH]
        best = max(
            pool,
            key=lambda info: (
                min(apart.get((info.engine, info.name), 1.0), 0.5)
                - 0.1 * abs(AGES[info.age] - AGES[source.age])
                + 0.3 * info.quality
                - 0.02 * (info.language != source.language),
                info.name,
            ),
        )
        found[source.engine, source.name] = best
        for info in ranked:
            near = distance(best, info)
            key = (info.engine, info.name)
            apart[key] = min(apart.get(key, 1.0), near)
    return found
