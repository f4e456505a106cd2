"""The exchange around a turn: who speaks and is called an even number of turns away, and an odd one.

Two people take turns, so whoever speaks two or four turns away is likely to speak here, and whoever is called
there by name is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from narrate.attribution.turns import Turn

AROUND = 10  # turns on either side that belong to one exchange
_FAINT = 0.02  # nearness below which nothing is told any more

Sides = tuple[dict[int, float], dict[int, float]]
"""How much of each entity there is an even number of turns away, and an odd one; the nearer, the more."""


def heard(turns: Sequence[Turn], k: int) -> tuple[Sides, Sides]:
    """Who is called by name around turn k, and who speaks there by a rule."""
    called: Sides = ({}, {})
    tagged: Sides = ({}, {})
    for j, side, near in _around(turns, k):
        for e in turns[j].vocatives:
            called[side][e] = called[side].get(e, 0.0) + near
        if turns[j].speaker >= 0:
            e = turns[j].speaker
            tagged[side][e] = tagged[side].get(e, 0.0) + near
    return called, tagged


def believed(turns: Sequence[Turn], k: int, belief: Sequence[dict[int, float]]) -> Sides:
    """Who is believed to speak around turn k."""
    found: Sides = ({}, {})
    for j, side, near in _around(turns, k):
        for e, p in belief[j].items():
            found[side][e] = found[side].get(e, 0.0) + near * p
    return found


def _around(turns: Sequence[Turn], k: int) -> Iterator[tuple[int, int, float]]:
    """The turns of one scene around k: (turn, 0 for even or 1 for odd, nearness); narration puts them far."""
    for step in (-1, 1):
        near = 1.0
        for away in range(1, AROUND + 1):
            j = k + step * away
            if not 0 <= j < len(turns) or turns[j].scene != turns[k].scene:
                break
            near *= 1.0 / (1.0 + turns[max(j, j - step)].gap / 300)
            if near < _FAINT:
                break
            yield j, away % 2, near
