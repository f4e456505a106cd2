"""Short passages, one difficulty each: title, passage, and who must say what.

The words of a verse stand on one line there; `nobody` says that all is narration.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from narrate.attribution import attribute
from narrate.reading import read_text
from narrate.script import QUOTE_KINDS, Script

FIXTURES = Path(__file__).parent / "fixtures"
_EXPECTED = re.compile(r"(.+?)(?: \[(\w+)\])?: (.+)")


def cases() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    found = []
    for path in sorted(FIXTURES.glob("*.txt")):
        for block in re.split(r"^===== ", path.read_text(encoding="utf8"), flags=re.MULTILINE)[1:]:
            title, rest = block.split("\n", 1)
            passage, expected = rest.split("\n-----\n")
            lines = []
            for line in expected.strip().splitlines():
                if line == "nobody":  # all is narration
                    continue
                match = _EXPECTED.fullmatch(line)
                assert match, line
                lines.append((match.group(1), match.group(2) or "speech", match.group(3)))
            found.append((f"{path.stem}: {title}", passage, lines))
    return found


def is_called(script: Script, speaker: str, who: str) -> bool:
    """Whether all the words of `who` stand in one of the speaker's names."""
    held = next((c for c in script.characters if c.name == speaker), None)
    every = {speaker} | (set(held.aliases) if held else set())
    return any(set(who.lower().split()) <= set(n.lower().split()) for n in every)


@pytest.mark.parametrize(("title", "passage", "expected"), cases(), ids=[c[0] for c in cases()])
def test_passage(title: str, passage: str, expected: list[tuple[str, str, str]]) -> None:
    plain = "plain text" in title
    script = attribute(read_text(passage, Path("story.txt" if plain else "story.md"), markdown=not plain))
    said = [line for line in script.lines if line.kind in QUOTE_KINDS or line.kind == "note"]
    for who, kind, words in expected:
        line = next((x for x in said if " ".join(x.text.lstrip("—–- ").split()) == words), None)
        assert line is not None, f"no quote {words!r} among {[x.text for x in said]}"
        assert is_called(script, line.speaker, who), f"{words!r}: {line.speaker} ({line.reason})"
        assert line.kind == kind, f"{words!r} is {line.kind}"
    if "missing closing mark" not in title:
        assert len(said) == len(expected), [x.text for x in said]
