"""One voice for one person: a description and a name that hold the same part of a conversation are joined.

`the old lady` scolds Tom, and a page later `Aunt Polly` does: both talk with Tom, never with each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from narrate.attribution.characters import Entity
from narrate.attribution.lexicon import CHILD, GENERIC, KIN, OLD, OLD_ADJ
from narrate.attribution.sieve import Stage

_NEAR = 8000  # characters between a line of the one and a line of the other
_OFTEN = 5
_ELDERS = OLD | frozenset({"mother", "father", "aunt", "uncle", "master", "mistress"})
_BREATH = 90  # characters of narration within which two words for one person are one too many
_HONOURS = frozenset({"lord", "lady", "lordship", "ladyship", "majesty", "highness", "devil", "god"})
_GAP = 800  # characters of narration over which two turns still answer each other


def merge_descriptions(stage: Stage) -> dict[int, int]:
    """Described entities that are somebody named: entity -> entity. Looks at the turns' speakers only."""
    turns, entities = stage.turns, stage.entities
    talks: dict[int, Counter[int]] = defaultdict(Counter)
    places: dict[int, list[int]] = defaultdict(list)
    for k, turn in enumerate(turns):
        if turn.speaker < 0:
            continue
        places[turn.speaker].append(turn.start)
        if k + 1 < len(turns) and turns[k + 1].scene == turn.scene and turns[k + 1].gap < _GAP:
            other = turns[k + 1].speaker
            if other >= 0 and other != turn.speaker:
                talks[turn.speaker][other] += 1
                talks[other][turn.speaker] += 1
    joined: dict[int, int] = {}
    beside = _beside(stage)
    for number in sorted(places):
        who = entities[number]
        if who.kind != "noun" or who.group or not who.sex or who.words[-1] in _HONOURS:
            continue
        if who.words[-1] in KIN and max(who.forms, key=lambda f: who.forms[f]).lower().startswith("the "):
            continue  # "the brother" is the brother of whoever is spoken of
        if who.words[-1] not in GENERIC | KIN and who.count > _OFTEN:
            continue  # "the vicar", "the nurse": known by that word, and somebody else than the names around
        best, most = -1, 0
        elder = who.words[-1] in _ELDERS
        for partner in talks[number]:
            for other, n in talks[partner].items():
                named = entities[other]
                fits = (
                    other != number
                    and named.kind == "name"
                    and named.sex == who.sex
                    and not talks[number][other]
                    and beside[number, other] * 6 < who.count
                    and not (elder and (named.called_young or not named.titles or who.count > _OFTEN))
                    and not (who.words[-1] in CHILD and _told_old(named))
                )
                if fits and _close(places[number], places[other]):
                    strength = min(n, talks[number][partner])
                    if strength > most:
                        best, most = other, strength
        if best >= 0 and most > 1:
            joined[number] = best
    return joined


def _told_old(who: Entity) -> bool:
    return any(w in OLD_ADJ for form in who.forms for w in form.lower().split())


def _beside(stage: Stage) -> Counter[tuple[int, int]]:
    """How often a description stands beside a name in the narration: of one person, one of them is enough."""
    found: Counter[tuple[int, int]] = Counter()
    recent: list[tuple[int, int, bool]] = []
    for m in sorted(stage.mentions, key=lambda m: m.start):
        if m.quote >= 0 or m.entity < 0 or m.kind not in ("name", "noun"):
            continue
        noun = m.kind == "noun"
        recent = [r for r in recent[-3:] if m.start - r[0] < _BREATH]
        for _, other, was_noun in recent:
            if noun != was_noun and other != m.entity:
                found[(m.entity, other) if noun else (other, m.entity)] += 1
        recent.append((m.start, m.entity, noun))
    return found


def _close(ours: list[int], theirs: list[int]) -> bool:
    """Whether the two speak near each other in the text; both lists ascending."""
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if abs(ours[i] - theirs[j]) < _NEAR:
            return True
        if ours[i] < theirs[j]:
            i += 1
        else:
            j += 1
    return False
