"""The benchmark that counts lost and doubled lines by ear: it must notice one of each."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

PATH = Path(__file__).parents[2] / "benchmarks" / "coverage.py"
SPEC = importlib.util.spec_from_file_location("coverage_benchmark", PATH)
assert SPEC
assert SPEC.loader
coverage = importlib.util.module_from_spec(SPEC)
sys.modules["coverage_benchmark"] = coverage
SPEC.loader.exec_module(coverage)

RATE = 44_100
NOTES = [(250.0, 0.6), (700.0, 1.2), (250.0, 0.3), (8425.0, 0.5), (1000.0, 2.0), (325.0, 0.9)]


def performed(notes: list[tuple[float, float]], gap: float = 0.11) -> np.ndarray:
    parts = [np.zeros(round(0.5 * RATE))]
    for hz, seconds in notes:
        parts.append(0.2 * np.sin(2 * np.pi * hz / RATE * np.arange(round(seconds * RATE))))
        parts.append(np.zeros(round(gap * RATE)))
    return np.concatenate(parts) + np.random.default_rng(1).normal(0, 2e-4, sum(map(len, parts)))


def heard(sound: np.ndarray) -> list:
    ear = coverage.Ear()
    for start in range(0, sound.size, 50_000):
        ear.feed(sound[None, start : start + 50_000].astype(np.float32), RATE)
    return ear.finish()


EXPECTED = [coverage.Note(hz, seconds) for hz, seconds in NOTES]


def test_each_note_is_heard_once() -> None:
    assert coverage.held(EXPECTED, heard(performed(NOTES))) == ([], [])


@pytest.mark.parametrize("k", range(len(NOTES)))
def test_a_note_that_is_missing_or_doubled_is_found(k: int) -> None:
    assert coverage.held(EXPECTED, heard(performed(NOTES[:k] + NOTES[k + 1 :]))) == ([k], [])
    lost, extra = coverage.held(EXPECTED, heard(performed([*NOTES[: k + 1], *NOTES[k:]])))
    assert (lost, len(extra)) == ([], 1)


def test_two_notes_in_the_wrong_order_are_found() -> None:
    lost, extra = coverage.held(EXPECTED, heard(performed([NOTES[1], NOTES[0], *NOTES[2:]])))
    assert lost
    assert extra


def test_a_note_that_cuts_in_is_heard_beside_the_other() -> None:
    sound = np.pad(performed(NOTES[:2]), (0, RATE))
    sound[round(2.2 * RATE) : round(3.1 * RATE)] += 0.2 * np.sin(
        2 * np.pi * 325.0 / RATE * np.arange(round(0.9 * RATE))
    )
    assert coverage.held([*EXPECTED[:2], coverage.Note(325.0, 0.9)], heard(sound)) == ([], [])


def test_two_notes_of_one_voice_with_a_breath_between_are_two() -> None:
    pair = [(2950.0, 1.6), (2950.0, 3.5)]
    expected = [coverage.Note(hz, seconds) for hz, seconds in pair]
    assert coverage.held(expected, heard(performed(pair, gap=0.06))) == ([], [])
