"""Short passages, one difficulty each: title, passage, and how each of its quotes is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from narrate.attribution import attribute
from narrate.delivery import deliver
from narrate.reading import read_text
from narrate.script import QUOTE_KINDS


def cases() -> list[tuple[str, str, list[tuple[str, str]]]]:
    found = []
    text = Path(__file__).with_name("cases.txt").read_text("utf-8")
    for block in re.split(r"^===== ", text, flags=re.MULTILINE)[1:]:
        title, rest = block.split("\n", 1)
        passage, expected = rest.split("\n-----\n")
        rows = [line.split(" => ") for line in expected.strip().splitlines()]
        found.append((title, passage, [(words, said) for words, said in rows]))
    return found


@pytest.mark.parametrize(("title", "passage", "expected"), cases(), ids=[c[0] for c in cases()])
def test_how_each_quote_is_said(title: str, passage: str, expected: list[tuple[str, str]]) -> None:
    script = deliver(attribute(read_text(passage, Path("case.md"))))
    quotes = [line for line in script.lines if line.kind in QUOTE_KINDS]
    assert len(quotes) == len(expected)
    for line, (words, _said) in zip(quotes, expected, strict=True):
        assert words in line.text
    found = [
        (words, ", ".join(line.delivery) or "-") for line, (words, _) in zip(quotes, expected, strict=True)
    ]
    assert found == expected
