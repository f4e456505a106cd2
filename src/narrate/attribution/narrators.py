"""The first-person narrator: whether the story has one, and what the others call them."""

from __future__ import annotations

from collections import Counter

from narrate.attribution.characters import Entity
from narrate.attribution.mentions import Mention
from narrate.attribution.words import Words

_NEEDED = 0.004  # share of narration words that are "I" in a story told by somebody in it
NAME = "I"
"""What the narrator is called as long as nobody says a name."""


def find_narrator(words: Words, mentions: list[Mention], entities: list[Entity]) -> int:
    """The entity of the story's "I", made when there is one; -1 in a third-person story."""
    told = own = 0
    for text, quote in zip(words.text, words.quote, strict=True):
        if quote < 0 and text[0].isalnum():
            told += 1
            own += text in ("I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll")
    if own < 4 or own < told * _NEEDED:
        return -1
    named = _called(mentions, entities)
    if named >= 0:
        entities[named].kind = "narrator"
        return named
    entity = Entity(len(entities), "narrator", Counter({NAME: own}), first=0, count=own)
    entities.append(entity)
    return entity.number


def _called(mentions: list[Mention], entities: list[Entity]) -> int:
    """Somebody called by name in speech and hardly ever spoken of by the narration: the teller, most
    likely.
    """
    calls: Counter[int] = Counter()
    told: Counter[int] = Counter()
    for m in mentions:
        if m.kind == "name" and m.entity >= 0:
            if m.quote < 0:
                told[m.entity] += 1
            elif m.vocative:
                calls[m.entity] += 1
    best = [(n, e) for e, n in calls.items() if n > 1 and told[e] * 6 <= n and entities[e].person]
    return max(best, key=lambda pair: (pair[0], -pair[1]))[1] if best else -1
