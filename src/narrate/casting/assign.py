"""The search for who gets which voice: all in whole numbers, so that every machine finds the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

# Each outweighs all that stands below it, for any cast of up to a few hundred.
FORBIDDEN = 10**15  # a man in a woman's voice
UNWANTED = 10**14  # a role in the narrator's own voice
CONFUSED = 10**9  # two of one scene in voices that cannot be told apart
SHARED = 10**7  # one voice for two who never meet

_ROUNDS = 6  # of improving; a few are enough, and the time stays bounded
_SWAPPED = 60  # only so many leading roles are tried in each other's voice


@dataclass(frozen=True, slots=True)
class Puzzle:
    """What a cast is judged by. Higher is better; R roles, V voices."""

    fit: Ints  # (R, V): how well a voice suits a role by itself
    weight: Ints  # (R,): 0 to 1000, how much of the dialogue is theirs
    talk: Ints  # (R, R): how much two roles' distance counts, 0 on the diagonal
    met: Ints  # (R, R): scenes that two roles share, 0 on the diagonal
    apart: Ints  # (V, V): distance in thousandths, 0 on the diagonal
    close: Ints  # (V, V): 1 where two voices may be confused, 2 on the diagonal
    fixed: Sequence[int | None]  # for each role its voice, where the user chose it


def assign(puzzle: Puzzle) -> list[int]:
    """A voice for each role, roles in order of their weight: greedily, then improved one by one and by
    swaps. At the end no single role would be better off in another voice."""
    roles = len(puzzle.fixed)
    given = np.array([-1 if voice is None else voice for voice in puzzle.fixed], dtype=np.int64)
    free = [r for r in range(roles) if puzzle.fixed[r] is None]
    for r in free:
        given[r] = int(np.argmax(_scores(puzzle, r, given)))
    for _ in range(_ROUNDS):
        changed = _moves(puzzle, free, given)
        if not (_swaps(puzzle, free[:_SWAPPED], given) or changed):
            break
    _moves(puzzle, free, given)
    return [int(v) for v in given]


def _scores(puzzle: Puzzle, r: int, given: Ints, *, without: int = -1) -> Ints:
    """What each voice would be worth to role `r`, the others standing as they are; shape (V,)."""
    others = (given >= 0) & (np.arange(given.size) != r) & (np.arange(given.size) != without)
    voices = given[others]
    met = puzzle.met[r, others]
    scores: Ints = puzzle.fit[r] + puzzle.talk[r, others] @ puzzle.apart[voices]
    scores -= CONFUSED * (met @ puzzle.close[voices])
    shared = SHARED + SHARED // 1000 * (puzzle.weight[r] + puzzle.weight[others])  # least of all a lead's
    scores -= shared @ (puzzle.close[voices] == 2)
    return scores


def _moves(puzzle: Puzzle, free: Sequence[int], given: Ints) -> bool:
    """Gives each role the voice that is best for it now. True where anything changed."""
    any_change = False
    for _ in range(_ROUNDS):
        changed = False
        for r in free:
            scores = _scores(puzzle, r, given)
            best = int(np.argmax(scores))
            if scores[best] > scores[given[r]]:
                given[r], changed = best, True
        any_change |= changed
        if not changed:
            break
    return any_change


def _swaps(puzzle: Puzzle, free: Sequence[int], given: Ints) -> bool:
    """Lets two roles change voices where that is better in all. True where anything changed."""
    changed = False
    for k, r in enumerate(free):
        for s in free[k + 1 :]:
            a, b = int(given[r]), int(given[s])
            if a == b or puzzle.fit[r, b] <= puzzle.fit[r, a] - UNWANTED:
                continue  # their own distance stays as it is, so it need not be counted
            of_r, of_s = _scores(puzzle, r, given, without=s), _scores(puzzle, s, given, without=r)
            if of_r[b] + of_s[a] > of_r[a] + of_s[b]:
                given[r], given[s], changed = b, a, True
    return changed
