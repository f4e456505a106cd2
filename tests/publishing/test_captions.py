"""Captions: every word of the author's, who says it, when it is heard."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from narrate.mastering.timeline import Mark, Master, Spoken
from narrate.publishing import Metadata, publish

WORDS = " ".join(f"word{k}" for k in range(60))
LINES = (
    Spoken(0, 0, 4500, "narrator", "It rained.\nIt  poured."),
    Spoken(1, 5000, 6000, "Ada & Co", "Is 1 < 2 --> yes?"),
    Spoken(2, 5900, 3_726_001, "narrator", WORDS),  # cut in
)


def made(path: Path) -> str:
    marks = (Mark("One", 0, 3_800_000),)
    master = Master(1000, 3_800_000, marks, LINES, lambda: iter(()), "key")
    assert publish(master, path, Metadata("T")) == (path,)
    return path.read_text("utf-8")


def test_webvtt(tmp_path: Path) -> None:
    text = made(tmp_path / "book.vtt")
    head, first, second, *rest = text.split("\n\n")
    assert head == "WEBVTT"
    assert first == "00:00:00.000 --> 00:00:04.500\nIt rained. It  poured."
    assert second == "00:00:05.000 --> 00:00:06.000\n<v Ada &amp; Co>Is 1 &lt; 2 --&gt; yes?"
    assert rest[0].startswith("00:00:05.900 --> ")
    assert rest[-1].splitlines()[0].endswith(" --> 01:02:06.001")
    assert " ".join(part.splitlines()[1] for part in rest) == WORDS


def test_subrip(tmp_path: Path) -> None:
    blocks = made(tmp_path / "book.srt").split("\n\n")
    assert blocks[1] == "2\n00:00:05,000 --> 00:00:06,000\nAda & Co: Is 1 < 2 --> yes?"
    assert [int(block.splitlines()[0]) for block in blocks] == list(range(1, len(blocks) + 1))
    times = [re.match(r"\d+\n(\S+) --> (\S+)\n", block).groups() for block in blocks]
    assert all(start < end for start, end in times)
    assert all(one[1] == other[0] for one, other in pairwise(times[2:]))
