"""Whom to believe: the model's word against ours, each by how often it is right."""

from __future__ import annotations

HARDER = 0.85
"""What is left of a model's marks on lines that we doubt. They are harder than those of its exam, whose
speakers we know; how much harder depends on the model, so this is a modest guess and not a measurement."""

PASS = 0.47
"""The worth below which a model is not asked: 12 right of an exam of 20. Made-up models that are right in
half of all cases cost up to two points of voice, those right in 60 % change little, better ones gain:
`benchmarks/attribution/second-opinion.md`."""

MOST = 0.9
"""No line that somebody had to be asked about is surer than this."""


def worth_of(right: int, asked: int) -> float:
    """How often a model is right on doubtful lines, from its exam; short exams are taken with caution.

    As if it had been asked three more and known one, which is what guessing among three comes to.
    """
    return HARDER * (right + 1) / (asked + 3)


def weigh(ours: float, worth: float, choices: int, *, agrees: bool) -> tuple[bool, float]:
    """Whether the model's name is taken, and the probability that the one taken is right.

    `ours` is the probability of our guess, `worth` how often the model is right, `choices` how many could
    have said it (2 or more). By Bayes, with all errors equally likely: each name that is not our guess has
    (1 - ours) / (choices - 1) to begin with, and the model says each wrong one with
    (1 - worth) / (choices - 1).
    So of two who disagree, the one that is right more often wins: the model where `worth` > `ours`.
    """
    slip = (1.0 - worth) / (choices - 1)
    other = (1.0 - ours) / (choices - 1)
    if agrees:
        chance = ours * worth / (ours * worth + (1.0 - ours) * slip)
        return True, min(MOST, chance)
    weights = (ours * slip, other * worth)  # ours is right; the model's is right
    rest = (choices - 2) * other * slip  # neither
    taken = weights[1] > weights[0]
    return taken, min(MOST, max(weights) / (sum(weights) + rest))
