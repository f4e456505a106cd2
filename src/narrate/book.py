"""The text as read: book, chapter, scene, paragraph; every character knows its place in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

ParagraphKind = Literal["prose", "heading", "verse", "quotation", "list"]
"""prose; heading (a chapter's title); verse (line breaks kept as newlines); quotation (a block set
apart, as letters and documents are); list (one item)."""

EmphasisKind = Literal["italic", "bold", "code"]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A span of a paragraph's text that the author set apart."""

    start: int  # offset in Paragraph.text
    end: int  # offset in Paragraph.text, exclusive
    kind: EmphasisKind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text with its markup taken out and its hard wraps turned into single spaces.

    `anchors` maps it back: each pair (offset in `text`, offset in the source) opens a stretch in
    which both advance together, so markup that was taken out is a jump of the second number.
    """

    text: str  # the words, no markup; never empty
    kind: ParagraphKind
    start: int  # source offset of the first character, markup included
    end: int  # source offset after the last character, markup included
    anchors: tuple[tuple[int, int], ...]  # ascending in both; the first pair's first number is 0
    emphasis: tuple[Emphasis, ...] = ()  # ascending by start

    def source(self, offset: int) -> int:
        """The place in the source of the character at `offset` of `text`; `len(text)` gives `end`."""
        if offset >= len(self.text):
            return self.end
        k = bisect_right(self.anchors, offset, key=lambda pair: pair[0]) - 1
        at, place = self.anchors[k]
        return place + offset - at


@dataclass(frozen=True, slots=True)
class Scene:
    """Paragraphs up to the next scene break."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A title and its scenes. A heading that the text holds is the first scene's first paragraph."""

    title: str  # one line, for players; the file's or book's title where the text has no heading
    scenes: tuple[Scene, ...]

    def paragraphs(self) -> Iterator[Paragraph]:
        for scene in self.scenes:
            yield from scene.paragraphs


@dataclass(frozen=True, slots=True)
class Book:
    """A whole story, decoded. Offsets everywhere are Python string indices into `text`."""

    path: Path  # where it was read from
    text: str  # the decoded source, every character of it, markup and front matter included
    title: str
    author: str  # "" when the story does not say
    language: str  # BCP 47, "en" when the story does not say
    chapters: tuple[Chapter, ...]  # at least one
    _lines: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def paragraphs(self) -> Iterator[Paragraph]:
        for chapter in self.chapters:
            yield from chapter.paragraphs()

    def place(self, offset: int) -> str:
        """`file:line:column` (both from 1) of a source offset, for messages."""
        if not self._lines:
            starts = [0]
            starts.extend(k + 1 for k, c in enumerate(self.text) if c == "\n")
            object.__setattr__(self, "_lines", tuple(starts))  # a cache, not a change of value
        line = bisect_right(self._lines, offset)
        return f"{self.path}:{line}:{offset - self._lines[line - 1] + 1}"
