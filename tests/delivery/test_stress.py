"""Words in italics and capitals: which are stressed, and what an engine is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.attribution import attribute
from narrate.delivery import deliver, emphasised, marked, stressed
from narrate.engines.stress import lifted
from narrate.reading import read_text
from narrate.speaking import speakable

CASES = [
    ("a word in italics", "I never said that *she* took it.", "I never said that ˈshe took it."),
    ("in bold", "I will **never** go.", "I will ˈnever go."),
    ("one of two", "It was her, and it was *her* again.", "It was her, and it was ˈher again."),
    ("two words", "It is *not my* book.", "It is ˈnot ˈmy book."),
    ("capitals", "She said NO and meant it.", "She said ˈno and meant it."),
    ("letters are none", "The FBI came at ten.", "The FBI came at ten."),
    ("a ship is none", "He sailed on the *Black Gull* at ten.", "He sailed on the Black Gull at ten."),
    ("a book is none", "She read *Emma* twice.", "She read Emma twice."),
    ("I is no name", "They asked, but *I* knew.", "They asked, but ˈI knew."),
    ("many words are none", "He sang *the long road home to you* and sat.", None),
    ("nothing set apart", "He sat down and said nothing.", "He sat down and said nothing."),
]


@pytest.mark.parametrize(("title", "story", "given"), CASES, ids=[title for title, _, _ in CASES])
def test_what_an_engine_is_given(title: str, story: str, given: str | None) -> None:
    book = read_text(story + "\n", Path("s.md"))
    paragraphs = emphasised(book)
    said = []
    for line in deliver(attribute(book)).lines:
        plain = speakable(line.text, engine="kokoro", kind=line.kind)
        out = marked(plain, line, stressed(line, paragraphs.get(line.paragraph)))
        assert lifted(out)[0] == plain  # no word is changed
        said.append(out)
    whole = " ".join(part for part in said if part)
    assert whole == given if given is not None else "ˈ" not in whole
