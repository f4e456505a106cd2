"""Who says what: quotes, characters, speakers, in that order. Rule after rule, then a decoder over the
scene.
"""

from __future__ import annotations

from narrate.attribution.analysis import analyse
from narrate.attribution.lines import tile
from narrate.attribution.people import name_everybody
from narrate.attribution.ranker import Ranker
from narrate.book import Book
from narrate.script import Script

VERSION = "5"
"""Part of every cache key over a script: another number wherever results may differ."""


def attribute(book: Book, *, ranker: Ranker | None = None) -> Script:
    """Give every line of the book its speaker. The lines tile `book.text`; speech is never rewritten.

    `ranker` replaces the shipped weights, which only measuring does.
    """
    analysis = analyse(book, ranker)
    characters, said = name_everybody(analysis)
    return Script(tile(analysis.flow, analysis.quotes, said), characters)


__all__ = ["VERSION", "attribute"]
