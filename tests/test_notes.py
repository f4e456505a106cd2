"""Notes of the author, from story to sound: read aloud, skipped, and put right where they are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from narrate.checking import sidecar
from narrate.produce import Produced

STORY = """# The Heron

## Author's Note

I wrote this fic in a hurry. Please review!

## Chapter One

Marta put the lamp down. "It's cold," she said. (A/N: it is!) "Shut the window."

---

A/N: Thanks for reading this chapter!
"""


def written(folder: Path, kinds: str = "") -> Path:
    story = folder / "heron.md"
    story.write_text(STORY, encoding="utf8")
    if kinds:
        (folder / "heron.cast.yaml").write_text(f"kinds: {kinds}\n", encoding="utf8")
    return story


def spoken(made: Produced) -> str:
    return " ".join(cue.text for cue in made.cues)


def test_notes_are_the_narrators(tmp_path: Path, made: Callable[..., Produced]) -> None:
    produced = made(written(tmp_path))
    assert "Please review" in spoken(produced)
    assert [c.name for c in produced.settled.script.characters] == ["Marta"]


def test_skipped_notes_are_silent_and_not_missed(tmp_path: Path, made: Callable[..., Produced]) -> None:
    produced = made(written(tmp_path, "{note: skip}"))
    said = spoken(produced)
    assert not any(words in said for words in ("review", "A/N", "it is!", "reading", "Author"))
    assert all(words in said for words in ("The Heron", "Marta put the lamp down", "Shut the window"))
    settled = produced.settled
    assert sidecar(settled.script, settled.cast, produced.master).unheard == ()
    assert "".join(STORY[k.start : k.end] for k in settled.script.lines) == STORY


def test_what_is_no_note_is_put_right_in_the_script_file(
    tmp_path: Path, made: Callable[..., Produced]
) -> None:
    story = written(tmp_path, "{note: skip}")
    made(story)
    file = tmp_path / "heron.script.yaml"
    head, entry, rest = file.read_text(encoding="utf8").partition('- says: "I wrote this fic')
    file.write_text(head + entry + rest.replace("kind: note", "kind: narration", 1), encoding="utf8")
    said = spoken(made(story))
    assert "Please review" in said
    assert "A/N" not in said
