"""Small finished books to check, written by the product's own publishers."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from narrate.audio import Samples
from narrate.mastering.timeline import Mark, Master
from narrate.publishing import publisher
from narrate.publishing.cover import jpeg
from narrate.publishing.metadata import Metadata

RATE = 44_100
COVER = jpeg(Image.new("RGB", (64, 64), "teal"))


def narration(seconds: float = 12.0, level: float = -20.0, floor: float = -70.0, seed: int = 3) -> Samples:
    """Bursts of 1.5 s with pauses of 0.5 s on room tone; 0.75 s of room before and 2 s after; dB RMS."""
    rng = np.random.default_rng(seed)
    count = int(seconds * RATE)
    at = np.arange(count) / RATE
    voiced = (at >= 0.75) & (at < seconds - 2.0) & ((at - 0.75) % 2.0 < 1.5)
    tone = np.sin(2 * np.pi * 300 * at) + 0.4 * np.sin(2 * np.pi * 1100 * at + 1.0)
    sound = tone * voiced
    sound *= 10 ** (level / 20) / np.sqrt(np.mean(sound**2))
    return (sound + rng.standard_normal(count) * 10 ** (floor / 20)).astype(np.float32)


@pytest.fixture(name="narration")
def _narration() -> Callable[..., Samples]:
    return narration


Maker = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Maker:
    """Writes `samples` as a book of two chapters; a name that ends in / is a folder of one chapter."""

    def make(
        name: str,
        samples: Samples,
        *,
        title: str = "The Lantern",
        author: str = "A. Writer",
        cover: bool = True,
    ) -> Path:
        middle, end = samples.size // 2, samples.size
        marks = (Mark("One", 0, middle), Mark("Two", middle, end))
        if name.endswith("/"):
            marks = (Mark("One", 0, end),)
        master = Master(RATE, end, marks, (), lambda: iter(np.array_split(samples, 5)), "key")
        metadata = Metadata(title=title, author=author, cover=COVER if cover else b"")
        publisher(name)(master, tmp_path / name, metadata, None)
        return tmp_path / name

    return make
