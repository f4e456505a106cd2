"""The finished audio as files: one module a format, a dict from suffix to publisher."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from narrate.audio import Samples
from narrate.errors import OutputError
from narrate.mastering.timeline import Master
from narrate.publishing.ahead import ahead
from narrate.publishing.captions import publish_srt, publish_vtt
from narrate.publishing.cover import load_cover
from narrate.publishing.drawn import draw_cover
from narrate.publishing.encode import Progress
from narrate.publishing.folder import publish_folder
from narrate.publishing.m4b import publish_m4b
from narrate.publishing.metadata import Metadata
from narrate.publishing.place import refusals
from narrate.publishing.single import publish_flac, publish_mp3, publish_opus
from narrate.publishing.wav import publish_wav

Publisher = Callable[[Master, Path, Metadata, Progress | None], tuple[Path, ...]]

PUBLISHERS: dict[str, Publisher] = {
    ".m4b": publish_m4b,
    ".m4a": publish_m4b,
    ".mp3": publish_mp3,
    ".opus": publish_opus,
    ".flac": publish_flac,
    ".wav": publish_wav,
}
"""By lower-case suffix: the sound."""

CAPTIONS: dict[str, Publisher] = {".srt": publish_srt, ".vtt": publish_vtt}
"""The words, timed to it."""


def publisher(output: str | Path) -> Publisher:
    """What will write `output`: a folder of MP3s where it ends in a separator, is a folder or has no suffix.

    Asked before any work is done. Raises OutputError for a suffix that nothing here writes.
    """
    path = Path(output)
    with refusals(path):
        if str(output).endswith(("/", os.sep)) or path.is_dir() or not path.suffix:
            return publish_folder
    suffix = path.suffix.lower()
    writers = PUBLISHERS | CAPTIONS
    if suffix in writers:
        return writers[suffix]
    known = ", ".join(writers)
    fix = f"end the name in one of {known}, or in / for a folder"
    if suffix in (".aac", ".mp4"):
        fix = "did you mean '.m4a' or '.m4b', which hold AAC with chapters?"
    elif near := get_close_matches(suffix, writers, 1):
        fix = f"did you mean {near[0]!r}?"
    raise OutputError(f"files ending in {suffix} are not made here", where=str(output), fix=fix)


def publish(
    master: Master, output: str | Path, metadata: Metadata, *, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Writes the book where `output` says and as its suffix says, whole or not at all.

    Gives the files written. Where `metadata` has no cover, one is drawn. Raises OutputError for what
    cannot be.
    """
    if not metadata.cover:
        metadata = replace(metadata, cover=draw_cover(metadata.title, metadata.author))
    write = publisher(output)
    with ExitStack() as at_end:

        def blocks() -> Iterator[Samples]:
            return at_end.enter_context(closing(ahead(master.blocks())))

        return write(replace(master, blocks=blocks), Path(output), metadata, progress)


__all__ = [
    "CAPTIONS",
    "PUBLISHERS",
    "Metadata",
    "Progress",
    "draw_cover",
    "load_cover",
    "publish",
    "publisher",
]
