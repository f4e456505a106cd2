"""Who speaks how much, and who talks to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from narrate.script import NARRATOR, Line, Script

_NEAR = (1.0, 0.5, 0.25)  # the weight of a turn for whoever spoke last, before, and before that


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversations of a story. Pairs are in alphabetical order."""

    share: Mapping[str, float]  # of all words that characters speak, 0 to 1
    turns: Mapping[tuple[str, str], float]  # how often one answers the other
    met: Mapping[tuple[str, str], int]  # scenes in which both speak

    def partner(self, name: str) -> str:
        """Whom they talk to most, "" if nobody."""
        own = [(-weight, a if b == name else b) for (a, b), weight in self.turns.items() if name in (a, b)]
        return min(own)[1] if own else ""


def talk(script: Script) -> Talk:
    """Counts a script's conversations, from quotes that follow each other within a scene."""
    words: Counter[str] = Counter()
    turns: Counter[tuple[str, str]] = Counter()
    met: Counter[tuple[str, str]] = Counter()
    scene = -1
    present: set[str] = set()
    recent: list[str] = []  # who spoke, latest first, each once
    for line in script.lines:
        if not _is_speech(line):
            continue
        if line.scene != scene:
            met.update(_pairs(present))
            scene, present, recent = line.scene, set(), []
        words[line.speaker] += len(line.text.split())
        present.add(line.speaker)
        others = [name for name in recent if name != line.speaker]
        if not recent or recent[0] != line.speaker:
            for name, weight in zip(others, _NEAR, strict=False):
                turns[_pair(name, line.speaker)] += weight  # type: ignore[assignment]
        recent = [line.speaker, *others][:4]
    met.update(_pairs(present))
    total = sum(words.values()) or 1
    return Talk({name: count / total for name, count in words.items()}, dict(turns), dict(met))


def _is_speech(line: Line) -> bool:
    return bool(line.speaker) and line.speaker != NARRATOR


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _pairs(names: set[str]) -> list[tuple[str, str]]:
    return list(combinations(sorted(names), 2))
