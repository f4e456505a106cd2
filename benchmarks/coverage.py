"""Lines skipped or doubled, of ten thousand: found by ear in the finished file, not read from a record.

    python benchmarks/coverage.py NOVEL.txt [NOVEL.txt ...] [--lines 10000] [--suffix .m4b]

Each novel becomes an audiobook in the tone engine's voices: a note for each voice, as long as its words.
The finished file is decoded and searched for notes: which, when, how long. What is heard must be the
takes of the script's lines, each once, in order. Then `narrate check`'s own coverage is asked the same.
Novels are narrated until there are enough lines; one table row each.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from narrate.audio import Audio, Samples
from narrate.checking import check
from narrate.checking.decode import decode
from narrate.produce import Order, Produced, Unwatched, produce
from narrate.rendering.shelf import Shelf
from narrate.timelines import timeline_of

HOP_S = 0.02
WINDOW_S = 0.04
FAINT = 10 ** (-50 / 20)  # amplitude under which nothing is a note
SECOND = 10 ** (-14 / 20)  # a second note at once (somebody cuts in) is at least this part of the first
SAME_HZ = 12.0
LOBE_HZ = 60.0  # around a peak: the window's own
SHORTEST_S = 0.08
SAME_S = 0.08  # notes this much longer or shorter are the same
LOOK = 8  # notes ahead that are searched for where the two part


@dataclass(frozen=True, slots=True)
class Note:
    """A tone that was heard, or should be."""

    hz: float
    seconds: float
    start: float = 0.0  # s

    def like(self, other: Note) -> bool:
        return abs(self.hz - other.hz) <= SAME_HZ and abs(self.seconds - other.seconds) <= SAME_S


class Ear:
    """Turns a stream of sound into notes."""

    def __init__(self) -> None:
        self._held: Samples = np.zeros(0, np.float32)
        self._frame = 0
        self._open: list[list[float]] = []  # [hz, first frame, last frame]
        self.notes: list[Note] = []

    def feed(self, samples: npt.NDArray[np.float32], rate: int) -> None:
        row = np.concatenate((self._held, samples.mean(axis=0)))
        hop, window = round(rate * HOP_S), round(rate * WINDOW_S)
        count = max(0, (row.size - window) // hop + 1)
        for first in range(0, count, 2000):
            last = min(count, first + 2000)
            frames = np.lib.stride_tricks.sliding_window_view(row[first * hop :], window)[::hop][
                : last - first
            ]
            for found in loudest(frames, rate):
                self._take(found)
        self._held = row[count * hop :]

    def _take(self, found: list[float]) -> None:
        still = []
        here = bool(found)
        for note in self._open:
            near = [hz for hz in found if abs(hz - note[0]) <= SAME_HZ]
            if near:
                note[2] = self._frame
                found.remove(near[0])
                still.append(note)
            elif (
                here and self._frame - note[2] <= 2
            ):  # where two notes meet, one may hide the other for a moment
                still.append(note)
            else:
                self._close(note)
        self._open = still + [[hz, self._frame, self._frame] for hz in found]
        self._frame += 1

    def _close(self, note: list[float]) -> None:
        hz, first, last = note
        seconds = (last - first) * HOP_S + WINDOW_S / 2
        if seconds >= SHORTEST_S:
            self.notes.append(Note(hz, seconds, first * HOP_S))

    def finish(self) -> list[Note]:
        for note in self._open:
            self._close(note)
        return sorted(self.notes, key=lambda note: note.start)


def loudest(frames: npt.NDArray[np.float32], rate: int) -> Iterator[list[float]]:
    """The one or two notes in each frame, Hz."""
    size = frames.shape[1]
    shape = np.hanning(size).astype(np.float32)
    length = 1 << (size - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(frames * shape, length, axis=1)) / (shape.sum() / 2)
    spectrum = spectrum[:, : int(12_000 / rate * length)]
    step = rate / length
    first, level = peaks(spectrum)
    beside = np.abs(np.arange(spectrum.shape[1]) - np.rint(first)[:, None]) <= LOBE_HZ / step
    second, other = peaks(np.where(beside, 0.0, spectrum))
    two = other > np.maximum(FAINT, SECOND * level)
    for hz, more, loud, both in zip(first * step, second * step, level > FAINT, two, strict=True):
        yield [] if not loud else [float(hz), float(more)] if both else [float(hz)]


def peaks(spectrum: npt.NDArray[np.floating]) -> tuple[npt.NDArray[np.floating], npt.NDArray[np.floating]]:
    """Each row's highest peak: its place, between bins by a parabola through three, and its height."""
    rows = np.arange(len(spectrum))
    tops = spectrum.argmax(axis=1).clip(1, spectrum.shape[1] - 2)
    left, middle, right = (np.log(spectrum[rows, tops + k] + 1e-12) for k in (-1, 0, 1))
    bend = left - 2 * middle + right
    return tops + np.where(bend < 0, 0.5 * (left - right) / np.minimum(bend, -1e-9), 0.0), spectrum[
        rows, tops
    ]


def sung(take: Audio) -> Note:
    """The note of a take, from its sound."""
    middle = take.samples[take.samples.size // 4 : 3 * take.samples.size // 4]
    length = 1 << 17
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(middle.size), length))
    return Note(float(spectrum.argmax()) * take.rate / length, take.samples.size / take.rate)


def held(expected: Sequence[Note], heard: Sequence[Note]) -> tuple[list[int], list[int]]:
    """Which of the expected were not heard, and which of the heard were not expected."""
    lost: list[int] = []
    extra: list[int] = []
    i = j = 0
    while i < len(expected) and j < len(heard):
        if expected[i].like(heard[j]):
            i, j = i + 1, j + 1
            continue
        steps = [
            (a + b, a, b)
            for a in range(LOOK)
            for b in range(LOOK)
            if i + a < len(expected) and j + b < len(heard) and expected[i + a].like(heard[j + b])
        ]
        _, a, b = min(steps, default=(0, 1, 1))
        lost += range(i, i + a)
        extra += range(j, j + b)
        i, j = i + a, j + b
    return lost + list(range(i, len(expected))), extra + list(range(j, len(heard)))


def proved(made: Produced) -> tuple[int, int, int]:
    """Lines heard whole, lines of which something was not heard, notes that belong to no line."""
    shelf = Shelf.default()
    notes: dict[str, Note] = {}
    for cue in made.cues:
        if cue.key not in notes:
            notes[cue.key] = sung(shelf.read(cue.key))
    ear = Ear()
    decode(made.files[0], ear.feed)
    lost, extra = held([notes[cue.key] for cue in made.cues], heard := ear.finish())
    for k in extra[:5]:
        note = heard[k]
        print(f"nobody's: {note.hz:.0f} Hz for {note.seconds:.2f} s at {note.start:.2f} s", file=sys.stderr)
    for k in lost[:5]:
        cue = made.cues[k]
        note = notes[cue.key]
        print(f"not heard: {note.hz:.0f} Hz for {note.seconds:.2f} s: {cue.text!r}", file=sys.stderr)
    lines = {cue.line for cue in made.cues}
    skipped = {made.cues[k].line for k in lost}
    return len(lines - skipped), len(skipped), len(extra)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("novels", type=Path, nargs="+")
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--suffix", default=".m4b")
    given = parser.parse_args()
    print("| novel | hours | cues | lines heard once | skipped | doubled | cut in | `narrate check` | min |")
    print("|---|---|---|---|---|---|---|---|---|")
    whole = skipped = doubled = 0
    for novel in given.novels:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["NARRATE_CACHE"] = f"{folder}/cache"
            story = Path(folder) / f"novel{novel.suffix}"
            story.write_bytes(novel.read_bytes())
            began = time.perf_counter()
            made = produce(Order(story, (f"{folder}/novel{given.suffix}",), engine="tone"), Unwatched())
            good, lost, extra = proved(made)
            timeline = timeline_of(made.files[0])
            report = check(made.files[0], profile="none", timeline=timeline)
            spoken = made.master.lines
            over = sum(b.start < a.end for a, b in pairwise(spoken))
            hours = made.master.length / made.master.rate / 3600
            verdict = "PASS" if report.ok and timeline else "FAIL"
            minutes = (time.perf_counter() - began) / 60
            title = novel.stem
            found = f"{len(made.cues):,} | {good:,} | {lost} | {extra} | {over} | {verdict}"
            print(f"| {title} | {hours:.1f} | {found} | {minutes:.0f} |", flush=True)
            whole, skipped, doubled = whole + good, skipped + lost, doubled + extra
        if whole + skipped >= given.lines:
            break
    print(f"\n{whole + skipped:,} lines: {skipped} skipped, {doubled} doubled")
    sys.exit(1 if skipped or doubled or whole < given.lines else 0)


if __name__ == "__main__":
    main()
