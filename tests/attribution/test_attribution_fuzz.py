"""Hostile text through all of attribution: it comes out tiled, and the work grows no faster than the text.

A pattern that backtracks shows in no count of lines run: it meets the time limit of the test run, since
every text is long enough for a square of its length to take minutes.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from work import count_lines

from narrate.attribution import attribute
from narrate.book import Book
from narrate.errors import StoryError
from narrate.reading import read_text

PIECES = [
    "“", "”", '"', "'", "‘", "’", "«", "»", "„", "「", "—", "--", "- ", " ", "\n", "\n\n", "\r\n", "\t",
    "(", "[", ")", "(A/N: ", "A/N: x\n\n", "Summary: x\n\n", "Note: x\n\n", "/", "/a.", "::", "::a.", "<",
    "<a.", "♪", "*", "*a.* ", "_A._ b\n\n", "a", "A", "A ", "Aa ", "a-", "a'", "1", "1.", ".", "...", ",",
    "MARTA. x\n\n", "MARTA\n\n", "Marta: b\n", "[03:14] ", "<a> b\n", "Marta 12:03\n", "Dear ",
    "Dear Ana,\n\n", "Yours,\n\n", "> a\n\n", "    a\n", "“a,” said Ana. ", "“Ana,” ", "'a ", "6'2\" ",
    "“a “b” ", "\"a 'b \"c\" ", "# A\n\n", "* * *\n\n", "Mr. ", "Ana’s ", "Ana and Ben ", "everyone said ",
    "“a,” they all said. ", "she sang:\n\n", "the old man ", "he ", "I ", "\u200b", "\u0301", "😀", "\\",
]  # fmt: skip
LONG = 100_000
"""Characters."""


def hostile(seed: int) -> str:
    """One of the pieces over and over; from the last piece on, runs of several."""
    if seed < len(PIECES):
        return (PIECES[seed] * LONG)[:LONG]
    dice = random.Random(seed)
    runs = []
    while sum(map(len, runs)) < LONG:
        runs.append(dice.choice(PIECES) * dice.choice((1, 2, 30, 3_000)))
    return "".join(runs)[:LONG]


def book_of(text: str) -> Book | None:
    try:
        return read_text(f"Ana sat down.\n\n{text} x\n", Path("story.txt"), markdown=False)
    except StoryError:
        return None


def tiled(book: Book) -> None:
    at = 0
    for line in attribute(book).lines:
        assert line.start == at
        at = line.end
    assert at == len(book.text)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(len(PIECES) + 20))
def test_hostile_text_comes_out_tiled(seed: int) -> None:
    book = book_of(hostile(seed))
    if book is not None:
        tiled(book)


@pytest.mark.parametrize("seed", range(len(PIECES), len(PIECES) + 12))
def test_a_short_mix_comes_out_tiled(seed: int) -> None:
    book = book_of(hostile(seed)[:4_000])
    if book is not None:
        tiled(book)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_three_times_the_pieces_are_three_times_the_work(piece: str) -> None:
    work = []
    for n in (400, 1_200):  # by then every list of the last few people is full
        book = book_of(piece * n)
        work.append(count_lines(attribute, book) if book is not None else 0)
    assert work[1] < 3.75 * work[0] + 2_000
