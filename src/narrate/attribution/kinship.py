"""Kinship: who somebody's mother or sister is, from surnames, titles and what the text said before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from narrate.attribution.characters import Entity
from narrate.attribution.lexicon import Sex, noun_sex

_SAME_KIN = {
    "mamma": "mother", "mama": "mother", "mum": "mother", "mom": "mother", "mummy": "mother",
    "mommy": "mother", "papa": "father", "dad": "father", "daddy": "father", "pa": "father",
    "auntie": "aunt", "grandma": "grandmother", "granny": "grandmother", "grandpa": "grandfather",
    "granddad": "grandfather",
}  # fmt: skip
_PARENTS = frozenset({"mother", "father"})
_SPOUSES = frozenset({"wife", "husband"})
_YOUNG = frozenset({"sister", "brother", "daughter", "son"})
_HEADS = frozenset({"mrs", "mr", "lady", "sir", "lord", "madame", "monsieur"})
"""Titles of those who have a household."""


def same_kin(word: str) -> str:
    """One word for each relation: `mamma` is `mother`."""
    return _SAME_KIN.get(word, word)


class Kinship:
    """Who is whose; filled as the text is walked through."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        self.houses: dict[str, list[int]] = defaultdict(list)  # surname -> who bears it
        for e in entities:
            if e.kind in ("name", "narrator") and e.person and (len(e.words) > 1 or e.title):
                self.houses[e.words[-1]].append(e.number)
        self.linked: dict[str, list[int]] = defaultdict(list)  # "aunt" -> whoever was called one by name

    def link(self, relation: str, number: int) -> None:
        """`her aunt, Mrs. Marsh`: from here on an aunt may be she."""
        held = self.linked[same_kin(relation)]
        if number in held:
            held.remove(number)
        held.append(number)

    def find(self, relation: str, owners: Sequence[int], present: Sequence[int]) -> int:
        """The named entity that is the relation of the likeliest owner, -1 when nobody named is.

        `owners` come likeliest first; `present` are those spoken of lately, the last one last.
        """
        for owner in owners:
            named = self._of_the_house(relation, owner, present)
            if named >= 0:
                return named
        held = self.linked.get(relation, [])
        if len(owners) < 2:  # with a second, the likeliest owner may be the aunt herself, and the other hers
            held = [n for n in held if n not in owners]
        here = [n for n in reversed(present) if n in held]
        return here[0] if here else held[-1] if held else -1

    def _of_the_house(self, relation: str, owner: int, present: Sequence[int]) -> int:
        """Elizabeth Bennet's mother is Mrs. Bennet, Will Marsh's sister is Hope Marsh."""
        who = self.entities[owner]
        if not who.words or (len(who.words) < 2 and not who.title):
            return -1
        heads = bool(who.titles & _HEADS)
        if relation in _PARENTS and heads and not who.called_young:
            return -1  # Mrs. Marsh's own mother is another
        sex: Sex = noun_sex(relation)
        house = [self.entities[n] for n in self.houses[who.words[-1]] if n != owner]
        if relation in _PARENTS | _SPOUSES:
            title = {"f": {"mrs", "lady", "madame"}, "m": {"mr", "sir", "lord", "monsieur"}}[sex or "m"]
            found = [e for e in house if e.titles & title and "miss" not in e.titles]
            found.sort(key=lambda e: e.called_young)
            return found[0].number if found and not (found[0].called_young and sex == "m") else -1
        if relation not in _YOUNG or (relation in ("daughter", "son") and not heads):
            return -1
        young = [e.number for e in house if e.sex == sex and (e.called_young or not e.titles & _HEADS)]
        if len(young) == 1:
            return young[0]
        here = [n for n in reversed(present) if n in young]
        return here[0] if here else -1
