"""The script file from run to run: the user's corrections out, our newest guesses in."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from narrate.script import Script
from narrate.userfiles.marks import read_text
from narrate.userfiles.script_file import apply_corrections, read_corrections, render_script
from narrate.userfiles.script_notes import script_notes
from narrate.userfiles.whole import write_whole


def keep_script(
    path: Path, script: Script, known: Collection[str] = (), *, write: bool = True
) -> tuple[Script, tuple[str, ...]]:
    """`script` as the user corrected it, and what was said in vain, a line each; the file is kept up.

    `known` are names that are no mistake though the story has them not. Without `write` the file stays as
    it is.
    Nothing is written where nothing changed. Raises UserFileError for a file that is broken, OutputError
    where it cannot be written.
    """
    previous = read_text(path) if path.exists() else None
    corrections = read_corrections(previous, path) if previous is not None else ()
    text = render_script(script, previous, path)
    if write and text != previous:
        write_whole(path, text)
    corrected, homeless = apply_corrections(script, corrections)
    return corrected, script_notes(text, path, script, corrected, homeless, known)
