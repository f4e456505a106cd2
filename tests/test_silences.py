"""Every kind of silence, heard: a story with each of them, decoded and measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from listening import decoded

from narrate.produce import Produced

STORY = """\
# One

It had rained all day.

The gutters sang.

“Where have you been?” asked Ann.

“I was only going to—”

“You were going to lie!” cried Ann.

“I never…”

Bob took up the book and read:

The owl went out upon the hill
And called the moon by name;

The mouse beneath the windowsill
Had heard the owl before.

There lay on the table:

- a loaf of bread
- two candles

Then the letter came.

> Dear Ann,
>
> I am well.

She put it down.

* * *

Morning came.

# Two

It was over.
"""
PAUSES = {
    "title_after": 2500,
    "paragraph": 700,
    "turn": 500,
    "tag": 300,
    "trailing": 1100,
    "verse_line": 400,
    "verse": 900,
    "item": 600,
    "letter": 1300,
    "scene": 1900,
}
HEARD = (
    *("title_after", "paragraph", "turn", "tag", "turn", "cut_in", "tag", "turn", "trailing"),
    *("paragraph", "verse_line", "verse", "verse_line", "paragraph", "paragraph", "item", "paragraph"),
    *("letter", "paragraph", "letter", "scene"),
)
EDGES_MS = 95  # what is kept before and after speech, fading


def silences(sound: np.ndarray, rate: int) -> list[float]:
    """Milliseconds of each silence between two sounds."""
    step = rate // 200
    frames = np.sqrt(np.mean(sound[: sound.size // step * step].reshape(-1, step) ** 2, axis=1))
    loud = np.flatnonzero(frames > 10 ** (-55 / 20))
    gaps = np.diff(loud) - 1
    return [5.0 * gap for gap in gaps if gap >= 20]


def test_each_silence_of_a_chapter_is_as_long_as_its_kind(
    tmp_path: Path, made: Callable[..., Produced]
) -> None:
    path = tmp_path / "kinds.md"
    path.write_text(STORY, "utf-8")
    pauses = ", ".join(f"{name}: {ms}" for name, ms in PAUSES.items())
    path.with_suffix(".cast.yaml").write_text(f"pacing: {{{pauses}, variation: 0}}\n", "utf-8")
    book = made(path, outputs=(str(tmp_path / "kinds.wav"),))
    sound, rate = decoded(book.files[0])
    first = book.master.chapters[0]
    found = silences(sound[first.start : first.end], rate)
    wanted = [PAUSES[kind] for kind in HEARD if kind != "cut_in"]  # two voices at once: no silence there
    assert len(found) == len(wanted)
    for kind, ms, gap in zip([k for k in HEARD if k != "cut_in"], wanted, found, strict=True):
        assert gap == pytest.approx(ms, abs=EDGES_MS), kind
    again = made(path, outputs=(str(tmp_path / "kinds.wav"),))
    assert again.master.key == book.master.key


def test_silences_of_one_kind_differ_a_little_and_always_alike(
    tmp_path: Path, made: Callable[..., Produced]
) -> None:
    path = tmp_path / "rain.md"
    path.write_text("\n\n".join(f"It rained on day {k}." for k in range(12)), "utf-8")
    books = [made(path, outputs=(str(tmp_path / f"{k}.wav"),)) for k in range(2)]
    sound, rate = decoded(books[0].files[0])
    found = silences(sound, rate)
    assert len(set(found)) > 4
    assert max(found) - min(found) < 0.2 * 620
    assert decoded(books[1].files[0])[0].tobytes() == sound.tobytes()
