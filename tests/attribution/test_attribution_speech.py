"""What somebody is known to say tells who says a line that nothing else decides."""

from __future__ import annotations

from pathlib import Path

from narrate.attribution.analysis import analyse
from narrate.attribution.speech import SPEECH, Speech
from narrate.reading import read_text

STORY = """“I ain't seen nobody, and I warn't lookin' for nobody,” said Jake.

“One regrets the inconvenience extremely,” said Eleanor. “The carriage is quite ready.”

“Ye can keep yer carriage, ma'am. I ain't goin',” said Jake.

“I should be obliged if the carriage were kept,” said Eleanor.

“It ain't no use, and I ain't afeard.”
"""


def test_a_line_in_dialect_sounds_like_who_speaks_dialect() -> None:
    found = analyse(read_text(STORY, Path("story.txt"), markdown=False))
    who = {" ".join(e.words): e.number for e in found.entities}
    found.turns[-1].speaker = -1  # as the sieve left it
    rows = Speech(found.flow.text, found.turns, found.quotes).rows(4, [who["Jake"], who["Eleanor"]])
    jake, eleanor = (dict(zip(SPEECH, row, strict=True)) for row in rows)
    assert jake["manner_lead"] > 0 > eleanor["manner_lead"]


def test_nobody_heard_tells_nothing() -> None:
    found = analyse(read_text("“Well?”\n\n“Well!”\n", Path("story.txt"), markdown=False))
    for turn in found.turns:
        turn.speaker = -1
    rows = Speech(found.flow.text, found.turns, found.quotes).rows(0, [7, 8])
    assert rows == [[0.0, 0.0, 0.0, 0.0]] * 2
