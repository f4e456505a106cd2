"""A small book whose takes are tones: who speaks is a pitch, so ears are not needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from narrate.audio import Audio
from narrate.book import Book, Chapter, Paragraph, Scene
from narrate.cast import Voice
from narrate.rendering.cue import Cue
from narrate.script import Line, Script

PITCH = {"narrator": 220.0, "Ada": 440.0, "Bob": 880.0}
LEVEL = {"narrator": -30.0, "Ada": -21.0, "Bob": -12.0}


@dataclass
class Play:
    """A book, its cues, and takes by key; `read` counts who asks."""

    book: Book
    script: Script
    cues: list[Cue]
    takes: dict[str, Audio]
    reads: list[str] = field(default_factory=list)

    def read(self, key: str) -> Audio:
        self.reads.append(key)
        return self.takes[key]


def tone(hz: float, seconds: float, level: float, rate: int, lead: float = 0.3, tail: float = 0.4) -> Audio:
    """A tone that wavers as syllables do, with silence around it; `level` is its RMS in dBFS."""
    t = np.arange(round(seconds * rate)) / rate
    wave = np.sin(2 * np.pi * hz * t) * (1.0 + 0.3 * np.sin(2 * np.pi * 4.0 * t))
    wave *= 10.0 ** (level / 20.0) / np.sqrt(np.mean(wave**2))
    silence = [np.zeros(round(s * rate)) for s in (lead, tail)]
    return Audio(np.concatenate((silence[0], wave, silence[1])).astype(np.float32), rate)


@pytest.fixture
def play() -> Callable[..., Play]:
    def make(chapters: int = 2, lines: int = 6, seconds: float = 0.8, rate: int = 24_000) -> Play:
        speakers = list(PITCH)
        all_lines: list[Line] = []
        cues: list[Cue] = []
        takes: dict[str, Audio] = {}
        parts: list[Chapter] = []
        for chapter in range(chapters):
            paragraphs = []
            for k in range(lines):
                n = len(all_lines)
                who = speakers[k % 3]
                kind = "title" if k == 0 else "narration" if who == "narrator" else "speech"
                all_lines.append(Line(n, n + 1, f"Words {n}.", kind, who, 1.0, "", chapter, chapter, n))
                paragraphs.append(Paragraph("x", "heading" if k == 0 else "prose", n, n + 1, ((0, n),)))
                key = f"{n:064x}"
                cues.append(Cue(n, f"Words {n}.", Voice("tones", who), key))
                takes[key] = tone(PITCH[who], seconds + 0.1 * (k % 4), LEVEL[who], rate)
            parts.append(Chapter(f"Part {chapter + 1}", (Scene(tuple(paragraphs)),)))
        book = Book(Path("play.md"), "x" * len(all_lines), "A Play", "Nobody", "en", tuple(parts))
        return Play(book, Script(tuple(all_lines), ()), cues, takes)

    return make
