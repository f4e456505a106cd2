"""The book as one run of text: paragraphs end to end, with every offset traceable to the source."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass

from narrate.book import Book, Paragraph

GAP = "\n\n"
"""Stands between two paragraphs of the flow, so that no word or quote runs over."""


@dataclass(frozen=True, slots=True)
class Flow:
    """All the paragraphs of a book in one string; lists run parallel to `paragraphs`."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    starts: tuple[int, ...]  # offset in `text` of each paragraph
    scenes: tuple[int, ...]  # running number of its scene in the book
    chapters: tuple[int, ...]  # index of its chapter
    source: str  # Book.text

    def paragraph_at(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def end_of(self, paragraph: int) -> int:
        return self.starts[paragraph] + len(self.paragraphs[paragraph].text)

    def source_lines(self, paragraph: int) -> list[tuple[int, int]]:
        """The paragraph cut where the source breaks its lines, as spans of its own text.

        Readers turn hard wraps into spaces, which is right for prose and wrong for chat logs and songs.
        """
        held = self.paragraphs[paragraph]
        text, cuts = held.text, [0]
        for k, c in enumerate(text):
            if c == "\n" or (c == " " and self.source[held.source(k) : held.source(k) + 1] in ("\n", "\r")):
                cuts.append(k + 1)
        cuts.append(len(text) + 1)
        return [(a, b - 1) for a, b in itertools.pairwise(cuts) if b - 1 > a]


def flow_of(book: Book) -> Flow:
    """Lay a book's paragraphs end to end."""
    paragraphs: list[Paragraph] = []
    starts: list[int] = []
    scenes: list[int] = []
    chapters: list[int] = []
    offset = scene = 0
    for number, chapter in enumerate(book.chapters):
        for part in chapter.scenes:
            for paragraph in part.paragraphs:
                paragraphs.append(paragraph)
                starts.append(offset)
                scenes.append(scene)
                chapters.append(number)
                offset += len(paragraph.text) + len(GAP)
            scene += 1
    text = GAP.join(p.text for p in paragraphs)
    return Flow(text, tuple(paragraphs), tuple(starts), tuple(scenes), tuple(chapters), book.text)
