"""The author's words with the times when they are heard: WebVTT (W3C) and SubRip."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path

from narrate.mastering.timeline import Master
from narrate.publishing.encode import Progress
from narrate.publishing.metadata import Metadata, one_line
from narrate.publishing.place import beside
from narrate.script import NARRATOR

_LONGEST = 84  # characters at once: two lines of a screen


def publish_vtt(
    master: Master, output: Path, _metadata: Metadata, _progress: Progress | None = None
) -> tuple[Path, ...]:
    """One WebVTT file; who speaks is a voice tag, which players may colour."""
    parts = ["WEBVTT\n"]
    for start, end, speaker, text in _shown(master):
        voice = f"<v {escape(speaker, quote=False)}>" if speaker else ""
        parts.append(f"{_clock(start, '.')} --> {_clock(end, '.')}\n{voice}{escape(text, quote=False)}\n")
    return _written(output, parts)


def publish_srt(
    master: Master, output: Path, _metadata: Metadata, _progress: Progress | None = None
) -> tuple[Path, ...]:
    """One SubRip file; who speaks stands before the words."""
    parts = []
    for number, (start, end, speaker, text) in enumerate(_shown(master), 1):
        name = f"{speaker}: " if speaker else ""
        parts.append(f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{name}{text}\n")
    return _written(output, parts)


def _shown(master: Master) -> Iterator[tuple[float, float, str, str]]:
    """Start and end in s, who speaks ("" for the narrator), and words: a long line a piece at a time.

    A line's own ends are exact; within it each piece gets the time of its share of the letters.
    """
    for spoken in master.lines:
        pieces = textwrap.wrap(spoken.text, _LONGEST)
        letters = sum(map(len, pieces))
        speaker = "" if spoken.speaker == NARRATOR else one_line(spoken.speaker)
        done = 0
        for piece in pieces:
            bounds = (done, done + len(piece))
            start, end = (spoken.start + (spoken.end - spoken.start) * at / letters for at in bounds)
            done += len(piece)
            yield start / master.rate, end / master.rate, speaker, piece


def _clock(seconds: float, point: str) -> str:
    whole, ms = divmod(round(1000 * seconds), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{ms:03}"


def _written(output: Path, parts: list[str]) -> tuple[Path, ...]:
    with beside(output) as part:
        part.write_text("\n".join(parts), "utf-8", errors="replace", newline="\n")
    return (output,)
