"""What mastering and publishing cost: CPU seconds an hour of audio, and the most memory they hold.

    python benchmarks/mastering.py [--hours 1] [--output book.m4b ...] [--profile audiobook]

Takes are made up as they are read (voiced noise in six voices, each at a level of its own, with the
silences that engines leave around speech), so the figures hold for the stitcher, the levels and the
encoder alone; `take` tells what making them up cost, which is taken off. FLAC reading is not in it
(1.7 ms a take). Prints one JSON object a file.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from narrate.audio import Audio
from narrate.book import Book, Chapter, Paragraph, Scene
from narrate.cast import Voice
from narrate.mastering import Pacing, Survey, profile, stitch
from narrate.mastering.timeline import Master
from narrate.publishing import Metadata, publish
from narrate.rendering.cue import Cue
from narrate.script import Line, Script

RATE = 24_000
LINES_AN_HOUR = 1500  # 15,000 in a novel of ten hours
VOICES = 6


class Takes:
    """Made-up takes, and the time that making them took."""

    def __init__(self) -> None:
        self.spent = 0.0
        noise = np.random.Generator(np.random.PCG64(1)).normal(0.0, 1.0, RATE * 8).astype(np.float32)
        smooth = np.convolve(noise, np.hanning(9).astype(np.float32) / 4.5, "same")
        syllables = 0.55 - 0.45 * np.cos(2 * np.pi * 4.0 * np.arange(smooth.size) / RATE)
        self._speech = (smooth * syllables * 0.05).astype(np.float32)

    def read(self, key: str) -> Audio:
        began = time.process_time()
        number = int(key)
        size = round(RATE * (1.0 + 2.0 * (number * 7919 % 1000) / 1000.0))
        samples = np.zeros(size + RATE // 2, dtype=np.float32)
        level = np.float32(10.0 ** (-3.0 * (number % VOICES) / 20.0))
        start = number * 3571 % (self._speech.size - size)
        samples[RATE // 3 : RATE // 3 + size] = self._speech[start : start + size] * level
        self.spent += time.process_time() - began
        return Audio(samples, RATE)


def novel(hours: float) -> tuple[Book, Script, list[Cue]]:
    """A book of so many hours, a chapter for each twenty minutes."""
    count = round(LINES_AN_HOUR * hours)
    each = LINES_AN_HOUR // 3
    lines: list[Line] = []
    cues: list[Cue] = []
    chapters: list[Chapter] = []
    for first in range(0, count, each):
        paragraphs = []
        for k in range(first, min(first + each, count)):
            speaker = f"voice {k % VOICES}"
            kind = "speech" if k % VOICES else "narration"
            lines.append(
                Line(k, k + 1, f"Line {k}.", kind, speaker, 1.0, "", len(chapters), len(chapters), k)
            )
            cues.append(Cue(k, f"Line {k}.", Voice("made-up", speaker), str(k)))
            paragraphs.append(Paragraph("x", "prose", k, k + 1, ((0, k),)))
        chapters.append(Chapter(f"Chapter {len(chapters) + 1}", (Scene(tuple(paragraphs)),)))
    book = Book(Path("novel.md"), "x" * count, "A Novel", "Nobody", "en", tuple(chapters))
    return book, Script(tuple(lines), ()), cues


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--output", nargs="*", default=["book.m4b", "book/"])
    parser.add_argument("--profile", default="audiobook")
    given = parser.parse_args()
    book, script, cues = novel(given.hours)
    takes = Takes()
    surveys: dict[str, Survey] = {}

    def stitched() -> tuple[Master, float]:
        before, spent = time.process_time(), takes.spent
        master = stitch(
            script,
            cues,
            takes.read,
            Pacing.default(),
            book=book,
            levels=profile(given.profile),
            surveys=surveys,
        )
        return master, time.process_time() - before - (takes.spent - spent)

    master, first = stitched()
    _, again = stitched()
    hours = master.length / master.rate / 3600
    with tempfile.TemporaryDirectory() as folder:
        for output in given.output:
            before, spent, wall = time.process_time(), takes.spent, time.perf_counter()
            written = publish(master, f"{folder}/{output}", Metadata("A Novel", "Nobody"))
            making = takes.spent - spent
            cpu = time.process_time() - before - making
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            figures = {
                "output": output,
                "profile": given.profile,
                "hours": round(hours, 2),
                "takes": len(cues),
                "survey_cpu_s_an_hour": round(first / hours, 2),
                "again_cpu_s": round(again, 2),
                "publish_cpu_s_an_hour": round(cpu / hours, 2),
                "all_cpu_s_an_hour": round((cpu + first) / hours, 2),
                "wall_s": round(time.perf_counter() - wall - making, 1),
                "megabytes": round(sum(path.stat().st_size for path in written) / 1e6, 1),
                "peak_rss_mb": round(peak / (1024 if sys.platform != "darwin" else 1024**2), 1),
            }
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
