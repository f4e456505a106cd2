"""What the script file says in vain, each with its place and what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from narrate.nearest import near
from narrate.script import NARRATOR, Correction, Script
from narrate.userfiles.alignment import folded
from narrate.userfiles.cast_shape import fold
from narrate.userfiles.script_entries import Entry, pieces_of


def script_notes(
    text: str,
    path: Path,
    before: Script,
    after: Script,
    homeless: Sequence[Correction],
    known: Collection[str],
) -> tuple[str, ...]:
    """A line for each new name that is nearly an old one, and for each correction that found no words.

    `text` is the file as it is now, `before` and `after` the script without and with its corrections;
    `known` are names that the cast file has, so that a new character is asked about once.
    """
    names = {name for c in before.characters for name in (c.name, *c.aliases)} | {NARRATOR}
    told = {fold(name) for name in (*names, *known)}
    new = [c.name for c in after.characters if fold(c.name) not in told]
    if not new and not homeless:
        return ()
    placed = _placed(text, path)
    notes = []
    for name in new:
        close = near(name, names)
        if close is not None:
            at = next((_speaker_at(at, entry) for at, entry in placed if entry.speaker == name), 1)
            notes.append(f"{path}:{at}: {name!r} is new in the story; did you mean {close!r}?")
    for correction in homeless:
        words, shown = folded(correction.text), repr(correction.text[:60])
        at = next((at for at, entry in reversed(placed) if entry.says == correction.text), 1)
        if any(words in folded(line.text) for line in before.lines if line.kind == "narration"):
            notes.append(
                f"{path}:{at}: these words are in the story, but only as part of a paragraph that nobody "
                f"says: {shown}; write the whole paragraph after `says:`"
            )
        else:
            notes.append(f"{path}:{at}: these words are not in the story any more: {shown}")
    return tuple(notes)


def _speaker_at(at: int, entry: Entry) -> int:
    """The line of an entry that begins in line `at` which names its speaker."""
    return next((at + k for k, row in enumerate(entry.lines) if row.lstrip(" -").startswith("speaker")), at)


def _placed(text: str, path: Path) -> list[tuple[int, Entry]]:
    """Each entry of the file with the number of its first line."""
    pieces = pieces_of(text, path)
    at = len(pieces.head) + 1
    placed = []
    for entry in pieces.entries:
        at += len(entry.above)
        placed.append((at, entry))
        at += len(entry.lines)
    return placed
