"""The room is never silent, never loud, and never begins or ends."""

from __future__ import annotations

import numpy as np
import pytest

from narrate.mastering.room import add_room, room_tone


def test_it_has_the_level_asked_for_everywhere() -> None:
    loop = room_tone(44_100, -72.0)
    for second in loop.reshape(-1, 44_100):
        assert 20 * np.log10(np.sqrt(np.mean(second.astype(np.float64) ** 2))) == pytest.approx(-72, abs=2.5)


def test_it_comes_round_without_a_seam() -> None:
    loop = room_tone(24_000, -60.0).astype(np.float64)
    jump = abs(loop[0] - loop[-1])
    assert jump <= np.abs(np.diff(loop)).max()


def test_it_is_the_same_wherever_the_blocks_are_cut() -> None:
    loop = room_tone(8000, -60.0)
    silence = np.zeros(3 * loop.size + 77, np.float32)
    whole = add_room(silence, 5, loop)
    parts = [add_room(silence[at : at + 50_001], 5 + at, loop) for at in range(0, silence.size, 50_001)]
    assert np.array_equal(whole, np.concatenate(parts))
    assert np.array_equal(whole[: loop.size], whole[loop.size : 2 * loop.size])
