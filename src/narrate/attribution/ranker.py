"""The learned ranker: boosted trees over the features of a candidate, evaluated with numpy alone.

The weights are shipped in `ranker.npz`; `training/` makes them. A forest is flat arrays: for each node the
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

_AT_ONCE = 512
"""Rows that go through the trees together: enough to be quick, few enough to stay small in memory."""


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
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        return np.concatenate([self._score(rows[k : k + _AT_ONCE]) for k in range(0, len(rows), _AT_ONCE)])

    def _score(self, rows: Floats) -> Floats:
        """All trees take all rows one level down at a time; rows that have reached a leaf stay there."""
        column = np.arange(len(rows))
        node = np.repeat(self.roots[:, None], len(rows), axis=1)  # (trees, rows)
        while True:
            asked = self.feature[node]
            if (asked < 0).all():
                break
            goes_left = rows[column, asked] <= self.threshold[node]
            below = np.where(goes_left, self.left[node], self.right[node])
            node = np.where(asked < 0, node, below)
        # along the first axis numpy adds tree after tree: the same sum on every machine
        total: npt.NDArray[np.float64] = self.value[node].sum(axis=0, dtype=np.float64)
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
