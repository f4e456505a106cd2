"""Who speaks when, drawn: the waveform in the colours of its voices, and a lane for each voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from narrate.checking.report import Report
from narrate.checking.sidecar import Sidecar
from narrate.script import NARRATOR

BARS = 2400
"""At most so many of the waveform."""
LANES = 12
"""At most so many, the voices heard longest first; the others share one more."""
LANE_PX = 20

_UNITS = 10_000  # across the lanes
_QUIETEST = -60.0  # dB, of a part without any sound
_STEEP = 30.0  # dB that make a bar ten times as high: between amplitude (20) and power's square root (40)


@dataclass(frozen=True, slots=True)
class Tone:
    """One voice as it is drawn."""

    name: str  # engine/name, as in the timeline
    style: str  # the class of its colour: "v3"
    speakers: tuple[str, ...]  # who has it, the one heard longest first
    seconds: float
    colour: str  # CSS


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's place in the book."""

    title: str
    start: float  # s of the book
    end: float  # s


def chapters(report: Report) -> tuple[Chapter, ...]:
    """Those that the files mark; of a folder each file is one where it marks none."""
    found = []
    begins = 0.0
    for file in report.files:
        marked = [Chapter(c.title, begins + c.start, begins + c.end) for c in file.chapters]
        if not marked and len(report.files) > 1:
            marked = [Chapter(file.tags.get("title") or file.name, begins, begins + file.seconds)]
        found += marked
        begins += file.seconds
    return tuple(found)


def tones(timeline: Sidecar) -> tuple[Tone, ...]:
    """The voices, the narrator's first and grey, the others by how long they are heard."""
    seconds: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for heard in timeline.lines:
        seconds[heard.voice][heard.speaker] += heard.end - heard.start
    order = sorted(seconds, key=lambda v: (NARRATOR not in seconds[v], -sum(seconds[v].values()), v))
    return tuple(
        Tone(
            voice,
            f"v{k}",
            tuple(sorted(seconds[voice], key=lambda who, of=seconds[voice]: (-of[who], who))),  # type: ignore[misc]
            sum(seconds[voice].values()),
            # Golden-angle steps: neighbours in the order are far apart in hue, however many there are.
            "var(--narrator)"
            if NARRATOR in seconds[voice]
            else f"oklch(var(--light) var(--chroma) {(25 + 137.508 * k) % 360:.0f})",
        )
        for k, voice in enumerate(order)
    )


def waveform(report: Report, timeline: Sidecar | None, voices: Sequence[Tone]) -> str:
    """The SVG of the level over time; each bar in the colour of the voice that has most of it."""
    levels = _levels(report)
    loudest = float(levels.max())
    owners = _owners(report.seconds, timeline, voices, levels.size)
    paths: dict[str, list[str]] = defaultdict(list)
    for k, level in enumerate(levels):
        half = max(0.6, 48.0 * 10.0 ** ((float(level) - loudest) / _STEEP))
        paths[owners[k]].append(f"M{k} {50 - half:.1f}h.8v{2 * half:.1f}h-.8z")
    drawn = "".join(f'<path class="{style}" d="{"".join(d)}"/>' for style, d in sorted(paths.items()))
    across = max(1, levels.size)
    marks = "".join(
        f'<path class="edge" d="M{chapter.start / max(report.seconds, 1e-9) * across:.2f} 0v100"/>'
        for chapter in chapters(report)[1:]
    )
    return (
        f'<svg class="wave" viewBox="0 0 {across} 100" preserveAspectRatio="none" role="img" '
        f'aria-label="The level of the book over time">{drawn}{marks}</svg>'
    )


def lanes(seconds: float, timeline: Sidecar, voices: Sequence[Tone]) -> str:
    """The SVG with a lane for each voice."""
    rows = min(len(voices), LANES + 1)
    row = {tone.name: min(k, LANES) for k, tone in enumerate(voices)}
    style = {tone.name: tone.style for tone in voices}
    spans: dict[str, list[list[float]]] = defaultdict(list)
    for heard in timeline.lines:
        start, end = (_UNITS * min(1.0, max(0.0, at / seconds)) for at in (heard.start, heard.end))
        own = spans[heard.voice]
        if own and start - own[-1][1] < 2.0:
            own[-1][1] = max(own[-1][1], end)
        else:
            own.append([start, end])
    beds = "".join(
        f'<rect class="lane" x="0" y="{LANE_PX * k + 3}" width="{_UNITS}" height="{LANE_PX - 6}"/>'
        for k in range(rows)
    )
    drawn = "".join(
        f'<path class="{style[voice]}" d="'
        + "".join(
            f"M{a:.1f} {LANE_PX * row[voice] + 3}h{max(4.0, b - a):.1f}v{LANE_PX - 6}H{a:.1f}z"
            for a, b in own
        )
        + '"/>'
        for voice, own in spans.items()
    )
    return (
        f'<svg class="lanes" style="height:{LANE_PX * rows}px" viewBox="0 0 {_UNITS} {LANE_PX * rows}" '
        f'preserveAspectRatio="none" role="img" aria-label="Who speaks when">{beds}{drawn}</svg>'
    )


def _levels(report: Report) -> npt.NDArray[np.float64]:
    """dB of equal parts of the book, at most BARS."""
    count = min(BARS, max(1, sum(len(file.outline) for file in report.files)))
    levels = np.full(count, _QUIETEST)
    begins = 0.0
    for file in report.files:
        step = file.seconds / max(1, len(file.outline))
        for k, level in enumerate(file.outline):
            first = int((begins + k * step) / max(report.seconds, 1e-9) * count)
            levels[min(first, count - 1)] = max(levels[min(first, count - 1)], level)
        begins += file.seconds
    return levels


def _owners(seconds: float, timeline: Sidecar | None, voices: Sequence[Tone], count: int) -> list[str]:
    shares = np.zeros((count, len(voices) + 1))
    shares[:, -1] = 1e-9  # where nobody speaks
    column = {tone.name: k for k, tone in enumerate(voices)}
    for heard in timeline.lines if timeline else ():
        first, last = (at / max(seconds, 1e-9) * count for at in (heard.start, heard.end))
        for bar in range(max(0, int(first)), min(count, int(last) + 1)):
            shares[bar, column[heard.voice]] += max(0.0, min(last, bar + 1) - max(first, bar))
    styles = [*(tone.style for tone in voices), "room"]
    return [styles[int(k)] for k in shares.argmax(axis=1)]
