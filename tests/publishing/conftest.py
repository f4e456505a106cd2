"""A master of tones that needs no takes, and a way to read what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import pytest

from narrate.audio import Samples
from narrate.mastering.timeline import Mark, Master, Spoken


@dataclass
class Read:
    """A finished file as a player finds it."""

    tags: dict[str, str]
    chapters: list[tuple[str, float, float]]  # title, start and end in s
    samples: np.ndarray
    rate: int
    cover: bytes
    streams: list[str]
    bit_rates: set[int] = field(default_factory=set)


def read(path: Path) -> Read:
    with av.open(str(path)) as container:
        audio = container.streams.audio[0]
        tags = {**container.metadata, **audio.metadata}
        chapters = [
            (
                str(found["metadata"].get("title", "")),
                float(found["start"] * found["time_base"]),
                float(found["end"] * found["time_base"]),
            )
            for found in container.chapters()
        ]
        streams = [stream.type for stream in container.streams]
        cover = b""
        resampler = av.AudioResampler(format="flt", layout="mono", rate=audio.rate)
        parts = []
        for packet in container.demux(*[s for s in container.streams if s.type in ("audio", "video")]):
            if packet.stream.type == "video":
                cover = cover or bytes(packet)
                continue
            for frame in packet.decode():
                parts += [part.to_ndarray()[0] for part in resampler.resample(frame)]
        return Read(tags, chapters, np.concatenate(parts), audio.rate, cover, streams)


@pytest.fixture
def reading() -> Callable[[Path], Read]:
    return read


@pytest.fixture
def master() -> Callable[..., Master]:
    """Chapters of a second each, a tone of its own in each; `broken` is raised half-way."""

    def make(
        titles: list[str] | None = None,
        seconds: float = 1.0,
        rate: int = 44_100,
        broken: BaseException | None = None,
    ) -> Master:
        titles = ["One", "Two", "Three"] if titles is None else titles
        size = round(seconds * rate)
        marks = tuple(Mark(title, k * size, (k + 1) * size) for k, title in enumerate(titles))

        def blocks() -> Iterator[Samples]:
            for k in range(len(titles)):
                if broken is not None and k == len(titles) // 2:
                    raise broken
                t = np.arange(size) / rate
                wave = (0.2 * np.sin(2 * np.pi * 300.0 * (k % 8 + 1) * t)).astype(np.float32)
                yield wave[: size // 3]
                yield wave[size // 3 :]

        lines = tuple(Spoken(k, mark.start, mark.end) for k, mark in enumerate(marks))
        return Master(rate, size * len(titles), marks, lines, blocks, "0" * 64)

    return make
