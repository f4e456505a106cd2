"""Whether every line is heard, once, in order, where it should be; and how far apart the voices are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from narrate.checking.bounds import clock
from narrate.checking.report import Finding
from narrate.checking.sidecar import Heard, Sidecar
from narrate.mastering.loudness import SILENCE, blocks, integrated

WIDEST = 0.5
"""LU between the loudest and the softest voice that still passes."""

_ENOUGH_S = 20.0  # of a voice, before its level is believed
_OTHER_RUN_S = 0.5  # a book this much longer or shorter is not the timeline's
_FRAME_S, _WEIGHTED_S = 0.02, 0.1
_BLOCK = 4  # of 100 ms: what a loudness block is made of
_SOUNDING = 0.1  # the least share of a line's time that is sound; less is a neighbour's edge
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the book as it was heard."""

    seconds: float
    powers: npt.NDArray[np.float64]  # mean square of each 20 ms
    weighted: npt.NDArray[np.float64]  # K-weighted power of each 100 ms
    threshold: float  # power of what is sound rather than room


def cover(book: Sidecar, parts: Sequence[Part], *, leveled: bool = True) -> Iterator[Finding]:
    """Holds the sound to its timeline. Of voices that nobody `leveled` the spread is told, not judged."""
    total = sum(part.seconds for part in parts)
    apart = abs(total - book.seconds)
    same = apart <= _OTHER_RUN_S
    yield Finding("timeline", same, apart, "s", high=_OTHER_RUN_S, detail="the book against its timeline")
    yield _listed("lines_skipped", [_short(text) for _, text in book.unheard], "lines with no place at all")
    places = [heard.line for heard in book.lines]
    first = {line: k for k, line in reversed(list(enumerate(places)))}
    doubled = [heard for k, heard in enumerate(book.lines) if first[heard.line] != k]
    yield _listed("lines_doubled", [_where(heard) for heard in doubled], "lines heard twice")
    pairs = zip(book.lines, book.lines[1:], strict=False)
    crossed = [b for a, b in pairs if b.line < a.line or not _in_turn(a, b)]
    yield _listed("lines_out_of_order", [_where(heard) for heard in crossed], "lines before their turn")
    credits = sum(not heard.story for heard in book.lines)
    besides = f", and {credits} of credits" if credits else ""
    yield Finding("lines", None, float(len(book.lines) - credits), detail=f"lines of the story{besides}")
    if not same:
        return  # nothing else can be looked for in the right place
    silent, levels = _listen(book, parts)
    yield _listed("lines_silent", [_where(heard) for heard in silent], "lines where nothing is heard")
    for voice, (level, seconds) in sorted(levels.items()):
        yield Finding("voice_loudness", None, level, "LUFS", detail=f"{voice}, {seconds:.0f} s")
    judged = {v: level for v, (level, s) in sorted(levels.items()) if s >= _ENOUGH_S and level > SILENCE}
    if len(judged) > 1:
        loud, soft = max(judged, key=lambda v: judged[v]), min(judged, key=lambda v: judged[v])
        spread = judged[loud] - judged[soft]
        detail = f"{loud} against {soft}, of {len(judged)} voices with {_ENOUGH_S:.0f} s or more"
        ok = spread <= WIDEST if leveled else None
        yield Finding("voice_spread", ok, spread, "LU", high=WIDEST if leveled else None, detail=detail)


def _listen(book: Sidecar, parts: Sequence[Part]) -> tuple[list[Heard], dict[str, tuple[float, float]]]:
    """Lines without sound, and each voice's loudness with the seconds it was taken from."""
    ends = np.cumsum([part.seconds for part in parts])
    silent: list[Heard] = []
    pools: dict[str, list[npt.NDArray[np.float64]]] = defaultdict(list)
    seconds: dict[str, float] = defaultdict(float)
    alone = _alone(book.lines)
    for heard, (start, end) in zip(book.lines, alone, strict=True):
        # A line lies in one file whole; its middle says which, whatever the rounding of the ends.
        k = min(int(np.searchsorted(ends, (heard.start + heard.end) / 2)), len(parts) - 1)
        part, offset = parts[k], float(ends[k] - parts[k].seconds)
        frames = _cut(part.powers, start - offset, end - offset, _FRAME_S)
        if np.mean(frames > part.threshold) < _SOUNDING:
            silent.append(heard)
        pools[heard.voice].append(blocks(_within(part.weighted, start - offset, end - offset, _WEIGHTED_S)))
        seconds[heard.voice] += end - start
    return silent, {voice: (integrated(np.concatenate(p)), seconds[voice]) for voice, p in pools.items()}


def _in_turn(one: Heard, other: Heard) -> bool:
    """Whether the second begins and ends after the first.

    It may cut in on another voice, as long as half of each is heard alone.
    """
    over = one.end - other.start
    if over <= _FRAME_S:
        return True
    shorter = min(one.end - one.start, other.end - other.start)
    return one.voice != other.voice and over <= shorter / 2 + _FRAME_S


def _alone(lines: Sequence[Heard]) -> Iterator[tuple[float, float]]:
    """When nobody else is heard in each line's time."""
    for k, heard in enumerate(lines):
        start, end = heard.start, heard.end
        if k and lines[k - 1].start <= start:
            start = min(max(start, lines[k - 1].end), end)
        if k + 1 < len(lines) and lines[k + 1].start >= start:
            end = min(end, lines[k + 1].start)
        yield start, end


def _cut(powers: npt.NDArray[np.float64], start: float, end: float, step: float) -> npt.NDArray[np.float64]:
    first, last = int(max(0.0, start) / step), int(np.ceil(max(0.0, end) / step))
    return powers[first : max(last, first + 1)]


def _within(
    powers: npt.NDArray[np.float64], start: float, end: float, step: float
) -> npt.NDArray[np.float64]:
    """As `_cut`, but for the frames at the ends, which are a voice only in part; a short line keeps them."""
    first, last = int(np.ceil(max(0.0, start) / step)), int(max(0.0, end) / step)
    return powers[first:last] if last - first >= _BLOCK else _cut(powers, start, end, step)


def _listed(name: str, rows: Sequence[str], what: str) -> Finding:
    more = f" and {len(rows) - _LISTED} more" if len(rows) > _LISTED else ""
    detail = f"{what}: {'; '.join(rows[:_LISTED])}{more}" if rows else what
    return Finding(name, not rows, float(len(rows)), high=0.0, detail=detail)


def _where(heard: Heard) -> str:
    return f"{clock(heard.start)} {heard.speaker}: {_short(heard.text)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= 48 else f"“{line[:47]}…”"
