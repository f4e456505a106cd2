"""Work grows with the text and not with its square; counted in lines of code run, not in seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from work import count_lines

from narrate.attribution import attribute
from narrate.reading import read_text

ONE_PARAGRAPH = "“Line {k} of it,” said {who}. "
TURNS = (
    "“Line {k} of it.”\n\n{who} nodded at the door, and the captain's mother looked on.\n\n“No!” he said.\n\n"
)
NAMES = "“Good day,” said {title} Smith{letters}.\n\n"


def text(pattern: str, n: int) -> str:
    letters = lambda k: "".join(chr(97 + (k // 26**j) % 26) for j in range(3))  # noqa: E731
    return "".join(
        pattern.format(
            k=k, who="Ana" if k % 2 else "Ben", title="Mr." if k % 3 else "Mrs.", letters=letters(k)
        )
        for k in range(n)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern", [ONE_PARAGRAPH, TURNS, NAMES], ids=["one paragraph", "turns", "many names"]
)
def test_twice_the_text_is_twice_the_work(pattern: str) -> None:
    work = []
    for n in (60, 240):
        book = read_text(text(pattern, n), Path("story.txt"), markdown=False)
        work.append(count_lines(attribute, book))
    assert work[1] < 6 * work[0]
