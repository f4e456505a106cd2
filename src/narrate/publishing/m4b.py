"""The default: an audiobook as Apple's and most others' players want it. AAC in MP4."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from narrate.mastering.timeline import Master
from narrate.publishing.encode import Format, Progress, Sound, encode
from narrate.publishing.metadata import Metadata
from narrate.publishing.place import beside

_FORM = Format(
    muxer="mp4",
    encoder="aac",
    bit_rate=64_000,
    encoder_options={"aac_coder": "fast"},  # three times faster, and at 64 kb/s of speech as good
    muxer_options={"brand": "M4B ", "movflags": "+faststart"},
)
_SPARING = 24_000
"""Hz: enough for a book whose voices hold nothing above 12 kHz, as the default ones do. Half the frames
make half the index, which FFmpeg keeps in memory to the end."""
_APPLE = {"media_type": "2"}  # puts it among the audiobooks, not the songs
_MOST = 255
"""Nero's chapter list counts in one byte; with more, only the QuickTime track is written."""


def publish_m4b(
    master: Master, output: Path, metadata: Metadata, progress: Progress | None = None
) -> tuple[Path, ...]:
    """One M4B or M4A: chapters both as a QuickTime text track and as Nero's list, tags, cover."""
    form = replace(_FORM, rate=_SPARING) if 0 < master.sampled <= _SPARING else _FORM
    if len(master.chapters) > _MOST:
        form = replace(form, muxer_options={**form.muxer_options, "movflags": "+faststart+disable_chpl"})
    sound = Sound(master.rate, master.length, master.blocks(), master.chapters)
    with beside(output) as part:
        encode(part, sound, form, {**metadata.tags(), **_APPLE}, metadata.cover, progress)
    return (output,)
