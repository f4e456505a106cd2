"""From entities to the script's characters: a name for everybody who speaks, with gender, age and grounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from narrate.attribution.analysis import Analysis
from narrate.attribution.characters import Entity
from narrate.attribution.lexicon import (
    CHILD,
    CHILD_ADJ,
    GROUP_NOUNS,
    OLD,
    OLD_ADJ,
    PERSON_NOUNS,
    YOUNG,
    YOUNG_ADJ,
)
from narrate.attribution.lines import Said
from narrate.script import NARRATOR, UNKNOWN, Age, Character, Gender


def name_everybody(analysis: Analysis) -> tuple[tuple[Character, ...], list[Said]]:
    """The characters, most words first, and what each quote's line says."""
    spoken: Counter[int] = Counter()
    for turn in analysis.turns:
        if turn.speaker >= 0:
            spoken[turn.speaker] += sum(
                analysis.quotes[q].end - analysis.quotes[q].start for q in turn.quotes
            )
    tagged = _pronouns_of_tags(analysis)
    names: dict[int, str] = {}
    taken = {NARRATOR: 1, UNKNOWN: 1, "": 1}
    characters: list[Character] = []
    for number, _ in sorted(spoken.items(), key=lambda pair: (-pair[1], pair[0])):
        entity = analysis.entities[number]
        name = _free(_best_name(entity), taken)
        names[number] = name
        aliases = tuple(f for f, _ in sorted(entity.forms.items(), key=lambda p: (-p[1], p[0])) if f != name)
        gender, ground = _gender(entity, tagged[number])
        age, of_age = _age(entity)
        evidence = "; ".join(g for g in (ground, of_age) if g)
        characters.append(Character(name, aliases, gender, age, evidence, number == analysis.narrator))
    said = [Said(UNKNOWN, 0.0, "nobody is near")] * len(analysis.quotes)
    for turn in analysis.turns:
        for q in turn.quotes:
            if turn.speaker >= 0:
                said[q] = Said(names[turn.speaker], turn.probability, turn.reason)
    return tuple(characters), said


def _best_name(entity: Entity) -> str:
    """The fullest form that is not clumsy: up to three words, and met more than in passing."""
    if not entity.forms:
        return " ".join(entity.words) or "somebody"
    if entity.kind == "narrator" and not entity.words:
        return next(iter(entity.forms))
    if entity.kind in ("noun", "group"):
        best = max(entity.forms.items(), key=lambda p: (p[1], -len(p[0])))[0]
        return best.removeprefix("a ").removeprefix("an ") if best.split()[0] in ("a", "an") else best
    most = max(entity.forms.values())
    fit = [f for f, n in entity.forms.items() if n * 12 >= most and len(f.split()) <= 3]
    return max(
        fit or entity.forms,
        key=lambda f: (len(f.split()) - f.startswith(("Mr.", "Mrs.", "Miss ")), entity.forms[f], f),
    )


def _free(name: str, taken: dict[str, int]) -> str:
    """The name, numbered when somebody else has it."""
    low = name.lower()
    taken[low] = taken.get(low, 0) + 1
    if taken[low] == 1:
        return name
    return _free(f"{name} ({taken[low]})", taken)


def _pronouns_of_tags(analysis: Analysis) -> dict[int, list[int]]:
    """For each speaker, how many of their lines have "he said" beside them, and "she said": [he, she]."""
    tagged: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for turn in analysis.turns:
        if turn.speaker >= 0 and turn.tag is not None and turn.tag.subject >= 0 and turn.tag.kind == "tag":
            m = analysis.mentions[turn.tag.subject]
            if m.kind == "pronoun" and m.sex:
                tagged[turn.speaker][m.sex == "f"] += 1
    return tagged


def _gender(entity: Entity, tagged: Sequence[int]) -> tuple[Gender, str]:
    if entity.group:
        return "neutral", "several people"
    if entity.sex:
        return ("female" if entity.sex == "f" else "male"), entity.why
    he, she = tagged  # the name tells nothing, as an invented one does
    if max(he, she) > 2 * min(he, she):
        said = f"“{'she' if she > he else 'he'}” in {max(he, she)} of {he + she} tags"
        return ("female" if she > he else "male"), said
    return "unknown", ""


def _age(entity: Entity) -> tuple[Age, str]:
    words = {w for form in entity.forms for w in form.lower().replace("-", " ").split()} | set(entity.words)
    for age, told in (("old", OLD | OLD_ADJ), ("child", CHILD | CHILD_ADJ), ("young", YOUNG | YOUNG_ADJ)):
        hit = sorted(words & told)
        if hit and not (age == "child" and words & {"man", "woman", "mother", "father"}):
            return age, f"“{hit[0]}”"  # type: ignore[return-value]
    if words & (PERSON_NOUNS - GROUP_NOUNS) or any(
        f.startswith(("Mr", "Mrs", "Dr", "Captain")) for f in entity.forms
    ):
        return "adult", ""
    return "unknown", ""
