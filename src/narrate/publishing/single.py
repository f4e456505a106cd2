"""MP3, Opus and FLAC: the whole book in one file, chapters as each format has them."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

from narrate.mastering.timeline import Mark, Master
from narrate.publishing.cover import image_kind
from narrate.publishing.encode import Format, Progress, Sound, encode
from narrate.publishing.metadata import Metadata, one_line
from narrate.publishing.place import beside

MP3 = Format(
    muxer="mp3",
    encoder="libmp3lame",
    bit_rate=192_000,
    rate=44_100,
    encoder_options={"compression_level": "7"},  # half the time of the default; at 192 kb/s mono as good
    muxer_options={"id3v2_version": "3"},  # what every player reads
)
"""192 kb/s CBR, 44.1 kHz, mono, ID3v2.3; chapters as CHAP and CTOC frames."""

_OPUS = Format(
    muxer="opus",
    encoder="libopus",
    bit_rate=40_000,
    rate=48_000,
    sample_format="flt",
    encoder_options={"application": "audio"},
    pictures=False,  # the muxer takes no picture stream; it goes in as a comment
)
"""Chapters as CHAPTERxxx comments, which the muxer writes."""

_FLAC = Format(muxer="flac", encoder="flac", sample_format="s16", chapters=False)
"""The muxer writes no chapters, so they are put among the comments here."""


def publish_mp3(
    master: Master, output: Path, metadata: Metadata, progress: Progress | None = None
) -> tuple[Path, ...]:
    """One MP3 for the whole book, chapters as ID3 CHAP frames."""
    return _publish(master, output, MP3, metadata.tags(), metadata.cover, progress)


def publish_opus(
    master: Master, output: Path, metadata: Metadata, progress: Progress | None = None
) -> tuple[Path, ...]:
    """One Ogg Opus file, 40 kb/s."""
    tags = metadata.tags()
    if metadata.cover:
        tags["METADATA_BLOCK_PICTURE"] = _picture_block(metadata.cover)
    return _publish(master, output, _OPUS, tags, b"", progress)


def publish_flac(
    master: Master, output: Path, metadata: Metadata, progress: Progress | None = None
) -> tuple[Path, ...]:
    """One FLAC file of 16 bits: the archive copy. The room tone is the dither."""
    tags = {**metadata.tags(), **_chapter_comments(master.chapters, master.rate)}
    return _publish(master, output, _FLAC, tags, metadata.cover, progress)


def _publish(
    master: Master,
    output: Path,
    form: Format,
    tags: dict[str, str],
    cover: bytes,
    progress: Progress | None,
) -> tuple[Path, ...]:
    sound = Sound(master.rate, master.length, master.blocks(), master.chapters)
    with beside(output) as part:
        encode(part, sound, form, tags, cover, progress)
    return (output,)


def _chapter_comments(chapters: tuple[Mark, ...], rate: int) -> dict[str, str]:
    """`CHAPTER001=00:00:00.000` and `CHAPTER001NAME=...`, as Ogg players have them too."""
    comments: dict[str, str] = {}
    for number, mark in enumerate(chapters, 1):
        seconds, ms = divmod(round(1000 * mark.start / rate), 1000)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        comments[f"CHAPTER{number:03}"] = f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"
        comments[f"CHAPTER{number:03}NAME"] = one_line(mark.title)
    return comments


def _picture_block(cover: bytes) -> str:
    """A FLAC picture block (RFC 9639, section 8.8) in base64, as Opus files hold covers."""
    kind, width, height = image_kind(cover)
    media = b"image/jpeg" if kind == "mjpeg" else b"image/png"
    head = struct.pack(">II", 3, len(media)) + media + struct.pack(">I", 0)
    size = struct.pack(">IIIII", width, height, 24, 0, len(cover))
    return base64.b64encode(head + size + cover).decode("ascii")
