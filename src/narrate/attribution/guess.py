"""The first guess at a scene: hand-set weights and a search over the whole conversation.

It knows what every reader knows (two people take turns; whoever is called by name is not the one who calls)
and nothing it has learned. The ranker sees its guess as one piece of evidence among the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from narrate.attribution.features import STILL
from narrate.attribution.sieve import Stage

_BEAM = 24

Rows = Mapping[int, tuple[list[int], Sequence[Sequence[float]]]]
"""For each open turn, its candidates and their still features."""

WEIGHTS = {
    "sex_clashes": -8.0, "sex_agrees": 0.8, "coref": 2.2, "own_noun": 3.0, "lead_subject": 3.0,
    "beat_after": 2.6, "beat_before": 2.0, "beat_after_weak": 1.0, "beat_before_weak": 1.0,
    "called": -5.0, "called_before": 2.0, "called_after": 1.2, "talked": -1.6, "mind": 1.6,
    "weight": 0.7, "voice": 0.7, "is_noun": -0.6, "is_group": -2.5, "is_narrator": 0.3, "tag_together": 2.0,
    "tag_i": 6.0, "gap_last_subject": 0.6, "never_said": -0.5,
}  # fmt: skip
_COLUMNS = [(STILL.index(name), value) for name, value in WEIGHTS.items()]


def guess(stage: Stage, rows: Rows) -> dict[int, int]:
    """The best entity for each open turn; `rows` holds, for each, its candidates and their still features."""
    turns, found = stage.turns, {}
    start = 0
    for k in range(1, len(turns) + 1):
        if k == len(turns) or turns[k].scene != turns[start].scene or turns[k].gap > 6000:
            found.update(_search(stage, start, k, rows))
            start = k
    return found


def _search(stage: Stage, first: int, last: int, rows: Rows) -> dict[int, int]:
    state: dict[tuple[int, int], float] = {(-1, -1): 0.0}
    chains: list[dict[tuple[int, int], tuple[float, tuple[int, int]]]] = []
    for k in range(first, last):
        turn = stage.turns[k]
        if turn.speaker >= 0:
            choices = [(turn.speaker, 0.0)]
        elif k in rows:
            entities, described = rows[k]
            choices = [
                (e, sum(row[c] * w for c, w in _COLUMNS)) for e, row in zip(entities, described, strict=True)
            ]
        else:
            choices = [(-1, 0.0)]
        near = exp(-turn.gap / 400)
        touching = turn.shares and turn.gap < 3  # nothing but a space between two quotes: two people
        step: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {}
        for pair, score in state.items():
            for e, worth in choices:
                total = score + worth
                if pair[0] >= 0 and e >= 0:
                    if e == pair[0]:
                        total -= 4.0 if touching else 0.8 if turn.shares else 2.4 * near
                    elif e == pair[1]:
                        total += 1.8 * near
                after = (e, pair[0])
                if after not in step or step[after][0] < total:
                    step[after] = (total, pair)
        best = sorted(step.items(), key=lambda item: (-item[1][0], item[0]))[:_BEAM]
        chains.append(dict(best))
        state = {pair: value[0] for pair, value in best}
    found: dict[int, int] = {}
    pair = min(state, key=lambda p: (-state[p], p))
    for k in range(last - 1, first - 1, -1):
        if stage.turns[k].speaker < 0 and pair[0] >= 0:
            found[k] = pair[0]
        pair = chains[k - first][pair][1]
    return found
