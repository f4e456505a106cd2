"""The headings of a plain text, found by their words, their places and their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrate.reading.headings import (
    CHAPTER,
    NUMBER,
    PART,
    SECTION,
    Heading,
    could_be_title,
    heading,
    in_sequence,
    is_capitals,
    is_contents,
    is_the_end,
    numbered,
)

_CHAPTER_TEXT = 1000  # characters, on average, below which numbered parts are sections of a chapter
_TITLE_TEXT = 160  # characters of the longest chapter title that is looked for under its number


@dataclass(frozen=True, slots=True)
class Row:
    """A line with words on it."""

    text: str  # without white space at its ends
    start: int  # source offset of the first word
    indent: int  # columns before it
    gap: int  # blank lines above it

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class Stanza:
    """Rows with nothing between them; what they are is settled step by step."""

    rows: list[Row]
    gap: int  # blank lines above it
    is_break: bool = False
    dropped: bool = False
    level: int = 0  # as a heading; 0 is text
    number: int | None = None  # as a heading
    titled: bool = True  # whether the heading has words of its own, so that no title is looked for

    @property
    def text(self) -> str:
        return " ".join(row.text for row in self.rows)

    @property
    def is_indented(self) -> bool:
        """Whether it is set in from the left as a whole, as mottoes in verse are."""
        return len(self.rows) > 1 and min(row.indent for row in self.rows) > 1

    @property
    def is_verse(self) -> bool:
        return self.is_indented and sum(len(row.text) for row in self.rows) < 45 * len(self.rows)

    def become(self, found: Heading) -> None:
        self.level, self.number, self.titled = found.level, found.number, found.titled


def find_headings(stanzas: list[Stanza]) -> tuple[list[Stanza], int]:
    """The stanzas with their headings marked and tables of contents gone, and the level of chapters."""
    stanzas = _keyed(stanzas)
    stanzas = _numbered(stanzas)
    stanzas = _without_contents(stanzas)
    _capitals(stanzas)
    level = _chapter_level(stanzas)
    stanzas = _titles(stanzas)
    _part_titles(stanzas)
    return stanzas, level


def title_page(stanzas: Sequence[Stanza], level: int) -> tuple[str, str]:
    """The book's title and author from the first stanzas, marked as headings; "" for what is not there."""
    first = stanzas[0] if stanzas else None
    if first is None or len(stanzas) < 2 or first.is_break or len(first.rows) > 2:
        return "", ""
    if first.level not in (0, PART if first.number is None else 0, SECTION if level != SECTION else 0):
        return "", ""
    second = stanzas[1]
    below = first.rows[1] if len(first.rows) == 2 else second.rows[0] if len(second.rows) == 1 else None
    byline = below if below is not None and below.text[:3].lower() == "by " and len(below.text) < 80 else None
    title = first.rows[0].text
    if (
        not could_be_title(title)
        or title[-1] == "."
        or numbered(title)
        or heading(title)
        or (len(first.rows) == 2 and byline is None)
    ):
        return "", ""
    words = title.split()
    capitalised = sum(1 for word in words if not word[0].islower()) > 0.6 * len(words) and len(words) < 12
    if not (byline or second.level or second.gap > 1 or capitalised):
        return "", ""
    first.level = PART
    if byline is not None and second.rows[0] is byline:
        second.level = PART
    return title.strip("_* "), byline.text[3:].strip("_* .") if byline else ""


def _keyed(stanzas: Sequence[Stanza]) -> list[Stanza]:
    """Headings that name themselves; rows under one without a blank line become a stanza of their own."""
    found: list[Stanza] = []
    for stanza in stanzas:
        first = stanza.rows[0].text
        told = None if stanza.is_break else heading(first)
        rest = stanza.rows[1:]
        if told is None or _headings_among(rest) > 0 or (rest and first[-1] in ",;"):
            found.append(stanza)
            continue
        below = " ".join(row.text for row in rest)
        ends_openly = rest and (below[-1] not in '.!?"”' or below.isupper())
        if told.titled and len(rest) < 3 and len(below) <= _TITLE_TEXT and ends_openly:
            rest = []  # a title that goes on
        elif told.titled and len(rest) > 1 and len(first) > 45:
            found.append(stanza)  # a paragraph that begins like a heading
            continue
        else:
            stanza.rows = stanza.rows[:1]
        stanza.become(told)
        found.append(stanza)
        if rest:
            found.append(Stanza(rest, 0))
    return found


def _headings_among(rows: Sequence[Row]) -> int:
    return sum(1 for row in rows if heading(row.text) or numbered(row.text))


def _numbered(stanzas: Sequence[Stanza]) -> list[Stanza]:
    """Bare numbers that count on; rows under one without a blank line become a stanza of their own."""
    told: list[Heading | None] = []
    for stanza in stanzas:
        found = None if stanza.level or stanza.is_break else numbered(stanza.rows[0].text)
        told.append(None if found and found.titled and len(stanza.rows) > 1 else found)
    kept = in_sequence(told)
    below = [b for b, counts_on in zip(stanzas[1:], kept, strict=False) if counts_on]
    if 2 * sum(1 for stanza in below if stanza.is_verse) > len(below):
        return list(stanzas)  # the stanzas of a poem are numbered, not chapters
    split: list[Stanza] = []
    for stanza, found, counts_on in zip(stanzas, told, kept, strict=True):
        split.append(stanza)
        if found is not None and counts_on:
            rest, stanza.rows = stanza.rows[1:], stanza.rows[:1]
            stanza.become(found)
            if rest:
                split.append(Stanza(rest, 0))
    return split


def _without_contents(stanzas: Sequence[Stanza]) -> list[Stanza]:
    """The stanzas without tables of contents: runs of headings that head nothing, and lists of them."""
    kept: list[Stanza] = []
    run: list[Stanza] = []  # headings since the last text
    after_contents = False
    for stanza in stanzas:
        if stanza.level:
            run.append(stanza)
            continue
        if len(stanza.rows) >= 3 and 2 * _headings_among(stanza.rows) >= len(stanza.rows):
            after_contents = False
            continue
        if len(stanza.rows) == 1 and is_contents(stanza.text):
            after_contents = True
            continue
        listed = after_contents and len(stanza.rows) >= 3 and max(len(row.text) for row in stanza.rows) < 75
        after_contents = False
        if listed:
            continue
        kept += _real_headings(run)
        run = []
        kept.append(stanza)
    return kept + _real_headings(run)


def _real_headings(run: list[Stanza]) -> list[Stanza]:
    """A run of three or more chapter headings is a table of contents up to where the count starts anew."""
    counted = [k for k, stanza in enumerate(run) if stanza.level in (CHAPTER, NUMBER)]
    if len(counted) < 3:
        return run
    last = counted[-1]
    while last > 0 and run[last - 1].level == PART:
        last -= 1
    return run[last:]


def _is_short(stanza: Stanza) -> bool:
    return len(stanza.rows) <= 3 and len(stanza.text) <= _TITLE_TEXT


def _capitals(stanzas: Sequence[Stanza]) -> None:
    """Lines in capitals that stand well apart head sections."""
    for k, stanza in enumerate(stanzas):
        if stanza.level or stanza.is_break or len(stanza.rows) > 1:
            continue
        if (stanza.gap > 1 or k == 0) and k + 1 < len(stanzas) and is_capitals(stanza.text):
            stanza.level, stanza.number = SECTION, None


def _chapter_level(stanzas: Sequence[Stanza]) -> int:
    """The level of chapters: chapters that say so, else bare numbers, else lines in capitals."""
    if any(s.level == CHAPTER and s.number is not None for s in stanzas):
        return CHAPTER
    length = stanzas[-1].rows[-1].end - stanzas[0].rows[0].start if stanzas else 0
    numbers = sum(1 for s in stanzas if s.level == NUMBER)
    if numbers > 1 and length > numbers * _CHAPTER_TEXT:
        return NUMBER
    capitals = [s.text for s in stanzas if s.level == SECTION]
    if len(capitals) > 2 and length > len(capitals) * 2 * _CHAPTER_TEXT and stanzas[0].level == SECTION:
        return SECTION
    return CHAPTER


def _titles(stanzas: Sequence[Stanza]) -> list[Stanza]:
    """The line under "CHAPTER I" is its title: where it reads as one, or where every chapter has one."""
    under: dict[int, list[Stanza]] = {}
    for above, stanza in pairwise(stanzas):
        if above.level and not above.titled and above.number is not None and stanza.level in (0, SECTION):
            under.setdefault(above.level, []).append(stanza)
    for level, candidates in under.items():
        short = [s for s in candidates if not s.is_break and _is_short(s) and s.text[0] not in "\"“‘'«—"]
        always = len(short) > 2 and len(short) >= 0.8 * len(candidates)
        for stanza in short:
            alone = len(stanza.rows) == 1 and could_be_title(stanza.text)
            if not stanza.is_indented and (always or alone or is_capitals(stanza.text)):
                stanza.level, stanza.number = level, None
    return list(stanzas)


def _part_titles(stanzas: Sequence[Stanza]) -> None:
    """A short line well apart and right above a heading goes with that heading."""
    for stanza, below in zip(reversed(stanzas[:-1]), reversed(stanzas[1:]), strict=True):
        if below.level and below.level <= NUMBER and not stanza.level and not stanza.is_break:
            apart = stanza.gap > 1 and len(stanza.rows) == 1
            if apart and could_be_title(stanza.text) and not is_the_end(stanza.text):
                stanza.level, stanza.number = PART, None
