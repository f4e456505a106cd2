from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from narrate.cast import Voice
from narrate.rendering.cue import Cue
from narrate.rendering.plan import key_of
from narrate.rendering.shelf import Shelf

REHEARSAL = str(Path(__file__).parent / "rehearsal")
if REHEARSAL not in sys.path:
    sys.path.append(REHEARSAL)  # workers get the same path, so they find the misbehaving engine


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "takes")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """What the engine recorded: the texts after a word such as "begin", in order."""
    path = tmp_path / "rehearsal.log"
    monkeypatch.setenv("REHEARSAL_LOG", str(path))

    def read(word: str) -> list[str]:
        lines = path.read_text().splitlines() if path.exists() else []
        return [rest for line in lines for _pid, found, rest in [line.split(" ", 2)] if found == word]

    return read


@pytest.fixture
def cues() -> Callable[..., list[Cue]]:
    """Cues of one line each, in the voices of `tone` by turns."""

    def make(*texts: str, engine: str = "rehearsal") -> list[Cue]:
        made = []
        for k, text in enumerate(texts):
            voice = Voice(engine, f"tone-{k % 3 + 1:02}")
            made.append(Cue(k, text, voice, key_of(text, voice, "1")))
        return made

    return make


def files(shelf: Shelf) -> dict[str, bytes]:
    """Every file under a shelf."""
    return {
        str(path.relative_to(shelf.folder)): path.read_bytes()
        for path in shelf.folder.rglob("*")
        if path.is_file()
    }
