"""A folder of MP3s, one a chapter, as stores and plain players want them."""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import av
import av.error
import numpy as np

from narrate.audio import Samples
from narrate.errors import OutputError
from narrate.mastering.timeline import Mark, Master
from narrate.publishing.encode import Progress, Sound, encode
from narrate.publishing.metadata import Metadata, one_line
from narrate.publishing.place import clear_stale, refusals, settle
from narrate.publishing.single import MP3

_MADE_BY = "narrate"
_OURS = re.compile(r"\d{2,} - .*\.mp3")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_LONGEST = 120  # bytes of a title in a file name


def publish_folder(
    master: Master, output: Path, metadata: Metadata, progress: Progress | None = None
) -> tuple[Path, ...]:
    """One MP3 a chapter: 192 kb/s CBR, 44.1 kHz, mono, ID3 with track numbers and cover.

    All are made in a hidden folder first and moved in at the end. Files of an earlier run whose
    chapter is gone are removed; they are known by their names and by a tag, so nobody else's are.
    """
    with refusals(output):
        if output.exists() and not output.is_dir():
            raise OutputError(
                "a file stands where the folder should be", where=str(output), fix="write elsewhere"
            )
        made = not output.exists()
        output.mkdir(parents=True, exist_ok=True)
        clear_stale(output, ".narrate-*/*")
        _clear_empty(output)
        stage = output / f".narrate-{secrets.token_hex(4)}"
        try:
            stage.mkdir()
            names = _encode_all(master, stage, metadata, progress)
            for name in names:
                settle(stage / name)
            for name in names:
                (stage / name).replace(output / name)
            made = False
            _remove_gone(output, frozenset(names), metadata)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            if made:
                with contextlib.suppress(OSError):
                    output.rmdir()
    return tuple(output / name for name in names)


def _encode_all(master: Master, stage: Path, metadata: Metadata, progress: Progress | None) -> list[str]:
    count = len(master.chapters)
    names: list[str] = []
    stream = _Cut(master.blocks())
    for number, mark in enumerate(master.chapters, 1):
        names.append(f"{number:0{max(2, len(str(count)))}} - {safe_name(mark.title)}.mp3")
        tags = {
            **metadata.tags(),
            "title": one_line(mark.title) or f"Chapter {number}",
            "album": one_line(metadata.album or metadata.title),
            "track": f"{number}/{count}",
            "encoded_by": _MADE_BY,
        }
        length = mark.end - mark.start
        sound = Sound(master.rate, length, stream.take(length))
        encode(stage / names[-1], sound, MP3, tags, metadata.cover, _shifted(progress, mark, master))
    return names


class _Cut:
    """An open stream of blocks, given out in stretches of whatever length is asked for."""

    def __init__(self, blocks: Iterator[Samples]) -> None:
        self._blocks = blocks
        self._rest: Samples = np.zeros(0, dtype=np.float32)

    def take(self, length: int) -> Iterator[Samples]:
        """The next `length` samples."""
        while length:
            if not self._rest.size:
                self._rest = next(self._blocks)
            block, self._rest = self._rest[:length], self._rest[length:]
            length -= block.size
            yield block


def safe_name(title: str) -> str:
    """A title as a file name that every operating system takes."""
    plain = unicodedata.normalize("NFC", one_line(title, 1000)).replace(": ", " - ")
    plain = _FORBIDDEN.sub("-", plain)
    return one_line(plain, _LONGEST).rstrip(". ") or "Chapter"


def _shifted(progress: Progress | None, mark: Mark, master: Master) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(mark.start + done, master.length)


def _remove_gone(folder: Path, kept: frozenset[str], metadata: Metadata) -> None:
    """Chapters that an earlier run wrote and this one did not."""
    album = one_line(metadata.album or metadata.title)
    for path in folder.glob("*.mp3"):
        if path.name in kept or not _OURS.fullmatch(path.name):
            continue
        with contextlib.suppress(OSError, av.error.FFmpegError), av.open(str(path)) as container:
            tags = container.metadata
            ours = tags.get("encoded_by") == _MADE_BY and tags.get("album") == album
            if ours:
                path.unlink()


def _clear_empty(folder: Path) -> None:
    for left in folder.glob(".narrate-*"):
        with contextlib.suppress(OSError):
            left.rmdir()
