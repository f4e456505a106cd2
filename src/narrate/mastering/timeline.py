"""Takes placed in time: what the stitcher plans and the publishers encode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from narrate.audio import Samples


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter's place in the finished audio."""

    title: str  # one line
    start: int  # sample of the timeline
    end: int  # sample, exclusive


@dataclass(frozen=True, slots=True)
class Spoken:
    """When one line is heard."""

    line: int  # index into Script.lines
    start: int  # sample of the timeline
    end: int  # sample, exclusive
    speaker: str = ""  # as the script has it
    text: str = ""  # the author's words


@dataclass(frozen=True, slots=True)
class Master:
    """The finished audio: how long it is and what is where are known before a sample is made.

    `blocks` starts the stream anew at each call and holds one block at a time in memory.
    """

    rate: int  # Hz
    length: int  # samples
    chapters: tuple[Mark, ...]  # in order, tiling 0 to length
    lines: tuple[Spoken, ...]  # in order
    blocks: Callable[[], Iterator[Samples]]  # mono, in [-1, 1], together `length` samples
    key: str  # hex SHA-256 of all that is audible in it
    sampled: int = 0  # Hz, the highest rate of its takes: half of it is all it holds; 0: not known
    unmet: tuple[str, ...] = ()  # what cannot be as the profile asks: a chapter and why, one line each
