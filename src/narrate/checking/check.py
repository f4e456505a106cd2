"""A finished book, decoded and measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from narrate.checking.bounds import DEFAULT, bounds, judge
from narrate.checking.coverage import Part, cover
from narrate.checking.decode import Facts, decode
from narrate.checking.measure import Tape
from narrate.checking.report import FileReport, Finding, Report
from narrate.checking.sidecar import Sidecar
from narrate.errors import UsageError
from narrate.mastering.loudness import SILENCE

Progress = Callable[[str, float], None]
"""Gets the name of the file in hand and the seconds of it that are done."""

SUFFIXES = frozenset({".mp3", ".m4b", ".m4a", ".opus", ".ogg", ".flac", ".wav"})

_SHORT_S = 0.1  # a file may end this much before it says it does: padding that players trim
_POINTS = 1200


def check(
    path: Path, *, profile: str = DEFAULT, timeline: Sidecar | None = None, progress: Progress | None = None
) -> Report:
    """Decodes a book (a file, or a folder with a file a chapter) to its end and judges it by a profile.

    With its timeline the lines are looked for too. Memory is constant but for 3 MB an hour of sound.
    Raises UsageError for a path or a profile that does not exist and CheckFailed for what is no audio.
    """
    bounds(profile)
    files: list[FileReport] = []
    parts: list[Part] = []
    covers: list[bool] = []
    for file in audio_files(path):
        report, part, has_cover = _one(file, profile, progress)
        files.append(report)
        parts.append(part)
        covers.append(has_cover)
    findings = list(_book(path, profile, files, covers))
    if timeline is not None:
        findings += cover(timeline, parts, leveled=profile != "none")
    return Report(str(path), profile, tuple(files), tuple(findings))


def audio_files(path: Path) -> list[Path]:
    """The files of a book in the order they are heard: the file itself, or those of a folder by number.

    Raises UsageError for a folder without any.
    """
    if not path.is_dir():
        return [path]
    files = [p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and not p.name.startswith(".")]
    if not files:
        raise UsageError("holds no audio file", where=str(path), fix="give a book's file, or its folder")
    return sorted(files, key=lambda p: [int(t) if t.isdigit() else t for t in re.split(r"([0-9]+)", p.name)])


def _one(path: Path, profile: str, progress: Progress | None) -> tuple[FileReport, Part, bool]:
    tape = Tape()
    done = 0.0

    def heard(samples: npt.NDArray[np.float32], rate: int) -> None:
        nonlocal done
        tape.feed(samples, rate)
        done += samples.shape[1] / rate
        if progress:
            progress(path.name, done)

    facts = decode(path, heard)
    levels = tape.levels()
    powers = tape.powers()
    report = FileReport(
        name=path.name,
        seconds=facts.decoded,
        codec=facts.codec,
        rate=facts.rate,
        channels=facts.channels,
        bit_rate=facts.bit_rate,
        levels=levels,
        chapters=facts.chapters,
        tags=facts.tags,
        outline=_outline(powers),
        findings=(_whole(facts), *judge(profile, facts, levels)),
    )
    return report, Part(facts.decoded, powers, tape.weighted(), tape.threshold()), facts.cover


def _whole(facts: Facts) -> Finding:
    missing = max(0.0, (facts.stated or 0.0) - facts.decoded)
    troubles = []
    if missing > _SHORT_S:
        troubles.append(f"{missing:.1f} s less than it says")
    if facts.broken:
        troubles.append(f"{facts.broken} broken packet{'s' if facts.broken > 1 else ''}")
    if not facts.ended:
        troubles.append("no end mark: the file was cut off")
    detail = ", ".join(troubles) or "the whole file can be decoded"
    return Finding("decodes", not troubles, not troubles, detail=detail)


def _outline(powers: npt.NDArray[np.float64]) -> tuple[float, ...]:
    parts = np.array_split(powers, min(_POINTS, powers.size))
    means = np.array([part.mean() for part in parts])
    return tuple(np.round(np.maximum(10.0 * np.log10(np.maximum(means, 1e-20)), SILENCE), 1).tolist())


def _book(path: Path, profile: str, files: Sequence[FileReport], covers: Sequence[bool]) -> Iterator[Finding]:
    book = profile == "audiobook"  # a podcast or a store's upload has its own places for these
    if path.is_dir():
        yield Finding("chapters", True, float(len(files)), detail="one file each")
    else:
        yield _chapters(files[0], required=book)
    for tag, fix in (("title", "--title"), ("artist", "--author")):
        without = [file.name for file in files if not file.tags.get(tag, "").strip()]
        figure = files[0].tags.get(tag, "") if not without else "none"
        detail = f"not in {', '.join(without[:3])}: make it with {fix}" if without else ""
        # A story may have no author's name; a book in a player's shelf must have a title.
        asked = book and tag == "title"
        yield Finding(tag, None if without and not asked else not without, figure, detail=detail)
    bare = [file.name for file, has in zip(files, covers, strict=True) if not has]
    wav = {Path(name).suffix.lower() for name in bare} == {".wav"}  # the format has no place for one
    detail = f"none in {', '.join(bare[:3])}" if bare else "a picture is there"
    yield Finding("cover", None if bare and (wav or not book) else not bare, not bare, detail=detail)
    if len(files) > 1:
        levels = [file.levels.loudness for file in files if file.levels.loudness > SILENCE]
        spread = max(levels) - min(levels) if levels else 0.0
        yield Finding("chapter_spread", None, spread, "LU", detail="the loudest file against the softest")


def _chapters(file: FileReport, *, required: bool) -> Finding:
    count = float(len(file.chapters))
    if not file.chapters:
        return Finding("chapters", False if required else None, 0.0, detail="none are marked")
    untitled = sum(not chapter.title.strip() for chapter in file.chapters)
    pairs = list(zip(file.chapters, file.chapters[1:], strict=False))
    gaps = sum(abs(b.start - a.end) > 0.05 for a, b in pairs)
    first, last = file.chapters[0], file.chapters[-1]
    outside = first.start > 0.05 or abs(last.end - file.seconds) > 0.5
    empty = sum(chapter.end - chapter.start < 0.1 for chapter in file.chapters)
    troubles = [
        text
        for trouble, text in (
            (untitled, f"{untitled} without a title"),
            (gaps, f"{gaps} that do not begin where the one before ends"),
            (outside, "they do not reach from the file's beginning to its end"),
            (empty, f"{empty} without length"),
        )
        if trouble
    ]
    return Finding("chapters", not troubles, count, detail=", ".join(troubles) or "marked from end to end")
