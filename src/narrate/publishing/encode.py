"""One audio file through PyAV's encoders and muxers, its tags, chapters and cover with it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
import soxr
from av.container import OutputContainer
from av.container.core import Flags
from av.stream import Disposition

from narrate.audio import Samples
from narrate.errors import OutputError
from narrate.mastering.timeline import Mark
from narrate.publishing.boxes import mp4_seconds
from narrate.publishing.cover import image_kind
from narrate.publishing.metadata import one_line

Progress = Callable[[int, int], None]
"""Gets (samples encoded, samples in all)."""


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is written, in FFmpeg's words."""

    muxer: str
    encoder: str
    bit_rate: int = 0  # bits/s; 0: the encoder knows
    rate: int = 0  # Hz; 0: the master's own
    sample_format: str = "fltp"
    encoder_options: Mapping[str, str] = field(default_factory=dict)
    muxer_options: Mapping[str, str] = field(default_factory=dict)
    pictures: bool = True  # whether the muxer takes a cover as a stream
    chapters: bool = True  # whether the muxer writes chapters


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch of a master to be encoded."""

    rate: int  # Hz
    length: int  # samples
    blocks: Iterable[Samples]
    chapters: Sequence[Mark] = ()  # counted from the stretch's first sample


def encode(
    path: Path,
    sound: Sound,
    form: Format,
    tags: Mapping[str, str],
    cover: bytes = b"",
    progress: Progress | None = None,
) -> None:
    """Writes one file. The same input gives the same bytes: no dates, no random ids.

    Raises OSError for what the disk refuses and OutputError for what the encoder does.
    """
    try:
        with av.open(
            str(path), "w", format=form.muxer, container_options=dict(form.muxer_options)
        ) as container:
            _encode(container, sound, form, tags, cover, progress)
    except OSError:
        raise
    except av.error.FFmpegError as error:
        raise OutputError(f"cannot be encoded ({error})", where=str(path)) from error
    _prove_whole(path, form, sound.length / sound.rate)


def _encode(
    container: OutputContainer,
    sound: Sound,
    form: Format,
    tags: Mapping[str, str],
    cover: bytes,
    progress: Progress | None,
) -> None:
    bitexact: Any = Flags.bitexact.value  # no dates, no random ids, no library versions
    container.flags |= bitexact
    container.metadata.update(tags)
    rate = form.rate or sound.rate
    stream: Any = container.add_stream(
        form.encoder,
        rate=rate,
        options=dict(form.encoder_options),
        layout="mono",
        format=form.sample_format,
    )
    if form.bit_rate:
        stream.bit_rate = form.bit_rate
    if form.muxer == "mp4" and "language" in tags:
        stream.metadata["language"] = tags["language"]  # MP4 keeps it with the sound
    picture = _add_picture(container, cover) if cover and form.pictures else None
    if sound.chapters and form.chapters:
        container.set_chapters(
            [
                {
                    "id": k,
                    "start": mark.start,
                    "end": mark.end,
                    "time_base": Fraction(1, sound.rate),
                    "metadata": {"title": one_line(mark.title)},
                }
                for k, mark in enumerate(sound.chapters)
            ]
        )
    container.start_encoding()
    if picture is not None:
        packet = av.Packet(cover)
        packet.stream, packet.pts, packet.dts, packet.time_base = picture, 0, 0, Fraction(1, 90_000)
        container.mux(packet)
    at = 0
    for samples in _at_rate(sound, rate):
        frame = _frame(samples, form.sample_format, rate)
        frame.pts, frame.time_base = at, Fraction(1, rate)
        at += samples.size
        for coded in stream.encode(frame):
            container.mux(coded)
        if progress:
            progress(min(sound.length, round(at * sound.rate / rate)), sound.length)
    for coded in stream.encode(None):
        container.mux(coded)


def _at_rate(sound: Sound, rate: int) -> Iterator[Samples]:
    """The blocks at another rate, where the format needs one; empty ones left out."""
    if rate == sound.rate:
        yield from (block for block in sound.blocks if block.size)
        return
    resampler = soxr.ResampleStream(sound.rate, rate, 1, dtype="float32", quality="HQ")
    for block in sound.blocks:
        samples = resampler.resample_chunk(block)
        if samples.size:
            yield samples
    samples = resampler.resample_chunk(np.zeros(0, np.float32), last=True)
    if samples.size:
        yield samples


def _frame(samples: Samples, form: str, rate: int) -> av.AudioFrame:
    if form.startswith("s16"):
        whole = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(whole[None, :], format=form, layout="mono")
    else:
        row = np.ascontiguousarray(np.clip(samples, -1.0, 1.0))
        frame = av.AudioFrame.from_ndarray(row[None, :], format=form, layout="mono")
    frame.sample_rate = rate
    return frame


def _add_picture(container: OutputContainer, cover: bytes) -> Any:
    """A stream that holds the cover as it is, encoded by nobody."""
    kind, width, height = image_kind(cover)
    stream: Any = container.add_stream(kind)
    stream.width, stream.height = width, height
    stream.pix_fmt = "yuvj420p" if kind == "mjpeg" else "rgb24"
    stream.time_base = Fraction(1, 90_000)
    stream.disposition = Disposition.attached_pic
    return stream


def _prove_whole(path: Path, form: Format, seconds: float) -> None:
    """A muxer may not report what the disk refused when the file was closed: so it is opened again."""
    try:
        if form.muxer == "mp4":
            found = mp4_seconds(path)
        else:
            with av.open(str(path)) as container:
                found = (container.duration or 0) / 1e6
    except (av.error.FFmpegError, ValueError, KeyError, struct.error) as error:
        raise OutputError(f"came out broken ({error})", where=str(path)) from error
    if abs(found - seconds) > 1.0 + 0.001 * seconds:
        raise OutputError(f"came out {found:.1f} s long instead of {seconds:.1f}", where=str(path))
