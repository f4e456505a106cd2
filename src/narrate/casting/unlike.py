"""How far apart two voices are to a listener, 0 (the same) to 1 (nobody would confuse them)."""

from __future__ import annotations

import hashlib

from narrate.cast import VoiceInfo
from narrate.script import Age

TOLD_APART = 0.2
"""Below this a listener may take one voice for the other: speaker embeddings at cosine 0.80, the line that
`benchmarks/voices.md` draws."""

AGES: dict[Age, int] = {"child": 0, "young": 1, "adult": 2, "unknown": 2, "old": 3}
"""Ages as steps, so that their difference is how wrong a voice is."""


def distance(one: VoiceInfo, other: VoiceInfo) -> float:
    """What a catalogue measured, or an estimate from what it says of both voices."""
    if (one.engine, one.name) == (other.engine, other.name):
        return 0.0
    if one.engine == other.engine:
        measured = one.unlike.get(other.name, other.unlike.get(one.name))
        if measured is not None:
            return measured
    if same_timbre(one, other) and one.base == other.base:
        return 0.02  # the same speaker in two engines
    apart = 0.22
    if one.gender != other.gender:
        apart += 0.35
    apart += 0.08 * abs(AGES[one.age] - AGES[other.age])
    if one.language != other.language:
        apart += 0.08
    apart += 0.15 * _chance(one, other)  # unknown, though not the same for every pair
    if same_timbre(one, other):
        apart *= 0.6  # the same speaker, higher or lower
    return min(apart, 1.0)


def same_timbre(one: VoiceInfo, other: VoiceInfo) -> bool:
    """Whether both are one speaker: the same voice in another engine, or made from it."""
    return _speaker(one) == _speaker(other)


def _speaker(info: VoiceInfo) -> str:
    """`af_heart` of one engine and `heart` of another are the same speaker's."""
    name = info.base or info.name
    prefix, underscore, rest = name.partition("_")
    return rest if underscore and len(prefix) == 2 else name


def _chance(one: VoiceInfo, other: VoiceInfo) -> float:
    names = sorted((f"{one.engine}/{one.name}", f"{other.engine}/{other.name}"))
    return hashlib.sha256("\0".join(names).encode()).digest()[0] / 255
