"""The story that this project was asked to narrate: every line in the right voice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from narrate.attribution import attribute
from narrate.reading import read_text
from narrate.script import QUOTE_KINDS

SEED = Path(__file__).resolve().parents[3] / "shared" / "stories"


@pytest.mark.skipif(
    not (SEED / "seed.json").exists(), reason="the shared folder lies beside the checkout only in CI"
)
def test_seed_story_is_thirteen_of_thirteen() -> None:
    held = json.loads((SEED / "seed.json").read_text(encoding="utf8"))
    script = attribute(read_text(held["text"], Path("seed.md"), markdown=True))
    said = {
        (line.start, line.start + len(held["text"][line.start : line.end].rstrip())): line.speaker
        for line in script.lines
        if line.kind in QUOTE_KINDS
    }
    assert said == {(q["start"], q["end"]): q["speaker"] for q in held["quotes"]}
