"""The board: where everybody is mentioned and speaks, laid out for quick questions about any turn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import islice
from math import exp, log

from narrate.attribution.lexicon import SPEECH
from narrate.attribution.mentions import Mention
from narrate.attribution.sieve import Stage

BACK, AHEAD = 2000, 500  # characters in which nearly every speaker is named
REACH = 12_000  # characters in which somebody who takes part in a long conversation may go unnamed
RECENT = 10  # people in mind from further back than BACK
MOST = 12  # candidates a turn
NEAR = 6  # turns before and after whose speakers are candidates


class Board:
    """Read-only indexes over a stage whose sieve has run."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        entities = stage.entities
        order = sorted(
            (
                m
                for m in stage.mentions
                if m.entity >= 0 and (entities[m.entity].person or entities[m.entity].said)
            ),
            key=lambda m: m.start,
        )
        self.order: list[Mention] = order
        self.places = [m.start for m in order]
        self.spots: dict[int, list[int]] = defaultdict(list)  # entity -> offsets of its mentions in narration
        self.acts: dict[int, list[int]] = defaultdict(list)  # entity -> offsets where it is a subject
        names: Counter[int] = Counter()
        for m in order:
            if m.kind != "pronoun":
                names[m.entity] += 1
            if m.quote < 0:
                self.spots[m.entity].append(m.start)
                if m.subject:
                    self.acts[m.entity].append(m.start)
        top = max(names.values(), default=1)
        self.weight = {e: log(1 + n) / log(1 + top) for e, n in names.items()}
        said: Counter[int] = Counter(t.speaker for t in stage.turns if t.speaker >= 0)
        most = max(said.values(), default=1)
        self.voice = {e: log(1 + n) / log(1 + most) for e, n in said.items()}
        self.tagged = said
        self.houses = Counter(entities[e].words[-1] for e in names if entities[e].words)
        self.scene_said: Counter[tuple[int, int]] = Counter(
            (t.scene, t.speaker) for t in stage.turns if t.speaker >= 0
        )

        self.recent = self._recent()

    def _recent(self) -> list[list[tuple[int, int]]]:
        """For each turn, the people met last before it, the nearest first: (entity, offset)."""
        met: dict[int, int] = {}  # entity -> its last mention; the last met stands last
        found: list[list[tuple[int, int]]] = []
        k = 0
        for turn in self.stage.turns:
            while k < len(self.order) and self.places[k] < turn.start:
                met.pop(self.order[k].entity, None)
                met[self.order[k].entity] = self.places[k]
                k += 1
            found.append(list(islice(reversed(met.items()), RECENT)))
        return found

    def candidates(self, k: int) -> list[tuple[int, float]]:
        """Who may speak turn k: (entity, how much in mind it is), the likeliest first, at most `MOST`."""
        stage, turn = self.stage, self.stage.turns[k]
        a = bisect_left(self.places, turn.start - BACK)
        b = bisect_left(self.places, turn.start)
        c = bisect_right(self.places, turn.end + AHEAD)
        mind: dict[int, float] = {}
        for m in self.order[a:b]:
            weight = (0.5 if m.vocative else 0.3) if m.quote >= 0 else 1.0 if m.subject else 0.7
            value = weight * exp((m.start - turn.start) / 400)
            if value > mind.get(m.entity, 0.0):
                mind[m.entity] = value
        for m in self.order[b:c]:
            away = 0.12 * exp((turn.start - m.start) / 800)
            mind[m.entity] = mind.get(m.entity, 0.0) + (away if m.quote < 0 else away / 3)
        for away in range(1, NEAR + 1):
            for j in (k - away, k + away):
                if (
                    0 <= j < len(stage.turns)
                    and stage.turns[j].scene == turn.scene
                    and stage.turns[j].speaker >= 0
                ):
                    who = stage.turns[j].speaker
                    mind[who] = mind.get(who, 0.0) + 0.5 / away
        for e, place in self.recent[k]:
            if e not in mind and turn.start - place < REACH:
                mind[e] = 0.02 * exp((place - turn.start) / 4000)
        if stage.narrator >= 0:
            mind[stage.narrator] = mind.get(stage.narrator, 0.0) + 0.4
        if turn.tag is not None and turn.tag.subject >= 0:
            own = stage.mentions[turn.tag.subject].entity
            if own >= 0:
                mind[own] = mind.get(own, 0.0) + 1.0
        for e in list(mind):
            if stage.entities[e].kind == "noun" and not stage.entities[e].said:
                mind[e] *= 0.5
        found = sorted(mind.items(), key=lambda pair: (-pair[1], pair[0]))
        return found[:MOST]

    def last_before(self, entity: int, place: int, *, subject: bool = False) -> int:
        """Characters since the last mention in narration before a place; a large number when there is
        none.
        """
        held = (self.acts if subject else self.spots).get(entity)
        if not held:
            return 1 << 20
        k = bisect_left(held, place)
        return place - held[k - 1] if k else 1 << 20

    def next_after(self, entity: int, place: int) -> int:
        held = self.spots.get(entity)
        if not held:
            return 1 << 20
        k = bisect_left(held, place)
        return held[k] - place if k < len(held) else 1 << 20

    def count_near(self, entity: int, place: int, reach: int) -> int:
        held = self.spots.get(entity, [])
        return bisect_left(held, place) - bisect_left(held, place - reach)

    def last_subject(self, a: int, b: int) -> int:
        """The last entity that acts in the narration between two offsets, -1 for nobody."""
        k = bisect_left(self.places, b) - 1
        while k >= 0 and self.places[k] >= a:
            m = self.order[k]
            if m.quote < 0 and m.subject and m.verb not in SPEECH:
                return m.entity
            k -= 1
        return -1

    def first_subject(self, a: int, b: int) -> int:
        k = bisect_left(self.places, a)
        while k < len(self.order) and self.places[k] < b:
            m = self.order[k]
            if m.quote < 0 and m.subject:
                return m.entity
            k += 1
        return -1
