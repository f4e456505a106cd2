"""Quote marks: pairing holds up against hostile text, and work grows no faster than the text."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import count_lines

import narrate.attribution
from narrate.attribution import dashes
from narrate.attribution.aloud import is_speech
from narrate.attribution.pairing import pair_marks

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


MODULES = [
    importlib.import_module(f"narrate.attribution.{found.name}")
    for found in pkgutil.iter_modules(narrate.attribution.__path__)
]
PATTERNS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
MATCHED = {
    "dashes._LED", "kinds._WITHIN", "letters._HAIL", "letters._CLOSE", "letters._SIGNED", "letters._UNDER",
    "messages._ABOVE", "messages._LINE", "plays._ABOVE", "plays._CUE", "notes._SIGNED",
}  # fmt: skip
"""Patterns that are tried at the start of a line and nowhere else."""
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


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_blows_up(name: str) -> None:
    """The time limit of the test run is what a blow-up meets."""
    pattern = PATTERNS[name]
    for piece in HOSTILE:
        for tail in ("", "!", "\x00", "x"):
            text = piece * 3000 + tail
            pattern.match(text)
            if name not in MATCHED:
                sum(1 for _ in pattern.finditer(text))


@pytest.mark.parametrize("piece", ["“a,” b. ", '"a," b. ', "'a,' b. ", "‘o’ the’ ", '"a ', "“a "])
def test_pairing_is_linear(piece: str) -> None:
    small = count_lines(pair_marks, piece * 100, True)
    large = count_lines(pair_marks, piece * 400, True)
    assert large < 5 * small + 200
