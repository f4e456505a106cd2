"""Paragraphs woven from stretches of the source, so that every character keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from narrate.book import Emphasis, EmphasisKind, Paragraph, ParagraphKind
from narrate.reading import layout

Piece = tuple[str, int, int]
"""Text; the source offset of its first character; styles (ITALIC | BOLD | CODE). Characters advance with
the source one by one, so an entity or an escape is a piece of its own."""

ITALIC, BOLD, CODE = 1, 2, 4
_STYLES: tuple[tuple[int, EmphasisKind], ...] = ((ITALIC, "italic"), (BOLD, "bold"), (CODE, "code"))

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


class Row(Protocol):
    """A line of text as the author broke it."""

    @property
    def start(self) -> int: ...  # source offset
    @property
    def end(self) -> int: ...  # source offset, exclusive


R = TypeVar("R", bound=Row)


def woven(
    rows: Sequence[R],
    joints: Sequence[str],
    kind: ParagraphKind,
    pieces: Callable[[Sequence[R]], list[list[Piece]]],
) -> Iterator[tuple[Sequence[R], Paragraph | None]]:
    """The rows between PARAGRAPH joints, and the paragraph they make: None where nothing is left of them.

    `pieces` gives each row's. Prose of which every line was broken on purpose is verse.
    """
    first = 0
    for k in range(len(rows)):
        if k < len(joints) and joints[k] != layout.PARAGRAPH:
            continue
        group, inner = rows[first : k + 1], joints[first:k]
        verse = kind == "prose" and bool(inner) and all(joint == layout.LINE for joint in inner)
        joined = join(pieces(group), inner, [row.end for row in group])
        yield group, weave(joined, "verse" if verse else kind, group[0].start, group[-1].end)
        first = k + 1


def weave(pieces: Iterable[Piece], kind: ParagraphKind, start: int, end: int) -> Paragraph | None:
    """The paragraph that the pieces make, without white space at its ends; None if nothing is left.

    A piece that is one space (a wrap that became a space) is left out beside other white space.
    """
    kept = _strip([piece for piece in pieces if piece[0]])
    if not kept or not "".join(piece[0] for piece in kept).translate(_INVISIBLE).strip():
        return None
    words: list[str] = []
    anchors: list[tuple[int, int]] = []
    spans: list[Emphasis] = []
    opened = {bit: -1 for bit, _ in _STYLES}
    length = 0
    for text, at, styles in kept:
        if text == " " and words and words[-1][-1].isspace():
            continue
        if not anchors or at - length != anchors[-1][1] - anchors[-1][0]:
            anchors.append((length, at))
        if styles or any(begin >= 0 for begin in opened.values()):
            for bit, name in _STYLES:
                if styles & bit and opened[bit] < 0:
                    opened[bit] = length
                elif not styles & bit and opened[bit] >= 0:
                    spans.append(Emphasis(opened[bit], length, name))
                    opened[bit] = -1
        words.append(text)
        length += len(text)
    spans += [Emphasis(opened[bit], length, name) for bit, name in _STYLES if opened[bit] >= 0]
    spans.sort(key=lambda span: (span.start, span.end))
    return Paragraph("".join(words), kind, start, end, tuple(anchors), tuple(spans))


def _strip(pieces: list[Piece]) -> list[Piece]:
    """The pieces without white space before the first word and after the last."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first][0].strip():
        first += 1
    while last > first and not pieces[last - 1][0].strip():
        last -= 1
    kept = pieces[first:last]
    if kept:
        text, at, styles = kept[0]
        bare = text.lstrip()
        kept[0] = (bare, at + len(text) - len(bare), styles)
        text, at, styles = kept[-1]
        kept[-1] = (text.rstrip(), at, styles)
    return kept


def join(rows: list[list[Piece]], joints: Sequence[str], ends: Sequence[int]) -> list[Piece]:
    """Rows of pieces as one: a joint (a space, a newline or nothing) stands at the source offset of its
    row's end, in the styles that both its neighbours have, so that emphasis runs over wraps."""
    pieces = list(rows[0])
    for (above, row), joint, end in zip(pairwise(rows), joints, ends, strict=False):
        styles = above[-1][2] & row[0][2] if above and row else 0
        pieces.append((joint, end, styles))
        pieces += row
    return pieces
