"""The lines of a script tile the source, whatever the text looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.attribution import attribute
from narrate.reading import read_text
from narrate.script import NARRATOR, QUOTE_KINDS, UNKNOWN, Script

PIECES = [
    "Marta", "Paulo", "said", "asked", "the captain", "her mother", "he", "she", "I", " ", ". ", ", ", "? ",
    "\n", "\n\n", "“", "”", '"', "‘", "’", "'", "«", "»", "„", "— ", "--", "…", "*", "**", "_", "> ", "# ",
    "---", "* * *", "Ravi: hi", "[03:14] Ana: yes", "Mr. Bell", "Mrs.", "o' the", "’em", "Hope", "Will",
    "\t", "\u00a0", "é", "😀", "<b>", "&amp;", "\r\n",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), min_size=1, max_size=60).map(
    "".join
)


def check(text: str, script: Script, source: str) -> None:
    at = 0
    names = {c.name for c in script.characters}
    assert len(names) == len(script.characters)
    assert not names & {NARRATOR, UNKNOWN, ""}
    for line in script.lines:
        assert line.start == at
        assert line.end > line.start
        at = line.end
        assert 0.0 <= line.probability <= 1.0
        if line.kind == "silent":
            assert line.text == ""
            assert line.speaker == ""
        elif line.kind in QUOTE_KINDS:
            assert line.speaker in names | {UNKNOWN}
        else:
            assert line.speaker == NARRATOR
    assert at == len(source), text


@settings(max_examples=80, deadline=None)
@given(texts, st.booleans())
def test_lines_tile_any_text(text: str, markdown: bool) -> None:
    from narrate.errors import StoryError

    try:
        book = read_text(text, Path("story.md" if markdown else "story.txt"), markdown=markdown)
    except StoryError:
        return
    check(text, attribute(book), book.text)


@pytest.mark.parametrize("markdown", [True, False])
def test_the_same_answer_twice(markdown: bool) -> None:
    text = "“Are you there?” asked Marta.\n\n“Yes,” said Paulo.\n\n“Good.”\n\n“Is it?”\n"
    book = read_text(text, Path("story.md"), markdown=markdown)
    assert attribute(book) == attribute(book)
