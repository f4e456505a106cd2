"""Takes and silences become one stream: the master."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

import numpy as np

from narrate.audio import Audio, Samples
from narrate.book import Book
from narrate.cast import Voice
from narrate.errors import NarrateError
from narrate.mastering.arrange import Entry, arrange, key_of
from narrate.mastering.clips import clip, clip_length
from narrate.mastering.crest import crest_of, tame
from narrate.mastering.levels import chapter_gains, squeeze, voice_gains
from narrate.mastering.limiter import limit
from narrate.mastering.pacing import Pacing
from narrate.mastering.parts import parts
from narrate.mastering.profile import Profile, profile
from narrate.mastering.room import add_room, room_tone
from narrate.mastering.survey import LEAD_MS, TAIL_MS, Survey, survey
from narrate.mastering.timeline import Mark, Master, Spoken
from narrate.rendering.cue import Cue
from narrate.script import Script

_BLOCK = 1 << 16  # samples: about 1.5 s


@dataclass(frozen=True, slots=True)
class _Clip:
    """One take's place."""

    cue: Cue
    start: int  # sample of the timeline
    length: int  # samples
    gain: float  # dB of its voice; the chapter's gain and the cue's own come on top
    chapter_gain: float  # dB


def stitch(
    script: Script,
    cues: Sequence[Cue],
    read_take: Callable[[str], Audio],
    pacing: Pacing,
    *,
    book: Book,
    rate: int = 44_100,
    levels: Profile | None = None,
    surveys: MutableMapping[str, Survey] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Master:
    """The whole book placed in time; nothing is heard of it until `blocks` is called.

    Each take that `surveys` does not know yet, as `levels` asks, is read once here (to find where its
    speech begins and ends, and how loud it is) and put there; `progress` gets (takes surveyed, takes in all).
    `blocks` reads each take once more, one at a time. Chapters in which nobody speaks get no mark.
    Raises NarrateError where there is no cue at all, and what `read_take` raises.
    """
    if not cues:
        raise NarrateError("there is nothing to say in this book", where=str(book.path))
    levels = levels or profile()
    known = surveys if surveys is not None else {}
    _survey_all(cues, read_take, known, crest_of(levels), progress)
    entries = arrange(script, cues, pacing, book)
    clips, marks, length, unmet = _place(entries, known, book, rate, levels)
    lines = tuple(_lines(clips, script))
    found = {cue.key: known[cue.key] for cue in cues}

    def blocks() -> Iterator[Samples]:
        parts = _parts(clips, length, read_take, found, rate, levels)
        return limit(_with_room(_even(parts), rate, levels), levels.ceiling)

    sampled = max(take.rate for take in found.values())
    key = key_of(entries, book, rate, levels)
    return Master(rate, length, marks, lines, blocks, key, sampled, unmet)


def _survey_all(
    cues: Sequence[Cue],
    read_take: Callable[[str], Audio],
    known: MutableMapping[str, Survey],
    crest: float,
    progress: Callable[[int, int], None] | None,
) -> None:
    wanted = [key for key in dict.fromkeys(cue.key for cue in cues) if not _is_known(key, known, crest)]
    for k, key in enumerate(wanted):
        known[key] = survey(read_take(key), crest)
        if progress:
            progress(k + 1, len(wanted))


def _is_known(key: str, surveys: Mapping[str, Survey], crest: float) -> bool:
    return key in surveys and surveys[key].crest == crest


def _place(
    entries: Sequence[Entry], surveys: MutableMapping[str, Survey], book: Book, rate: int, levels: Profile
) -> tuple[tuple[_Clip, ...], tuple[Mark, ...], int, tuple[str, ...]]:
    """Every clip's and chapter's place, the length of it all, and what cannot be as the profile asks."""
    gains: dict[Voice, float] = voice_gains(entries, surveys, levels)
    clips: list[_Clip] = []
    marks: list[Mark] = []
    unmet: list[str] = []
    at = 0
    chapters = tuple(parts(entries, surveys, book, levels))
    levelled = chapter_gains([part.entries for part in chapters], surveys, gains, levels)
    for part, (more, misses) in zip(chapters, levelled, strict=True):
        start = at
        if misses:
            unmet.append(f"{part.title!r} {misses}")
        for entry in part.entries:
            size = clip_length(surveys[entry.cue.key], rate)
            at += _samples(entry.pause, rate)
            if entry.over and clips:
                # of speech, so what a clip keeps around it comes on top; half a clip at most, so that
                # no line is over before it is heard alone, and never are three heard at once
                over = _samples(entry.over + LEAD_MS + TAIL_MS, rate)
                at -= min(over, size // 2, clips[-1].length // 2)
            clips.append(_Clip(entry.cue, at, size, gains[entry.cue.voice], more))
            at += size + _samples(entry.tail, rate)
        marks.append(Mark(part.title, start, at))
    return tuple(clips), tuple(marks), at, tuple(unmet)


def _lines(clips: Iterable[_Clip], script: Script) -> Iterator[Spoken]:
    for line, group in groupby(clips, key=lambda one: one.cue.line):
        members = list(group)
        said = script.lines[line]
        end = members[-1].start + members[-1].length
        yield Spoken(line, members[0].start, end, said.speaker, said.text)


def _parts(
    clips: Sequence[_Clip],
    length: int,
    read_take: Callable[[str], Audio],
    surveys: dict[str, Survey],
    rate: int,
    levels: Profile,
) -> Iterator[Samples]:
    """Silences and clips in turn, of any size, together `length` samples.

    The end of a clip that the next one talks over waits for it and is mixed into its beginning.
    """
    at = 0
    waiting = np.zeros(0, dtype=np.float32)
    for one, following in zip_longest(clips, clips[1:]):
        yield from _silence(one.start - at)
        found = surveys[one.cue.key]
        lift = one.cue.manner.gain
        squeezed = squeeze(found, one.gain, levels, lift)
        gain = one.gain + lift + one.chapter_gain
        take = tame(read_take(one.cue.key), found.crest)
        sound = clip(take, found, gain, squeezed, levels.high_pass, rate)
        sound[: waiting.size] += waiting
        at = min(one.start + one.length, following.start if following else length)
        yield sound[: at - one.start]
        waiting = sound[at - one.start :]
    yield from _silence(length - at)


def _silence(size: int) -> Iterator[Samples]:
    for start in range(0, size, _BLOCK):
        yield np.zeros(min(_BLOCK, size - start), dtype=np.float32)


def _even(parts: Iterable[Samples]) -> Iterator[Samples]:
    """The same samples in blocks of one size; the last is shorter."""
    held: list[Samples] = []
    size = 0
    for part in parts:
        held.append(part)
        size += part.size
        if size < _BLOCK:
            continue
        row = np.concatenate(held)
        whole = size - size % _BLOCK
        for start in range(0, whole, _BLOCK):
            yield row[start : start + _BLOCK]
        held, size = [row[whole:]], size - whole
    if size:
        yield np.concatenate(held)


def _with_room(blocks: Iterable[Samples], rate: int, levels: Profile) -> Iterator[Samples]:
    if levels.room is None:
        yield from blocks
        return
    loop = room_tone(rate, levels.room)
    at = 0
    for block in blocks:
        yield add_room(block, at, loop)
        at += block.size


def _samples(ms: float, rate: int) -> int:
    return round(ms * rate / 1000.0)
