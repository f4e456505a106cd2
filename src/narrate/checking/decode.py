"""A finished audio file, whoever made it, decoded to its end and asked what it holds besides sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
import numpy.typing as npt

from narrate.errors import CheckFailed, UsageError

Heard = Callable[[npt.NDArray[np.float32], int], None]
"""Gets samples of shape (channels, n) in about [-1, 1] and their rate in Hz; n is a few seconds."""

_BATCH_S = 5
_OGG_LAST = 4  # the flag of a stream's last page: RFC 3533, section 6
_OGG_PAGE = 65_307  # bytes at most


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as the file marks it."""

    title: str
    start: float  # s
    end: float  # s


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself and what came out of it."""

    container: str
    codec: str
    rate: int  # Hz
    channels: int
    bit_rate: int  # bits/s, of the sound alone
    constant: bool | None  # whether the bit rate is; known for MP3 only
    stated: float | None  # s that the file says it lasts
    decoded: float  # s that came out
    broken: int  # packets that could not be decoded
    ended: bool  # whether the stream came to the end that its container marks
    chapters: tuple[Chapter, ...]
    tags: Mapping[str, str]  # names in lower case
    cover: bool


def decode(path: Path, heard: Heard) -> Facts:
    """Decodes one file, giving the sound on as it comes.

    Raises UsageError where there is no such file and CheckFailed where it is no sound at all; what is
    broken in the middle is counted, and the rest is decoded.
    """
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            if not container.streams.audio:
                raise CheckFailed("holds no sound", where=str(path), fix=_FIX)
            return _decode(container, path, heard)
    except FileNotFoundError:
        raise UsageError("there is no such file", where=str(path)) from None
    except PermissionError:
        raise UsageError("may not be read", where=str(path), fix="change its permissions") from None
    except (av.error.FFmpegError, OSError, ArithmeticError, ValueError) as error:
        # FFmpeg takes a text or an image for MP3, with all that follows from it.
        why = getattr(error, "strerror", None) or error
        raise CheckFailed(
            f"is no audio file, or its beginning is broken ({why})", where=str(path), fix=_FIX
        ) from None


_FIX = "check a file that narrate wrote, or make this one again"


def _decode(container: Any, path: Path, heard: Heard) -> Facts:
    stream = container.streams.audio[0]
    stated = container.duration / 1e6 if container.duration else None
    flow = _Flow(stream, heard)
    for frame in flow.frames(container):
        flow.take(frame)
    flow.finish()
    if not flow.rate:
        raise CheckFailed("holds no sound that can be decoded", where=str(path), fix=_FIX)
    decoded = flow.samples / flow.rate
    return Facts(
        container=container.format.name,
        codec=stream.codec_context.codec.canonical_name,
        rate=flow.rate,
        channels=flow.channels,
        bit_rate=round(8 * flow.size / decoded) if len(flow.rates) != 1 else next(iter(flow.rates)),
        constant=len(flow.rates) == 1 if flow.rates else None,
        stated=stated,
        decoded=decoded,
        broken=flow.broken,
        ended=_ended(path) if container.format.name == "ogg" else True,
        chapters=tuple(_chapters(container)),
        # Ogg keeps the tags with its stream, the others with the file.
        tags={key.lower(): value for key, value in (*stream.metadata.items(), *container.metadata.items())},
        cover=any(v.disposition & av.stream.Disposition.attached_pic for v in container.streams.video),
    )


class _Flow:
    """The sound on its way out: batched, counted, one rate and layout throughout."""

    def __init__(self, stream: Any, heard: Heard) -> None:
        self._stream = stream
        self._heard = heard
        self._resampler: Any = None
        self._batch: list[npt.NDArray[np.float32]] = []
        self._held = 0
        self._mp3 = stream.codec_context.name.startswith("mp3")
        self.rate = self.channels = 0
        self.samples = self.size = self.broken = 0
        self.rates: set[int] = set()  # bits/s of each MP3 frame

    def frames(self, container: Any) -> Iterator[Any]:
        packets = container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
                self.broken += packet.is_corrupt
                self.size += packet.size
                if self._mp3 and packet.size:
                    self.rates.add(_mp3_bit_rate(bytes(packet)[:4]))
                yield from packet.decode()
            except StopIteration:
                return
            except (av.error.FFmpegError, OSError):
                self.broken += 1
                if self.broken > 10_000:  # a demuxer that does not move on
                    return

    def take(self, frame: Any) -> None:
        if self._resampler is None:
            self.rate, self.channels = frame.sample_rate, frame.layout.nb_channels
            self._resampler = av.AudioResampler("fltp", frame.layout, frame.sample_rate)
        for plain in self._resampler.resample(frame):
            samples = plain.to_ndarray()
            self._batch.append(samples)
            self._held += samples.shape[1]
        if self._held >= _BATCH_S * self.rate:
            self._give()

    def finish(self) -> None:
        if self._held:
            self._give()

    def _give(self) -> None:
        samples = np.nan_to_num(np.concatenate(self._batch, axis=1))
        self.samples += self._held
        self._batch, self._held = [], 0
        self._heard(samples, self.rate)


# MPEG-1 and MPEG-2 layer III, kb/s by index: ISO/IEC 11172-3 section 2.4.2.3, 13818-3 section 2.4.2.3
_MPEG1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_MPEG2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)


def _mp3_bit_rate(header: bytes) -> int:
    if len(header) < 4:
        return 0
    table = _MPEG1 if header[1] & 0x18 == 0x18 else _MPEG2
    return 1000 * table[header[2] >> 4]


def _chapters(container: Any) -> Iterator[Chapter]:
    for entry in container.chapters():
        base = float(entry["time_base"])
        title = str(entry["metadata"].get("title", ""))
        yield Chapter(title, entry["start"] * base, entry["end"] * base)


def _ended(path: Path) -> bool:
    """Whether an Ogg file's last page says that it is the last: the format states no length."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _OGG_PAGE))
        tail = file.read()
    at = tail.rfind(b"OggS")
    return at >= 0 and len(tail) > at + 5 and bool(tail[at + 5] & _OGG_LAST)
