"""The order of everything heard, and the silence before each cue, before any take is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from narrate.book import Book, Paragraph, ParagraphKind
from narrate.mastering.pacing import Pacing, pause_kind
from narrate.mastering.profile import Profile, profile
from narrate.rendering.cue import Cue
from narrate.script import Line, Script

VERSION = 4
"""Rises with any change of the code that can be heard: it is part of every master's key."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cue in its place."""

    cue: Cue
    chapter: int  # index into Book.chapters
    pause: float  # ms of silence before it, within its chapter; a chapter's first has its head here
    tail: float  # ms of silence after it: only a chapter's last has one
    over: float = 0.0  # ms of speech of the cue before that it talks over


def arrange(script: Script, cues: Sequence[Cue], pacing: Pacing, book: Book) -> tuple[Entry, ...]:
    """Every cue in order with the silences around it."""
    paragraphs = tuple(book.paragraphs())
    entries: list[Entry] = []
    for k, cue in enumerate(cues):
        line = script.lines[cue.line]
        before = script.lines[cues[k - 1].line] if k else None
        after = script.lines[cues[k + 1].line] if k + 1 < len(cues) else None
        # the place is part of the chance, or a phrase that comes back would always come back alike
        seed = f"{k}\0{cue.key}"
        over = 0.0
        if before is None or before.chapter != line.chapter:
            pause = pacing.ms("chapter_head", seed)
        else:
            around = (_kind(paragraphs, before), _kind(paragraphs, line))
            breaks = cues[k - 1].breaks or _broken(paragraphs, before, line, book.text)
            kind = pause_kind(before, line, cues[k - 1].text, around, breaks)
            if kind == "cut_in":
                over = 0.0 if _one_throat(cues[k - 1], cue) else pacing.ms("cut_in", seed)
                kind = "interrupted"
            pause = 0.0 if over else pacing.ms(kind, seed)
            if pause and before is not line:  # how a line is said takes its time before and after it
                pause = max(0.0, pause + cues[k - 1].manner.after + cue.manner.before)
        last = after is None or after.chapter != line.chapter
        tail = pacing.ms("chapter_tail", seed) if last else 0.0
        entries.append(Entry(cue, line.chapter, pause, tail, over))
    return tuple(entries)


def master_key(
    script: Script,
    cues: Sequence[Cue],
    pacing: Pacing,
    *,
    book: Book,
    rate: int = 44_100,
    levels: Profile | None = None,
) -> str:
    """The key that `stitch` gives its master, without reading a take: hex SHA-256."""
    return key_of(arrange(script, cues, pacing, book), book, rate, levels or profile())


def key_of(entries: Sequence[Entry], book: Book, rate: int, levels: Profile) -> str:
    """Covers the takes (by their keys), their gains, every silence, the levels and the chapters' names."""
    digest = hashlib.sha256()
    digest.update(json.dumps([VERSION, rate, asdict(levels)]).encode())
    for entry in entries:
        cue = entry.cue
        silences = [entry.pause, entry.tail, entry.over]
        row = [cue.key, cue.line, cue.voice.gain, cue.manner.gain, _voice(cue), entry.chapter, *silences]
        digest.update(json.dumps(row).encode())
    digest.update(json.dumps([chapter.title for chapter in book.chapters]).encode())
    return digest.hexdigest()


def _one_throat(one: Cue, other: Cue) -> bool:
    """Whether one voice speaks both: two characters may share it, and nobody talks over himself."""
    return (one.voice.engine, one.voice.name) == (other.voice.engine, other.voice.name)


def _voice(cue: Cue) -> list[object]:
    """Which takes are levelled together is audible too."""
    voice = cue.voice
    return [voice.engine, voice.name, voice.speed, voice.pitch, voice.options]


def _kind(paragraphs: Sequence[Paragraph], line: Line) -> ParagraphKind:
    return paragraphs[line.paragraph].kind if 0 <= line.paragraph < len(paragraphs) else "prose"


def _broken(paragraphs: Sequence[Paragraph], before: Line, after: Line, source: str) -> bool:
    """Whether two lines of one paragraph are two lines on the page too, by the author's will."""
    if before is after or before.paragraph != after.paragraph or after.paragraph >= len(paragraphs):
        return False
    paragraph = paragraphs[after.paragraph]
    at = paragraph.text.find("\n")
    while at >= 0:
        place = paragraph.source(at + 1)
        if before.start < place <= after.start and not any(map(str.isalnum, source[place : after.start])):
            return True
        at = paragraph.text.find("\n", at + 1)
    return False
