"""A voice for everybody: the user's choices first, then by gender, age, and who talks to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np

from narrate.cast import NARRATORS_VOICE, Cast, Role, Voice, VoiceInfo
from narrate.casting.assign import FORBIDDEN, UNWANTED, Puzzle, assign
from narrate.casting.reasons import narrator_reason, reason
from narrate.casting.talk import Talk, talk
from narrate.casting.unlike import AGES, TOLD_APART, distance, same_timbre
from narrate.errors import EngineError
from narrate.script import NARRATOR, UNKNOWN, Age, Character, Gender, Script

CHOSEN = "chosen in the cast file"
_A_KIND = 24  # voices of one gender and age that are looked at: espeak has over a thousand in all


def fill_cast(
    script: Script,
    chosen: Mapping[str, Voice],
    voices: Sequence[VoiceInfo],
    *,
    narrator_engine: str = "hibari",
    engine: str = "kokoro",
    accent: str = "en",
    whys: Mapping[str, str] | None = None,
) -> Cast:
    """A role for the narrator and for everybody who speaks in `script`.

    `chosen` (character -> voice) always wins; NARRATORS_VOICE in it stands for the narrator's. `voices`
    is all that may be given, of any engine: the narrator is cast from `narrator_engine`, the characters
    from `engine`, and where one has no voices, from the others. `accent` is BCP 47: `en-GB` prefers
    British voices. `whys` are the reasons of those in `chosen` whom an earlier run cast (see
    `CastFile.whys`). Everything is the same on every run. Raises EngineError where there is no voice.
    """
    if not voices:
        raise EngineError("there is no voice to cast", fix="`narrate doctor` says which engine lacks what")
    people = _people(script)
    talked = talk(script)
    teller = next((p for p in people if p.narrates), None)
    voice_of, info_of, why = _narrator(chosen, voices, teller, (narrator_engine, engine), accent)
    fixed = {p.name: chosen[p.name] for p in people if p.name in chosen}
    fixed = {name: voice_of if voice == NARRATORS_VOICE else voice for name, voice in fixed.items()}
    reasons = {name: (whys or {}).get(name, CHOSEN) for name in fixed}
    if teller is not None and teller.name not in fixed:
        fixed[teller.name] = voice_of
        reasons[teller.name] = "tells the story, so speaks in the narrator's voice"
    pool = _pool(voices, engine, accent)
    given = _assigned(people, fixed, talked, pool, info_of, accent, voices)
    by_name = {name: info for name, (_, info) in given.items()}
    if NARRATOR in chosen:
        why = (whys or {}).get(NARRATOR, CHOSEN)
    elif teller is None and voice_of not in (voice for voice, _ in given.values()):
        why += "; no character speaks with it"
    roles = {NARRATOR: Role(NARRATOR, voice_of, why)}
    for person in sorted(people, key=lambda p: (-talked.share.get(p.name, 0.0), p.name)):
        voice, info = given[person.name]
        text = reasons.get(person.name) or reason(person, info, by_name, talked, pool)
        roles[person.name] = Role(person.name, voice, text)
    return Cast(roles)


def _people(script: Script) -> list[Character]:
    """Everybody who speaks, the unknown included, by name."""
    people = {c.name: c for c in script.characters}
    for line in script.lines:
        if line.speaker and line.speaker != NARRATOR and line.speaker not in people:
            neutral: Gender = "neutral" if line.speaker == UNKNOWN else "unknown"
            people[line.speaker] = Character(line.speaker, gender=neutral)
    return [people[name] for name in sorted(people)]


def voice_in(info: VoiceInfo) -> Voice:
    """The settings that make a listed voice."""
    return info.voice or Voice(info.engine, info.name)


def _info(voice: Voice, voices: Sequence[VoiceInfo]) -> VoiceInfo:
    for info in voices:
        if (info.engine, info.name) == (voice.engine, voice.name):
            return info
    return VoiceInfo(voice.engine, voice.name)


def _narrator(
    chosen: Mapping[str, Voice],
    voices: Sequence[VoiceInfo],
    teller: Character | None,
    engines: tuple[str, str],
    accent: str,
) -> tuple[Voice, VoiceInfo, str]:
    """The narrator's voice: of the gender of the "I" who tells the story, where that is known."""
    if NARRATOR in chosen:
        voice = chosen[NARRATOR]
        return voice, _info(voice, voices), CHOSEN
    pools = [[info for info in voices if info.engine == engine] for engine in dict.fromkeys(engines)]
    pools = [pool for pool in [*pools, list(voices)] if pool]
    pool = pools[0]
    if teller is not None and teller.gender in ("female", "male"):
        pool = next((p for p in pools if any(i.gender == teller.gender for i in p)), pool)

    gender: Gender = teller.gender if teller is not None else "unknown"
    age = AGES[teller.age] if teller is not None else AGES["adult"]
    best = max(
        sorted(pool, key=lambda info: info.name),
        key=lambda info: (
            _gender_fit(gender, info.gender),
            _accent_fit(info, accent) - abs(age - AGES[info.age]),
            info.quality,
        ),
    )
    return voice_in(best), best, narrator_reason(teller, best, fast=pools[0], chosen_from=pool)


def _pool(voices: Sequence[VoiceInfo], engine: str, accent: str) -> list[VoiceInfo]:
    """The voices that characters are cast from: one engine's, in the story's language, the best of
    each gender and age, by name."""
    pool = [info for info in voices if info.engine == engine] or list(voices)
    language = accent.split("-")[0].casefold()
    spoken = [info for info in pool if info.language.split("-")[0].casefold() == language]
    best: dict[tuple[Gender, Age], list[VoiceInfo]] = {}
    for info in sorted(spoken or pool, key=lambda i: (-_accent_fit(i, accent), -i.quality, i.engine, i.name)):
        best.setdefault((info.gender, info.age), []).append(info)
    kept = [info for kind in best.values() for info in kind[:_A_KIND]]
    return sorted(kept, key=lambda info: (info.engine, info.name))


@dataclass(frozen=True, slots=True)
class _Part:
    person: Character
    weight: int  # 0 to 1000: the square root of their share, so that the small parts count too


def _assigned(
    people: Sequence[Character],
    fixed: Mapping[str, Voice],
    talked: Talk,
    pool: Sequence[VoiceInfo],
    narrator: VoiceInfo,
    accent: str,
    voices: Sequence[VoiceInfo],
) -> dict[str, tuple[Voice, VoiceInfo]]:
    """Each one's voice, the free ones chosen together."""
    parts = [_Part(p, _weight(p, talked)) for p in people]
    parts.sort(key=lambda part: (-part.weight, part.person.name))
    infos = [*pool, narrator]
    place = {(info.engine, info.name): k for k, info in reversed(list(enumerate(pool)))}
    places: list[int | None] = []
    for part in parts:
        voice = fixed.get(part.person.name)
        if voice is None:
            places.append(None)
            continue
        key = (voice.engine, voice.name)
        if key not in place:
            place[key] = len(infos)
            infos.append(_info(voice, voices))
        places.append(place[key])
    found = assign(_puzzle(parts, infos, len(pool), talked, accent, places))
    return {
        part.person.name: (fixed.get(part.person.name, voice_in(infos[v])), infos[v])
        for part, v in zip(parts, found, strict=True)
    }


def _weight(person: Character, talked: Talk) -> int:
    weight = isqrt(round(1_000_000 * talked.share.get(person.name, 0.0)))
    return weight // 3 if person.name == UNKNOWN else weight  # many people's quotes, none of them a lead


def _puzzle(
    parts: Sequence[_Part],
    infos: Sequence[VoiceInfo],
    pool: int,
    talked: Talk,
    accent: str,
    places: Sequence[int | None],
) -> Puzzle:
    """`infos` are the pool, the narrator's voice, then what the user chose from elsewhere."""
    count = len(infos)
    narrator = infos[pool]
    apart = np.zeros((count, count), dtype=np.int64)
    for a in range(count):
        for b in range(a):
            apart[a, b] = apart[b, a] = round(1000 * distance(infos[a], infos[b]))
    close = (apart < round(1000 * TOLD_APART)).astype(np.int64)
    np.fill_diagonal(close, 2)
    roles = len(parts)
    index = {part.person.name: r for r, part in enumerate(parts)}
    weights = np.array([part.weight for part in parts], dtype=np.int64)
    pairs = np.array([[isqrt(int(a * b)) // 20 for b in weights] for a in weights], dtype=np.int64)
    pairs = pairs.reshape(roles, roles)
    met = np.zeros((roles, roles), dtype=np.int64)
    busiest = max(talked.turns.values(), default=1.0)
    for (one, other), turns in talked.turns.items():
        if one in index and other in index:
            r, s = index[one], index[other]
            pairs[r, s] += round(1000 * turns / busiest)
            pairs[s, r] = pairs[r, s]
    for (one, other), scenes in talked.met.items():
        if one in index and other in index:
            r, s = index[one], index[other]
            met[r, s] = met[s, r] = min(scenes, 50)
    np.fill_diagonal(pairs, 0)
    fit = np.empty((roles, count), dtype=np.int64)
    for r, part in enumerate(parts):
        for v, info in enumerate(infos):
            fit[r, v] = _fit(part, info, accent)
            fit[r, v] += part.weight * apart[v, pool] * 7 // 10  # apart from the narrator
            if v >= pool:
                fit[r, v] -= FORBIDDEN * 10  # only the user gives these
            elif same_timbre(info, narrator) or close[v, pool]:
                fit[r, v] -= UNWANTED
    return Puzzle(fit, weights, pairs, met, apart, close, places)


def _fit(part: _Part, info: VoiceInfo, accent: str) -> int:
    """How well a voice suits a role by itself: gender before age before quality and accent."""
    person, care = part.person, 300 + part.weight
    gender = _gender_fit(person.gender, info.gender)
    if gender <= -FORBIDDEN and _boy_by_a_woman(person, info):
        gender = -600 * care  # as on the stage
    age = _age_fit(person.age, info.age)
    accented = _accent_fit(info, accent)
    return gender + age * care + 250 * accented * care + 7 * round(1000 * info.quality) * care // 10


def _gender_fit(role: Gender, voice: Gender) -> int:
    if role in ("neutral", "unknown"):
        return 0 if voice != "neutral" or role == "unknown" else 200_000
    if voice == role:
        return 0
    return -UNWANTED // 2 if voice in ("neutral", "unknown") else -FORBIDDEN


def _boy_by_a_woman(person: Character, info: VoiceInfo) -> bool:
    return person.age == "child" and person.gender == "male" and info.age in ("young", "child")


def _age_fit(role: Age, voice: Age) -> int:
    """Per unit of care. A grown-up never speaks with a child's voice while there is any other."""
    if voice == "child" and role in ("adult", "old", "unknown"):
        return -UNWANTED // 1000
    if role == "unknown":
        return -300 if voice == "old" else -100 * (voice == "young")  # most people are grown up, few are old
    return -400 * (AGES[role] - AGES[voice]) ** 2


def _accent_fit(info: VoiceInfo, accent: str) -> int:
    """0 where the accent is as asked, or native where none was asked, else -1."""
    if "-" not in accent:
        return 0 if "-" in info.language else -1
    return -1 if info.language.casefold() != accent.casefold() else 0
