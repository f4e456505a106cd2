"""What should be heard and when: kept beside a finished book, so that a check can hold it to that."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from narrate.cast import Cast
from narrate.errors import UsageError
from narrate.mastering.timeline import Master
from narrate.script import Script

VERSION = 1


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of the script in the finished sound."""

    line: int  # index into Script.lines
    speaker: str
    voice: str  # engine/name
    start: float  # s from the book's beginning
    end: float  # s
    text: str  # the author's words, or the credits'
    story: bool = True  # whether the line is of the story; credits are not


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Every line in the order it is heard."""

    seconds: float  # of the whole book
    lines: tuple[Heard, ...]
    unheard: tuple[tuple[int, str], ...]  # lines with words that were given no place, and their text
    profile: str = ""  # the levels it was made with; "": not known

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`."""
        return {"version": VERSION, **asdict(self)}


def sidecar(script: Script, cast: Cast, master: Master, profile: str = "") -> Sidecar:
    """Of a finished master: who is heard when, and which lines with words are not in it at all."""
    heard = []
    for spoken in master.lines:
        line = script.lines[spoken.line]
        role = cast.roles.get(line.speaker)
        voice = f"{role.voice.engine}/{role.voice.name}" if role else ""
        start, end = spoken.start / master.rate, spoken.end / master.rate
        story = line.kind != "credits"
        heard.append(
            Heard(spoken.line, line.speaker, voice, round(start, 4), round(end, 4), line.text, story)
        )
    placed = {spoken.line for spoken in master.lines}
    unheard = tuple(
        (index, line.text)
        for index, line in enumerate(script.lines)
        if line.kind != "silent" and index not in placed and any(c.isalnum() for c in line.text)
    )
    return Sidecar(round(master.length / master.rate, 4), tuple(heard), unheard, profile)


def read_sidecar(path: Path) -> Sidecar:
    """A sidecar from its JSON file. Raises UsageError where it is none."""
    try:
        return parse_sidecar(path.read_bytes())
    except (OSError, ValueError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(
            f"is no timeline of a book ({why})",
            where=str(path),
            fix="make the book again, or check without it",
        ) from None


def parse_sidecar(kept: bytes) -> Sidecar:
    """A sidecar from its JSON. Raises ValueError for what is none."""
    try:
        entries = json.loads(kept)
        if entries["version"] != VERSION:
            raise ValueError(f"its version is {entries['version']!r}")
        return Sidecar(
            float(entries["seconds"]),
            tuple(_heard(entry) for entry in entries["lines"]),
            tuple((int(index), str(text)) for index, text in entries["unheard"]),
            str(entries.get("profile", "")),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__} {error}") from None


def _heard(entry: dict[str, Any]) -> Heard:
    start, end = float(entry["start"]), float(entry["end"])
    text = (str(entry[key]) for key in ("speaker", "voice", "text"))
    speaker, voice, words = text
    return Heard(int(entry["line"]), speaker, voice, start, end, words, bool(entry.get("story", True)))
