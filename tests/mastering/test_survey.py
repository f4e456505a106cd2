"""Where the speech of a take lies; and what was found out is kept, or lost without harm."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narrate.audio import Audio
from narrate.mastering.survey import load_surveys, save_surveys, survey

RATE = 24_000


def take(lead: float, seconds: float, tail: float, noise: float = 0.0) -> Audio:
    t = np.arange(round(RATE * seconds)) / RATE
    wave = 0.2 * np.sin(2 * np.pi * 300 * t)
    parts = (np.zeros(round(RATE * lead)), wave, np.zeros(round(RATE * tail)))
    samples = np.concatenate(parts).astype(np.float32)
    samples += np.random.default_rng(0).normal(0, noise, samples.size).astype(np.float32)
    return Audio(samples, RATE)


@pytest.mark.parametrize("noise", [0.0, 0.0005])
def test_silence_around_speech_is_found_even_under_hiss(noise: float) -> None:
    found = survey(take(0.5, 1.0, 0.7, noise))
    assert found.start / RATE == pytest.approx(0.475, abs=0.011)
    assert found.end / RATE == pytest.approx(1.57, abs=0.011)


def test_soft_speech_is_speech() -> None:
    quiet = take(0.5, 1.0, 0.5)
    soft = Audio(quiet.samples * np.float32(0.01), RATE)
    assert survey(soft).start == survey(quiet).start


@pytest.mark.parametrize("size", [0, 1, 50, 500, 24_000])
def test_a_take_without_speech_is_kept_whole(size: int) -> None:
    found = survey(Audio(np.zeros(size, np.float32), RATE))
    assert (found.start, found.end) == (0, size)
    assert len(found.levels) == len(found.peaks)


def test_surveys_are_kept_and_come_back_the_same(tmp_path: Path) -> None:
    surveys = {"a": survey(take(0.1, 0.3, 0.1)), "b": survey(take(0.0, 2.0, 0.0))}
    save_surveys(tmp_path / "deep" / "kept.json", surveys)
    assert load_surveys(tmp_path / "deep" / "kept.json") == surveys
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["kept.json"]


@pytest.mark.parametrize(
    "damage",
    ["", "[]", "{", '{"version": 0, "takes": {}}', '{"version": 2, "takes": {"a": [1]}}', "\0\xff",
     '{"version": 2, "takes": {"a": [1, 0, 1, 0.5, "!", "!"]}}', '{"version": 2, "takes": 3}'],
)  # fmt: skip
def test_a_damaged_file_is_no_file(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "kept.json"
    path.write_bytes(damage.encode("latin-1"))
    assert load_surveys(path) == {}
    assert load_surveys(tmp_path / "absent.json") == {}


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save_surveys(tmp_path / "file" / "kept.json", {})
