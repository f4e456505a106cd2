"""A pronunciation that nobody can say is met at its place in the cast file, before anything is spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.cli import run

STORY = "# A\n\n“Hello,” said Siobhan Reed. “It is late.”\n"


@pytest.mark.parametrize(
    ("cast", "place", "what"),
    [
        ('pronounce:\n  Siobhan: "/ʘǃ/"\n', "2:12", "has ǃ ʘ in its IPA"),
        ('pronounce:\n  Siobhan: "/ʃvn/"\n', "2:12", "no vowel"),
        ('pronounce:\n  Siobhan: "shi*VAWN#"\n', "2:12", "cannot be said as"),
        ('pronounce:\n  Siobhan: "шивон"\n', "2:12", "cannot be said as"),
        ('pronounce:\n  Ann: an\n  "!!!": shi\n', "3:10", "is no word"),
        (f"pronounce: {{Siobhan: {'sha' * 50}}}\n", "1:22", "150 characters"),
        ('characters:\n  Siobhan Reed:\n    pronounce: {Reed: "/ʘ/"}\n', "3:23", "has ʘ"),
    ],
)
def test_it_is_named_with_file_line_and_column(
    cast: str, place: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = tmp_path / "a.md"
    story.write_text(STORY, encoding="utf-8")
    story.with_name("a.cast.yaml").write_text(cast, encoding="utf-8")
    assert run([str(story), "--engine", "tone", "-o", str(tmp_path / "a.wav")]) == 4
    shown = " ".join(capsys.readouterr().err.split())
    assert f"a.cast.yaml:{place}: " in shown
    assert what in shown
    assert not (tmp_path / "a.wav").exists()
    assert story.with_name("a.cast.yaml").read_text(encoding="utf-8") == cast
