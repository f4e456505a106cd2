"""How everybody speaks: whose known lines in this book an open turn sounds like.

A bag of words for each person, out of the lines that the sieve has decided, against the book's speech as a
whole: log-likelihood ratios with Dirichlet smoothing (Zhai and Lafferty 2004). It hears dialect, forms of
address, and what somebody keeps talking about.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

from narrate.attribution.lexicon import word_set
from narrate.attribution.quotes import Quote
from narrate.attribution.turns import Turn

SPEECH = ("manner", "manner_mean", "manner_lead", "heard")

_WORD = re.compile(r"[’'‘]?[^\W\d_]+(?:[-’'][^\W_]+)*[’']?|[?!]")
SMOOTH = 400.0  # words of the book's speech that everybody is taken to have said
LONGEST = 60  # words of a turn that are weighed


class Speech:
    """Counts over one book, taken once, when the sieve has run."""

    def __init__(self, text: str, turns: Sequence[Turn], quotes: Sequence[Quote]) -> None:
        self.said: dict[int, Counter[str]] = defaultdict(Counter)
        self.total: Counter[int] = Counter()
        whole: Counter[str] = Counter()
        self.words: dict[int, list[str]] = {}  # of open turns
        for k, turn in enumerate(turns):
            words = [w for q in turn.quotes for w in _cut(text[quotes[q].start : quotes[q].end])]
            whole.update(words)
            if turn.speaker >= 0:
                self.said[turn.speaker].update(words)
                self.total[turn.speaker] += len(words)
            else:
                self.words[k] = words[:LONGEST]
        n = max(1, sum(whole.values()))
        self.share = {w: c / n for w, c in whole.items()}

    def forget(self) -> None:
        """Let go of all counts: training keeps a hundred novels, and asks of each only once."""
        self.said, self.share, self.words = defaultdict(Counter), {}, {}

    def rows(self, k: int, entities: Sequence[int]) -> list[list[float]]:
        """One row of `SPEECH` numbers for each candidate of open turn k: how much likelier its words are from
        them (natural logarithm), the same a word, the lead over the best other, how much of them was heard.
        """
        words = sorted(set(self.words.get(k, ())))  # sorted: sums come out the same in every process
        scores = [self._like(words, e) for e in entities]
        order = sorted(scores, reverse=True)
        return [
            [
                s,
                s / max(1, len(words)),
                s - order[len(order) > 1 and s == order[0]],
                log(1 + self.total[e]) / 8,
            ]
            for s, e in zip(scores, entities, strict=True)
        ]

    def _like(self, words: Sequence[str], e: int) -> float:
        held = self.said.get(e)
        if not held:
            return 0.0
        n = self.total[e]
        base = log(SMOOTH / (n + SMOOTH))
        return sum(log(1.0 + held[w] / (SMOOTH * self.share[w])) + base if w in held else base for w in words)


def _cut(text: str) -> list[str]:
    """Words in lower case; dropped letters (`goin'`, `'em`) are counted as such, too."""
    found = []
    for w in _WORD.findall(text):
        low = w.lower().replace("’", "'").replace("‘", "'")
        bare = low.strip("'")
        found.append(bare)
        if low.endswith("in'") or bare in _BROAD:
            found.append("#broad")
    return found


_BROAD = word_set(
    """
    ain't ye yer o th wi em warn't hain't dat de dis ter wuz git nuthin suh thar hev allus
    """
)
