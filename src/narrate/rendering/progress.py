"""How far rendering is, and how long it will take."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from narrate.rendering.cue import Cue
from narrate.rendering.speak import Spoken

FIRST = 4
"""Takes of an engine that say nothing of its pace: in them the workers load its model."""
ENOUGH = 4
"""Takes after those, by which the rest is foretold."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far rendering is. Lines whose takes were all on the shelf count as done from the start."""

    lines: int  # lines of the script whose takes are all there
    lines_total: int
    cues: int  # takes made in this run
    cues_total: int  # takes to be made in this run
    audio_s: float  # seconds of sound made in this run
    elapsed_s: float  # since it began
    eta_s: float | None  # seconds still to go, None while nothing is known

    @property
    def realtime(self) -> float:
        """Real-time factor: seconds of sound made in a second."""
        return self.audio_s / self.elapsed_s if self.elapsed_s > 0 else 0.0


class Meter:
    """Counts while a run goes on. Each step costs the same however long the book is."""

    def __init__(self, missing: Iterable[Cue], lines_of: Mapping[str, set[int]], lines_total: int) -> None:
        self.start = time.monotonic()
        self.audio_s = self.cpu_s = 0.0
        self.pace: dict[str, tuple[int, float]] = {}  # characters spoken and seconds it took, by engine
        self._warm: dict[str, tuple[int, int, float]] = {}  # takes, and after the first ones as in `pace`
        self._left: dict[str, Cue] = {cue.key: cue for cue in missing}
        self._total = len(self._left)
        self._characters: Counter[str] = Counter()  # still to speak, by engine
        for cue in self._left.values():
            self._characters[cue.voice.engine] += len(cue.text)
        self._lines_of = lines_of
        self._open = Counter(line for key in self._left for line in lines_of[key])
        self._lines_open = len(self._open)
        self._lines_total = lines_total

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.start

    def made(self, cue: Cue, spoken: Spoken) -> None:
        """A take has been made, for the first time or again."""
        self.audio_s += spoken.audio_s
        self.cpu_s += spoken.cpu_s
        characters, seconds = self.pace.get(cue.voice.engine, (0, 0.0))
        self.pace[cue.voice.engine] = (characters + len(cue.text), seconds + spoken.wall_s)
        takes, characters, seconds = self._warm.get(cue.voice.engine, (0, 0, 0.0))
        if takes >= FIRST:
            characters, seconds = characters + len(cue.text), seconds + spoken.wall_s
        self._warm[cue.voice.engine] = (takes + 1, characters, seconds)
        if self._drop(cue):
            for line in self._lines_of[cue.key]:
                self._open[line] -= 1
                self._lines_open -= self._open[line] == 0

    def failed(self, cue: Cue) -> None:
        """A take will not be made: its line stays open, but nobody waits for it."""
        self._drop(cue)

    def read(self) -> Progress:
        elapsed = self.elapsed_s
        return Progress(
            lines=self._lines_total - self._lines_open,
            lines_total=self._lines_total,
            cues=self._total - len(self._left),
            cues_total=self._total,
            audio_s=self.audio_s,
            elapsed_s=elapsed,
            eta_s=self._eta(elapsed),
        )

    def _drop(self, cue: Cue) -> bool:
        if self._left.pop(cue.key, None) is None:
            return False
        self._characters[cue.voice.engine] -= len(cue.text)
        return True

    def _eta(self, elapsed: float) -> float | None:
        """By what each engine takes for a character, and by how many jobs ran side by side on average.

        None until that is known of every engine with something left: one may be fifty times another.
        """
        work = sum(seconds for _n, seconds in self.pace.values())
        if not work or not elapsed:
            return None
        to_do = 0.0
        for engine, left in self._characters.items():
            takes, characters, seconds = self._warm.get(engine, (0, 0, 0.0))
            if left and (takes < FIRST + ENOUGH or not characters):
                return None
            to_do += left * seconds / max(1, characters)
        return to_do * elapsed / work
