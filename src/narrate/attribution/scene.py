"""The scene: who says the lines that no rule decides, seen together from the first to the last.

Every open turn has a handful of candidates, each with features; a weighing gives each a score, and a beam
search over the conversation picks the speakers that fit best together (who spoke one and two turns ago).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from math import exp

from narrate.attribution.sieve import Stage
from narrate.attribution.tags import I, NOBODY

_BACK, _AHEAD = 2000, 500  # characters in which a speaker is named in nearly every line
_MOST = 12  # candidates a turn
_BEAM = 24


@dataclass(slots=True)
class Candidate:
    entity: int
    features: dict[str, float]
    score: float = 0.0


WEIGHTS = {
    "sex_clash": -8.0, "sex_match": 0.8, "coref": 2.2, "lead": 3.0, "beat_after": 2.6, "beat_before": 2.0,
    "beat_weak": 1.0, "vocative": -5.0, "vocative_before": 2.0, "vocative_after": 1.2, "talked": -1.6,
    "recency": 1.6, "subject_recent": 0.8, "spoke_before": 0.5, "prior": 0.7, "noun": -0.6, "group": -2.5,
    "narrator": 0.3, "gap_subject": 0.9, "i_inside": 0.0,
}  # fmt: skip


def decode(stage: Stage) -> None:
    """Give every undecided turn its speaker."""
    board = _Board(stage)
    candidates = [board.candidates(k) for k in range(len(stage.turns))]
    for k, held in enumerate(candidates):
        for c in held:
            c.score = sum(WEIGHTS.get(name, 0.0) * value for name, value in c.features.items())
        if stage.turns[k].speaker >= 0:
            fixed = stage.turns[k].speaker
            candidates[k] = [Candidate(fixed, {}, 6.0)]
    start = 0
    turns = stage.turns
    for k in range(1, len(turns) + 1):
        if k == len(turns) or turns[k].scene != turns[start].scene:
            _search(stage, start, k, candidates)
            start = k


def _search(stage: Stage, first: int, last: int, candidates: list[list[Candidate]]) -> None:
    beams: list[tuple[float, tuple[int, int], tuple[int, ...]]] = [(0.0, (-1, -1), ())]
    chains: list[dict[tuple[int, int], tuple[float, tuple[int, int]]]] = []
    state: dict[tuple[int, int], float] = {(-1, -1): 0.0}
    del beams
    for k in range(first, last):
        held = candidates[k]
        step: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {}
        if not held:
            held = [Candidate(-1, {}, 0.0)]
        for pair, score in state.items():
            for c in held:
                total = score + c.score + _follow(stage, k, pair, c.entity)
                nxt = (c.entity, pair[0])
                if nxt not in step or step[nxt][0] < total:
                    step[nxt] = (total, pair)
        best = sorted(step.items(), key=lambda item: (-item[1][0], item[0]))[:_BEAM]
        chains.append(dict(best))
        state = {pair: value[0] for pair, value in best}
    pair = min(state, key=lambda p: (-state[p], p))
    for k in range(last - 1, first - 1, -1):
        turn = stage.turns[k]
        if turn.speaker < 0 and pair[0] >= 0:
            turn.speaker = pair[0]
            _explain(stage, k, pair, candidates[k])
        pair = chains[k - first][pair][1]


def _follow(stage: Stage, k: int, pair: tuple[int, int], entity: int) -> float:
    """How well a speaker follows the last two."""
    turn = stage.turns[k]
    if pair[0] < 0 or entity < 0:
        return 0.0
    near = exp(-turn.gap / 400)
    if entity == pair[0]:
        return -2.4 * near if not turn.shares else -0.8
    if entity == pair[1]:
        return 1.8 * near
    return 0.0


def _explain(stage: Stage, k: int, pair: tuple[int, int], held: list[Candidate]) -> None:
    turn = stage.turns[k]
    scores = sorted((c.score for c in held), reverse=True)
    chosen = next(c for c in held if c.entity == pair[0])
    lead = chosen.score - (scores[1] if len(scores) > 1 and chosen.score == scores[0] else scores[0])
    turn.probability = 1 / (1 + exp(-(0.6 + 0.45 * lead)))
    named = {
        "beat_after": "acts right after the words", "beat_before": "acts right before the words",
        "coref": "is who the pronoun of the tag means", "lead": "leads into the words",
        "vocative_before": "was called by name just before", "recency": "was spoken of last",
    }  # fmt: skip
    best = max(named, key=lambda name: chosen.features.get(name, 0.0) * WEIGHTS.get(name, 0.0))
    turn.rule = "scene"
    if chosen.features.get(best, 0.0) <= 0.3 and pair[1] >= 0 and k and stage.turns[k - 1].scene == turn.scene:
        turn.reason = "the speakers take turns"
    else:
        turn.reason = named[best]


class _Board:
    """Indexes over mentions and turns that candidates are drawn from."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        order = sorted(
            (m for m in stage.mentions if m.entity >= 0 and (stage.entities[m.entity].person or stage.entities[m.entity].said)),
            key=lambda m: m.start,
        )
        self.order, self.places = order, [m.start for m in order]
        counts: Counter[int] = Counter(m.entity for m in order)
        top = max(counts.values(), default=1)
        self.prior = {e: n / top for e, n in counts.items()}

    def candidates(self, k: int) -> list[Candidate]:
        stage, turn = self.stage, self.stage.turns[k]
        a = bisect_left(self.places, turn.start - _BACK)
        b = bisect_left(self.places, turn.start)
        c = bisect_right(self.places, turn.end + _AHEAD)
        seen: dict[int, float] = {}
        subject: dict[int, float] = {}
        for m in self.order[a:b]:
            if m.quote >= 0 and not m.vocative:
                weight = 0.3
            else:
                weight = 0.5 if m.quote >= 0 else 1.0 if m.subject else 0.7
            value = weight * exp((m.start - turn.start) / 400)
            seen[m.entity] = max(seen.get(m.entity, 0.0), value)
            if m.subject and m.quote < 0:
                subject[m.entity] = max(subject.get(m.entity, 0.0), exp((m.start - turn.start) / 400))
        for m in self.order[b:c]:
            seen.setdefault(m.entity, 0.05)
        spoke: dict[int, int] = {}
        for away in range(1, 7):
            for j in (k - away, k + away):
                if 0 <= j < len(stage.turns) and stage.turns[j].scene == turn.scene and stage.turns[j].speaker >= 0:
                    spoke.setdefault(stage.turns[j].speaker, away)
                    seen.setdefault(stage.turns[j].speaker, 0.1)
        if stage.narrator >= 0:
            seen.setdefault(stage.narrator, 0.4)
        found = [Candidate(e, self._features(k, e, v, subject.get(e, 0.0), spoke.get(e, 0))) for e, v in seen.items()]
        found.sort(key=lambda x: (-seen[x.entity] - (0.5 if x.entity in spoke else 0) - x.features.get("coref", 0), x.entity))
        return found[:_MOST]

    def _features(self, k: int, entity: int, recency: float, subject: float, spoke: int) -> dict[str, float]:
        stage, turn = self.stage, self.stage.turns[k]
        who = stage.entities[entity]
        f: dict[str, float] = {"recency": recency, "subject_recent": subject, "prior": self.prior.get(entity, 0.0)}
        tag = turn.tag
        if tag is not None and tag.kind != "beat":
            if tag.subject == I:
                f["narrator_tag"] = 1.0
            elif tag.subject >= 0:
                m = stage.mentions[tag.subject]
                if m.sex and who.sex:
                    f["sex_clash" if m.sex != who.sex else "sex_match"] = 1.0
                if entity == stage.narrator:
                    f["sex_clash"] = 1.0
                if m.entity == entity:
                    f["coref"] = 1.0
        for beat in turn.beats[:3]:
            acts = stage.narrator if beat.subject == I else stage.mentions[beat.subject].entity if beat.subject != NOBODY else -1
            if acts == entity:
                name = "beat_weak" if beat.weak else "beat_after" if beat.after else "beat_before"
                f.setdefault(name, 1.0)
        if entity in turn.vocatives:
            f["vocative"] = 1.0
        elif entity in turn.talked:
            f["talked"] = 1.0
        if k and stage.turns[k - 1].scene == turn.scene and entity in stage.turns[k - 1].vocatives and turn.gap < 600:
            f["vocative_before"] = 1.0
        if k + 1 < len(stage.turns) and entity in stage.turns[k + 1].vocatives and stage.turns[k + 1].gap < 600:
            f["vocative_after"] = 1.0
        if spoke:
            f["spoke_before"] = 1.0 / spoke
        if who.kind == "noun":
            f["noun"] = 1.0
        if who.group:
            f["group"] = 1.0
        if entity == stage.narrator:
            f["narrator"] = 1.0
        return f
