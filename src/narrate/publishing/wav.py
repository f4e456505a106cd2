"""WAV, 16 bits: chapters as cue points with labels; RF64 where the sound is over 4 GB."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from narrate.errors import OutputError
from narrate.mastering.timeline import Mark, Master
from narrate.publishing.encode import Progress
from narrate.publishing.metadata import Metadata, one_line
from narrate.publishing.place import beside

_MOST = 0xFFFF_FFFF
_INFO = {
    "title": b"INAM",
    "artist": b"IART",
    "album": b"IPRD",
    "genre": b"IGNR",
    "date": b"ICRD",
    "comment": b"ICMT",
}


def publish_wav(
    master: Master, output: Path, metadata: Metadata, progress: Progress | None = None
) -> tuple[Path, ...]:
    """One WAV. It has no place for a cover. Everything but the samples is known before the first."""
    size = 2 * master.length
    after = _chapter_chunks(master.chapters) + _info_chunk(metadata)
    with beside(output) as part, part.open("wb") as file:
        file.write(_head(master.rate, size, len(after)))
        done = 0
        for block in master.blocks():
            file.write(np.clip(np.rint(block * 32768.0), -32768, 32767).astype("<i2").tobytes())
            done += block.size
            if progress:
                progress(done, master.length)
        file.write(after)
        file.flush()
        if done != master.length:
            raise OutputError(f"came out {done} samples long instead of {master.length}", where=str(output))
    return (output,)


def _head(rate: int, size: int, after: int) -> bytes:
    """All before the samples: RIFF, or RF64 (EBU Tech 3306) where a size passes 32 bits."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    whole = 4 + len(form) + 8 + size + after
    if whole <= _MOST:
        return struct.pack("<4sI4s", b"RIFF", whole, b"WAVE") + form + struct.pack("<4sI", b"data", size)
    sizes = struct.pack("<4sIQQQI", b"ds64", 28, whole + 36, size, size // 2, 0)
    return struct.pack("<4sI4s", b"RF64", _MOST, b"WAVE") + sizes + form + struct.pack("<4sI", b"data", _MOST)


def _chapter_chunks(chapters: tuple[Mark, ...]) -> bytes:
    """`cue ` points and their labels. Their places have 32 bits: 27 hours at 44.1 kHz."""
    held = [mark for mark in chapters if mark.start <= _MOST]
    points = b"".join(
        struct.pack("<II4sIII", k, mark.start, b"data", 0, 0, mark.start) for k, mark in enumerate(held, 1)
    )
    labels = b"".join(
        _chunk(b"labl", struct.pack("<I", k) + one_line(mark.title).encode() + b"\0")
        for k, mark in enumerate(held, 1)
    )
    return _chunk(b"cue ", struct.pack("<I", len(held)) + points) + _chunk(b"LIST", b"adtl" + labels)


def _info_chunk(metadata: Metadata) -> bytes:
    tags = metadata.tags()
    fields = b"".join(_chunk(_INFO[name], tags[name].encode() + b"\0") for name in _INFO if name in tags)
    return _chunk(b"LIST", b"INFO" + fields)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", name, len(body)) + body + b"\0" * (len(body) % 2)
