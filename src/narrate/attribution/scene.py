"""The scene: who says the lines that no rule decides, weighed together and again.

Each pass ranks the candidates of every open turn; after the first, the ranker also sees what the pass before
believes of the turns around, so that what is sure spreads along a conversation from both ends.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from narrate.attribution.features import MOVING, STILL, Describer
from narrate.attribution.guess import guess
from narrate.attribution.ranker import Floats, Forest, Ranker
from narrate.attribution.sieve import Stage

PASSES = 3


GUESSED = 0.7
"""How far the first guess is believed before anything is learned."""


@dataclass(slots=True)
class Ballot:
    """The candidates of all open turns, end to end."""

    turns: list[int]  # open turns that have candidates
    held: list[list[tuple[int, float]]]  # their candidates: (entity, mind)
    bounds: list[int]  # row where each turn's candidates start, and the end
    still: Floats  # (rows, len(STILL))
    guessed: list[int]  # the first guess at each turn's speaker


def ballot_of(stage: Stage, describer: Describer) -> Ballot:
    """Draw the candidates of the open turns, describe them, and guess once."""
    ballot = Ballot([], [], [0], np.zeros((0, len(STILL)), dtype=np.float32), [])
    rows: list[list[float]] = []
    by_turn: dict[int, tuple[list[int], list[list[float]]]] = {}
    for k, turn in enumerate(stage.turns):
        held = describer.board.candidates(k) if turn.speaker < 0 else []
        if not held:
            continue
        described = describer.still(k, held)
        by_turn[k] = ([e for e, _ in held], described)
        ballot.turns.append(k)
        ballot.held.append(held)
        rows += described
        ballot.bounds.append(len(rows))
    if rows:
        ballot.still = np.asarray(rows, dtype=np.float32)
    first = guess(stage, by_turn)
    ballot.guessed = [first.get(k, -1) for k in ballot.turns]
    return ballot


def first_beliefs(stage: Stage, ballot: Ballot) -> list[dict[int, float]]:
    """What the sieve is sure of and the first guess makes of the rest: entity -> probability, for each
    turn.
    """
    belief = [{t.speaker: max(0.5, t.probability)} if t.speaker >= 0 else {} for t in stage.turns]
    for k, e in zip(ballot.turns, ballot.guessed, strict=True):
        if e >= 0:
            belief[k] = {e: GUESSED}
    return belief


def full_rows(describer: Describer, ballot: Ballot, belief: Sequence[dict[int, float]]) -> Floats:
    """Still and moving features of every row of a ballot under the present belief."""
    rows: list[list[float]] = []
    for k, held, guessed in zip(ballot.turns, ballot.held, ballot.guessed, strict=True):
        rows += describer.moving(k, held, belief, guessed)
    moving = np.asarray(rows, dtype=np.float32).reshape(-1, len(MOVING))
    return np.concatenate([ballot.still, moving], axis=1)


def shares(scores: Floats, bounds: Sequence[int]) -> list[Floats]:
    """Soft-max within each turn."""
    found = []
    for a, b in itertools.pairwise(bounds):
        odds = np.exp(scores[a:b] - scores[a:b].max())
        found.append((odds / odds.sum()).astype(np.float32))
    return found


def run_pass(
    describer: Describer, ballot: Ballot, belief: list[dict[int, float]], forest: Forest
) -> list[Floats]:
    """One pass: rank under the belief, then bring the belief up to date; one array of shares a turn."""
    if not ballot.turns:
        return []
    chosen = shares(forest.score(full_rows(describer, ballot, belief)), ballot.bounds)
    for k, held, p in zip(ballot.turns, ballot.held, chosen, strict=True):
        belief[k] = {e: float(x) for (e, _), x in zip(held, p, strict=True) if x > 0.01}
    return chosen


Look = Callable[[Sequence[dict[int, float]]], Describer]
"""Reads the pronouns again in the light of who is believed to speak, and describes all candidates anew."""


def second_look(
    stage: Stage, describer: Describer, look: Look, first: Forest
) -> tuple[Describer, Ballot, list[dict[int, float]]]:
    """The first pass, and what the passes after it work on: descriptions, candidates, beliefs."""
    ballot = ballot_of(stage, describer)
    belief = first_beliefs(stage, ballot)
    run_pass(describer, ballot, belief, first)
    describer = look(belief)
    return describer, ballot_of(stage, describer), belief


def later_passes(
    describer: Describer, ballot: Ballot, belief: list[dict[int, float]], later: Forest
) -> list[Floats]:
    """All passes but the first; the shares of the last come back."""
    chosen: list[Floats] = []
    for _ in range(PASSES - 1):
        chosen = run_pass(describer, ballot, belief, later)
    return chosen


def decode(stage: Stage, describer: Describer, look: Look, ranker: Ranker) -> None:
    """Give every undecided turn its speaker, with a calibrated probability and a reason."""
    describer, ballot, belief = second_look(stage, describer, look, ranker.first)
    chosen = later_passes(describer, ballot, belief, ranker.later)
    for j, (k, held, p) in enumerate(zip(ballot.turns, ballot.held, chosen, strict=True)):
        turn = stage.turns[k]
        following = k + 1 < len(stage.turns) and stage.turns[k + 1].shares
        if turn.shares or following:
            p = _with_guess(p, held, ballot.guessed[j])
        best = int(np.argmax(p))
        turn.speaker = held[best][0]
        turn.probability = float(np.interp(p[best], ranker.calibration[0], ranker.calibration[1]))
        turn.rule = "scene"
        row = dict(zip(STILL, ballot.still[ballot.bounds[j] + best].tolist(), strict=True))
        turn.reason = _reason(row, belief, k, turn.speaker)


def _with_guess(p: Floats, held: Sequence[tuple[int, float]], guessed: int) -> Floats:
    """Where several speak in one paragraph, which novels hardly ever do, the first guess counts as much."""
    own = np.asarray([float(e == guessed) for e, _ in held], dtype=np.float32)
    mixed: Floats = ((p + own) / (1.0 + own.sum())).astype(np.float32)
    return mixed


_GROUNDS = (
    ("beat_after", "does something just after"),
    ("beat_before", "does something just before"),
    ("own_noun", "is the one described here"),
    ("coref", "is meant by “he” or “she” here"),
    ("called_before", "was called by name just before"),
    ("gap_last_subject", "was the last to do something before"),
    ("called_after", "is called by name in the answer"),
)


def _reason(row: dict[str, float], belief: Sequence[dict[int, float]], k: int, speaker: int) -> str:
    for name, words in _GROUNDS:
        if row[name] > 0:
            return words
    for j in (k - 2, k + 2):
        if 0 <= j < len(belief) and belief[j].get(speaker, 0.0) > 0.5:
            return "the speakers take turns"
    return "fits “he” or “she” here" if row["sex_agrees"] else "is the likeliest here"
