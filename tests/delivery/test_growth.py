"""No text takes long to read for its delivery: ten times as much, not a hundred times as long."""

from __future__ import annotations

import time

import pytest

from narrate.delivery import deliver, marked, stressed
from narrate.script import Line, Script

SHAPES = {
    "one letter": "a",
    "marks": "!?…—",
    "dashes and quotes": "—“”",
    "capitals": "AA ",
    "brackets": "[a](/",
    "tags": "she said softly, ",
    "voices": "in a low low voice ",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_time_grows_with_the_text(shape: str) -> None:
    def seconds(size: int) -> float:
        text = (shape * size)[:size]
        quote = Line(0, 1, f"“{text}!”", "speech", "Ana", 1.0, "", 0, 0, 0)
        tag = Line(1, 2, f"she said {text}", "narration", "narrator", 1.0, "", 0, 0, 0)
        start = time.process_time()
        for line in deliver(Script((quote, tag, quote, tag), ())).lines:
            marked(line.text, line, stressed(line, None))
        return time.process_time() - start

    seconds(1_000)
    assert seconds(200_000) < 30 * seconds(20_000) + 0.5
