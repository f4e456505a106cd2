"""From the story to the sound: what a delivery does to a finished book, and how the files steer it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import narrated
from listening import decoded

from narrate.errors import UserFileError
from narrate.manner import PLAIN
from narrate.mastering.loudness import blocks, integrated, sub_blocks
from narrate.produce import Produced, cues_of
from narrate.rendering.cue import Cue
from narrate.userfiles import read_cast

STORY = """\
# The Barn

"It is a fine evening, and the cows have all come home again," said Ana.

"They are hiding in the barn, and there are three of them," Ana whispered.

"Get away from that door this minute, all three of you," shouted Ana.

"The summer was long and nobody came to the house," said Ana.
"""


@pytest.fixture
def barn(tmp_path: Path) -> Path:
    story = tmp_path / "barn.md"
    story.write_text(STORY, encoding="utf-8")
    return story


def cast(story: Path, wish: str = "", own: str = "") -> None:
    text = f"delivery: {wish}\n" if wish else ""
    ana = f"{{voice: tone/tone-20, delivery: {own}}}" if own else "tone/tone-20"
    text += f"narrator: tone/tone-01\ncharacters:\n  Ana: {ana}\n"
    story.with_name("barn.cast.yaml").write_text(text, encoding="utf-8")


def loudness(made: Produced) -> dict[str, float]:
    """LUFS of each of Ana's lines, by its first word."""
    sound, rate = decoded(made.files[0])
    scale = rate / made.master.rate
    found = {}
    for heard in made.master.lines:
        line = made.settled.script.lines[heard.line]
        if line.speaker == "Ana":
            part = sound[round(heard.start * scale) : round(heard.end * scale)].astype(np.float32)
            found[line.text.split()[0].strip('"')] = integrated(blocks(sub_blocks(part, rate)))
    return found


def own_manner(cues: tuple[Cue, ...]) -> list[Cue]:
    return [cue for cue in cues if cue.manner != PLAIN]


def test_a_shout_is_louder_and_a_whisper_softer_by_what_the_table_says(barn: Path) -> None:
    cast(barn, "full")
    found = loudness(narrated(barn, outputs=(str(barn.with_suffix(".wav")),)))
    plain = (found["It"] + found["The"]) / 2
    assert found["They"] - plain == pytest.approx(-4.0, abs=0.4)
    assert found["Get"] - plain == pytest.approx(3.5, abs=0.4)


def test_without_delivery_all_are_alike_and_the_cues_are_plain(barn: Path) -> None:
    cast(barn, "none")
    made = narrated(barn, outputs=(str(barn.with_suffix(".wav")),))
    found = loudness(made)
    assert max(found.values()) - min(found.values()) < 0.3
    assert own_manner(made.cues) == []


def test_text_and_voice_of_every_cue_are_those_of_a_plain_reading(barn: Path) -> None:
    cast(barn, "none")
    plain = cues_of(narrated(barn).settled)
    cast(barn, "full")
    full = cues_of(narrated(barn).settled)
    assert [(cue.line, cue.text, cue.voice) for cue in full] == [(c.line, c.text, c.voice) for c in plain]
    changed = [a.key != b.key for a, b in zip(plain, full, strict=True)]
    assert changed == [cue.given != cue.voice for cue in full]
    assert sum(changed) == 2


def test_a_character_may_have_a_strength_of_their_own(barn: Path) -> None:
    cast(barn, "full", "none")
    assert own_manner(narrated(barn).cues) == []
    cast(barn, "none", "full")
    assert len(own_manner(narrated(barn).cues)) == 2
    cast(barn, "", "0")
    assert own_manner(narrated(barn).cues) == []


def test_a_correction_in_the_script_file_speaks_one_take(barn: Path) -> None:
    cast(barn, "full")
    first = narrated(barn)
    assert [line.delivery for line in first.settled.script.lines if line.speaker == "Ana"] == [
        (),
        ("whispered",),
        ("shouted",),
        (),
    ]
    script = barn.with_name("barn.script.yaml")
    text = script.read_text("utf-8")
    assert text.count("\n  delivery: ") == 2
    script.write_text(text.replace("delivery: whispered", "delivery: slow, solemn  # a threat"), "utf-8")
    second = narrated(barn)
    assert len(second.report.spoken) == 1
    assert second.settled.script.lines[3].delivery == ("slow", "solemn")
    assert "said so" not in second.settled.script.lines[3].reason  # who says it is as it was
    assert "delivery: slow, solemn  # a threat" in script.read_text("utf-8")
    barn.write_text(STORY.replace("a fine evening", "a cold evening"), "utf-8")
    third = narrated(barn)
    assert third.settled.script.lines[3].delivery == ("slow", "solemn")


def test_none_and_no_line_at_all_make_a_line_plain(barn: Path) -> None:
    cast(barn, "full")
    narrated(barn)
    script = barn.with_name("barn.script.yaml")
    text = script.read_text("utf-8")
    script.write_text(
        text.replace("delivery: whispered", "delivery: none").replace("  delivery: shouted\n", ""), "utf-8"
    )
    assert own_manner(narrated(barn).cues) == []


def test_a_series_sets_the_strength_and_a_book_may_set_another(tmp_path: Path) -> None:
    (tmp_path / "series.yaml").write_text(
        "delivery: 0.2\ncharacters:\n  Ana: {delivery: full}\n  Ben: {delivery: none}\n", "utf-8"
    )
    book = tmp_path / "book.yaml"
    book.write_text("extend: series.yaml\ncharacters:\n  Ben: {delivery: light}\n", "utf-8")
    read = read_cast(book)
    assert (read.delivery, read.characters["Ana"].delivery) == (0.2, "full")
    assert read.characters["Ben"].delivery == "light"
    book.write_text("extend: series.yaml\ndelivery: 0\n", "utf-8")
    assert read_cast(book).delivery == 0


@pytest.mark.parametrize(
    ("written", "words", "fix"),
    [
        ("delivery: wispered", "cannot be 'wispered'", "whispered"),
        ("delivery: whispered, lowd", "cannot be 'lowd'", "loud"),
        ("delivery: [whispered]", "must be text", "quotes"),
    ],
)
def test_a_delivery_that_is_none_is_met_with_its_place(
    barn: Path, written: str, words: str, fix: str
) -> None:
    cast(barn)
    narrated(barn)
    script = barn.with_name("barn.script.yaml")
    script.write_text(script.read_text("utf-8").replace("delivery: whispered", written), "utf-8")
    with pytest.raises(UserFileError) as caught:
        narrated(barn)
    assert words in caught.value.what
    assert caught.value.where.startswith(f"{script}:")
    assert caught.value.where.count(":") >= 2


@pytest.mark.parametrize(
    ("wish", "words"),
    [("fulll", "did you mean 'full'?"), ("1.5", "0 to 1"), ("-1", "0 to 1"), ("[1]", "one word or number")],
)
def test_a_strength_that_cannot_be_is_met_with_its_place(barn: Path, wish: str, words: str) -> None:
    cast(barn, wish)
    with pytest.raises(UserFileError) as caught:
        narrated(barn)
    assert words in f"{caught.value.what} {caught.value.fix}"
    assert f"barn.cast.yaml:1:{11}" in str(caught.value.where)
