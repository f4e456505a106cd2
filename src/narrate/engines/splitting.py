"""Phonemes into pieces that a model can say in one go: nothing lost, cut where a reader would breathe.

Cuts are chosen for the whole text at once (dynamic programming over the places where white space
stands), so that no piece is a stub: a model given two phonemes alone says them badly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from narrate.engines.g2p import Word

Break = Literal["sentence", "clause", "word", "inside"]

_COST: dict[Break, float] = {"sentence": 1.0, "clause": 4.0, "word": 12.0, "inside": 40.0}
_COMFORTABLE = 40  # phonemes: shorter pieces begin to lose their melody
_MARKS = " .!?…,;:—)("


@dataclass(frozen=True, slots=True)
class Piece:
    """What is said in one go."""

    phonemes: str
    after: Break  # what it was cut at


def pieces(words: Sequence[Word], limit: int, *, each_sentence: bool = False) -> list[Piece]:
    """The words as pieces of at most `limit` phonemes, as few and as even as good cuts allow.

    With `each_sentence`, every sentence is a piece of its own, for models that know only those.
    """
    if not each_sentence:
        return _fitted(_atoms(words, limit), limit)
    found: list[Piece] = []
    sentence: list[Piece] = []
    for atom in _atoms(words, limit):
        sentence.append(atom)
        if atom.after == "sentence":
            found += _fitted(sentence, limit)
            sentence = []
    return found + _fitted(sentence, limit)


def _atoms(words: Sequence[Word], limit: int) -> list[Piece]:
    """The stretches between places where a cut may fall; each at most `limit` long."""
    atoms: list[Piece] = []
    held = ""
    for word in words:
        held += word.phonemes
        if word.space or word.phonemes.endswith(("—", "…")):
            atoms += _hard_cut(held + (" " if word.space else ""), limit)
            held = ""
    atoms += _hard_cut(held, limit)
    return atoms


def _hard_cut(held: str, limit: int) -> list[Piece]:
    if not held.strip():
        return []
    mark = held.rstrip(" )")[-1:]
    after: Break = "sentence" if mark in ".!?…" and mark else "clause" if mark in ",;:—" and mark else "word"
    slices = [held[k : k + limit] for k in range(0, len(held), limit)]
    cut = [Piece(part, "inside") for part in slices if part.strip()]
    return [*cut[:-1], Piece(cut[-1].phonemes, after)]


def _fitted(atoms: Sequence[Piece], limit: int) -> list[Piece]:
    if not atoms:
        return []
    ends = [0]
    for atom in atoms:
        ends.append(ends[-1] + len(atom.phonemes))
    best: list[tuple[float, int]] = [
        (0.0, 0)
    ]  # cost of saying the first k atoms, and where the last piece begins
    for k in range(1, len(atoms) + 1):
        after = atoms[k - 1].after
        options = []
        for j in range(k - 1, -1, -1):
            size = ends[k] - ends[j]
            if size > limit and j < k - 1:
                break
            shape = max(0, _COMFORTABLE - size) / 4 + (size / limit) ** 2  # no stubs; even rather than full
            cut = 0.0 if k == len(atoms) else _COST[after]
            options.append((best[j][0] + 0.5 + shape + cut, j))
        best.append(min(options))
    found: list[Piece] = []
    k = len(atoms)
    while k:
        j = best[k][1]
        said = "".join(atom.phonemes for atom in atoms[j:k]).strip()
        found.append(Piece(said, atoms[k - 1].after))
        k = j
    return found[::-1]
