"""Plain text: hard-wrapped as Project Gutenberg does it, or one line a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from narrate.book import Book, ParagraphKind
from narrate.reading import gutenberg, layout
from narrate.reading.breaks import is_break
from narrate.reading.chapters import Block, assemble
from narrate.reading.emphasis import emphasised
from narrate.reading.outline import Row, Stanza, find_headings, title_page
from narrate.reading.weaving import Piece, woven

_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
_BLANK = " \t\f\v\u00a0\u3000\x1c\x1d\x1e\x85"
_UNSEEN = _BLANK + "\ufeff\u200b\u200c\u200d\u2060"
_DEEP = 2  # columns from which an indented block is set apart


def read_plain(text: str, path: Path, stem: str) -> Book:
    """A plain text as a Book; `stem` is its title where it names none. No chapters if it has no words."""
    frame = gutenberg.frame(text)
    rows = _rows(text, frame.start, frame.end)
    width = _width(rows)
    stanzas = _stanzas(rows)
    for stanza in stanzas:
        stanza.dropped = gutenberg.is_credit(stanza.rows[0].text) and gutenberg.is_credit(stanza.text)
    stanzas = [stanza for stanza in stanzas if not stanza.dropped]
    stanzas, level = find_headings(stanzas)
    title, author = title_page(stanzas, level)
    base, indented = _indentation(rows)
    blocks: list[Block] = []
    for stanza in stanzas:
        if stanza.is_break or stanza.gap > 3:
            blocks.append(Block(None))
        if stanza.level:
            blocks += _heading(stanza)
        elif not stanza.is_break:
            for group in _paragraph_starts(stanza.rows, base) if indented else [stanza.rows]:
                blocks += _body(group, width, base)
    title = frame.title or title or stem
    chapters = assemble(blocks, level, title)
    return Book(path, text, title, frame.author or author, frame.language, chapters)


def _rows(text: str, start: int, end: int) -> list[Row]:
    """The lines that hold more than white space, each with the blank lines above it."""
    rows: list[Row] = []
    gap = 0
    for line in _LINE.finditer(text, start, end):
        words = line[1].strip(_BLANK)
        if words.strip(_UNSEEN):
            column = len(line[1]) - len(line[1].lstrip(_BLANK))
            rows.append(Row(words, line.start() + column, column, gap))
            gap = 0
        else:
            gap += 1
    return rows


def _stanzas(rows: Sequence[Row]) -> list[Stanza]:
    """Rows with no blank line and no scene break between them."""
    stanzas: list[Stanza] = []
    for k, row in enumerate(rows):
        if (not row.text[0].isalpha() and is_break(row.text)) or (
            row.text[0] in "oOxX" and is_break(row.text)
        ):
            stanzas.append(Stanza([row], row.gap, is_break=True))
        elif k and not row.gap and not stanzas[-1].is_break:
            stanzas[-1].rows.append(row)
        else:
            stanzas.append(Stanza([row], row.gap))
    return stanzas


def _width(rows: Sequence[Row]) -> int:
    followed = [not row.gap for row in rows[1:]] + [False]
    return layout.wrap_width([len(row.text) for row in rows], followed) if rows else 0


def _indentation(rows: Sequence[Row]) -> tuple[int, bool]:
    """The column that text usually begins at, and whether an indented row begins a paragraph."""
    inner = Counter(row.indent for row in rows if len(row.text) > 40)
    base = min((indent for indent, n in inner.items() if 5 * n >= inner.total()), default=0)
    starts = sum(
        1
        for above, row in pairwise(rows)
        if not row.gap and above.indent <= base < row.indent and layout.is_closed(above.text)
    )
    return base, starts > 0.05 * len(rows)


def _paragraph_starts(rows: list[Row], base: int) -> Iterator[list[Row]]:
    """The rows of one stanza cut where a row at an indent follows one without."""
    group = [rows[0]]
    for row in rows[1:]:
        if row.indent > base and group[-1].indent <= base:
            yield group
            group = []
        group.append(row)
    yield group


def _heading(stanza: Stanza) -> Iterator[Block]:
    joints = [layout.wrap(a.text, b.text) for a, b in pairwise(stanza.rows)]
    yield from _blocks(stanza.rows, joints, "heading", stanza.level)


def _body(rows: list[Row], width: int, base: int) -> Iterator[Block]:
    """A stanza's paragraphs. A block indented as a whole is verse, or prose set apart, as a letter is."""
    texts = [row.text for row in rows]
    kind: ParagraphKind = "prose"
    if len(rows) > 1 and min(row.indent for row in rows) >= base + _DEEP:
        running_on = sum(1 for text in texts[1:] if text[0].islower())
        short = max(map(len, texts)) <= 0.65 * width
        if 3 * running_on > len(texts) - 1 and not short:
            kind, joints = "quotation", [layout.wrap(a, b) for a, b in pairwise(texts)]
        else:
            kind, joints = "verse", [layout.LINE] * (len(rows) - 1)
    else:
        joints = layout.joints(texts, width)
    yield from _blocks(rows, joints, kind)


def _blocks(
    rows: Sequence[Row], joints: Sequence[str], kind: ParagraphKind, level: int = 0
) -> Iterator[Block]:
    """One block for each paragraph between PARAGRAPH joints."""

    def pieces(group: Sequence[Row]) -> list[list[Piece]]:
        return emphasised([(row.text, row.start) for row in group])

    for _group, paragraph in woven(rows, joints, kind, pieces):
        if paragraph is not None:
            yield Block(paragraph, level)
