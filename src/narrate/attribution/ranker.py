"""The learned ranker: boosted trees over the features of a candidate, evaluated with numpy alone.

The weights are shipped in `ranker.npz`; `training/` makes them. A forest is five flat arrays: for each
node the
feature it asks, the threshold, its two children, and for a leaf (feature -1) its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees laid end to end."""

    feature: Ints  # of each node; -1 marks a leaf
    threshold: Floats  # go left when the value is at or below it
    left: Ints
    right: Ints
    value: Floats  # of leaves
    roots: Ints  # first node of each tree

    def score(self, rows: Floats) -> Floats:
        """Sum of the leaves that each row (n, features) falls into: a log-odds, shape (n,)."""
        total = np.zeros(len(rows), dtype=np.float64)
        index = np.arange(len(rows))
        for root in self.roots:
            node = np.full(len(rows), root, dtype=np.int32)
            live = index
            while live.size:
                asked = self.feature[node[live]]
                going = asked >= 0
                live, asked = live[going], asked[going]
                if not live.size:
                    break
                at = node[live]
                goes_left = rows[live, asked] <= self.threshold[at]
                node[live] = np.where(goes_left, self.left[at], self.right[at])
            total += self.value[node]
        return total.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Ranker:
    """A forest for the first pass, one for the passes after, and the calibration of the outcome."""

    first: Forest
    later: Forest
    calibration: Floats  # (2, n): raw probability, calibrated probability, both ascending


@cache
def shipped_ranker() -> Ranker:
    """The weights that come with narrate."""
    return load(Path(__file__).with_name("ranker.npz"))


def load(path: Path) -> Ranker:
    """A ranker from the arrays that `training/` wrote."""
    with np.load(path, allow_pickle=False) as held:
        forests = [
            Forest(
                *(
                    held[f"{name}_{part}"]
                    for part in ("feature", "threshold", "left", "right", "value", "roots")
                )
            )
            for name in ("first", "later")
        ]
        return Ranker(forests[0], forests[1], held["calibration"])
