"""A true-peak limiter for a stream: looks ahead, moves smoothly, and never lets a peak by.

Peaks are found on the samples and, where these come near the ceiling, between them too, by
interpolating four-fold as BS.1770-4's annex 2 does. The gain that each stretch needs is spread by
a minimum and then an average over the same window, so the average is never above the need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from narrate.audio import Samples

_HOP = 64  # samples that share one gain
_REACH = 12  # hops the gain moves ahead of and after a peak: about 17 ms at 44.1 kHz
_NEAR = 0.6  # a sample below this part of the ceiling has no peak above it beside it, in speech
_TAPS = 24  # of each interpolating phase
_EDGE = _TAPS // 2

_Gains = npt.NDArray[np.float64]


def limit(blocks: Iterable[Samples], ceiling: float) -> Iterator[Samples]:
    """The stream with no true peak above `ceiling` (dBTP); as long as it was, block by block.

    Blocks may be of any size. Holds three of them.
    """
    top = 10.0 ** (ceiling / 20.0)
    hold: list[tuple[Samples, _Gains]] = []
    edge = np.zeros(_TAPS, dtype=np.float32)
    for block in _hops(blocks):
        hold.append((block, _needed(edge, block, top)))
        edge = np.concatenate((edge, block[-_TAPS:]))[-_TAPS:]
        if len(hold) == 2:
            yield _turned_down(None, hold[0], hold[1])
        elif len(hold) == 3:
            yield _turned_down(hold[0], hold[1], hold[2])
            del hold[0]
    if len(hold) == 1:
        yield _turned_down(None, hold[0], None)
    elif hold:
        yield _turned_down(hold[-2], hold[-1], None)


def true_peak(samples: Samples) -> float:
    """The highest peak of a sound, on or between its samples, linear."""
    if samples.size == 0:
        return 0.0
    padded = np.concatenate((np.zeros(_EDGE, np.float32), samples, np.zeros(_EDGE, np.float32)))
    between = max(float(np.abs(np.convolve(padded, phase, "same")).max()) for phase in _phases().T)
    return max(between, float(np.abs(samples).max()))


def _hops(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """The stream in blocks of whole hops, each longer than the window; only the last may be neither."""
    least = 2 * _REACH * _HOP
    rest = np.zeros(0, dtype=np.float32)
    for block in blocks:
        rest = np.concatenate((rest, block)) if rest.size else block
        if rest.size >= 2 * least:
            # what stays behind keeps the last block long enough to be a neighbour
            whole = (rest.size - least) // _HOP * _HOP
            yield rest[:whole]
            rest = rest[whole:]
    if rest.size:
        yield rest


def _needed(edge: Samples, block: Samples, top: float) -> _Gains:
    """The gain that each hop needs to stay under the ceiling, shape (hops,)."""
    hops = -(-block.size // _HOP)
    padded = np.zeros(hops * _HOP, dtype=np.float32)
    padded[: block.size] = block
    peaks = np.abs(padded).reshape(hops, _HOP).max(axis=1).astype(np.float64)
    close = peaks > top * _NEAR
    close[0] |= float(np.abs(edge).max()) > top * _NEAR
    if close.any():
        # What lies between the last samples of a block shows only once the next block is there:
        # its first hop looks back over them, and its gain reaches back to them.
        row = np.concatenate((edge, padded, np.zeros(_EDGE, dtype=np.float32)))
        windows = sliding_window_view(row, _TAPS)
        for k in np.flatnonzero(close):
            first = int(k) * _HOP + _EDGE if k else 0
            between = windows[first : (int(k) + 1) * _HOP + _EDGE + 1] @ _phases()
            peaks[k] = max(peaks[k], float(np.abs(between).max()))
    needed: _Gains = np.minimum(1.0, top / np.maximum(peaks, 1e-9))
    return needed


def _turned_down(
    before: tuple[Samples, _Gains] | None,
    now: tuple[Samples, _Gains],
    after: tuple[Samples, _Gains] | None,
) -> Samples:
    """The middle block with its gains applied."""
    block, needed = now
    reach = 2 * _REACH + 1
    ahead = before[1][-reach:] if before else np.ones(0)
    behind = after[1][:reach] if after else np.ones(0)
    if (
        needed.min() == 1.0
        and (not ahead.size or ahead.min() == 1.0)
        and (not behind.size or behind.min() == 1.0)
    ):
        return block
    row = np.concatenate((np.ones(reach - ahead.size), ahead, needed, behind, np.ones(reach - behind.size)))
    lowest = sliding_window_view(row, 2 * _REACH + 1).min(axis=1)
    smooth = np.convolve(lowest, _window(), "valid")  # one for each hop and one on either side
    edges = np.minimum(smooth[:-1], smooth[1:])
    points = np.arange(edges.size) * _HOP
    curve = np.interp(np.arange(block.size), points, edges).astype(np.float32)
    turned: Samples = block * curve
    return turned


@cache
def _window() -> _Gains:
    window = np.hanning(2 * _REACH + 3)[1:-1]
    weights: _Gains = window / window.sum()
    return weights


@cache
def _phases() -> Samples:
    """Windowed sinc at a quarter, a half and three quarters of a sample, shape (_TAPS, 3)."""
    places = np.arange(_TAPS)[:, None] - (_EDGE - 1) - np.array([0.25, 0.5, 0.75])[None, :]
    taper = np.cos(np.pi * places / (_TAPS + 1)) ** 2
    taps: Samples = (np.sinc(places) * taper).astype(np.float32)
    return taps
