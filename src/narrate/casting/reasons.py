"""Why somebody got a voice, in plain words: every claim is checked before it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from narrate.cast import VoiceInfo
from narrate.casting.talk import Talk
from narrate.casting.unlike import TOLD_APART, distance
from narrate.script import UNKNOWN, Character

_ACCENTS = {
    "en-GB": "British",
    "en-US": "American",
    "en-AU": "Australian",
    "en-IE": "Irish",
    "en-IN": "Indian",
}


def reason(
    person: Character,
    info: VoiceInfo,
    given: Mapping[str, VoiceInfo],
    talked: Talk,
    pool: Sequence[VoiceInfo],
) -> str:
    """`female, adult, British; a lead; furthest from Kylo's voice`: what stays true while the story grows."""
    if all(other == info for other in pool):
        return f"{info.engine} has one voice, which is everybody's"
    parts = [_voice(info), _share(person, talked)]
    if person.gender in ("female", "male") and info.gender not in (person.gender, "unknown", "neutral"):
        parts.append(f"no {person.gender} voice was free" if person.age != "child" else "a boy's part")
    sharing = sorted(name for name, other in given.items() if other == info and name != person.name)
    if sharing:
        parts.append(_sharing(person.name, sharing, talked))
    else:
        parts.append(_contrast(person.name, info, given, talked, pool))
    return "; ".join(part for part in parts if part)


def narrator_reason(
    teller: Character | None, info: VoiceInfo, *, fast: Sequence[VoiceInfo], chosen_from: Sequence[VoiceInfo]
) -> str:
    """Why the narrator has this voice; `fast` are the voices of the engine meant for narrators."""
    if teller is None:
        return _voice(info)
    if teller.gender in ("female", "male") and info.gender == teller.gender:
        text = f"{_voice(info)}, as {teller.name} is, who tells the story"
        if fast and chosen_from is not fast:
            text += f"; {fast[0].engine} has no {teller.gender} voice, though it is faster"
        return text
    return f"{_voice(info)}; also the voice of {teller.name}, who tells the story"


def _voice(info: VoiceInfo) -> str:
    known = [word for word in (info.gender, info.age) if word != "unknown"]
    accent = _ACCENTS.get(info.language)
    return ", ".join([*known, *([accent] if accent else [])]) or info.name


def _share(person: Character, talked: Talk) -> str:
    if person.name == UNKNOWN:
        return "a voice of its own for quotes whose speaker is not known"
    share = talked.share.get(person.name, 0.0)
    top = max(talked.share.values(), default=0.0)
    return "a lead" if share >= 0.15 and share >= top / 2 else ""


def _contrast(
    name: str, info: VoiceInfo, given: Mapping[str, VoiceInfo], talked: Talk, pool: Sequence[VoiceInfo]
) -> str:
    partner = talked.partner(name)
    if not partner or partner not in given:
        return ""
    theirs = given[partner]
    apart = distance(info, theirs)
    same_gender = [distance(other, theirs) for other in pool if other.gender == info.gender]
    if apart < TOLD_APART:
        return f"close to {partner}'s voice, as no other was free"
    if same_gender and apart >= max(same_gender):
        return f"furthest from {partner}'s voice"
    if same_gender and apart >= sorted(same_gender)[len(same_gender) // 2]:
        return f"far from {partner}'s voice"
    return f"apart from {partner}'s voice"


def _sharing(name: str, others: Sequence[str], talked: Talk) -> str:
    scenes = {o: talked.met.get((o, name) if o < name else (name, o), 0) for o in others}
    shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    if not any(scenes.values()):
        return f"shared with {shown}: they never meet"
    return f"shared with {shown}: no voice was left"
