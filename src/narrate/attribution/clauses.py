"""Clauses: whom a pronoun cannot mean, because the same clause or line names them beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import SPEECH
from narrate.attribution.mentions import Mention
from narrate.attribution.words import Words

_TELLS = frozenset({"told", "asked", "assured", "informed", "reminded", "warned", "begged", "answered"})
_AROUND = 8  # mentions looked at on either side of a pronoun
_REACH = 14  # tokens over which a clause is taken to go on


class Clauses:
    """Looks around a mention within its clause and paragraph; mentions are given by their index."""

    def __init__(self, flow: Flow, words: Words, mentions: Sequence[Mention]) -> None:
        self.flow, self.words, self.mentions = flow, words, mentions
        self.order = sorted(range(len(mentions)), key=lambda k: mentions[k].start)
        self.place = {k: at for at, k in enumerate(self.order)}

    def subject_before(self, k: int) -> int:
        """The mention that does the verb of the clause in which k stands, -1 where none is seen."""
        me = self.mentions[k]
        at = self.place[k]
        for j in self.order[max(0, at - _AROUND) : at][::-1]:
            other = self.mentions[j]
            if other.quote != me.quote or not self._one_clause(other.end, me.first):
                return -1
            if other.subject:
                return j
        return -1

    def barred(self, k: int) -> set[int]:
        """Entities that the pronoun k is not: `he said to Tom`, `Ana saw her`, `"Tom, come," he said`."""
        me = self.mentions[k]
        found: set[int] = set()
        if me.quote >= 0 or me.owner:
            return found
        if me.words[0] in ("him", "her"):
            own = self.subject_before(k)
            return {self.mentions[own].entity} if own >= 0 else found
        if not me.subject:
            return found
        at = self.place[k]
        for j in self.order[at + 1 : at + 1 + _AROUND]:
            other = self.mentions[j]
            if other.quote != me.quote or not self._one_clause(me.end, other.first):
                break
            if other.kind == "name" and not other.owner and not other.subject:
                found.add(other.entity)
        if me.verb in SPEECH:
            found |= self._named_in_words(k)
        return found

    def addressee(self, k: int) -> int:
        """The entity that the subject k of a tag speaks to: `he said to Tom`; -1 for nobody."""
        me = self.mentions[k]
        at = self.place[k]
        for j in self.order[at + 1 : at + 1 + _AROUND]:
            other = self.mentions[j]
            if other.quote != me.quote or not self._one_clause(me.end, other.first):
                break
            before = self.words.low[other.first - 1]
            spoken_to = before == "to" or before in _TELLS
            if spoken_to and other.kind in ("name", "noun") and not other.owner and not other.subject:
                return other.entity
        return -1

    def _one_clause(self, a: int, b: int) -> bool:
        return b - a < _REACH and not any(self.words.text[t][0] in '.!?;:\n"”“—' for t in range(a, b))

    def _named_in_words(self, k: int) -> set[int]:
        """Whom the quotes of this paragraph name and its narration does not."""
        me, at = self.mentions[k], self.place[k]
        paragraph = bisect_right(self.flow.starts, me.start)
        inside: set[int] = set()
        outside: set[int] = set()
        for j in self.order[max(0, at - _AROUND) : at][::-1]:
            other = self.mentions[j]
            if bisect_right(self.flow.starts, other.start) != paragraph:
                break
            if other.kind == "name":
                (inside if other.quote >= 0 else outside).add(other.entity)
        return inside - outside
