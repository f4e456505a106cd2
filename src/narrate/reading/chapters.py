"""Chapters and scenes out of paragraphs, headings and breaks in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narrate.book import Chapter, Paragraph, Scene
from narrate.reading.headings import is_the_end, one_line

_ARGUMENT = 400  # characters of text that a part may have before its first chapter and not be a chapter


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a scene break."""

    paragraph: Paragraph | None  # None: a scene break
    level: int = 0  # of a heading, 1 the highest; 0 for other paragraphs


def chapter_level(blocks: Sequence[Block]) -> int:
    """The level whose headings are chapters: the highest that mostly has text of its own under it.

    A level whose headings stand right above deeper ones is of parts, not chapters. 0 without headings.
    """
    headings: list[tuple[int, bool]] = []  # level; has text before the next heading
    for block in blocks:
        if block.level and not is_the_end(block.paragraph.text if block.paragraph else ""):
            headings.append((block.level, False))
        elif block.paragraph is not None and headings:
            headings[-1] = (headings[-1][0], True)
    levels = sorted({level for level, _ in headings})
    for level in levels:
        own = [text for at, text in headings if at == level]
        if sum(own) * 2 > len(own) or level == levels[-1]:
            return level
    return 0


def assemble(blocks: Sequence[Block], level: int, title: str) -> tuple[Chapter, ...]:
    """Chapters that begin at headings of `level` and above; deeper headings begin scenes.

    Headings without text under them join the next chapter, so "PART ONE" opens it. A book titled by its
    own first heading does not say it again in its first chapter's title.
    """
    chapters: list[Chapter] = []
    titles: list[str] = []
    scenes: list[list[Paragraph]] = [[]]
    texts: list[int] = []  # lengths of the paragraphs since the last heading
    latest = 0  # that heading's level

    def close() -> None:
        nonlocal titles, scenes
        if len(titles) > 1 and not chapters and titles[0].casefold() == title.casefold():
            titles = [t for t in titles[1:] if not t.lower().startswith("by ")] or titles
        kept = tuple(Scene(tuple(scene)) for scene in scenes if scene)
        if kept:
            chapters.append(Chapter(one_line(titles) or title, kept))
        titles, scenes = [], [[]]

    for block in blocks:
        paragraph = block.paragraph
        if paragraph is None:
            if texts and scenes[-1]:
                scenes.append([])
        elif not block.level or is_the_end(paragraph.text):
            texts.append(len(paragraph.text))
            scenes[-1].append(paragraph)
        elif block.level > level:
            if texts and scenes[-1]:
                scenes.append([])
            scenes[-1].append(paragraph)
        else:
            argument = titles and block.level > latest and len(texts) < 3 and sum(texts) < _ARGUMENT
            if texts and not argument:
                close()
            elif texts:
                scenes.append([])
            texts, latest = [], block.level
            titles.append(paragraph.text)
            scenes[-1].append(paragraph)
    close()
    return tuple(chapters)
