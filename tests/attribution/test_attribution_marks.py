"""Quote marks: pairing holds up against hostile text, and work grows no faster than the text."""

from __future__ import annotations

import re
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.attribution import dashes, italics, messages, quotes, words
from narrate.attribution.quotes import is_speech, pair_marks

marks = st.text(alphabet="\"'“”‘’«»„ab .,!?—-\n", max_size=80)


@given(marks, st.booleans())
def test_pairs_are_ordered_and_inside(text: str, single: bool) -> None:
    at = 0
    for start, end, _ in pair_marks(text, single):
        assert at <= start < end <= len(text)
        at = end
        is_speech(text, start, end)


@given(marks)
def test_dash_spans_are_ordered_and_inside(text: str) -> None:
    at = 0
    for start, end in dashes.dash_spans("— " + text):
        assert at <= start < end <= len(text) + 2
        at = end


PATTERNS = [
    value
    for module in (quotes, dashes, italics, messages, words)
    for value in vars(module).values()
    if isinstance(value, re.Pattern)
]
ANCHORED = [messages._LINE, dashes._LED, quotes._SIGNED]
HOSTILE = [
    "a",
    "A",
    "Aa",
    "'",
    "’",
    "-",
    " ",
    "A ",
    "a'",
    "a-",
    ".",
    "—",
    '"',
    "“",
    "[1",
    "1:",
    "A:",
    "_",
    "\n",
    "A. ",
]


def steps(pattern: object, text: str) -> int:
    """Matches found, to make sure that the call ran; the time limit of the test run is what a blow-up
    meets.
    """
    if pattern in ANCHORED:
        return int(pattern.match(text) is not None)  # type: ignore[attr-defined]
    return sum(1 for _ in pattern.finditer(text))  # type: ignore[attr-defined]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.pattern[:30])
def test_no_pattern_blows_up(pattern: object) -> None:
    for piece in HOSTILE:
        for tail in ("", "!", "\x00", "x"):
            steps(pattern, piece * 3000 + tail)


def count_lines(function: object, *arguments: object) -> int:
    """Lines of our own code that a call runs: a measure of work that no busy machine disturbs."""
    seen: Counter[str] = Counter()

    def trace(frame: object, event: str, _: object) -> object:
        if event == "line" and "attribution" in frame.f_code.co_filename:  # type: ignore[attr-defined]
            seen["lines"] += 1
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        function(*arguments)  # type: ignore[operator]
    finally:
        sys.settrace(None)
    return seen["lines"]


@pytest.mark.parametrize("piece", ["“a,” b. ", '"a," b. ', "'a,' b. ", "‘o’ the’ ", '"a ', "“a "])
def test_pairing_is_linear(piece: str) -> None:
    small = count_lines(pair_marks, piece * 100, True)
    large = count_lines(pair_marks, piece * 400, True)
    assert large < 5 * small + 200
