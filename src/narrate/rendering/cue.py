"""One unit of synthesis and its key."""

from __future__ import annotations

from dataclasses import dataclass

from narrate.cast import Voice
from narrate.manner import PLAIN, Manner


@dataclass(frozen=True, slots=True)
class Cue:
    """A text to be spoken in a voice.

    `key` names the take on the shelf. It covers all that the engine is given: text as spoken,
    engine and its version, voice name, speed, pitch, options, and of the manner what the take holds.
    Gain is left out: stitching applies it, and the master's key covers it.
    """

    line: int  # index into Script.lines
    text: str  # as it is given to the engine
    voice: Voice  # as cast
    key: str  # hex SHA-256
    breaks: bool = False  # whether the author breaks the line after it, as in verse and addresses
    manner: Manner = PLAIN  # how this cue differs from the voice's plain reading

    @property
    def given(self) -> Voice:
        """The voice as the engine is given it."""
        return self.manner.voice(self.voice)
