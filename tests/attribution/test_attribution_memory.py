"""A long exchange names nobody for pages; those who speak in it are remembered all the same."""

from __future__ import annotations

from pathlib import Path

from narrate.attribution.analysis import prepare
from narrate.reading import read_text

OPENING = "Petra found Felix in the boathouse.\n\n“It is green,” said Petra.\n\n“It is,” said Felix.\n\n"
ANSWER = "“And then, on the day after that one, came a wind from the north-east, number {k} of the year.”\n\n"


def test_nobody_is_forgotten_in_a_long_exchange() -> None:
    text = OPENING + "".join(ANSWER.format(k=k) for k in range(60))
    found = prepare(read_text(text, Path("story.txt"), markdown=False))
    assert found.turns[-1].start - found.turns[1].end > 5000
    names = {found.entities[e].words for e, _ in found.describer.board.candidates(len(found.turns) - 1)}
    assert {("Petra",), ("Felix",)} <= names


def test_a_pronoun_means_who_has_just_spoken_once_that_is_known() -> None:
    text = (
        "Thomas and Peter were in the yard with old Walter.\n\n“Is it mended?” said Thomas.\n\n"
        "“It was never broken. Walter says it was asleep, and that Walter ought to know, having slept there "
        "for most of the winter and some of the spring.”\n\n"
        "He laughed, and kicked the wheel.\n\n“Listen to that,” said Thomas.\n"
    )
    found = prepare(read_text(text, Path("story.txt"), markdown=False))
    he = next(m for m in found.mentions if m.kind == "pronoun" and m.quote < 0)
    number = {e.words[0]: e.number for e in found.entities}
    belief: list[dict[int, float]] = [
        {number["Thomas"]: 1.0},
        {number["Peter"]: 0.9},
        {number["Thomas"]: 1.0},
    ]
    found.look_again(belief)
    assert he.entity == number["Peter"]
