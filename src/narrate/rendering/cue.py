"""One unit of synthesis and its key."""

from __future__ import annotations

from dataclasses import dataclass

from narrate.cast import Voice


@dataclass(frozen=True, slots=True)
class Cue:
    """A text to be spoken in a voice.

    `key` names the take on the shelf. It covers all that the engine is given: text as spoken,
    engine and its version, voice name, speed, pitch, options. Gain is left out: stitching applies
    it, and the master's key covers it.
    """

    line: int  # index into Script.lines
    text: str  # as it is given to the engine
    voice: Voice
    key: str  # hex SHA-256
    breaks: bool = False  # whether the author breaks the line after it, as in verse and addresses
