"""The acx profile, measured on the decoded MP3s: what a store's own check would find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from narrate.audio import Audio
from narrate.mastering import Pacing, profile, stitch
from narrate.mastering.limiter import true_peak
from narrate.publishing import Metadata, publish


def decibels(power: float) -> float:
    return 10.0 * float(np.log10(power))


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        assert container.streams.audio[0].rate == 44_100
        assert container.streams.audio[0].channels == 1
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)]).astype(
            np.float64
        )


@pytest.mark.slow
def test_every_chapter_meets_the_specification(play: Callable, tmp_path: Path) -> None:
    one = play(chapters=3, lines=15, seconds=2.0)
    generator = np.random.default_rng(0)
    for key, take in one.takes.items():
        # as peaky as voices are: noise in syllables, a plosive here and there
        noise = generator.normal(0, 1, take.samples.size).astype(np.float32)
        rough = take.samples * (1.0 + 0.8 * np.abs(noise))
        rough[take.samples.size // 2 :][:40] *= 4.0
        one.takes[key] = Audio(np.clip(rough, -1, 1).astype(np.float32), take.rate)
    master = stitch(one.script, one.cues, one.read, Pacing.default(), book=one.book, levels=profile("acx"))
    files = publish(master, f"{tmp_path}/book/", Metadata("A Play"))
    assert len(files) == 3
    for path in files:
        sound = decoded(path)
        powers = np.cumsum(np.concatenate(([0.0], sound**2)))
        half = 22_050
        floor = decibels(float(((powers[half:] - powers[:-half]) / half).min()))
        assert -23.0 <= decibels(float(np.mean(sound**2))) <= -18.0
        assert 20.0 * np.log10(true_peak(sound.astype(np.float32))) <= -3.0
        assert -90.0 < floor <= -60.0
        heard = np.flatnonzero(np.abs(sound) > 0.005)
        assert 0.5 <= heard[0] / 44_100 <= 1.0
        assert 1.0 <= (sound.size - heard[-1]) / 44_100 <= 5.0
        assert not np.any(np.all(sound[: sound.size // 1000 * 1000].reshape(-1, 1000) == 0.0, axis=1))
