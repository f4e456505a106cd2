"""How long an MP4 file says it is, and whether all of it is there: FFmpeg opens one that was cut off.

ISO/IEC 14496-12, sections 4.2 (boxes) and 8.2.2 (the movie's header).
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO


def mp4_seconds(path: Path) -> float:
    """The length in its movie header. Raises ValueError where the boxes do not fill the file."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        places = _boxes(file, 0, end)
        start, stop = places.get(b"moov", (0, 0))
        if b"mdat" not in places or not stop:
            raise ValueError("no sound, or no index of it")
        first, _ = _boxes(file, start, stop)[b"mvhd"]
        file.seek(first)
        head = file.read(32)
        version, after = head[0], head[4:]
        scale, length = (
            struct.unpack(">II", after[8:16]) if version == 0 else struct.unpack(">IQ", after[16:28])
        )
        return float(length / scale)


def _boxes(file: BinaryIO, start: int, stop: int) -> dict[bytes, tuple[int, int]]:
    """Where the contents of each box between two places lie; they must fill it to the byte."""
    found: dict[bytes, tuple[int, int]] = {}
    while start < stop:
        file.seek(start)
        head = file.read(16)
        if len(head) < 8:
            raise ValueError("a box is cut off")
        size, name = struct.unpack(">I4s", head[:8])
        inner = 8
        if size == 1:
            (size,), inner = struct.unpack(">Q", head[8:16]), 16
        if size < inner or start + size > stop:
            raise ValueError(f"the box {name!r} is cut off")
        found[name] = (start + inner, start + size)
        start += size
    return found
